#include "services/reporting/delivery.h"

#include <gtest/gtest.h>

#include "services/reporting/figures_test_plan.h"

namespace concord::reporting {
namespace {

using ::concord::action::v1::Action;

const absl::CivilDay kDeliveryFirst(2012, 1, 1);
const absl::CivilDay kDeliveryLast(2012, 1, 10);

TEST(PlannedProgress, IsZeroBeforeTheFirstDay) {
  EXPECT_EQ(PlannedProgress({kDeliveryFirst, kDeliveryLast}, kDeliveryFirst - 1), 0.0);
  EXPECT_EQ(PlannedProgress({kDeliveryFirst, kDeliveryLast}, absl::CivilDay(1900, 1, 1)), 0.0);
}

TEST(PlannedProgress, CountsTheFirstDayAsAWholeDay) {
  EXPECT_EQ(PlannedProgress({kDeliveryFirst, kDeliveryLast}, kDeliveryFirst), 0.1);
}

TEST(PlannedProgress, IsLinearByWholeDays) {
  EXPECT_EQ(PlannedProgress({kDeliveryFirst, kDeliveryLast}, absl::CivilDay(2012, 1, 5)), 0.5);
  EXPECT_EQ(PlannedProgress({kDeliveryFirst, kDeliveryLast}, kDeliveryLast - 1), 0.9);
}

TEST(PlannedProgress, IsOneOnTheLastDayAndAfter) {
  EXPECT_EQ(PlannedProgress({kDeliveryFirst, kDeliveryLast}, kDeliveryLast), 1.0);
  EXPECT_EQ(PlannedProgress({kDeliveryFirst, kDeliveryLast}, kDeliveryLast + 1), 1.0);
  EXPECT_EQ(PlannedProgress({kDeliveryFirst, kDeliveryLast}, absl::CivilDay(2200, 12, 31)), 1.0);
}

TEST(PlannedProgress, CountsTheLeapDay) {
  // 2012 has 366 days, and January and February have 60 of them.
  EXPECT_EQ(PlannedProgress({absl::CivilDay(2012, 1, 1), absl::CivilDay(2012, 12, 31)}, absl::CivilDay(2012, 2, 29)),
            60.0 / 366.0);
}

TEST(PlannedProgress, OfASingleDayIsDoneOnThatDay) {
  EXPECT_EQ(PlannedProgress({kDeliveryFirst, kDeliveryFirst}, kDeliveryFirst - 1), 0.0);
  EXPECT_EQ(PlannedProgress({kDeliveryFirst, kDeliveryFirst}, kDeliveryFirst), 1.0);
}

TEST(PlannedProgress, OfASwappedPeriodIsDoneOnItsFirstDay) {
  EXPECT_EQ(PlannedProgress({kDeliveryLast, kDeliveryFirst}, kDeliveryLast - 1), 0.0);
  EXPECT_EQ(PlannedProgress({kDeliveryLast, kDeliveryFirst}, kDeliveryLast), 1.0);
}

TEST(SchedulePerformance, IsProgressOverPlannedProgress) {
  EXPECT_EQ(SchedulePerformance(0.25, 0.5), absl::optional<double>(0.5));
  EXPECT_EQ(SchedulePerformance(1.0, 0.5), absl::optional<double>(2.0));
}

TEST(SchedulePerformance, OfAMeasuredZeroIsZero) {
  EXPECT_EQ(SchedulePerformance(0.0, 0.5), absl::optional<double>(0.0));
}

TEST(SchedulePerformance, HasNoDataWithoutProgressOrWhileNothingIsPlanned) {
  EXPECT_EQ(SchedulePerformance(absl::nullopt, 0.5), absl::nullopt);
  EXPECT_EQ(SchedulePerformance(1.0, 0.0), absl::nullopt);
}

TEST(PeriodOfAnAction, TakesEachAbsentEndFromThePlan) {
  const Period plan{kDeliveryFirst, kDeliveryLast};
  Action action = AnAction("1", Action::STATE_APPROVED);
  EXPECT_EQ(PeriodOf(action, plan).first_day, kDeliveryFirst);
  EXPECT_EQ(PeriodOf(action, plan).last_day, kDeliveryLast);

  *action.mutable_start_date() = DateOf(kDeliveryFirst + 2);
  EXPECT_EQ(PeriodOf(action, plan).first_day, kDeliveryFirst + 2);
  EXPECT_EQ(PeriodOf(action, plan).last_day, kDeliveryLast);

  action.clear_start_date();
  *action.mutable_due_date() = DateOf(kDeliveryLast + 30);
  EXPECT_EQ(PeriodOf(action, plan).first_day, kDeliveryFirst);
  EXPECT_EQ(PeriodOf(action, plan).last_day, kDeliveryLast + 30);
}

TEST(PeriodOfAPlan, HasBothEnds) {
  const Period period = PeriodOf(APlan(kDeliveryFirst, kDeliveryLast));
  EXPECT_EQ(period.first_day, kDeliveryFirst);
  EXPECT_EQ(period.last_day, kDeliveryLast);
}

}  // namespace
}  // namespace concord::reporting
