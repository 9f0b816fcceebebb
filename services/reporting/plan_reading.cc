#include "services/reporting/plan_reading.h"

#include "common/rpc/standard_methods.h"
#include "common/status/macros.h"

namespace concord::reporting {
namespace {

// What was left off reading is not reckoned with: the engine asks again, whatever is returned.
absl::Status CheckComplete(const rpc::Context& context) {
  return context.interrupted() ? absl::CancelledError("left off reading") : absl::OkStatus();
}

}  // namespace

const aip::NamePattern& PlanPattern() {
  static const auto& pattern = *new aip::NamePattern("plans/{plan}");
  return pattern;
}

absl::StatusOr<const objective::v1::Plan*> FindPlan(rpc::Context& context, const std::string& name) {
  CONCORD_ASSIGN_OR_RETURN(const ledger::Resource* resource, rpc::FindOrNotFound(context, name));
  return static_cast<const objective::v1::Plan*>(resource->message.get());
}

absl::StatusOr<PlanResources> ReadIndicators(rpc::Context& context, const std::string& plan) {
  PlanResources resources;
  CONCORD_ASSIGN_OR_RETURN(resources.plan, FindPlan(context, plan));
  resources.objectives = Living<objective::v1::Objective>(context, plan);
  resources.indicators = Living<objective::v1::Indicator>(context, plan);
  resources.measurements = Living<objective::v1::Measurement>(context, plan);
  CONCORD_RETURN_IF_ERROR(CheckComplete(context));
  return resources;
}

absl::StatusOr<PlanResources> ReadPlan(rpc::Context& context, const std::string& name) {
  CONCORD_ASSIGN_OR_RETURN(PlanResources resources, ReadIndicators(context, name));
  resources.actions = Living<action::v1::Action>(context, name);
  resources.milestones = Living<action::v1::Milestone>(context, name);
  resources.progress_reports = Living<action::v1::ProgressReport>(context, name);
  resources.risks = Living<action::v1::Risk>(context, name);
  CONCORD_RETURN_IF_ERROR(CheckComplete(context));
  return resources;
}

}  // namespace concord::reporting
