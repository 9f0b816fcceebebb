// What an action or a milestone was at the end of a day, by the dates that its record holds.
//
//   if (StateOn(action, day) == Action::STATE_CANCELLED) ...
//
// The definition, with an example, is in FIGURES.md. Every figure asks here; none reads a state itself. Pure; safe
// from any thread.
#ifndef SERVICES_REPORTING_DATED_STATE_H_
#define SERVICES_REPORTING_DATED_STATE_H_

#include "absl/time/civil_time.h"
#include "concord/action/v1/action.pb.h"
#include "concord/action/v1/milestone.pb.h"

namespace concord::reporting {

// Completed or cancelled from its actual end on, begun from its actual start on. What has no date holds always.
action::v1::Action::State StateOn(const action::v1::Action& action, absl::CivilDay day);

// Reached, on the day or before. One that was reached without a date always is.
bool ReachedBy(const action::v1::Milestone& milestone, absl::CivilDay day);

// Neither dropped nor reached by the day. When one was dropped is not recorded, so it is out on every day.
bool PlannedOn(const action::v1::Milestone& milestone, absl::CivilDay day);

}  // namespace concord::reporting

#endif  // SERVICES_REPORTING_DATED_STATE_H_
