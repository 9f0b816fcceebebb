#include "services/concordctl/plan_file.h"

#include <algorithm>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/aip/field_behavior.h"
#include "common/status/macros.h"
#include "services/concordctl/json.h"
#include "services/concordctl/json_fields.h"

namespace concord::ctl {

template <typename Resource>
Resource WithoutServerFields(Resource resource) {
  aip::ClearOutputOnlyFields(resource);
  resource.clear_etag();
  return resource;
}
template objective::v1::Plan WithoutServerFields(objective::v1::Plan);
template objective::v1::Objective WithoutServerFields(objective::v1::Objective);
template objective::v1::Indicator WithoutServerFields(objective::v1::Indicator);
template action::v1::Action WithoutServerFields(action::v1::Action);
template action::v1::Milestone WithoutServerFields(action::v1::Milestone);

absl::StatusOr<planfile::v1::PlanFile> ParsePlanFile(absl::string_view json) {
  Violations violations;
  planfile::v1::PlanFile file;
  google::protobuf::Struct object;
  if (json.size() > kMaximumPlanFileBytes) {
    violations.Add("file", absl::StrCat("has ", json.size(), " bytes; at most ", kMaximumPlanFileBytes, " are read"));
    return violations.ToStatus();
  }
  if (absl::Status status = FromJson(json, /*lenient=*/false, object); !status.ok()) {
    violations.Add("file", absl::StrCat("is not a JSON object: ", status.message()));
    return violations.ToStatus();
  }
  CheckJsonFields(object, *planfile::v1::PlanFile::descriptor(), "", violations);
  // Lenient, for what is unknown has been told; the rest can still be checked.
  if (absl::Status status = FromJson(json, /*lenient=*/true, file); !status.ok()) {
    violations.Add("file", absl::StrCat("does not have the types of the plan format: ", status.message()));
    return violations.ToStatus();
  }
  CheckPlanFile(file, violations);
  CONCORD_RETURN_IF_ERROR(violations.ToStatus());
  return file;
}

planfile::v1::PlanFile ToPlanFile(const PlanState& server) {
  planfile::v1::PlanFile file;
  file.set_format(kPlanFormat);
  *file.mutable_plan() = WithoutServerFields(*server.plan);
  const auto copy_living = [](const auto& from, auto& to) {
    for (const auto& resource : from) {
      if (!resource.has_delete_time()) *to.Add() = WithoutServerFields(resource);
    }
    std::sort(to.begin(), to.end(), [](const auto& a, const auto& b) { return a.name() < b.name(); });
  };
  copy_living(server.objectives, *file.mutable_objectives());
  copy_living(server.actions, *file.mutable_actions());
  copy_living(server.indicators, *file.mutable_indicators());
  copy_living(server.milestones, *file.mutable_milestones());
  return file;
}

std::string FormatPlanFile(const planfile::v1::PlanFile& file) { return ToJson(file); }

}  // namespace concord::ctl
