#include "services/reporting/indicator_score.h"

#include <algorithm>
#include <string>
#include <vector>

#include "common/aip/date.h"
#include "services/reporting/formula_edition.h"

namespace concord::reporting {
namespace {

using ::concord::aip::Nano;
using ::concord::objective::v1::Indicator;
using ::concord::objective::v1::RollUpInput;
using ::concord::objective::v1::Target;

// The day that the line begins on: that of the baseline, or else the last before the plan.
absl::CivilDay BaselineDay(const Indicator& indicator, const Period& plan_period) {
  return indicator.baseline().has_date() ? aip::ToDay(indicator.baseline().date()) : plan_period.first_day - 1;
}

// Whether the value is at or beyond the straight line from `from` to `to` on its day, which lies between theirs.
// Multiplied out, so that it is exact.
bool ReachesLine(const Indicator& indicator, const DatedValue& value, const DatedValue& from, const DatedValue& to) {
  const absl::int128 days = to.day - from.day;
  const absl::int128 passed = value.day - from.day;
  return AtOrBeyond(indicator, value.value * days, from.value * days + (to.value - from.value) * passed);
}

// Of the target in force; there must be targets.
int IndexInForce(const Indicator& indicator, absl::CivilDay day) {
  const int last = indicator.targets_size() - 1;
  int index = 0;
  while (index < last && aip::ToDay(indicator.targets(index).date()) < day) ++index;
  return index;
}

DatedValue Of(const Target& target) { return {aip::ToNano(target.value()), aip::ToDay(target.date())}; }

// "missing" of a measured indicator are its periods, of a computed one the inputs of its last value's period.
void AddPeriods(const CalendarPeriods& periods, const Series& series, int ended_count, v1::Figure& figure) {
  int counted = 0;
  for (const auto& [number, value] : series) {
    if (number < ended_count && value.value.has_value()) ++counted;
  }
  figure.set_counted_count(counted);
  figure.set_expected_count(ended_count);
  const int missing = std::min(ended_count - counted, kMaxMissingNames);
  for (int number = 0; figure.missing_size() < missing; ++number) {
    const auto found = series.find(number);
    if (found == series.end() || !found->second.value.has_value()) figure.add_missing(TextOf(periods.At(number)));
  }
}

void AddInputs(const Indicator& indicator, const IndicatorValues& values, int period, v1::Figure& figure) {
  std::vector<absl::string_view> missing;
  for (const RollUpInput& input : indicator.roll_up().inputs()) {
    if (!values.InputAt(indicator, input.indicator(), period).has_value()) missing.push_back(input.indicator());
  }
  std::sort(missing.begin(), missing.end());
  figure.set_expected_count(indicator.roll_up().inputs_size());
  figure.set_counted_count(figure.expected_count() - static_cast<int>(missing.size()));
  if (missing.size() > kMaxMissingNames) missing.resize(kMaxMissingNames);
  for (const absl::string_view name : missing) figure.add_missing(std::string(name));
}

void AddPoints(const Indicator& indicator, const CalendarPeriods& periods, const Series& series, int ended_count,
               v1::IndicatorScore& score) {
  for (int number = std::max(0, ended_count - kMaxPoints); number < ended_count; ++number) {
    v1::IndicatorPoint& point = *score.add_points();
    const aip::DayPeriod period = periods.At(number);
    *point.mutable_start_date() = aip::FromDay(period.first);
    *point.mutable_end_date() = aip::FromDay(period.last);
    const auto found = series.find(number);
    if (found == series.end()) continue;
    if (found->second.value.has_value()) SetValue(indicator, found->second, *point.mutable_value());
    if (found->second.measurement != nullptr) point.set_measurement(found->second.measurement->name());
  }
}

}  // namespace

bool AtOrBeyond(const Indicator& indicator, absl::int128 value, absl::int128 wanted) {
  return indicator.direction() == Indicator::DIRECTION_DECREASE ? value <= wanted : value >= wanted;
}

void SetValue(const Indicator& indicator, const PeriodValue& value, concord::type::Decimal& decimal) {
  decimal.set_value(value.measurement != nullptr ? value.measurement->value().value()
                                                 : aip::FormatDecimal(*value.value, indicator.scale()));
}

const Target* TargetInForce(const Indicator& indicator, absl::CivilDay day) {
  if (indicator.targets().empty()) return nullptr;
  return &indicator.targets(IndexInForce(indicator, day));
}

absl::optional<double> Attainment(const Indicator& indicator, const DatedValue& value) {
  const Target* target = TargetInForce(indicator, value.day);
  if (target == nullptr || !indicator.has_baseline()) return absl::nullopt;
  const Nano baseline = aip::ToNano(indicator.baseline().value());
  const Nano wanted = aip::ToNano(target->value());
  if (wanted == baseline) return AtOrBeyond(indicator, value.value, wanted) ? 1.0 : 0.0;
  return static_cast<double>(value.value - baseline) / static_cast<double>(wanted - baseline);
}

Pace PaceOf(const Indicator& indicator, const DatedValue& value, const Period& plan_period) {
  if (indicator.targets().empty()) return Pace::kUnknown;
  const int index = IndexInForce(indicator, value.day);
  const DatedValue to = Of(indicator.targets(index));
  const auto pace = [](bool reached) { return reached ? Pace::kOnTarget : Pace::kBehindTarget; };
  if (to.day <= value.day) return pace(AtOrBeyond(indicator, value.value, to.value));
  if (index > 0) return pace(ReachesLine(indicator, value, Of(indicator.targets(index - 1)), to));
  if (!indicator.has_baseline()) return Pace::kUnknown;
  const DatedValue from{aip::ToNano(indicator.baseline().value()), BaselineDay(indicator, plan_period)};
  if (value.day <= from.day) return pace(AtOrBeyond(indicator, value.value, from.value));
  return pace(ReachesLine(indicator, value, from, to));
}

v1::TargetState TargetStateOf(Pace pace) {
  switch (pace) {
    case Pace::kOnTarget:
      return v1::TARGET_STATE_ON_TARGET;
    case Pace::kBehindTarget:
      return v1::TARGET_STATE_BEHIND_TARGET;
    case Pace::kUnknown:
      break;
  }
  return v1::TARGET_STATE_NO_DATA;
}

v1::GuardRailState GuardRailStateOf(const Indicator& indicator, absl::optional<Nano> value) {
  const auto& rails = indicator.guard_rails();
  if (!value.has_value() || (!rails.has_lower() && !rails.has_upper())) return v1::GUARD_RAIL_STATE_NOT_APPLICABLE;
  if (rails.has_lower() && *value < aip::ToNano(rails.lower())) return v1::GUARD_RAIL_STATE_BELOW;
  if (rails.has_upper() && *value > aip::ToNano(rails.upper())) return v1::GUARD_RAIL_STATE_ABOVE;
  return v1::GUARD_RAIL_STATE_WITHIN;
}

IndicatorFigures IndicatorFiguresOf(const Indicator& indicator, const IndicatorValues& values,
                                    const Period& plan_period, absl::CivilDay day) {
  const CalendarPeriods periods = PeriodsOf(indicator, plan_period);
  IndicatorFigures figures;
  figures.indicator = &indicator;
  figures.ended_count = periods.EndedBy(day);
  const Series& series = values.Of(indicator.name());
  for (auto found = series.lower_bound(figures.ended_count); found != series.begin();) {
    --found;
    if (!found->second.value.has_value()) continue;
    figures.value_number = found->first;
    figures.in_force = &found->second;
    break;
  }
  if (figures.in_force == nullptr) return figures;
  const DatedValue value{*figures.in_force->value, periods.At(figures.value_number).last};
  figures.attainment = Attainment(indicator, value);
  figures.pace = PaceOf(indicator, value, plan_period);
  figures.guard_rail_state = GuardRailStateOf(indicator, value.value);
  return figures;
}

v1::IndicatorScore ScoreIndicator(const Indicator& indicator, const IndicatorValues& values, const Period& plan_period,
                                  absl::CivilDay day) {
  const IndicatorFigures figures = IndicatorFiguresOf(indicator, values, plan_period, day);
  const CalendarPeriods periods = PeriodsOf(indicator, plan_period);
  const Series& series = values.Of(indicator.name());
  v1::IndicatorScore score;
  score.set_indicator(indicator.name());
  score.set_code(indicator.code());
  score.set_title(indicator.title());
  score.set_unit(indicator.unit());
  score.set_direction(indicator.direction());
  score.set_computed(indicator.has_roll_up());
  score.set_guard_rail_state(figures.guard_rail_state);
  score.set_target_state(TargetStateOf(figures.pace));
  if (indicator.has_baseline()) *score.mutable_baseline() = indicator.baseline().value();
  v1::Figure& attainment = *score.mutable_attainment();
  absl::CivilDay value_day = day;  // Without a value, the target ahead of the day.
  if (figures.in_force != nullptr) {
    value_day = periods.At(figures.value_number).last;
    SetValue(indicator, *figures.in_force, *score.mutable_value());
    *score.mutable_value_date() = aip::FromDay(value_day);
    *attainment.mutable_newest_time() = *figures.in_force->time;
  }
  if (const Target* target = TargetInForce(indicator, value_day); target != nullptr) {
    *score.mutable_target() = target->value();
    *score.mutable_target_date() = target->date();
  }
  if (figures.attainment.has_value()) attainment.set_value(*figures.attainment);
  if (indicator.has_roll_up()) {
    AddInputs(indicator, values, figures.in_force != nullptr ? figures.value_number : figures.ended_count - 1,
              attainment);
  } else {
    AddPeriods(periods, series, figures.ended_count, attainment);
  }
  AddPoints(indicator, periods, series, figures.ended_count, score);
  return score;
}

}  // namespace concord::reporting
