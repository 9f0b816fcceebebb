// The examples of FIGURES.md for forecasts of indicators.
#include "services/reporting/indicator_forecast.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "common/aip/date.h"
#include "services/reporting/indicator_test_plan.h"

namespace concord::reporting {
namespace {

using ::concord::objective::v1::Indicator;
using v1::IndicatorForecast;

constexpr char kTarget[] =
    "scale: 1 targets { date { year: 2013 month: 12 day: 31 } value { value: '12' } }"
    "targets { date { year: 2015 month: 12 day: 31 } value { value: '18' } }";

IndicatorForecast ForecastOf(const IndicatorPlan& plan, const std::string& code, int year) {
  const PlanResources resources = plan.Resources();
  for (const Indicator* indicator : resources.indicators) {
    if (indicator->code() != code) continue;
    return ForecastIndicator(*indicator, IndicatorValues(resources), PeriodOf(*resources.plan),
                             absl::CivilDay(year, 12, 31));
  }
  ADD_FAILURE() << code;
  return {};
}

IndicatorPlan LineExamplePlan(const std::string& fields = kTarget) {
  IndicatorPlan plan;
  plan.Add("i", fields);
  plan.Measure("i", 2011, "10", 1);
  plan.Measure("i", 2012, "14", 2);
  plan.Measure("i", 2013, "15", 3);
  return plan;
}

TEST(IndicatorForecast, IsTheLineThroughTheValues) {
  const IndicatorForecast forecast = ForecastOf(LineExamplePlan(), "i", 2013);
  EXPECT_EQ(forecast.basis(), IndicatorForecast::BASIS_LINE);
  EXPECT_EQ(forecast.expected_value().value(), "20.5");
  EXPECT_EQ(aip::FormatDate(forecast.forecast_date()), "2015-12-31");
  EXPECT_EQ(forecast.interval_state(), v1::INTERVAL_STATE_GIVEN);
  EXPECT_EQ(forecast.lower_value().value(), "11.4");
  EXPECT_EQ(forecast.upper_value().value(), "29.6");
  EXPECT_EQ(forecast.target().value(), "18") << "the last one";
  EXPECT_EQ(forecast.target_met(), v1::OUTLOOK_UNCERTAIN) << "18 lies within the interval";
  EXPECT_EQ(forecast.rate().value(), "2.500");
  EXPECT_EQ(forecast.rate_needed().value(), "1.500") << "(18 - 15) / 2";
  EXPECT_EQ(forecast.value().value(), "15");
  EXPECT_EQ(forecast.value_count(), 3);
  EXPECT_EQ(forecast.ended_period_count(), 3);
  EXPECT_EQ(forecast.newest_time().seconds(), 3);
}

TEST(IndicatorForecast, TellsHowFarItWasOutOnLaterValues) {
  IndicatorPlan plan = LineExamplePlan();
  EXPECT_EQ(ForecastOf(plan, "i", 2013).method_error().forecast_count(), 0);
  EXPECT_FALSE(ForecastOf(plan, "i", 2013).method_error().has_bias()) << "no data, not an error of 0";
  plan.Measure("i", 2014, "20");
  const v1::MethodError error = ForecastOf(plan, "i", 2014).method_error();
  EXPECT_EQ(error.forecast_count(), 1);
  EXPECT_EQ(error.resource_count(), 1);
  EXPECT_EQ(error.mean_absolute_error(), 2) << "18 was forecast";
  EXPECT_EQ(error.bias(), 2);
  EXPECT_EQ(error.interval_count(), 1);
  EXPECT_EQ(error.within_interval_count(), 1) << "11.1 to 24.9";
  plan.Measure("i", 2015, "40");
  const IndicatorForecast last = ForecastOf(plan, "i", 2015);
  EXPECT_EQ(last.method_error().forecast_count(), 3) << "two of the first three values, one of the first four";
  EXPECT_EQ(last.method_error().within_interval_count(), 1);
}

TEST(IndicatorForecast, UsesNothingThatIsLater) {
  IndicatorPlan plan = LineExamplePlan();
  const std::string before = ForecastOf(plan, "i", 2013).SerializeAsString();
  plan.Measure("i", 2014, "1000");
  EXPECT_EQ(ForecastOf(plan, "i", 2013).SerializeAsString(), before);
  EXPECT_NE(ForecastOf(plan, "i", 2014).SerializeAsString(), before);
}

TEST(IndicatorForecast, NeedsThreeValuesAndTakesNoGapForZero) {
  IndicatorPlan plan;
  plan.Add("i", kTarget);
  EXPECT_EQ(ForecastOf(plan, "i", 2013).basis(), IndicatorForecast::BASIS_NO_VALUES);
  EXPECT_FALSE(ForecastOf(plan, "i", 2013).has_rate_needed());
  plan.Measure("i", 2011, "10");
  plan.Measure("i", 2012, "");  // It is said that it is not known.
  plan.Measure("i", 2013, "30");
  const IndicatorForecast two = ForecastOf(plan, "i", 2013);
  EXPECT_EQ(two.basis(), IndicatorForecast::BASIS_FEW_VALUES);
  EXPECT_EQ(two.value_count(), 2);
  EXPECT_FALSE(two.has_expected_value());
  EXPECT_EQ(two.interval_state(), v1::INTERVAL_STATE_NO_FORECAST);
  EXPECT_EQ(two.target_met(), v1::OUTLOOK_NO_DATA);
  EXPECT_EQ(two.rate_needed().value(), "-6.000") << "it is beyond its target";
  plan.Measure("i", 2014, "40");
  const IndicatorForecast three = ForecastOf(plan, "i", 2014);
  EXPECT_EQ(three.expected_value().value(), "50.0") << "2012 is a gap";
  EXPECT_EQ(three.lower_value().value(), "50.0");
  EXPECT_EQ(three.target_met(), v1::OUTLOOK_YES);
}

TEST(IndicatorForecast, RespectsWhichWayIsBetter) {
  const std::string less = absl::StrCat(kTarget, " direction: DIRECTION_DECREASE");
  IndicatorPlan plan;
  plan.Add("i", less);
  for (int year = 2011; year <= 2013; ++year) plan.Measure("i", year, absl::StrCat(2020 - year));
  EXPECT_EQ(ForecastOf(plan, "i", 2013).expected_value().value(), "5.0");
  EXPECT_EQ(ForecastOf(plan, "i", 2013).target_met(), v1::OUTLOOK_YES);
  IndicatorPlan more;
  more.Add("i", kTarget);
  for (int year = 2011; year <= 2013; ++year) more.Measure("i", year, absl::StrCat(2020 - year));
  EXPECT_EQ(ForecastOf(more, "i", 2013).target_met(), v1::OUTLOOK_NO);
}

TEST(IndicatorForecast, IsNotClampedAndSaysWhenItLeavesTheGuardRails) {
  IndicatorPlan plan;
  plan.Add("i", "unit: '%' guard_rails { lower { value: '10' } upper { value: '100' } }");
  for (int year = 2011; year <= 2013; ++year) plan.Measure("i", year, absl::StrCat(60 + 20 * (year - 2011)));
  const IndicatorForecast forecast = ForecastOf(plan, "i", 2013);
  EXPECT_EQ(forecast.expected_value().value(), "140");
  EXPECT_EQ(forecast.guard_rail_state(), v1::GUARD_RAIL_STATE_ABOVE);
  EXPECT_EQ(forecast.target_met(), v1::OUTLOOK_NO_DATA) << "there is no target";
}

TEST(IndicatorForecast, IsTheValueOnceTheLastPeriodHasOne) {
  IndicatorPlan plan = LineExamplePlan();
  plan.Measure("i", 2015, "17.50");
  const IndicatorForecast forecast = ForecastOf(plan, "i", 2015);
  EXPECT_EQ(forecast.basis(), IndicatorForecast::BASIS_ACTUAL_VALUE);
  EXPECT_EQ(forecast.expected_value().value(), "17.50") << "as it was written";
  EXPECT_EQ(forecast.interval_state(), v1::INTERVAL_STATE_KNOWN);
  EXPECT_EQ(forecast.target_met(), v1::OUTLOOK_NO);
  EXPECT_FALSE(forecast.has_rate_needed()) << "no period is left";
}

TEST(IndicatorForecast, FollowsComputedValuesToo) {
  IndicatorPlan plan = LineExamplePlan();
  plan.Compute("s", "METHOD_SUM", {"i", "i"}, "scale: 1");
  EXPECT_EQ(ForecastOf(plan, "s", 2013).expected_value().value(), "41.0");
}

TEST(IndicatorForecast, HasNoDataWhereTheValueCannotBeWritten) {
  IndicatorPlan plan;
  plan.Add("i", "scale: 0");
  for (int year = 2011; year <= 2013; ++year) plan.Measure("i", year, absl::StrCat(year - 2010, "00000000000000"));
  EXPECT_EQ(ForecastOf(plan, "i", 2013).expected_value().value(), "500000000000000");
  IndicatorPlan large;
  large.Add("i", "scale: 0");
  for (int year = 2011; year <= 2013; ++year)
    large.Measure("i", year, absl::StrCat(3 * (year - 2010), "00000000000000"));
  EXPECT_EQ(ForecastOf(large, "i", 2013).basis(), IndicatorForecast::BASIS_OUT_OF_RANGE);
  EXPECT_FALSE(ForecastOf(large, "i", 2013).has_expected_value());
}

TEST(IndicatorForecast, DoesNotDependOnTheOrderOfRows) {
  IndicatorPlan plan;
  plan.Add("i", kTarget);
  plan.Measure("i", 2013, "15", 3);
  plan.Measure("i", 2011, "10", 1);
  plan.Measure("i", 2012, "14", 2);
  EXPECT_EQ(ForecastOf(plan, "i", 2013).SerializeAsString(),
            ForecastOf(LineExamplePlan(), "i", 2013).SerializeAsString());
}

}  // namespace
}  // namespace concord::reporting
