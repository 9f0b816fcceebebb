// The figures of a plan and its objectives at the end of each of many periods.
//
// Pure; safe from any thread.
#ifndef SERVICES_REPORTING_TREND_H_
#define SERVICES_REPORTING_TREND_H_

#include <vector>

#include "absl/time/civil_time.h"
#include "common/aip/calendar.h"
#include "concord/reporting/v1/trend.pb.h"
#include "services/reporting/plan_resources.h"

namespace concord::reporting {

// The last days of the periods of so many months from the one that holds `first` to the one that holds `last`; that one
// ends with `last`. None if `last` is before `first`.
std::vector<absl::CivilDay> TrendDays(absl::CivilDay first, absl::CivilDay last, int months);

// By day; of each the plan, then its objectives by name. Costs a scorecard for each day.
std::vector<v1::TrendPoint> ComputeTrend(const PlanResources& resources, const std::vector<absl::CivilDay>& days);

}  // namespace concord::reporting

#endif  // SERVICES_REPORTING_TREND_H_
