#include "services/objective/open_plan.h"

#include "common/rpc/failure.h"
#include "common/status/macros.h"
#include "services/objective/plan_rules.h"

namespace concord::objective {

std::string PlanNameOf(absl::string_view name) {
  const size_t id = name.find('/') + 1;
  return std::string(name.substr(0, name.find('/', id)));
}

absl::StatusOr<const v1::Plan*> FindOpenPlan(rpc::Context& context, absl::string_view name) {
  const std::string plan_name = PlanNameOf(name);
  const auto* plan = context.Get<v1::Plan>(plan_name);
  if (plan == nullptr) return rpc::NotFound(plan_name);
  CONCORD_RETURN_IF_ERROR(CheckPlanOpen(*plan));
  return plan;
}

}  // namespace concord::objective
