// How one action goes by itself on a day, and when it would end if it depended on nothing.
//
// The definitions, with examples, are in FIGURES.md ("Forecasts of actions"). Pure; safe from any thread.
#ifndef SERVICES_REPORTING_ACTION_PACE_H_
#define SERVICES_REPORTING_ACTION_PACE_H_

#include <cstdint>

#include "absl/time/civil_time.h"
#include "absl/types/optional.h"
#include "concord/action/v1/action.pb.h"
#include "concord/reporting/v1/forecast.pb.h"
#include "services/reporting/delivery.h"
#include "services/reporting/progress.h"

namespace concord::reporting {

// The last day that a forecast may be of: the last that can be written.
inline constexpr absl::CivilDay LastForecastDay() { return absl::CivilDay(2200, 12, 31); }

struct ActionPace {
  action::v1::Action::State state = action::v1::Action::STATE_UNSPECIFIED;
  Period planned;  // In force.

  // ACTUAL_END, RATE_SO_FAR or PLANNED_DURATION if it may be forecast, else why not.
  v1::ActionForecast::Basis basis = v1::ActionForecast::BASIS_UNSPECIFIED;

  // The actual first day; nothing unless it is started and the day is recorded.
  absl::optional<absl::CivilDay> start;

  // Of ACTUAL_END and RATE_SO_FAR: the last day, actual or at the rate so far. Of the latter it comes after the day.
  absl::CivilDay end;

  // Share of the work that is done, as ProgressOf says.
  absl::optional<double> share;

  // The share of the whole that is done per day, as it looks so far, and the day that the share was made by; nothing
  // unless it is in progress, with a known start and a known share.
  absl::optional<double> rate;
  absl::CivilDay rate_day;
};

ActionPace ActionPaceOf(const action::v1::Action& action, const ActionRecord& record, const Period& plan_period,
                        absl::CivilDay day);

// How many days a period has; at least 1, also where its ends are in the wrong order.
int64_t LengthOf(const Period& period);

// As many whole days as are needed for so many, at least 1; no more than a thousand years, which are past any calendar.
int64_t WholeDays(double days);

// The actual or expected over the planned duration; nothing unless it is started and has an end.
absl::optional<double> DurationRatio(const ActionPace& pace);

}  // namespace concord::reporting

#endif  // SERVICES_REPORTING_ACTION_PACE_H_
