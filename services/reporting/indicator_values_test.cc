// Which measurement is in force, and what computed indicators are made of.
#include "services/reporting/indicator_values.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "services/reporting/indicator_test_plan.h"

namespace concord::reporting {
namespace {

using ::concord::objective::v1::Measurement;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

const absl::CivilDay kEndOf2013(2013, 12, 31);

// "120", "-" for no data, a year each.
std::string Series(const v1::IndicatorScore& score) {
  std::string text;
  for (const v1::IndicatorPoint& point : score.points()) {
    absl::StrAppend(&text, text.empty() ? "" : " ", point.has_value() ? point.value().value() : "-");
  }
  return text;
}

TEST(IndicatorValues, AreOfApprovedMeasurementsOnly) {
  IndicatorPlan plan;
  plan.Add("a", "");
  plan.Measure("a", 2011, "1").set_status(Measurement::STATUS_DRAFT);
  plan.Measure("a", 2012, "2").set_status(Measurement::STATUS_SUBMITTED);
  plan.Measure("a", 2013, "3").set_status(Measurement::STATUS_RETURNED);
  EXPECT_EQ(Series(plan.Score("a", kEndOf2013)), "- - -");
}

TEST(IndicatorValues, AreOfWhatSupersedesAndNotOfWhatIsSuperseded) {
  IndicatorPlan plan;
  plan.Add("a", "");
  plan.Measure("a", 2011, "1", 10);
  plan.Measure("a", 2011, "2", 5).set_status(Measurement::STATUS_SUPERSEDED);
  EXPECT_EQ(Series(plan.Score("a", kEndOf2013)), "1 - -");
}

TEST(IndicatorValues, AreThoseWrittenLastShouldTwoBeInForce) {
  IndicatorPlan plan;
  plan.Add("a", "");
  plan.Measure("a", 2011, "1", 10);
  plan.Measure("a", 2011, "2", 5);
  EXPECT_EQ(Series(plan.Score("a", kEndOf2013)), "1 - -");
}

TEST(IndicatorValues, AreOfWholesOnly) {
  IndicatorPlan plan;
  plan.Add("a", "");
  (*plan.Measure("a", 2011, "1").mutable_dimensions())["group"] = "ldc";
  EXPECT_EQ(Series(plan.Score("a", kEndOf2013)), "- - -");
}

TEST(IndicatorValues, AreOfPeriodsOfTheIndicatorOnly) {
  IndicatorPlan plan;
  plan.Add("a", "");
  plan.Measure("a", 2010, "1");
  plan.Measure("a", 2011, "2").mutable_period()->mutable_end_date()->set_day(30);
  EXPECT_EQ(Series(plan.Score("a", kEndOf2013)), "- - -");
}

TEST(IndicatorValues, AreNoneUnderAnObjectiveThatIsGone) {
  IndicatorPlan plan;
  plan.Add("a", "");
  plan.DeleteObjective();
  const PlanResources resources = plan.Resources();
  EXPECT_THAT(IndicatorValues(resources).indicators(), IsEmpty());
}

IndicatorPlan TwoInputs() {
  IndicatorPlan plan;
  plan.Add("a", "");
  plan.Add("b", "");
  plan.Measure("a", 2011, "10", 5);
  plan.Measure("a", 2012, "11", 6);
  plan.Measure("b", 2011, "20.5", 7);
  plan.Measure("b", 2013, "", 8);
  return plan;
}

TEST(ComputedIndicator, FollowsFromItsInputsPeriodByPeriod) {
  IndicatorPlan plan = TwoInputs();
  plan.Compute("s", "METHOD_SUM", {"a", "b"}, "scale: 1");
  plan.Compute("m", "METHOD_WEIGHTED_MEAN", {"a", "b"}, "scale: 2");
  plan.Compute("l", "METHOD_LAST", {"b", "a"});
  plan.Compute("n", "METHOD_NONE", {"a", "b"});
  EXPECT_EQ(Series(plan.Score("s", kEndOf2013)), "30.5 - -");
  EXPECT_EQ(Series(plan.Score("m", kEndOf2013)), "15.25 11.00 -");
  EXPECT_EQ(Series(plan.Score("l", kEndOf2013)), "10 11 -");
  EXPECT_EQ(Series(plan.Score("n", kEndOf2013)), "- - -");
}

TEST(ComputedIndicator, SaysHowManyOfItsInputsHadData) {
  IndicatorPlan plan = TwoInputs();
  plan.Compute("m", "METHOD_WEIGHTED_MEAN", {"b", "a"});
  const v1::IndicatorScore score = plan.Score("m", kEndOf2013);
  EXPECT_TRUE(score.computed());
  EXPECT_EQ(score.value_date().year(), 2012);
  EXPECT_EQ(score.attainment().counted_count(), 1);
  EXPECT_EQ(score.attainment().expected_count(), 2);
  EXPECT_THAT(score.attainment().missing(), ElementsAre(IndicatorName("b")));
  EXPECT_EQ(score.attainment().newest_time().seconds(), 6);
  EXPECT_EQ(score.points(1).measurement(), "");
}

TEST(ComputedIndicator, WithoutAnyValueNamesTheInputsMissingInTheLastPeriod) {
  IndicatorPlan plan = TwoInputs();
  plan.Compute("n", "METHOD_NONE", {"b", "a"});
  const v1::IndicatorScore in_2012 = plan.Score("n", absl::CivilDay(2012, 12, 31));
  EXPECT_THAT(in_2012.attainment().missing(), ElementsAre(IndicatorName("b")));
  const v1::IndicatorScore before = plan.Score("n", absl::CivilDay(2011, 1, 1));
  EXPECT_THAT(before.attainment().missing(), ElementsAre(IndicatorName("a"), IndicatorName("b")));
}

TEST(ComputedIndicator, MayFollowFromComputedOnes) {
  IndicatorPlan plan = TwoInputs();
  plan.Compute("t", "METHOD_SUM", {"a", "s"}, "scale: 1");
  plan.Compute("s", "METHOD_SUM", {"a", "b"}, "scale: 1");
  EXPECT_EQ(Series(plan.Score("t", kEndOf2013)), "40.5 - -");
}

TEST(ComputedIndicator, IsComputedFromRoundedValuesSoThatWhatIsShownAddsUp) {
  IndicatorPlan plan = TwoInputs();
  plan.Compute("s", "METHOD_SUM", {"a", "b"}, "scale: 0");
  plan.Compute("t", "METHOD_SUM", {"s", "a"}, "scale: 1");
  EXPECT_EQ(Series(plan.Score("s", kEndOf2013)), "30 - -") << "30.5, to even";
  EXPECT_EQ(Series(plan.Score("t", kEndOf2013)), "40.0 - -");
}

TEST(ComputedIndicator, HasNoDataWithoutOneThatIsGone) {
  IndicatorPlan plan = TwoInputs();
  plan.Compute("s", "METHOD_SUM", {"a", "gone"});
  const v1::IndicatorScore score = plan.Score("s", kEndOf2013);
  EXPECT_EQ(Series(score), "- - -");
  EXPECT_THAT(score.attainment().missing(), ElementsAre(IndicatorName("a"), IndicatorName("gone")));
}

TEST(ComputedIndicator, TakesNothingFromAnotherFrequency) {
  IndicatorPlan plan = TwoInputs();
  plan.Compute("s", "METHOD_LAST", {"a"}, "frequency: FREQUENCY_QUARTERLY");
  EXPECT_FALSE(plan.Score("s", kEndOf2013).has_value());
}

TEST(ComputedIndicator, InACircleHasNoData) {
  IndicatorPlan plan = TwoInputs();
  plan.Compute("x", "METHOD_LAST", {"y", "a"});
  plan.Compute("y", "METHOD_LAST", {"x", "a"});
  plan.Compute("z", "METHOD_LAST", {"x"});
  plan.Compute("self", "METHOD_LAST", {"self"});
  for (const char* code : {"x", "y", "z", "self"}) EXPECT_FALSE(plan.Score(code, kEndOf2013).has_value()) << code;
}

}  // namespace
}  // namespace concord::reporting
