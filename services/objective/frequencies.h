// The periods that indicators are measured in. Pure.
#ifndef SERVICES_OBJECTIVE_FREQUENCIES_H_
#define SERVICES_OBJECTIVE_FREQUENCIES_H_

#include <string>

#include "absl/types/optional.h"
#include "common/aip/calendar.h"
#include "concord/objective/v1/indicator.pb.h"
#include "concord/objective/v1/plan.pb.h"

namespace concord::objective {

// The period of the frequency that the day lies in; nothing if the frequency is none.
absl::optional<aip::DayPeriod> PeriodOf(v1::Indicator::Frequency frequency, absl::CivilDay day);

// Whether the two have a day in common. Their dates are days.
bool Overlap(const v1::Period& a, const v1::Period& b);

// Whether a value can be prepared for the period: one of the frequency, that the plan's period overlaps, and whose
// first day has come. The dates of `period` are days.
bool CanBeMeasured(const v1::Period& period, v1::Indicator::Frequency frequency, const v1::Period& plan_period,
                   absl::CivilDay today);

// Whether its last day is past, so that what came of it can be known. Its dates are days.
bool IsOver(const v1::Period& period, absl::CivilDay today);

// "2012-01-01/2012-03-31".
std::string PeriodText(const aip::DayPeriod& period);
std::string PeriodText(const v1::Period& period);

}  // namespace concord::objective

#endif  // SERVICES_OBJECTIVE_FREQUENCIES_H_
