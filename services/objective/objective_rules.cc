#include "services/objective/objective_rules.h"

#include <algorithm>
#include <string>

#include "absl/strings/str_cat.h"
#include "common/aip/limits.h"
#include "common/aip/resource_name.h"
#include "common/status/macros.h"
#include "concord/action/v1/action.pb.h"
#include "concord/objective/v1/error_reason.pb.h"
#include "services/objective/indicator_rules.h"
#include "services/objective/measured_periods.h"
#include "services/objective/open_plan.h"

namespace concord::objective {
namespace {

using google::protobuf::Message;

absl::Status CheckWrite(rpc::Context& context, const Message* before, Message& after) {
  const std::string& name = static_cast<const v1::Objective&>(after).name();
  CONCORD_ASSIGN_OR_RETURN(const v1::Plan* plan, FindOpenPlan(context, name));
  const bool comes_back = before != nullptr && rpc::IsDeleted(*before);
  if (!comes_back) return absl::OkStatus();
  CONCORD_RETURN_IF_ERROR(CheckMeasurementsFit(context, *plan, absl::StrCat(name, "/indicators/-"), name));
  return CheckIndicatorsFit(context, name);
}

// No living action may link to an objective that goes.
absl::Status CheckUnused(rpc::Context& context, const v1::Objective& objective) {
  const std::string plan(aip::ParentOf(objective.name()));
  std::string first;
  int count = 0;
  const rpc::ResourceType& type = context.types().Of(action::v1::Action::descriptor());
  context.ForEach(type, plan, plan, "", [&](const ledger::Resource& resource) {
    if (resource.deleted) return true;
    const auto& links = static_cast<const action::v1::Action&>(*resource.message).objective_links();
    if (std::any_of(links.begin(), links.end(), [&](const auto& l) { return l.objective() == objective.name(); })) {
      if (count++ == 0) first = resource.name;
    }
    return true;
  });
  if (count == 0) return absl::OkStatus();
  return MakeError(absl::StatusCode::kFailedPrecondition, v1::ERROR_REASON_OBJECTIVE_IN_USE,
                   "{name} is served by {count} living actions, {action} among them: change or delete them first",
                   {{"name", objective.name()}, {"count", absl::StrCat(count)}, {"action", first}});
}

}  // namespace

void CheckObjectiveValues(const v1::Objective& objective, absl::string_view prefix, Violations& violations) {
  const auto path = [&](absl::string_view field) { return absl::StrCat(prefix, ".", field); };
  aip::CheckText(objective.title(), path("title"), 1, 200, violations);
  aip::CheckLabels(objective.labels(), path("labels"), violations);
  aip::CheckCode(objective.code(), path("code"), violations);
  aip::CheckText(objective.outcome(), path("outcome"), 0, 4'000, violations);
  if (objective.has_weight()) aip::CheckNumber(objective.weight(), path("weight"), 0, 1'000'000, violations);
  aip::CheckText(objective.owner(), path("owner"), 0, 200, violations);
}

rpc::ResourceRules ObjectiveRules() {
  rpc::ResourceRules rules;
  rules.values = [](const Message& resource, absl::string_view prefix, Violations& violations) {
    CheckObjectiveValues(static_cast<const v1::Objective&>(resource), prefix, violations);
  };
  rules.write = CheckWrite;
  rules.remove = [](rpc::Context& context, const Message& resource) -> absl::Status {
    const auto& objective = static_cast<const v1::Objective&>(resource);
    CONCORD_RETURN_IF_ERROR(FindOpenPlan(context, objective.name()).status());
    CONCORD_RETURN_IF_ERROR(CheckUnused(context, objective));
    return CheckIndicatorsUnused(context, objective.name());
  };
  return rules;
}

}  // namespace concord::objective
