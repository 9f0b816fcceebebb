// Past days: the examples of FIGURES.md, and that a plan recorded all on one day shows on each past day what a
// plan recorded day by day showed on that day.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/aip/date.h"
#include "services/reporting/figures_test_plan.h"
#include "services/reporting/proto_of.h"
#include "services/reporting/scorecard.h"

namespace concord::reporting {
namespace {

using ::concord::action::v1::Action;
using ::concord::action::v1::Milestone;
using ::concord::objective::v1::Objective;

const absl::CivilDay kPlanBegins(2011, 1, 1);
const absl::CivilDay kPlanEnds(2015, 12, 31);
const absl::CivilDay kAsked(2012, 12, 31);

Milestone ReachedOn(int number, absl::CivilDay day) {
  Milestone milestone;
  milestone.set_name(absl::StrCat(ActionName("1"), "/milestones/", number));
  milestone.set_state(Milestone::STATE_REACHED);
  *milestone.mutable_reached_date() = DateOf(day);
  return milestone;
}

// One action with four equal milestones, begun with the plan, two of them reached by the end of 2012.
struct FiveYears {
  objective::v1::Plan plan = APlan(kPlanBegins, kPlanEnds);
  std::vector<Objective> objectives = {AnObjective("1")};
  std::vector<Action> actions = {Contributing(AnAction("1", Action::STATE_IN_PROGRESS), "1")};
  std::vector<Milestone> milestones = {
      ReachedOn(1, absl::CivilDay(2011, 10, 1)), ReachedOn(2, absl::CivilDay(2012, 9, 30)),
      ReachedOn(3, absl::CivilDay(2014, 1, 31)), ReachedOn(4, absl::CivilDay(2015, 6, 30))};

  FiveYears() { *actions[0].mutable_actual_start_date() = DateOf(kPlanBegins); }

  FiveYears Ended(Action::State state, absl::CivilDay day) const {
    FiveYears ended = *this;
    ended.actions[0].set_state(state);
    *ended.actions[0].mutable_actual_end_date() = DateOf(day);
    return ended;
  }

  v1::ActionScore ScoreOn(absl::CivilDay day) const {
    const std::vector<const Milestone*> sorted = ByName(milestones);
    return ScoreAction(actions[0], {sorted, {}}, {kPlanBegins, kPlanEnds}, day);
  }

  v1::Scorecard CardOn(absl::CivilDay day) const {
    PlanResources resources = ResourcesOf(plan, objectives, actions);
    resources.milestones = ByName(milestones);
    return ComputeScorecard(resources, day);
  }
};

FiveYears CompletedInTheFifth() { return FiveYears().Ended(Action::STATE_COMPLETED, absl::CivilDay(2015, 6, 30)); }

TEST(PastDay, OfAnActionCompletedLaterShowsWhatWasDoneThen) {
  const v1::ActionScore score = CompletedInTheFifth().ScoreOn(kAsked);
  EXPECT_EQ(score.state(), Action::STATE_IN_PROGRESS);
  EXPECT_EQ(score.delivery().progress().value(), 0.5) << "2 of 4 milestones, not 1";
  EXPECT_DOUBLE_EQ(score.delivery().planned_progress().value(), 731.0 / 1826);
  EXPECT_DOUBLE_EQ(score.delivery().schedule_performance().value(), 0.5 / (731.0 / 1826)) << "1.249, not 2.498";
  EXPECT_EQ(score.computed_health().explanation(), "50.0 % done of 40.0 % planned, schedule performance 1.25");
}

TEST(PastDay, BringsTheCompletionOnItsDay) {
  const FiveYears years = CompletedInTheFifth();
  EXPECT_EQ(years.ScoreOn(absl::CivilDay(2015, 6, 29)).delivery().progress().value(), 0.75);
  EXPECT_EQ(years.ScoreOn(absl::CivilDay(2015, 6, 29)).computed_health().rule(), "behind_schedule");
  EXPECT_EQ(years.ScoreOn(absl::CivilDay(2015, 6, 30)).delivery().progress().value(), 1.0);
  EXPECT_EQ(years.ScoreOn(absl::CivilDay(2015, 6, 30)).computed_health().rule(), "completed");
}

TEST(PastDay, BeforeItBeganHasNothingDoneOfAnAction) {
  FiveYears years = CompletedInTheFifth();
  *years.actions[0].mutable_actual_start_date() = DateOf(absl::CivilDay(2011, 6, 1));
  const v1::ActionScore score = years.ScoreOn(absl::CivilDay(2011, 5, 31));
  EXPECT_EQ(score.state(), Action::STATE_APPROVED);
  EXPECT_TRUE(score.delivery().progress().has_value());
  EXPECT_EQ(score.delivery().progress().value(), 0.0);
  EXPECT_EQ(score.computed_health().explanation(), "not started, planned to start 2011-01-01, 150 days ago");
}

TEST(PastDay, StillExpectsWhatWasCancelledLater) {
  const FiveYears years = FiveYears().Ended(Action::STATE_CANCELLED, absl::CivilDay(2013, 3, 1));
  const v1::Scorecard then = years.CardOn(kAsked);
  EXPECT_EQ(then.delivery().progress().value(), 0.5);
  EXPECT_EQ(then.action_counts().in_progress_count(), 1);
  EXPECT_EQ(then.action_counts().cancelled_count(), 0);
  EXPECT_EQ(then.objective_scores(0).delivery().progress().expected_count(), 1);
  EXPECT_EQ(then.objective_scores(0).computed_health().level(), v1::HEALTH_LEVEL_ON_TRACK);
  const v1::Scorecard later = years.CardOn(absl::CivilDay(2013, 3, 1));
  EXPECT_FALSE(later.delivery().progress().has_value());
  EXPECT_EQ(later.action_counts().cancelled_count(), 1);
  EXPECT_EQ(later.objective_scores(0).delivery().progress().expected_count(), 0);
  EXPECT_EQ(later.objective_scores(0).computed_health().level(), v1::HEALTH_LEVEL_NOT_APPLICABLE);
}

// What had been written down of the years by a day, had it been written down day by day.
FiveYears WrittenBy(const FiveYears& years, absl::CivilDay day) {
  FiveYears then = years;
  Action& action = then.actions[0];
  if (aip::ToDay(action.actual_end_date()) > day) {
    action.clear_actual_end_date();
    action.set_state(Action::STATE_IN_PROGRESS);
  }
  if (aip::ToDay(action.actual_start_date()) > day) {
    action.clear_actual_start_date();
    action.set_state(Action::STATE_APPROVED);
  }
  for (Milestone& milestone : then.milestones) {
    if (aip::ToDay(milestone.reached_date()) <= day) continue;
    milestone.clear_reached_date();
    milestone.set_state(Milestone::STATE_PLANNED);
  }
  return then;
}

TEST(PastDay, ShowsTheSameWhetherItIsRecordedThenOrLater) {
  for (const Action::State end : {Action::STATE_COMPLETED, Action::STATE_CANCELLED}) {
    FiveYears years = FiveYears().Ended(end, absl::CivilDay(2015, 6, 30));
    *years.actions[0].mutable_actual_start_date() = DateOf(absl::CivilDay(2011, 6, 1));
    for (absl::CivilDay day = kPlanBegins - 10; day < kPlanEnds + 10; day += 7) {
      EXPECT_EQ(years.CardOn(day).SerializeAsString(), WrittenBy(years, day).CardOn(day).SerializeAsString())
          << Action::State_Name(end) << " asked on " << day;
    }
  }
}

}  // namespace
}  // namespace concord::reporting
