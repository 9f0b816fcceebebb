#include "services/reporting/indicator_forecast.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/numeric/int128.h"
#include "absl/strings/ascii.h"
#include "absl/types/optional.h"
#include "absl/types/span.h"
#include "common/aip/date.h"
#include "common/aip/decimal.h"
#include "concord/type/decimal.pb.h"
#include "services/reporting/calendar_periods.h"
#include "services/reporting/forecast_outlook.h"
#include "services/reporting/formula_edition.h"
#include "services/reporting/indicator_score.h"
#include "services/reporting/linear_trend.h"

namespace concord::reporting {
namespace {

using ::concord::aip::Nano;
using ::concord::objective::v1::Indicator;
using IndicatorBasis = v1::IndicatorForecast;
using NumberedValues = std::vector<NumberedValue>;

// What a decimal can have at most, all digits being before the point.
constexpr int kMostDigits = 15;

// Rates are told with so many digits more than values: they are often smaller than the last digit of a value.
constexpr int kMoreDigits = 2;

int RateScale(const Indicator& indicator) { return std::min(indicator.scale() + kMoreDigits, aip::kNanoDigits); }

// False if it has more digits than a decimal can have.
bool SetDecimal(Nano value, int scale, concord::type::Decimal& decimal) {
  std::string text = aip::FormatDecimal(value, scale);
  if (std::count_if(text.begin(), text.end(), absl::ascii_isdigit) > kMostDigits) return false;
  decimal.set_value(std::move(text));
  return true;
}

// Those that have data and have ended, the last ones.
NumberedValues ValuesOf(const Series& series, int ended_count) {
  NumberedValues values;
  for (const auto& [number, value] : series) {
    if (number < ended_count && value.value.has_value()) values.push_back({number, *value.value});
  }
  if (values.size() > kMaxLineValues) values.erase(values.begin(), values.end() - kMaxLineValues);
  return values;
}

// What is expected of a period, with the ends of its interval.
struct Expected {
  Nano value;
  Nano lower;
  Nano upper;
};

// As they are shown: rounded at the digits that the indicator has.
Expected ExpectedAt(const LinearTrend& line, int number, int scale) {
  const auto rounded = [scale](Nano value) { return aip::DivideRounded(value, aip::kNanosOfOne, scale); };
  const Nano exact = line.At(number, aip::kNanoDigits);
  const Nano half_width = line.HalfWidth(number);
  return {line.At(number, scale), rounded(exact - half_width), rounded(exact + half_width)};
}

// The line through the first values, beside each later value.
v1::MethodError ErrorOf(const NumberedValues& values, int scale) {
  v1::MethodError error;
  Nano size_sum = 0;
  Nano sum = 0;
  int count = 0;
  int within = 0;
  for (size_t known = kMinLineValues; known < values.size(); ++known) {
    const LinearTrend line(absl::MakeConstSpan(values).first(known));
    for (size_t i = known; i < values.size(); ++i) {
      const Expected expected = ExpectedAt(line, values[i].number, scale);
      const Nano missed = values[i].value - expected.value;
      size_sum += missed < 0 ? -missed : missed;
      sum += missed;
      within += expected.lower <= values[i].value && values[i].value <= expected.upper ? 1 : 0;
      ++count;
    }
  }
  error.set_forecast_count(count);
  error.set_interval_count(count);
  error.set_within_interval_count(within);
  if (count == 0) return error;
  error.set_resource_count(1);
  error.set_mean_absolute_error(aip::ToDouble(size_sum) / count);
  error.set_bias(aip::ToDouble(sum) / count);
  return error;
}

// Answers from what is expected, with or without an interval.
template <typename Answer>
v1::Outlook WhetherHolds(const Expected& expected, bool interval, const Answer& answer) {
  if (!interval) return OutlookOf({answer(expected.value)});
  return OutlookOf({answer(expected.value), answer(expected.lower), answer(expected.upper)});
}

void SetExpected(const Indicator& indicator, const Expected& expected, v1::IndicatorForecast& forecast) {
  const int scale = indicator.scale();
  if (!SetDecimal(expected.value, scale, *forecast.mutable_expected_value())) {
    forecast.clear_expected_value();
    forecast.set_basis(IndicatorBasis::BASIS_OUT_OF_RANGE);
    return;
  }
  forecast.set_guard_rail_state(GuardRailStateOf(indicator, expected.value));
  bool interval = forecast.basis() == IndicatorBasis::BASIS_LINE;
  if (!interval) {
    forecast.set_interval_state(v1::INTERVAL_STATE_KNOWN);
  } else {
    interval = SetDecimal(expected.lower, scale, *forecast.mutable_lower_value()) &&
               SetDecimal(expected.upper, scale, *forecast.mutable_upper_value());
    forecast.set_interval_state(interval ? v1::INTERVAL_STATE_GIVEN : v1::INTERVAL_STATE_OUT_OF_RANGE);
    if (!interval) {
      forecast.clear_lower_value();
      forecast.clear_upper_value();
    }
  }
  if (indicator.targets().empty()) return;
  const Nano target = aip::ToNano(indicator.targets().rbegin()->value());
  forecast.set_target_met(
      WhetherHolds(expected, interval, [&](Nano value) { return AtOrBeyond(indicator, value, target); }));
}

// What is needed per period from the value in force on.
void SetRateNeeded(const Indicator& indicator, const CalendarPeriods& periods, const NumberedValue& in_force,
                   v1::IndicatorForecast& forecast) {
  if (indicator.targets().empty()) return;
  const objective::v1::Target& target = *indicator.targets().rbegin();
  const int last = periods.NumberOf(aip::ToDay(target.date())).value_or(periods.count() - 1);
  if (last <= in_force.number) return;
  const absl::int128 periods_left = last - in_force.number;
  const int scale = RateScale(indicator);
  const Nano rate =
      aip::DivideRounded(aip::ToNano(target.value()) - in_force.value, periods_left * aip::kNanosOfOne, scale);
  if (!SetDecimal(rate, scale, *forecast.mutable_rate_needed())) forecast.clear_rate_needed();
}

// What is asked about, and what is known so far.
void SetFacts(const Indicator& indicator, const CalendarPeriods& periods, const IndicatorFigures& figures,
              v1::IndicatorForecast& forecast) {
  forecast.set_indicator(indicator.name());
  forecast.set_code(indicator.code());
  forecast.set_title(indicator.title());
  forecast.set_unit(indicator.unit());
  forecast.set_direction(indicator.direction());
  *forecast.mutable_forecast_date() = aip::FromDay(periods.At(periods.count() - 1).last);
  forecast.set_ended_period_count(figures.ended_count);
  forecast.set_interval_state(v1::INTERVAL_STATE_NO_FORECAST);
  forecast.set_target_met(v1::OUTLOOK_NO_DATA);
  forecast.set_guard_rail_state(v1::GUARD_RAIL_STATE_NOT_APPLICABLE);
  if (!indicator.targets().empty()) {
    *forecast.mutable_target() = indicator.targets().rbegin()->value();
    *forecast.mutable_target_date() = indicator.targets().rbegin()->date();
  }
  if (figures.in_force == nullptr) return;
  SetValue(indicator, *figures.in_force, *forecast.mutable_value());
  *forecast.mutable_value_date() = aip::FromDay(periods.At(figures.value_number).last);
  *forecast.mutable_newest_time() = *figures.in_force->time;
}

}  // namespace

v1::IndicatorForecast ForecastIndicator(const Indicator& indicator, const IndicatorValues& values,
                                        const Period& plan_period, absl::CivilDay day) {
  const CalendarPeriods periods = PeriodsOf(indicator, plan_period);
  const IndicatorFigures figures = IndicatorFiguresOf(indicator, values, plan_period, day);
  const NumberedValues known = ValuesOf(values.Of(indicator.name()), figures.ended_count);
  const int last_number = periods.count() - 1;
  v1::IndicatorForecast forecast;
  SetFacts(indicator, periods, figures, forecast);
  forecast.set_value_count(static_cast<int>(known.size()));
  *forecast.mutable_method_error() = ErrorOf(known, indicator.scale());
  if (known.empty()) {
    forecast.set_basis(IndicatorBasis::BASIS_NO_VALUES);
    return forecast;
  }
  SetRateNeeded(indicator, periods, known.back(), forecast);
  absl::optional<LinearTrend> line;
  if (known.size() >= kMinLineValues) line.emplace(known);
  if (line.has_value()) {
    const int scale = RateScale(indicator);
    if (!SetDecimal(line->Slope(scale), scale, *forecast.mutable_rate())) forecast.clear_rate();
  }
  if (known.back().number == last_number) {
    forecast.set_basis(IndicatorBasis::BASIS_ACTUAL_VALUE);
    SetExpected(indicator, {known.back().value, 0, 0}, forecast);
    *forecast.mutable_expected_value() = forecast.value();  // As it was written.
  } else if (line.has_value()) {
    forecast.set_basis(IndicatorBasis::BASIS_LINE);
    SetExpected(indicator, ExpectedAt(*line, last_number, indicator.scale()), forecast);
  } else {
    forecast.set_basis(IndicatorBasis::BASIS_FEW_VALUES);
  }
  return forecast;
}

void AddCounts(const v1::MethodError& error, v1::MethodError& all) {
  all.set_forecast_count(all.forecast_count() + error.forecast_count());
  all.set_resource_count(all.resource_count() + error.resource_count());
  all.set_interval_count(all.interval_count() + error.interval_count());
  all.set_within_interval_count(all.within_interval_count() + error.within_interval_count());
}

}  // namespace concord::reporting
