// The states of an action. Pure.
#ifndef SERVICES_ACTION_ACTION_STATES_H_
#define SERVICES_ACTION_ACTION_STATES_H_

#include <string>

#include "absl/status/status.h"
#include "absl/time/civil_time.h"
#include "concord/action/v1/action.pb.h"
#include "concord/objective/v1/plan.pb.h"

namespace concord::action {

// Whether a method leads from one state to the other.
bool LeadsTo(v1::Action::State from, v1::Action::State to);

// Leads an action to a state and notes the day where it begins or ends. FAILED_PRECONDITION with
// WRONG_ACTION_STATE, PLAN_CLOSED or PLAN_NOT_ACTIVE; INVALID_ARGUMENT with a violation of "date" if it would end
// before it was started.
absl::Status MoveAction(const objective::v1::Plan& plan, v1::Action::State to, absl::CivilDay day, v1::Action& action);

// FAILED_PRECONDITION with PLAN_CLOSED if nothing under the plan may change.
absl::Status CheckPlanOpen(const objective::v1::Plan& plan);

}  // namespace concord::action

#endif  // SERVICES_ACTION_ACTION_STATES_H_
