#include "services/action/action_states.h"

#include "common/aip/date.h"
#include "common/aip/enum_words.h"
#include "common/aip/state_moves.h"
#include "common/status/error.h"
#include "common/status/macros.h"
#include "concord/action/v1/error_reason.pb.h"
#include "services/action/records.h"

namespace concord::action {
namespace {

using Plan = objective::v1::Plan;

const aip::StateMoves<v1::Action::State>& Moves() {
  static const auto& moves = *new aip::StateMoves<v1::Action::State>(
      v1::ERROR_REASON_WRONG_ACTION_STATE, {
                                               {v1::Action::STATE_PROPOSED, v1::Action::STATE_APPROVED},
                                               {v1::Action::STATE_APPROVED, v1::Action::STATE_IN_PROGRESS},
                                               {v1::Action::STATE_IN_PROGRESS, v1::Action::STATE_ON_HOLD},
                                               {v1::Action::STATE_ON_HOLD, v1::Action::STATE_IN_PROGRESS},
                                               {v1::Action::STATE_IN_PROGRESS, v1::Action::STATE_COMPLETED},
                                               {v1::Action::STATE_PROPOSED, v1::Action::STATE_CANCELLED},
                                               {v1::Action::STATE_APPROVED, v1::Action::STATE_CANCELLED},
                                               {v1::Action::STATE_IN_PROGRESS, v1::Action::STATE_CANCELLED},
                                               {v1::Action::STATE_ON_HOLD, v1::Action::STATE_CANCELLED},
                                           });
  return moves;
}

}  // namespace

bool LeadsTo(v1::Action::State from, v1::Action::State to) { return Moves().Lead(from, to); }

absl::Status CheckPlanOpen(const Plan& plan) {
  if (plan.state() == Plan::STATE_DRAFT || plan.state() == Plan::STATE_ACTIVE) return absl::OkStatus();
  return MakeError(absl::StatusCode::kFailedPrecondition, v1::ERROR_REASON_PLAN_CLOSED,
                   "{plan} is {state}: nothing under it can be changed",
                   {{"plan", plan.name()}, {"state", aip::WordOf(plan.state())}});
}

absl::Status MoveAction(const Plan& plan, v1::Action::State to, absl::CivilDay day, v1::Action& action) {
  CONCORD_RETURN_IF_ERROR(CheckPlanOpen(plan));
  CONCORD_RETURN_IF_ERROR(Moves().Check(action.name(), action.state(), to));
  if (to == v1::Action::STATE_IN_PROGRESS && plan.state() != Plan::STATE_ACTIVE) {
    return MakeError(absl::StatusCode::kFailedPrecondition, v1::ERROR_REASON_PLAN_NOT_ACTIVE,
                     "{plan} is {state}: activate it before work begins",
                     {{"plan", plan.name()}, {"state", aip::WordOf(plan.state())}});
  }
  if (to == v1::Action::STATE_IN_PROGRESS && !action.has_actual_start_date()) {
    *action.mutable_actual_start_date() = aip::FromDay(day);
  }
  if (to == v1::Action::STATE_COMPLETED || to == v1::Action::STATE_CANCELLED) {
    CONCORD_RETURN_IF_ERROR(CheckSinceStart(action, day, "date"));
    *action.mutable_actual_end_date() = aip::FromDay(day);
  }
  action.set_state(to);
  return absl::OkStatus();
}

}  // namespace concord::action
