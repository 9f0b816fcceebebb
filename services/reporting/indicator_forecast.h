// What an indicator is expected to be in the plan's last period, and how far the same method was out on its values.
//
// The definitions, with examples, are in FIGURES.md ("Forecasts of indicators"). Pure; safe from any thread.
#ifndef SERVICES_REPORTING_INDICATOR_FORECAST_H_
#define SERVICES_REPORTING_INDICATOR_FORECAST_H_

#include "absl/time/civil_time.h"
#include "concord/objective/v1/indicator.pb.h"
#include "concord/reporting/v1/forecast.pb.h"
#include "services/reporting/delivery.h"
#include "services/reporting/indicator_values.h"

namespace concord::reporting {

// From the values of periods that have ended by the day. Its cost grows with the square of the values, of which there
// are at most 60.
v1::IndicatorForecast ForecastIndicator(const objective::v1::Indicator& indicator, const IndicatorValues& values,
                                        const Period& plan_period, absl::CivilDay day);

// Adds the counts of one indicator to those of all; not its errors, which are in its own unit.
void AddCounts(const v1::MethodError& error, v1::MethodError& all);

}  // namespace concord::reporting

#endif  // SERVICES_REPORTING_INDICATOR_FORECAST_H_
