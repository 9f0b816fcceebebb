// The states of a milestone. Pure.
#ifndef SERVICES_ACTION_MILESTONE_STATES_H_
#define SERVICES_ACTION_MILESTONE_STATES_H_

#include "absl/status/status.h"
#include "absl/time/civil_time.h"
#include "concord/action/v1/action.pb.h"
#include "concord/action/v1/milestone.pb.h"

namespace concord::action {

// PLANNED -> REACHED on a day that must not lie before the action's actual start. FAILED_PRECONDITION with
// ACTION_NOT_BEGUN, ACTION_ENDED or WRONG_MILESTONE_STATE; INVALID_ARGUMENT with a violation of "date".
absl::Status ReachMilestone(const v1::Action& action, absl::CivilDay day, v1::Milestone& milestone);

// PLANNED -> DROPPED, or back to PLANNED, which forgets the day it was reached. FAILED_PRECONDITION with ACTION_ENDED
// or WRONG_MILESTONE_STATE.
absl::Status MoveMilestone(const v1::Action& action, v1::Milestone::State to, v1::Milestone& milestone);

}  // namespace concord::action

#endif  // SERVICES_ACTION_MILESTONE_STATES_H_
