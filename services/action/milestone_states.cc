#include "services/action/milestone_states.h"

#include "common/aip/date.h"
#include "common/aip/state_moves.h"
#include "common/status/macros.h"
#include "concord/action/v1/error_reason.pb.h"
#include "services/action/records.h"

namespace concord::action {
namespace {

using v1::Milestone;

const aip::StateMoves<Milestone::State>& MilestoneMoves() {
  static const auto& moves = *new aip::StateMoves<Milestone::State>(
      v1::ERROR_REASON_WRONG_MILESTONE_STATE, {
                                                  {Milestone::STATE_PLANNED, Milestone::STATE_REACHED},
                                                  {Milestone::STATE_PLANNED, Milestone::STATE_DROPPED},
                                                  {Milestone::STATE_REACHED, Milestone::STATE_PLANNED},
                                                  {Milestone::STATE_DROPPED, Milestone::STATE_PLANNED},
                                              });
  return moves;
}

}  // namespace

absl::Status ReachMilestone(const v1::Action& action, absl::CivilDay day, Milestone& milestone) {
  CONCORD_RETURN_IF_ERROR(CheckBegun(action, milestone.name()));
  CONCORD_RETURN_IF_ERROR(MilestoneMoves().Check(milestone.name(), milestone.state(), Milestone::STATE_REACHED));
  CONCORD_RETURN_IF_ERROR(CheckSinceStart(action, day, "date"));
  milestone.set_state(Milestone::STATE_REACHED);
  *milestone.mutable_reached_date() = aip::FromDay(day);
  return absl::OkStatus();
}

absl::Status MoveMilestone(const v1::Action& action, Milestone::State to, Milestone& milestone) {
  CONCORD_RETURN_IF_ERROR(CheckNotEnded(action, milestone.name()));
  CONCORD_RETURN_IF_ERROR(MilestoneMoves().Check(milestone.name(), milestone.state(), to));
  milestone.set_state(to);
  milestone.clear_reached_date();
  return absl::OkStatus();
}

}  // namespace concord::action
