// Which values of formulas are to be recorded: of indicators that name one, for periods that are over.
//
// Pure; safe from any thread.
#ifndef SERVICES_REPORTING_FORMULAS_DUE_VALUES_H_
#define SERVICES_REPORTING_FORMULAS_DUE_VALUES_H_

#include <functional>
#include <string>

#include "absl/time/civil_time.h"
#include "common/aip/calendar.h"
#include "concord/objective/v1/indicator.pb.h"
#include "concord/objective/v1/plan.pb.h"
#include "concord/reporting/v1/formula.pb.h"
#include "services/reporting/plan_resources.h"

namespace concord::reporting {

// Calls visit(value) for each that is due on the day, by indicator and then by period. Needs the plan, its objectives,
// indicators and measurements. None of a plan that is not active.
void ForEachDueValue(const PlanResources& resources, absl::CivilDay today,
                     const std::function<void(const v1::DueFormulaValue&)>& visit);

// "2011", "2011-h1", "2011-q3", "2011-06": a whole period of so many months, as part of an id.
std::string IdOfPeriod(const aip::DayPeriod& period, int months);

}  // namespace concord::reporting

#endif  // SERVICES_REPORTING_FORMULAS_DUE_VALUES_H_
