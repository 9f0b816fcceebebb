// The examples of FIGURES.md for one indicator.
#include "services/reporting/indicator_score.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "services/reporting/indicator_test_plan.h"

namespace concord::reporting {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

absl::CivilDay EndOf(int year) { return absl::CivilDay(year, 12, 31); }

// The indicator of the worked example: 100 before the plan, 140 wanted by the end of 2012, 200 by that of 2015.
const char kParticipants[] =
    "title: 'Participants' unit: 'people' scale: 1 direction: DIRECTION_INCREASE "
    "baseline { value { value: '100' } } "
    "targets { date { year: 2012 month: 12 day: 31 } value { value: '140' } } "
    "targets { date { year: 2015 month: 12 day: 31 } value { value: '200' } } "
    "guard_rails { lower { value: '90' } upper { value: '190' } }";

IndicatorPlan Example() {
  IndicatorPlan plan;
  plan.Add("a", kParticipants);
  plan.Measure("a", 2011, "120", 5);
  plan.Measure("a", 2012, "130.0", 7);
  plan.Measure("a", 2013, "", 9);
  return plan;
}

// "0.5 of 140 by 2012-12-31"
std::string Said(const v1::IndicatorScore& score) {
  std::string text = score.attainment().has_value() ? absl::StrCat(score.attainment().value()) : "no data";
  if (score.has_target()) absl::StrAppend(&text, " of ", score.target().value(), " by ", score.target_date().year());
  return text;
}

// Of a single measured year.
v1::IndicatorScore ScoreOf(const std::string& fields, const std::string& value, int year = 2011) {
  IndicatorPlan plan;
  plan.Add("a", fields);
  plan.Measure("a", year, value);
  return plan.Score("a", EndOf(year));
}

std::string Paced(const std::string& fields, const std::string& value, int year = 2011) {
  IndicatorPlan plan;
  plan.Add("a", fields);
  plan.Measure("a", year, value);
  switch (plan.Figures("a", EndOf(year)).pace) {
    case Pace::kOnTarget:
      return "on target";
    case Pace::kBehindTarget:
      return "behind";
    case Pace::kUnknown:
      break;
  }
  return "unknown";
}

TEST(IndicatorScore, IsAttainedAsFarAsTheTargetAheadOfItsValue) {
  EXPECT_EQ(Said(Example().Score("a", EndOf(2011))), "0.5 of 140 by 2012");
  EXPECT_EQ(Said(Example().Score("a", EndOf(2012))), "0.75 of 140 by 2012");
}

TEST(IndicatorScore, SaysWhetherItIsOnTargetByNow) {
  EXPECT_EQ(Example().Score("a", EndOf(2011) - 1).target_state(), v1::TARGET_STATE_NO_DATA);
  EXPECT_EQ(Example().Score("a", EndOf(2011)).target_state(), v1::TARGET_STATE_ON_TARGET);
  EXPECT_EQ(Example().Score("a", EndOf(2012)).target_state(), v1::TARGET_STATE_BEHIND_TARGET);
}

TEST(IndicatorScore, HasNoDataBeforeTheFirstPeriodHasEnded) {
  const v1::IndicatorScore score = Example().Score("a", EndOf(2011) - 1);
  EXPECT_FALSE(score.has_value());
  EXPECT_EQ(Said(score), "no data of 140 by 2012");
  EXPECT_EQ(score.guard_rail_state(), v1::GUARD_RAIL_STATE_NOT_APPLICABLE);
  EXPECT_EQ(score.attainment().expected_count(), 0);
  EXPECT_THAT(score.points(), IsEmpty());
}

TEST(IndicatorScore, KeepsTheLastValueThatIsKnownAndSaysOfWhenItIs) {
  const v1::IndicatorScore score = Example().Score("a", EndOf(2014));
  EXPECT_EQ(score.value().value(), "130.0") << "as it was written";
  EXPECT_EQ(score.value_date().year(), 2012);
  EXPECT_EQ(Said(score), "0.75 of 140 by 2012");
  EXPECT_EQ(score.attainment().newest_time().seconds(), 7);
  EXPECT_EQ(score.attainment().counted_count(), 2);
  EXPECT_EQ(score.attainment().expected_count(), 4);
  EXPECT_THAT(score.attainment().missing(), ElementsAre("2013-01-01/2013-12-31", "2014-01-01/2014-12-31"));
}

TEST(IndicatorScore, ShowsEveryPeriodThatHasEnded) {
  const v1::IndicatorScore score = Example().Score("a", EndOf(2014) + 10);
  ASSERT_EQ(score.points_size(), 4);
  EXPECT_EQ(score.points(0).value().value(), "120");
  EXPECT_EQ(score.points(0).start_date().year(), 2011);
  EXPECT_EQ(score.points(0).end_date().month(), 12);
  EXPECT_EQ(score.points(1).measurement(), "plans/p/objectives/o/indicators/a/measurements/2012-130.0");
  EXPECT_FALSE(score.points(2).has_value()) << "somebody said that it is not known";
  EXPECT_EQ(score.points(2).measurement(), "plans/p/objectives/o/indicators/a/measurements/2013-");
  EXPECT_FALSE(score.points(3).has_value());
  EXPECT_EQ(score.points(3).measurement(), "") << "nobody said anything";
}

TEST(IndicatorScore, ShowsTheLastHundredPeriods) {
  IndicatorPlan plan(1999, 2014);
  plan.Add("a", "frequency: FREQUENCY_MONTHLY");
  const v1::IndicatorScore score = plan.Score("a", EndOf(2014));
  EXPECT_EQ(score.attainment().expected_count(), 192);
  ASSERT_EQ(score.points_size(), 100);
  EXPECT_EQ(score.points(0).start_date().year(), 2006);
  EXPECT_EQ(score.points(0).start_date().month(), 9);
  EXPECT_EQ(score.points(99).end_date().year(), 2014);
  EXPECT_EQ(score.attainment().missing_size(), 10);
  EXPECT_EQ(score.attainment().missing(0), "1999-01-01/1999-01-31");
}

TEST(IndicatorScore, CopiesWhatTheIndicatorSays) {
  const v1::IndicatorScore score = Example().Score("a", EndOf(2011));
  EXPECT_EQ(score.indicator(), "plans/p/objectives/o/indicators/a");
  EXPECT_EQ(score.code(), "a");
  EXPECT_EQ(score.title(), "Participants");
  EXPECT_EQ(score.unit(), "people");
  EXPECT_EQ(score.direction(), objective::v1::Indicator::DIRECTION_INCREASE);
  EXPECT_EQ(score.baseline().value(), "100");
  EXPECT_FALSE(score.computed());
}

TEST(Attainment, IsNotClamped) {
  EXPECT_EQ(Said(ScoreOf(kParticipants, "180")), "2 of 140 by 2012");
  EXPECT_EQ(Said(ScoreOf(kParticipants, "90")), "-0.25 of 140 by 2012");
  EXPECT_EQ(Said(ScoreOf(kParticipants, "100")), "0 of 140 by 2012") << "a measured zero";
}

TEST(Attainment, OfSomethingThatIsToFallGrowsAsItFalls) {
  const std::string months =
      "direction: DIRECTION_DECREASE baseline { value { value: '40' } } "
      "targets { date { year: 2015 month: 12 day: 31 } value { value: '30' } }";
  EXPECT_EQ(Said(ScoreOf(months, "38")), "0.2 of 30 by 2015");
  EXPECT_EQ(Said(ScoreOf(months, "42")), "-0.2 of 30 by 2015");
}

TEST(Attainment, NeedsABaselineAndATarget) {
  EXPECT_EQ(Said(ScoreOf("targets { date { year: 2015 month: 12 day: 31 } value { value: '30' } }", "10")),
            "no data of 30 by 2015");
  EXPECT_EQ(Said(ScoreOf("baseline { value { value: '40' } }", "10")), "no data");
}

TEST(Attainment, OfATargetThatIsTheBaselineIsAllOrNothing) {
  const std::string kept =
      "direction: DIRECTION_INCREASE baseline { value { value: '95' } } "
      "targets { date { year: 2015 month: 12 day: 31 } value { value: '95.0' } }";
  EXPECT_EQ(Said(ScoreOf(kept, "95")), "1 of 95.0 by 2015");
  EXPECT_EQ(Said(ScoreOf(kept, "97")), "1 of 95.0 by 2015");
  EXPECT_EQ(Said(ScoreOf(kept, "94")), "0 of 95.0 by 2015");
}

TEST(Attainment, AfterTheLastTargetIsStillTowardsIt) {
  const std::string early =
      "direction: DIRECTION_INCREASE baseline { value { value: '0' } } "
      "targets { date { year: 2011 month: 12 day: 31 } value { value: '10' } }";
  EXPECT_EQ(Said(ScoreOf(early, "5", 2013)), "0.5 of 10 by 2011");
}

TEST(Pace, FollowsTheLineFromTheBaselineToTheFirstTarget) {
  // By the end of 2011, 365 of the 731 days to the first target have passed: 100 + 40 x 365 / 731 = 119.97.
  EXPECT_EQ(Paced(kParticipants, "120"), "on target");
  EXPECT_EQ(Paced(kParticipants, "119.9"), "behind");
}

TEST(Pace, FollowsTheLineFromTargetToTarget) {
  // 365 of 1,095 days: 140 + 60 x 1 / 3 = 160, exactly.
  EXPECT_EQ(Paced(kParticipants, "160", 2013), "on target");
  EXPECT_EQ(Paced(kParticipants, "159.9", 2013), "behind");
}

TEST(Pace, IsTheTargetItselfOnItsDay) {
  EXPECT_EQ(Paced(kParticipants, "140", 2012), "on target");
  EXPECT_EQ(Paced(kParticipants, "139.9", 2012), "behind");
  EXPECT_EQ(Paced(kParticipants, "200", 2015), "on target");
  EXPECT_EQ(Paced(kParticipants, "199.9", 2015), "behind");
}

TEST(Pace, OfSomethingThatIsToFallIsBelowTheLine) {
  const std::string months =
      "direction: DIRECTION_DECREASE baseline { value { value: '40' } } "
      "targets { date { year: 2015 month: 12 day: 31 } value { value: '30' } }";
  // 365 of 1,826 days: 40 - 10 x 365 / 1826 = 38.001.
  EXPECT_EQ(Paced(months, "38"), "on target");
  EXPECT_EQ(Paced(months, "38.1"), "behind");
}

TEST(Pace, BeginsOnTheDayOfTheBaselineIfThatIsKnown) {
  const std::string late =
      "direction: DIRECTION_INCREASE baseline { value { value: '100' } date { year: 2012 month: 12 day: 31 } } "
      "targets { date { year: 2014 month: 12 day: 31 } value { value: '120' } }";
  EXPECT_EQ(Paced(late, "100", 2011), "on target") << "before the baseline nothing more is expected";
  EXPECT_EQ(Paced(late, "99", 2011), "behind");
  EXPECT_EQ(Paced(late, "110", 2013), "on target");
  EXPECT_EQ(Paced(late, "109", 2013), "behind");
}

TEST(Pace, IsNotKnownBeforeTheFirstTargetIfThereIsNoBaseline) {
  const std::string target = "targets { date { year: 2012 month: 12 day: 31 } value { value: '30' } }";
  EXPECT_EQ(Paced(target, "40", 2011), "unknown");
  EXPECT_EQ(Paced(target, "30", 2012), "on target");
  EXPECT_EQ(Paced(target, "29", 2013), "behind") << "the last target still holds";
  EXPECT_EQ(Paced("baseline { value { value: '40' } }", "40"), "unknown") << "without a target";
}

TEST(GuardRailState, AllowsBothEnds) {
  EXPECT_EQ(ScoreOf(kParticipants, "89.9").guard_rail_state(), v1::GUARD_RAIL_STATE_BELOW);
  EXPECT_EQ(ScoreOf(kParticipants, "90").guard_rail_state(), v1::GUARD_RAIL_STATE_WITHIN);
  EXPECT_EQ(ScoreOf(kParticipants, "190").guard_rail_state(), v1::GUARD_RAIL_STATE_WITHIN);
  EXPECT_EQ(ScoreOf(kParticipants, "190.1").guard_rail_state(), v1::GUARD_RAIL_STATE_ABOVE);
  EXPECT_EQ(ScoreOf("unit: 'a'", "1").guard_rail_state(), v1::GUARD_RAIL_STATE_NOT_APPLICABLE);
  EXPECT_EQ(ScoreOf("guard_rails { upper { value: '5' } }", "-9").guard_rail_state(), v1::GUARD_RAIL_STATE_WITHIN);
}

}  // namespace
}  // namespace concord::reporting
