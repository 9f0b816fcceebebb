// What a plan must satisfy. Pure.
#ifndef SERVICES_OBJECTIVE_PLAN_RULES_H_
#define SERVICES_OBJECTIVE_PLAN_RULES_H_

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "common/rpc/context.h"
#include "common/rpc/standard_methods.h"
#include "common/status/error.h"
#include "concord/objective/v1/plan.pb.h"

namespace concord::objective {

// Among them: FAILED_PRECONDITION with PERIOD_BREAKS_ACTION if a plan's new period would make an action with one date
// of its own end before it begins, and with PERIOD_BREAKS_MEASUREMENT if a living measurement would lie outside.
rpc::ResourceRules PlanRules();

// The limits that plan.proto states for the values of a plan.
void CheckPlanValues(const v1::Plan& plan, absl::string_view prefix, Violations& violations);

// Leads a plan to a state. FAILED_PRECONDITION with WRONG_PLAN_STATE unless `to` is the state after its own, or
// PLAN_WITHOUT_OBJECTIVES.
absl::Status MovePlan(rpc::Context& context, v1::Plan::State to, v1::Plan& plan);

// FAILED_PRECONDITION with PLAN_CLOSED if nothing under the plan may change.
absl::Status CheckPlanOpen(const v1::Plan& plan);

}  // namespace concord::objective

#endif  // SERVICES_OBJECTIVE_PLAN_RULES_H_
