// When one action is planned, how much of it at a day, and done over planned.
//
// The definitions, with examples, are in FIGURES.md. Pure; safe from any thread.
#ifndef SERVICES_REPORTING_DELIVERY_H_
#define SERVICES_REPORTING_DELIVERY_H_

#include "absl/time/civil_time.h"
#include "absl/types/optional.h"
#include "concord/action/v1/action.pb.h"
#include "concord/objective/v1/plan.pb.h"

namespace concord::reporting {

// Whole days, both ends included.
struct Period {
  absl::CivilDay first_day;
  absl::CivilDay last_day;
};

// The period of a plan; it must have one of existing days.
Period PeriodOf(const objective::v1::Plan& plan);

// The period in force of an action: each end its own, or else its plan's. The
// ends may come out in the wrong order where only one of them is its own; all
// that takes a Period bears that.
Period PeriodOf(const action::v1::Action& action, const Period& plan_period);

// Share that was planned to be done by the end of `day`, 0 to 1: 0 before the
// first day, 1 from the last day on, linear by whole days between.
double PlannedProgress(const Period& period, absl::CivilDay day);

// Progress over planned progress; nothing without progress, or while nothing is
// planned yet.
absl::optional<double> SchedulePerformance(absl::optional<double> progress, double planned_progress);

}  // namespace concord::reporting

#endif  // SERVICES_REPORTING_DELIVERY_H_
