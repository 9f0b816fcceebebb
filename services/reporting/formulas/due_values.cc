#include "services/reporting/formulas/due_values.h"

#include <algorithm>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/strip.h"
#include "common/aip/date.h"
#include "common/aip/resource_name.h"
#include "services/reporting/calendar_periods.h"
#include "services/reporting/children.h"
#include "services/reporting/delivery.h"
#include "services/reporting/formulas/formula.h"
#include "services/reporting/indicator_values.h"

namespace concord::reporting {
namespace {

using objective::v1::Indicator;
using objective::v1::Measurement;

// Says what the indicator leaves to its period and its plan.
void Complete(const FormulaDefinition& definition, const Indicator& indicator, const std::string& plan,
              absl::CivilDay plan_begin, const aip::DayPeriod& period, v1::DueFormulaValue& value) {
  auto& parameters = *value.mutable_parameters();
  if (HasParameter(definition, "plan") && !parameters.contains("plan")) parameters["plan"] = plan;
  if (!HasParameter(definition, "from") || parameters.contains("from")) return;
  if (indicator.kind() == Indicator::KIND_FLOW) parameters["from"] = aip::FormatDate(aip::FromDay(period.first));
  if (indicator.kind() == Indicator::KIND_CUMULATIVE) parameters["from"] = aip::FormatDate(aip::FromDay(plan_begin));
}

// Why it cannot be computed; empty if it can.
std::string ProblemOf(const FormulaDefinition* definition, const Indicator& indicator,
                      const v1::DueFormulaValue& value) {
  if (definition == nullptr) return absl::StrCat("there is no ", indicator.formula().formula());
  if (indicator.unit() != definition->unit) {
    return absl::StrCat("the indicator's unit is \"", indicator.unit(), "\", that of the formula \"", definition->unit,
                        "\"");
  }
  Violations violations;
  CheckParameters(definition->parameters, value.parameters(), violations);
  if (violations.empty()) return "";
  const auto [field, description] = ViolationsOf(violations.ToStatus()).front();
  return absl::StrCat(field, " ", description);
}

// Whether each period has a value in force, by number.
std::vector<bool> RecordedPeriods(const CalendarPeriods& periods, Children<Measurement>::Family measurements) {
  std::vector<bool> recorded(static_cast<size_t>(periods.count()));
  for (const Measurement* measurement : measurements) {
    if (measurement->status() != Measurement::STATUS_APPROVED || !IsWhole(*measurement)) continue;
    const absl::optional<int> number = periods.NumberOf(measurement->period());
    if (number.has_value()) recorded[static_cast<size_t>(*number)] = true;
  }
  return recorded;
}

v1::DueFormulaValue DueValue(const PlanResources& resources, const Indicator& indicator, const aip::DayPeriod& period) {
  v1::DueFormulaValue value;
  value.set_indicator(indicator.name());
  *value.mutable_start_date() = aip::FromDay(period.first);
  *value.mutable_end_date() = aip::FromDay(period.last);
  value.set_formula(indicator.formula().formula());
  *value.mutable_parameters() = indicator.formula().parameters();
  value.set_scale(indicator.scale());
  const FormulaDefinition* definition = FindFormula(absl::StripPrefix(value.formula(), "formulas/"));
  if (definition != nullptr) {
    Complete(*definition, indicator, resources.plan->name(), PeriodOf(*resources.plan).first_day, period, value);
    value.set_measurement_id(
        absl::StrCat(IdOfPeriod(period, MonthsOf(indicator.frequency())), "-e", definition->edition));
  }
  value.set_problem(ProblemOf(definition, indicator, value));
  return value;
}

}  // namespace

std::string IdOfPeriod(const aip::DayPeriod& period, int months) {
  const auto year = static_cast<int>(period.first.year());
  const int month = period.first.month();
  if (months == 12) return absl::StrCat(year);
  if (months == 6) return absl::StrCat(year, "-h", (month - 1) / 6 + 1);
  if (months == 3) return absl::StrCat(year, "-q", (month - 1) / 3 + 1);
  return absl::StrFormat("%d-%02d", year, month);
}

void ForEachDueValue(const PlanResources& resources, absl::CivilDay today,
                     const std::function<void(const v1::DueFormulaValue&)>& visit) {
  if (resources.plan->state() != objective::v1::Plan::STATE_ACTIVE) return;
  absl::flat_hash_set<absl::string_view> objectives;
  for (const auto* objective : resources.objectives) objectives.insert(objective->name());
  const Children<Measurement> measurements(resources.measurements);
  for (const Indicator* indicator : resources.indicators) {
    if (!indicator->has_formula() || !objectives.contains(aip::ParentOf(indicator->name()))) continue;
    const CalendarPeriods periods = PeriodsOf(*indicator, PeriodOf(*resources.plan));
    const std::vector<bool> recorded = RecordedPeriods(periods, measurements.Of(indicator->name()));
    const int ended = periods.EndedBy(today - 1);
    for (int number = 0; number < ended; ++number) {
      if (!recorded[static_cast<size_t>(number)]) visit(DueValue(resources, *indicator, periods.At(number)));
    }
  }
}

}  // namespace concord::reporting
