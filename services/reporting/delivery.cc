#include "services/reporting/delivery.h"

#include "common/aip/date.h"

namespace concord::reporting {

Period PeriodOf(const objective::v1::Plan& plan) {
  return {aip::ToDay(plan.period().start_date()), aip::ToDay(plan.period().end_date())};
}

Period PeriodOf(const action::v1::Action& action, const Period& plan_period) {
  return {action.has_start_date() ? aip::ToDay(action.start_date()) : plan_period.first_day,
          action.has_due_date() ? aip::ToDay(action.due_date()) : plan_period.last_day};
}

double PlannedProgress(const Period& period, absl::CivilDay day) {
  // In this order a period whose ends are swapped never divides by zero: it is
  // planned to be done all at once on its first day.
  if (day < period.first_day) return 0.0;
  if (day >= period.last_day) return 1.0;
  const auto passed = day - period.first_day + 1;
  const auto total = period.last_day - period.first_day + 1;
  return static_cast<double>(passed) / static_cast<double>(total);
}

absl::optional<double> SchedulePerformance(absl::optional<double> progress, double planned_progress) {
  if (!progress.has_value() || planned_progress <= 0.0) return absl::nullopt;
  return *progress / planned_progress;
}

}  // namespace concord::reporting
