// The examples of FIGURES.md for the progress of one action.
#include "services/reporting/progress.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/reporting/figures_test_plan.h"
#include "services/reporting/proto_of.h"

namespace concord::reporting {
namespace {

using ::concord::action::v1::Action;
using ::concord::action::v1::Milestone;
using ::concord::action::v1::ProgressReport;

using Share = absl::optional<double>;

absl::CivilDay January(int day) { return absl::CivilDay(2012, 1, day); }

Milestone AMilestone(const std::string& id, const std::string& rest) {
  return ProtoOf<Milestone>(absl::StrCat("name: 'plans/p/actions/1/milestones/", id, "' ", rest));
}

std::string Reached(int day) {
  return absl::StrCat(" state: STATE_REACHED reached_date { year: 2012 month: 1 day: ", day, " }");
}

ProgressReport AReport(const std::string& id, int day, const std::string& percent, int written,
                       const std::string& health = "HEALTH_ON_TRACK") {
  return ProtoOf<ProgressReport>(absl::StrCat(
      "name: 'plans/p/actions/1/progressReports/", id, "' date { year: 2012 month: 1 day: ", day,
      " } percent { value: '", percent, "' } health: ", health, " create_time { seconds: ", written, " }"));
}

struct Record {
  std::vector<Milestone> milestones;
  std::vector<ProgressReport> reports;

  Progress On(absl::CivilDay day, Action::State state = Action::STATE_IN_PROGRESS) const {
    // The result points into the action, too.
    static const auto& actions =
        *new std::vector<Action>{AnAction("1", Action::STATE_UNSPECIFIED), AnAction("1", Action::STATE_PROPOSED),
                                 AnAction("1", Action::STATE_APPROVED),    AnAction("1", Action::STATE_IN_PROGRESS),
                                 AnAction("1", Action::STATE_ON_HOLD),     AnAction("1", Action::STATE_COMPLETED),
                                 AnAction("1", Action::STATE_CANCELLED)};
    const std::vector<const Milestone*> sorted_milestones = ByName(milestones);
    const std::vector<const ProgressReport*> sorted_reports = ByName(reports);
    return ProgressOf(actions[static_cast<size_t>(state)], {sorted_milestones, sorted_reports}, day);
  }
};

Record WithMilestones() {
  return {{AMilestone("m1", "update_time { seconds: 5 }" + Reached(3)), AMilestone("m2", "weight: 3" + Reached(6)),
           AMilestone("m3", "weight: 4 state: STATE_PLANNED update_time { seconds: 9 }"),
           AMilestone("m4", "weight: 8 state: STATE_DROPPED update_time { seconds: 11 }")},
          {AReport("r", 2, "70", 7, "HEALTH_AT_RISK")}};
}

Record WithReports() {
  return {{},
          {AReport("a", 2, "20", 10), AReport("b", 4, "30.5", 40, "HEALTH_OFF_TRACK"), AReport("c", 4, "35", 30),
           AReport("d", 8, "90", 50)}};
}

TEST(Progress, IsTheWeightedShareOfMilestonesThatAreReached) {
  EXPECT_EQ(WithMilestones().On(January(6)).share, Share(0.5));
}

TEST(Progress, DoesNotCountAMilestoneThatIsReachedLater) {
  EXPECT_EQ(WithMilestones().On(January(5)).share, Share(0.125));
  EXPECT_EQ(WithMilestones().On(January(2)).share, Share(0.0)) << "a measured zero";
}

TEST(Progress, CountsMilestonesThatAreNotDropped) {
  const Record record = WithMilestones();
  const Progress progress = record.On(January(5));
  EXPECT_EQ(progress.milestone_count, 3);
  EXPECT_EQ(progress.reached_milestone_count, 1);
}

TEST(Progress, IsAsNewAsTheNewestMilestoneThatIsNotDropped) {
  const Record record = WithMilestones();
  EXPECT_EQ(record.On(January(5)).time->seconds(), 9);
}

TEST(Progress, OfMilestonesDoesNotListenToReports) {
  const Record record = WithMilestones();
  const Progress progress = record.On(January(6));
  EXPECT_EQ(progress.share, Share(0.5)) << "not 0.7";
  ASSERT_NE(progress.report, nullptr);
  EXPECT_EQ(DeclaredHealth(progress.report), v1::HEALTH_LEVEL_AT_RISK);
}

TEST(Progress, IsWhatTheReportInForceSaysIfThereAreNoMilestones) {
  EXPECT_EQ(WithReports().On(January(3)).share, Share(0.2));
  EXPECT_EQ(WithReports().On(January(8)).share, Share(0.9));
}

TEST(Progress, OfTwoReportsForTheSameDayIsThatOfTheOneWrittenLast) {
  const Record record = WithReports();
  const Progress progress = record.On(January(5));
  EXPECT_EQ(progress.share, Share(0.305));
  EXPECT_EQ(progress.report->name(), "plans/p/actions/1/progressReports/b");
  EXPECT_EQ(progress.time->seconds(), 40);
  EXPECT_EQ(DeclaredHealth(progress.report), v1::HEALTH_LEVEL_OFF_TRACK);
}

TEST(Progress, OfTwoReportsOfOneCommitIsThatOfTheLastByName) {
  const Record record{{}, {AReport("a", 2, "20", 10), AReport("b", 2, "30", 10)}};
  EXPECT_EQ(record.On(January(5)).share, Share(0.3));
}

TEST(Progress, OfAnActionBegunIsNotKnownAndNotZeroBeforeTheFirstReport) {
  const Record record = WithReports();
  for (const Action::State state : {Action::STATE_IN_PROGRESS, Action::STATE_ON_HOLD}) {
    const Progress progress = record.On(January(1), state);
    EXPECT_EQ(progress.share, absl::nullopt);
    EXPECT_EQ(progress.report, nullptr);
    EXPECT_EQ(DeclaredHealth(progress.report), v1::HEALTH_LEVEL_NO_DATA);
  }
}

TEST(Progress, IsThatOfTheReportIfAllMilestonesAreDropped) {
  Record record = WithReports();
  record.milestones = {AMilestone("m", "state: STATE_DROPPED")};
  EXPECT_EQ(record.On(January(8)).share, Share(0.9));
  EXPECT_EQ(record.On(January(8)).milestone_count, 0);
}

TEST(Progress, OfACompletedActionIsOneWhateverIsRecorded) {
  EXPECT_EQ(WithMilestones().On(January(2), Action::STATE_COMPLETED).share, Share(1.0));
  EXPECT_EQ(WithReports().On(January(2), Action::STATE_COMPLETED).share, Share(1.0));
}

TEST(Progress, OfAnActionNotStartedIsAMeasuredZeroWhateverIsRecorded) {
  for (const Action::State state : {Action::STATE_PROPOSED, Action::STATE_APPROVED}) {
    EXPECT_EQ(WithMilestones().On(January(6), state).share, Share(0.0)) << Action::State_Name(state);
    EXPECT_EQ(WithReports().On(January(8), state).share, Share(0.0)) << Action::State_Name(state);
  }
}

TEST(Progress, OfACancelledActionIsNotExpected) {
  EXPECT_EQ(WithMilestones().On(January(6), Action::STATE_CANCELLED).share, absl::nullopt);
}

TEST(Progress, CountsAMilestoneThatIsReachedWithoutADay) {
  const Record record{{AMilestone("m", "state: STATE_REACHED")}, {}};
  EXPECT_EQ(record.On(January(1)).share, Share(1.0));
}

}  // namespace
}  // namespace concord::reporting
