#include "services/reporting/trend.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/reporting/figures_test_plan.h"
#include "services/reporting/scorecard.h"

namespace concord::reporting {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

absl::CivilDay Day(int month, int day) { return absl::CivilDay(2012, month, day); }

TEST(TrendDays, AreTheLastOfEachPeriodAndTheLastAskedFor) {
  EXPECT_THAT(TrendDays(Day(2, 15), Day(8, 10), 3), ElementsAre(Day(3, 31), Day(6, 30), Day(8, 10)));
  EXPECT_THAT(TrendDays(Day(2, 15), Day(6, 30), 3), ElementsAre(Day(3, 31), Day(6, 30)));
  EXPECT_THAT(TrendDays(Day(2, 15), Day(2, 14), 3), IsEmpty());
}

TEST(Trend, IsTheScorecardOfEachDay) {
  const auto plan = APlan(Day(1, 1), Day(12, 31));
  const std::vector<objective::v1::Objective> objectives = {AnObjective("a"), AnObjective("b")};
  std::vector<action::v1::Action> actions = {Contributing(AnAction("1", action::v1::Action::STATE_COMPLETED), "a")};
  *actions[0].mutable_actual_start_date() = DateOf(Day(1, 1));
  *actions[0].mutable_actual_end_date() = DateOf(Day(6, 30));
  const PlanResources resources = ResourcesOf(plan, objectives, actions);
  const std::vector<v1::TrendPoint> points = ComputeTrend(resources, {Day(3, 31), Day(6, 30)});
  ASSERT_EQ(points.size(), 6);
  EXPECT_EQ(points[0].resource(), "plans/p");
  EXPECT_EQ(points[1].resource(), ObjectiveName("a"));
  EXPECT_EQ(points[2].code(), "b");
  EXPECT_FALSE(points[1].delivery().progress().has_value()) << "begun, and nobody said how far";
  EXPECT_EQ(points[4].delivery().progress().value(), 1);
  EXPECT_FALSE(points[5].delivery().progress().has_value()) << "an objective without actions has no data";
  EXPECT_EQ(points[3].delivery().SerializeAsString(),
            ComputeScorecard(resources, Day(6, 30)).delivery().SerializeAsString());
}

}  // namespace
}  // namespace concord::reporting
