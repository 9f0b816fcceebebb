#include "services/reporting/dated_state.h"

#include "common/aip/date.h"

namespace concord::reporting {
namespace {

using ::concord::action::v1::Action;
using ::concord::action::v1::Milestone;

// A date that is not recorded has always been.
bool HasCome(bool recorded, const google::type::Date& date, absl::CivilDay day) {
  return !recorded || aip::ToDay(date) <= day;
}

bool HasBegun(const Action& action, absl::CivilDay day) {
  return HasCome(action.has_actual_start_date(), action.actual_start_date(), day);
}

}  // namespace

Action::State StateOn(const Action& action, absl::CivilDay day) {
  const bool ended = HasCome(action.has_actual_end_date(), action.actual_end_date(), day);
  switch (action.state()) {
    case Action::STATE_COMPLETED:
      if (ended) return Action::STATE_COMPLETED;
      return HasBegun(action, day) ? Action::STATE_IN_PROGRESS : Action::STATE_APPROVED;
    case Action::STATE_CANCELLED:
      if (ended) return Action::STATE_CANCELLED;
      // Nothing says that it was ever agreed to.
      if (!action.has_actual_start_date()) return Action::STATE_PROPOSED;
      return HasBegun(action, day) ? Action::STATE_IN_PROGRESS : Action::STATE_APPROVED;
    case Action::STATE_IN_PROGRESS:
    case Action::STATE_ON_HOLD:
      return HasBegun(action, day) ? action.state() : Action::STATE_APPROVED;
    default:  // Not begun, or a state of a later release: nothing about it is dated.
      return action.state();
  }
}

bool ReachedBy(const Milestone& milestone, absl::CivilDay day) {
  return milestone.state() == Milestone::STATE_REACHED &&
         HasCome(milestone.has_reached_date(), milestone.reached_date(), day);
}

bool PlannedOn(const Milestone& milestone, absl::CivilDay day) {
  return milestone.state() != Milestone::STATE_DROPPED && !ReachedBy(milestone, day);
}

}  // namespace concord::reporting
