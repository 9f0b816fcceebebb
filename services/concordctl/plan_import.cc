#include "services/concordctl/plan_import.h"

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/status/macros.h"
#include "concord/action/v1/action_service.pb.h"
#include "concord/action/v1/milestone_service.pb.h"
#include "concord/objective/v1/indicator_service.pb.h"
#include "concord/objective/v1/objective_service.pb.h"
#include "concord/objective/v1/plan_service.pb.h"
#include "services/concordctl/batches.h"
#include "services/concordctl/plan_reading.h"

namespace concord::ctl {
namespace {

using action::v1::Action;
using action::v1::Milestone;
using objective::v1::Indicator;
using objective::v1::Objective;
using objective::v1::Plan;

constexpr char kImportReason[] = "import of a plan file";

// The writes of one kind of resource.
template <typename T>
struct Api;

template <>
struct Api<Plan> {
  using Create = objective::v1::CreatePlanRequest;
  using Update = objective::v1::UpdatePlanRequest;
};

template <>
struct Api<Objective> {
  using Create = objective::v1::CreateObjectiveRequest;
  using Update = objective::v1::UpdateObjectiveRequest;
  using Delete = objective::v1::DeleteObjectiveRequest;
  using Undelete = objective::v1::UndeleteObjectiveRequest;
};

template <>
struct Api<Indicator> {
  using Create = objective::v1::CreateIndicatorRequest;
  using Update = objective::v1::UpdateIndicatorRequest;
  using Delete = objective::v1::DeleteIndicatorRequest;
  using Undelete = objective::v1::UndeleteIndicatorRequest;
  using BatchCreate = objective::v1::BatchCreateIndicatorsRequest;
};

template <>
struct Api<Action> {
  using Create = action::v1::CreateActionRequest;
  using Update = action::v1::UpdateActionRequest;
  using Delete = action::v1::DeleteActionRequest;
  using Undelete = action::v1::UndeleteActionRequest;
};

template <>
struct Api<Milestone> {
  using Create = action::v1::CreateMilestoneRequest;
  using Update = action::v1::UpdateMilestoneRequest;
  using Delete = action::v1::DeleteMilestoneRequest;
  using Undelete = action::v1::UndeleteMilestoneRequest;
  using BatchCreate = action::v1::BatchCreateMilestonesRequest;
};

template <typename T>
concept HasBatchCreate = requires { typename Api<T>::BatchCreate; };
template <typename T>
concept HasDelete = requires { typename Api<T>::Delete; };

template <typename T>
absl::StatusOr<T> Create(Session& session, const T& resource) {
  typename Api<T>::Create request;
  FillCreate(resource, request);
  return session.Call<T>(request);
}

template <typename T>
absl::StatusOr<T> Update(Session& session, const T& resource, const std::vector<FieldChange>& changes) {
  typename Api<T>::Update request;
  MutablePart(request, FieldOf(T::descriptor())).CopyFrom(resource);
  for (const FieldChange& change : changes) request.mutable_update_mask()->add_paths(change.field);
  return session.Call<T>(request);
}

template <typename Request, typename T>
absl::StatusOr<T> SendName(Session& session, const T& resource) {
  Request request;
  request.set_name(resource.name());
  request.set_etag(resource.etag());
  request.set_reason(kImportReason);
  return session.Call<T>(request);
}

// What the steps from `begin` on create of one kind, one after the other.
template <typename T>
std::vector<const google::protobuf::Message*> CreatedFrom(const std::vector<Step>& steps, size_t begin) {
  std::vector<const google::protobuf::Message*> created;
  for (size_t i = begin; i < steps.size() && steps[i].kind == StepKind::kCreate; ++i) {
    const T* resource = absl::get_if<T>(&steps[i].resource);
    if (resource == nullptr) break;
    created.push_back(resource);
  }
  return created;
}

// Does one step and returns the etag after it. `resource` carries the etag that the
// step is conditional on.
template <typename T>
absl::StatusOr<std::string> Take(Session& session, const Step& step, T resource) {
  if (step.kind == StepKind::kCreate) {
    CONCORD_ASSIGN_OR_RETURN(resource, Create(session, resource));
    return resource.etag();
  }
  // Plans are never deleted; no step asks for it.
  if constexpr (HasDelete<T>) {
    if (step.kind == StepKind::kDelete) {
      CONCORD_ASSIGN_OR_RETURN(resource, SendName<typename Api<T>::Delete>(session, resource));
      return resource.etag();
    }
    if (step.kind == StepKind::kUndelete) {
      CONCORD_ASSIGN_OR_RETURN(const T undeleted, SendName<typename Api<T>::Undelete>(session, resource));
      resource.set_etag(undeleted.etag());
      if (step.changes.empty()) return resource.etag();
    }
  }
  CONCORD_ASSIGN_OR_RETURN(resource, Update(session, resource, step.changes));
  return resource.etag();
}

// Takes the next step, or several that make one batch; how many.
absl::StatusOr<size_t> TakeSome(Session& session, const std::vector<Step>& steps, size_t next,
                                std::map<std::string, std::string>& etags) {
  const Step& step = steps[next];
  return absl::visit(
      [&](auto resource) -> absl::StatusOr<size_t> {
        using T = decltype(resource);
        if constexpr (HasBatchCreate<T>) {
          if (step.kind == StepKind::kCreate) {
            return CreateSome(session, Api<T>::BatchCreate::descriptor(), CreatedFrom<T>(steps, next), 0);
          }
        }
        const auto known = etags.find(resource.name());
        resource.set_etag(known == etags.end() ? step.etag : known->second);
        const std::string name = resource.name();
        CONCORD_ASSIGN_OR_RETURN(etags[name], Take(session, step, std::move(resource)));
        return 1;
      },
      step.resource);
}

}  // namespace

absl::Status TakeSteps(Session& session, const Difference& difference) {
  std::map<std::string, std::string> etags;  // After our own writes.
  for (size_t done = 0; done < difference.steps.size();) {
    const std::string& name = NameOf(difference.steps[done].resource);
    session.ShowProgress(absl::StrCat(done + 1, " of ", difference.steps.size(), ": ", name));
    const absl::StatusOr<size_t> taken = TakeSome(session, difference.steps, done, etags);
    if (!taken.ok()) {
      session.ShowProgress("");
      if (!session.settings().json) {
        session.surroundings().err << "stopped at " << name << ", after " << done << " of " << difference.steps.size()
                                   << " steps; the import can be repeated and will go on from there\n";
      }
      return taken.status();
    }
    done += *taken;
  }
  session.ShowProgress("");
  return absl::OkStatus();
}

namespace {

std::string Counted(int count, const char* thing) { return absl::StrCat(count, " ", thing, count == 1 ? "" : "s"); }

int UnchangedCount(const Difference& difference) {
  return difference.unchanged_plans + difference.unchanged_objectives + difference.unchanged_indicators +
         difference.unchanged_actions + difference.unchanged_milestones;
}

std::string NothingToChange(const Difference& difference) {
  std::vector<std::string> counts = {Counted(difference.unchanged_plans, "plan"),
                                     Counted(difference.unchanged_objectives, "objective"),
                                     Counted(difference.unchanged_actions, "action")};
  if (difference.unchanged_indicators > 0) counts.push_back(Counted(difference.unchanged_indicators, "indicator"));
  if (difference.unchanged_milestones > 0) counts.push_back(Counted(difference.unchanged_milestones, "milestone"));
  return absl::StrCat("nothing to change: ", absl::StrJoin(counts, ", "),
                      UnchangedCount(difference) == 1 ? " is" : " are", " as in the file\n");
}

std::string Summary(const Difference& difference, bool dry_run) {
  int counts[4] = {};
  for (const Step& step : difference.steps) {
    if (!step.interim) ++counts[static_cast<int>(step.kind)];
  }
  return absl::StrCat(dry_run ? "dry run, nothing was written: " : "imported: ", counts[0], " created, ", counts[1],
                      " changed, ", counts[2], " brought back, ", counts[3], " deleted, ", UnchangedCount(difference),
                      " unchanged\n");
}

}  // namespace

absl::Status ImportPlan(Session& session, const planfile::v1::PlanFile& file, const ImportOptions& options) {
  CONCORD_ASSIGN_OR_RETURN(const PlanState server, ReadPlanForChange(session, file.plan().name()));
  Violations violations;
  CheckAgainstServer(file, server, options.prune, violations);
  CONCORD_RETURN_IF_ERROR(violations.ToStatus());
  const Difference difference = FindDifference(file, server, options.prune, violations);
  CONCORD_RETURN_IF_ERROR(violations.ToStatus());
  const bool json = session.settings().json;
  if (!json) session.Print(DifferenceText(difference, session.surroundings().terminal));
  if (!options.dry_run) CONCORD_RETURN_IF_ERROR(TakeSteps(session, difference));
  if (json) {
    google::protobuf::Struct document = DifferenceJson(difference, options.dry_run);
    document.MergeFrom(options.told);
    session.PrintJson(document);
  } else {
    session.Print(difference.steps.empty() ? NothingToChange(difference) : Summary(difference, options.dry_run));
  }
  return absl::OkStatus();
}

}  // namespace concord::ctl
