#include "services/reporting/health.h"

#include <gtest/gtest.h>

#include <string>

#include "services/reporting/delivery.h"
#include "services/reporting/figures_test_plan.h"
#include "services/reporting/progress.h"

namespace concord::reporting {
namespace {

using ::concord::action::v1::Action;

const absl::CivilDay kHealthFirst(2012, 1, 1);
const absl::CivilDay kHealthLast(2012, 12, 31);
const Period kYear{kHealthFirst, kHealthLast};
// Ten days, so that shares planned are tenths.
const Period kTenDays{kHealthFirst, kHealthFirst + 9};

// "ON_TRACK completed: completed", for short expectations.
std::string Said(const v1::Health& health) {
  std::string level = v1::HealthLevel_Name(health.level());
  return level.substr(std::string("HEALTH_LEVEL_").size()) + " " + health.rule() + ": " + health.explanation();
}

std::string Of(Action::State state, absl::CivilDay day, const Period& period = kYear) {
  const Action action = AnAction("1", state);
  return Said(ComputeHealth(action, period, ProgressOf(action, {}, day).share, day));
}

std::string OfProgress(double progress, absl::CivilDay day) {
  return Said(ComputeHealth(AnAction("1", Action::STATE_IN_PROGRESS), kTenDays, progress, day));
}

TEST(Health, IsNotApplicableToACancelledActionEvenIfOverdue) {
  EXPECT_EQ(Of(Action::STATE_CANCELLED, kHealthFirst), "NOT_APPLICABLE cancelled: cancelled");
  EXPECT_EQ(Of(Action::STATE_CANCELLED, kHealthLast + 1), "NOT_APPLICABLE cancelled: cancelled");
}

TEST(Health, OfACompletedActionIsOnTrackEvenAfterItsDueDay) {
  EXPECT_EQ(Of(Action::STATE_COMPLETED, kHealthFirst - 1), "ON_TRACK completed: completed");
  EXPECT_EQ(Of(Action::STATE_COMPLETED, kHealthLast + 1), "ON_TRACK completed: completed");
}

TEST(Health, SaysWhenAnActionEndedIfItIsKnown) {
  Action action = AnAction("1", Action::STATE_COMPLETED);
  *action.mutable_actual_end_date() = DateOf(absl::CivilDay(2012, 6, 30));
  EXPECT_EQ(Said(ComputeHealth(action, kYear, 1.0, kHealthLast)), "ON_TRACK completed: completed 2012-06-30");
  action.set_state(Action::STATE_CANCELLED);
  EXPECT_EQ(Said(ComputeHealth(action, kYear, absl::nullopt, kHealthLast)),
            "NOT_APPLICABLE cancelled: cancelled 2012-06-30");
}

TEST(Health, IsOverdueFromTheDayAfterTheDueDay) {
  EXPECT_EQ(Of(Action::STATE_ON_HOLD, kHealthLast), "AT_RISK on_hold: on hold, due 2012-12-31, this day");
  for (const Action::State state :
       {Action::STATE_PROPOSED, Action::STATE_APPROVED, Action::STATE_IN_PROGRESS, Action::STATE_ON_HOLD}) {
    EXPECT_EQ(Of(state, kHealthLast + 1), "OFF_TRACK overdue: due 2012-12-31, 1 day ago");
    EXPECT_EQ(Of(state, kHealthLast + 14), "OFF_TRACK overdue: due 2012-12-31, 14 days ago");
  }
}

TEST(Health, OfAnActionOnHoldIsAtRiskFromBeforeItsFirstDayToItsLast) {
  EXPECT_EQ(Of(Action::STATE_ON_HOLD, kHealthFirst - 1), "AT_RISK on_hold: on hold, due 2012-12-31, in 366 days");
  EXPECT_EQ(Of(Action::STATE_ON_HOLD, kHealthLast - 1), "AT_RISK on_hold: on hold, due 2012-12-31, in 1 day");
}

TEST(Health, OfAnActionNotStartedIsOnTrackBeforeItsFirstDay) {
  for (const Action::State state : {Action::STATE_PROPOSED, Action::STATE_APPROVED}) {
    EXPECT_EQ(Of(state, kHealthFirst - 1), "ON_TRACK not_due: planned to start 2012-01-01, in 1 day");
  }
}

TEST(Health, OfAnActionNotStartedIsAtRiskFromItsFirstDay) {
  for (const Action::State state : {Action::STATE_PROPOSED, Action::STATE_APPROVED}) {
    EXPECT_EQ(Of(state, kHealthFirst), "AT_RISK start_overdue: not started, planned to start 2012-01-01, this day");
  }
}

TEST(Health, OfAnActionNotStartedIsOffTrackAfterMoreThanNinetyDays) {
  EXPECT_EQ(Of(Action::STATE_APPROVED, kHealthFirst + 90),
            "AT_RISK start_overdue: not started, planned to start 2012-01-01, 90 days ago");
  EXPECT_EQ(Of(Action::STATE_APPROVED, kHealthFirst + 91),
            "OFF_TRACK start_overdue: not started, planned to start 2012-01-01, 91 days ago");
}

TEST(Health, OfAnActionInProgressWithoutProgressIsNoData) {
  EXPECT_EQ(Of(Action::STATE_IN_PROGRESS, kHealthLast),
            "NO_DATA no_progress_data: begun, progress not known, due 2012-12-31, this day");
  EXPECT_EQ(Of(Action::STATE_IN_PROGRESS, kHealthFirst - 1),
            "NO_DATA no_progress_data: begun, progress not known, due 2012-12-31, in 366 days");
}

TEST(Health, IsOnTrackFromAPerformanceOfNineTenths) {
  EXPECT_EQ(OfProgress(0.9, kTenDays.last_day),
            "ON_TRACK ahead_or_on_schedule: 90.0 % done of 100.0 % planned, schedule performance 0.90");
  EXPECT_EQ(OfProgress(0.899, kTenDays.last_day),
            "AT_RISK behind_schedule: 89.9 % done of 100.0 % planned, schedule performance 0.90");
}

TEST(Health, TakesWhatIsNineTenthsOnPaperForNineTenths) {
  ASSERT_LT(0.18 / 0.2, 0.9) << "the example needs a quotient that binary rounding makes too small";
  EXPECT_EQ(OfProgress(0.18, kHealthFirst + 1),
            "ON_TRACK ahead_or_on_schedule: 18.0 % done of 20.0 % planned, schedule performance 0.90");
}

TEST(Health, IsAtRiskFromAPerformanceOfSevenTenths) {
  EXPECT_EQ(OfProgress(0.7, kTenDays.last_day),
            "AT_RISK behind_schedule: 70.0 % done of 100.0 % planned, schedule performance 0.70");
  EXPECT_EQ(OfProgress(0.699, kTenDays.last_day),
            "OFF_TRACK far_behind_schedule: 69.9 % done of 100.0 % planned, schedule performance 0.70");
}

TEST(Health, OfAMeasuredZeroIsOffTrackAndNotNoData) {
  EXPECT_EQ(OfProgress(0.0, kHealthFirst),
            "OFF_TRACK far_behind_schedule: 0.0 % done of 10.0 % planned, schedule performance 0.00");
}

TEST(Health, OfAnActionBegunEarlyIsOnTrackWhateverIsDone) {
  EXPECT_EQ(OfProgress(0.0, kHealthFirst - 1), "ON_TRACK ahead_or_on_schedule: 0.0 % done, nothing planned yet");
}

TEST(Severity, PutsOffTrackFirstAndNotApplicableLast) {
  EXPECT_GT(Severity(v1::HEALTH_LEVEL_OFF_TRACK), Severity(v1::HEALTH_LEVEL_AT_RISK));
  EXPECT_GT(Severity(v1::HEALTH_LEVEL_AT_RISK), Severity(v1::HEALTH_LEVEL_ON_TRACK));
  EXPECT_GT(Severity(v1::HEALTH_LEVEL_ON_TRACK), Severity(v1::HEALTH_LEVEL_NO_DATA));
  EXPECT_GT(Severity(v1::HEALTH_LEVEL_NO_DATA), Severity(v1::HEALTH_LEVEL_NOT_APPLICABLE));
  EXPECT_EQ(Severity(v1::HEALTH_LEVEL_NOT_APPLICABLE), -1);
}

}  // namespace
}  // namespace concord::reporting
