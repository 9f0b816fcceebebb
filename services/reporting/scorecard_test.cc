// The worked example of FIGURES.md, and what it does not reach.
#include "services/reporting/scorecard.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "services/reporting/figures_test_plan.h"

namespace concord::reporting {
namespace {

using ::concord::action::v1::Action;
using ::concord::action::v1::ObjectiveLink;
using ::concord::objective::v1::Objective;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

absl::CivilDay InJanuary(int day) { return absl::CivilDay(2012, 1, day); }

struct ScorecardExample {
  objective::v1::Plan plan = APlan(InJanuary(1), InJanuary(10));
  std::vector<Objective> objectives = {AnObjective("1"), AnObjective("2", 3.0), AnObjective("3", 0.0),
                                       AnObjective("4")};
  std::vector<Action> actions = {
      Written(Contributing(AnAction("1.1", Action::STATE_COMPLETED), "1"), 100),
      Written(Contributing(AnAction("1.2", Action::STATE_IN_PROGRESS), "1", 2.0), 900),
      Written(Contributing(AnAction("1.3", Action::STATE_CANCELLED), "1", 50.0), 950),
      Written(Contributing(Dated(AnAction("2.1", Action::STATE_COMPLETED), InJanuary(1), InJanuary(5)), "2"), 300),
      Written(Contributing(Dated(AnAction("2.2", Action::STATE_COMPLETED), InJanuary(5), InJanuary(8)), "2", 3.0), 200),
      Written(Contributing(Dated(AnAction("2.3", Action::STATE_APPROVED), InJanuary(5), InJanuary(8)), "2", 4.0), 400),
      Linked(Contributing(Dated(AnAction("3.1", Action::STATE_IN_PROGRESS), InJanuary(1), InJanuary(4)), "3"),
             ObjectiveLink::KIND_SUPPORTS, "1")};

  v1::Scorecard On(absl::CivilDay day) const { return ComputeScorecard(ResourcesOf(plan, objectives, actions), day); }
};

// Value, or -1 for no data; counted; expected.
std::tuple<double, int, int> In(const v1::Figure& figure) {
  return {figure.has_value() ? figure.value() : -1.0, figure.counted_count(), figure.expected_count()};
}

std::string HealthIn(const v1::Health& health) {
  return v1::HealthLevel_Name(health.level()) + " " + health.rule() + ": " + health.explanation();
}

// Of an objective alone with actions.
v1::ObjectiveScore ScoreOfObjectiveOne(const std::vector<Action>& actions) {
  const objective::v1::Plan plan = APlan(InJanuary(1), InJanuary(10));
  const std::vector<Objective> objectives = {AnObjective("1")};
  return ComputeScorecard(ResourcesOf(plan, objectives, actions), InJanuary(5)).objective_scores(0);
}

std::tuple<double, int, int> Data(double value, int counted, int expected) { return {value, counted, expected}; }
std::tuple<double, int, int> NoData(int expected) { return {-1.0, 0, expected}; }

TEST(Scorecard, SaysWhatItIsAbout) {
  const v1::Scorecard card = ScorecardExample().On(InJanuary(5));
  EXPECT_EQ(card.name(), "plans/p/scorecard");
  EXPECT_EQ(card.plan(), "plans/p");
  EXPECT_EQ(card.title(), "A plan");
  EXPECT_EQ(card.date().year(), 2012);
  EXPECT_EQ(card.date().month(), 1);
  EXPECT_EQ(card.date().day(), 5);
  EXPECT_EQ(card.formula_edition(), "2026-2");
  EXPECT_THAT(card.revisions(), IsEmpty());
  ASSERT_EQ(card.objective_scores_size(), 4);
  EXPECT_EQ(card.objective_scores(1).objective(), "plans/p/objectives/2");
  EXPECT_EQ(card.objective_scores(1).code(), "2");
  EXPECT_EQ(card.objective_scores(1).title(), "Objective 2");
  EXPECT_EQ(card.objective_scores(0).weight(), 1.0);
  EXPECT_EQ(card.objective_scores(1).weight(), 3.0);
}

TEST(Scorecard, GivesObjectiveOneOfTheExample) {
  const v1::Scorecard card = ScorecardExample().On(InJanuary(5));
  const v1::ObjectiveScore& score = card.objective_scores(0);
  EXPECT_EQ(In(score.delivery().progress()), Data(1.0, 1, 2));
  EXPECT_THAT(score.delivery().progress().missing(), ElementsAre("plans/p/actions/1.2"));
  EXPECT_EQ(score.delivery().progress().newest_time().seconds(), 100);
  EXPECT_EQ(In(score.delivery().planned_progress()), Data(0.5, 2, 2));
  EXPECT_EQ(score.delivery().planned_progress().newest_time().seconds(), 900);
  EXPECT_EQ(In(score.delivery().schedule_performance()), Data(2.0, 1, 2));
  EXPECT_EQ(HealthIn(score.computed_health()), "HEALTH_LEVEL_ON_TRACK completed: action 1.1: completed");
  EXPECT_EQ(score.action_counts().total_count(), 2);
  EXPECT_EQ(score.action_counts().cancelled_count(), 1);
  EXPECT_EQ(score.action_counts().no_data_count(), 1);
}

TEST(Scorecard, GivesObjectiveTwoOfTheExample) {
  const v1::Scorecard card = ScorecardExample().On(InJanuary(5));
  const v1::ObjectiveScore& score = card.objective_scores(1);
  EXPECT_EQ(In(score.delivery().progress()), Data(0.5, 3, 3));
  EXPECT_THAT(score.delivery().progress().missing(), IsEmpty());
  EXPECT_EQ(score.delivery().progress().newest_time().seconds(), 400);
  EXPECT_EQ(In(score.delivery().planned_progress()), Data(0.34375, 3, 3));
  EXPECT_EQ(In(score.delivery().schedule_performance()), Data(4.0 / 2.75, 3, 3));
  EXPECT_EQ(HealthIn(score.computed_health()),
            "HEALTH_LEVEL_AT_RISK start_overdue: action 2.3: not started, planned to start 2012-01-05, this day");
}

TEST(Scorecard, GivesObjectiveThreeOfTheExampleThoughItsWeightIsZero) {
  const v1::Scorecard card = ScorecardExample().On(InJanuary(5));
  const v1::ObjectiveScore& score = card.objective_scores(2);
  EXPECT_EQ(score.weight(), 0.0);
  EXPECT_EQ(In(score.delivery().progress()), NoData(1));
  EXPECT_FALSE(score.delivery().progress().has_newest_time());
  EXPECT_EQ(In(score.delivery().planned_progress()), Data(1.0, 1, 1));
  EXPECT_EQ(In(score.delivery().schedule_performance()), NoData(1));
  EXPECT_EQ(HealthIn(score.computed_health()), "HEALTH_LEVEL_OFF_TRACK overdue: action 3.1: due 2012-01-04, 1 day ago");
}

TEST(Scorecard, GivesAnEmptyObjectiveNoDataAndExpectsNothingOfIt) {
  const v1::Scorecard card = ScorecardExample().On(InJanuary(5));
  const v1::ObjectiveScore& score = card.objective_scores(3);
  EXPECT_EQ(In(score.delivery().progress()), NoData(0));
  EXPECT_EQ(In(score.delivery().planned_progress()), NoData(0));
  EXPECT_EQ(In(score.delivery().schedule_performance()), NoData(0));
  EXPECT_EQ(HealthIn(score.computed_health()), "HEALTH_LEVEL_NOT_APPLICABLE nothing_expected: no action contributes");
  EXPECT_EQ(score.action_counts().total_count(), 0);
}

TEST(Scorecard, GivesThePlanOfTheExample) {
  const v1::Scorecard card = ScorecardExample().On(InJanuary(5));
  EXPECT_EQ(In(card.delivery().progress()), Data(0.625, 2, 3));
  EXPECT_THAT(card.delivery().progress().missing(), ElementsAre("plans/p/objectives/4"));
  EXPECT_EQ(card.delivery().progress().newest_time().seconds(), 400);
  EXPECT_EQ(In(card.delivery().planned_progress()), Data(0.3828125, 2, 3));
  EXPECT_EQ(card.delivery().planned_progress().newest_time().seconds(), 900);
  EXPECT_EQ(In(card.delivery().schedule_performance()), Data(2.5 / 1.53125, 2, 3));
  EXPECT_EQ(HealthIn(card.computed_health()),
            "HEALTH_LEVEL_AT_RISK start_overdue: objective 2, action 2.3: "
            "not started, planned to start 2012-01-05, this day");
}

TEST(Scorecard, CountsAllActionsOfThePlanOfTheExample) {
  const v1::ActionCounts counts = ScorecardExample().On(InJanuary(5)).action_counts();
  EXPECT_EQ(counts.total_count(), 6);
  EXPECT_EQ(counts.proposed_count(), 0);
  EXPECT_EQ(counts.approved_count(), 1);
  EXPECT_EQ(counts.in_progress_count(), 2);
  EXPECT_EQ(counts.on_hold_count(), 0);
  EXPECT_EQ(counts.completed_count(), 3);
  EXPECT_EQ(counts.cancelled_count(), 1);
  EXPECT_EQ(counts.on_track_count(), 3);
  EXPECT_EQ(counts.at_risk_count(), 1);
  EXPECT_EQ(counts.off_track_count(), 1);
  EXPECT_EQ(counts.no_data_count(), 1);
}

TEST(Scorecard, CountsActionsWhoseObjectiveIsGone) {
  ScorecardExample example;
  example.objectives.pop_back();
  example.actions.push_back(Contributing(AnAction("4.1", Action::STATE_ON_HOLD), "4"));
  const v1::Scorecard card = example.On(InJanuary(5));
  EXPECT_EQ(card.action_counts().total_count(), 7);
  EXPECT_EQ(card.action_counts().on_hold_count(), 1);
  EXPECT_EQ(card.objective_scores_size(), 3);
}

TEST(Scorecard, OfAPlanOfNothingHasNoDataAnywhere) {
  const objective::v1::Plan plan = APlan(InJanuary(1), InJanuary(10));
  const v1::Scorecard card = ComputeScorecard(ResourcesOf(plan, {}, {}), InJanuary(5));
  EXPECT_EQ(In(card.delivery().progress()), NoData(0));
  EXPECT_EQ(In(card.delivery().planned_progress()), NoData(0));
  EXPECT_EQ(In(card.delivery().schedule_performance()), NoData(0));
  EXPECT_EQ(HealthIn(card.computed_health()),
            "HEALTH_LEVEL_NOT_APPLICABLE nothing_expected: no objective that counts expects anything");
  EXPECT_TRUE(card.has_action_counts());
}

TEST(Scorecard, ExpectsNothingWhereAllWeightsOfObjectivesAreZero) {
  ScorecardExample example;
  for (Objective& objective : example.objectives) objective.set_weight(0);
  const v1::Scorecard card = example.On(InJanuary(5));
  EXPECT_EQ(In(card.delivery().progress()), NoData(0));
  EXPECT_EQ(card.computed_health().level(), v1::HEALTH_LEVEL_NOT_APPLICABLE);
}

TEST(Scorecard, HasNoSchedulePerformanceBeforeAnythingIsPlanned) {
  const v1::Scorecard card = ScorecardExample().On(InJanuary(1) - 1);
  EXPECT_EQ(In(card.delivery().planned_progress()), Data(0.0, 2, 3));
  EXPECT_EQ(In(card.delivery().schedule_performance()), NoData(3));
  EXPECT_EQ(In(card.delivery().progress()), Data(0.625, 2, 3));
}

TEST(ScoreObjective, OfCancelledActionsOnlyExpectsNothing) {
  const std::vector<Action> actions = {Contributing(AnAction("1.1", Action::STATE_CANCELLED), "1"),
                                       Contributing(AnAction("1.2", Action::STATE_CANCELLED), "1")};
  const v1::ObjectiveScore score = ScoreOfObjectiveOne(actions);
  EXPECT_EQ(In(score.delivery().progress()), NoData(0));
  EXPECT_EQ(In(score.delivery().planned_progress()), NoData(0));
  EXPECT_EQ(HealthIn(score.computed_health()),
            "HEALTH_LEVEL_NOT_APPLICABLE nothing_expected: all actions that contribute are cancelled");
  EXPECT_EQ(score.action_counts().total_count(), 0);
  EXPECT_EQ(score.action_counts().cancelled_count(), 2);
}

TEST(ScoreObjective, PassesOverLinksThatOnlySupport) {
  const std::vector<Action> actions = {
      Linked(AnAction("1.1", Action::STATE_COMPLETED), ObjectiveLink::KIND_SUPPORTS, "1")};
  const v1::ObjectiveScore score = ScoreOfObjectiveOne(actions);
  EXPECT_EQ(In(score.delivery().progress()), NoData(0));
  EXPECT_EQ(score.action_counts().total_count(), 0);
}

TEST(ScoreObjective, IsNoDataWhereNothingIsKnownOfWhatWasBegun) {
  const std::vector<Action> actions = {Contributing(AnAction("1.1", Action::STATE_IN_PROGRESS), "1"),
                                       Contributing(AnAction("1.2", Action::STATE_IN_PROGRESS), "1")};
  const v1::ObjectiveScore score = ScoreOfObjectiveOne(actions);
  EXPECT_EQ(In(score.delivery().progress()), NoData(2));
  EXPECT_EQ(HealthIn(score.computed_health()),
            "HEALTH_LEVEL_NO_DATA no_progress_data: action 1.1: begun, progress not known, due 2012-01-10, in 5 days");
}

TEST(ScoreObjective, IsZeroDoneWhereNothingIsStarted) {
  const std::vector<Action> actions = {Contributing(AnAction("1.1", Action::STATE_PROPOSED), "1"),
                                       Contributing(AnAction("1.2", Action::STATE_APPROVED), "1")};
  const v1::ObjectiveScore score = ScoreOfObjectiveOne(actions);
  EXPECT_EQ(In(score.delivery().progress()), Data(0.0, 2, 2));
  EXPECT_EQ(In(score.delivery().schedule_performance()), Data(0.0, 2, 2));
}

TEST(ScoreObjective, NamesTheFirstActionByNameAmongEquallyBadOnes) {
  const std::vector<Action> actions = {Contributing(AnAction("1.3", Action::STATE_ON_HOLD), "1"),
                                       Contributing(AnAction("1.2", Action::STATE_APPROVED), "1"),
                                       Contributing(AnAction("1.1", Action::STATE_COMPLETED), "1")};
  const v1::ObjectiveScore score = ScoreOfObjectiveOne(actions);
  EXPECT_EQ(HealthIn(score.computed_health()),
            "HEALTH_LEVEL_AT_RISK start_overdue: action 1.2: not started, planned to start 2012-01-01, 4 days ago");
}

TEST(ScoreAction, ShowsTheDatesInForce) {
  Action action = AnAction("1.1", Action::STATE_IN_PROGRESS);
  *action.mutable_due_date() = DateOf(InJanuary(4));
  const v1::ActionScore score = ScoreAction(action, {}, {InJanuary(1), InJanuary(10)}, InJanuary(2));
  EXPECT_EQ(score.action(), "plans/p/actions/1.1");
  EXPECT_EQ(score.code(), "1.1");
  EXPECT_EQ(score.title(), "Action 1.1");
  EXPECT_EQ(score.state(), Action::STATE_IN_PROGRESS);
  EXPECT_EQ(score.start_date().day(), 1);
  EXPECT_EQ(score.due_date().day(), 4);
  EXPECT_EQ(In(score.delivery().planned_progress()), Data(0.5, 1, 1));
  EXPECT_EQ(In(score.delivery().progress()), NoData(1));
  EXPECT_THAT(score.delivery().progress().missing(), ElementsAre("plans/p/actions/1.1"));
  EXPECT_EQ(In(score.delivery().schedule_performance()), NoData(1));
  EXPECT_EQ(score.computed_health().rule(), "no_progress_data");
}

TEST(ScoreAction, OfACompletedOneIsAheadOfItsPlan) {
  const Action action = Written(AnAction("1.1", Action::STATE_COMPLETED), 42);
  const v1::ActionScore score = ScoreAction(action, {}, {InJanuary(1), InJanuary(10)}, InJanuary(5));
  EXPECT_EQ(In(score.delivery().progress()), Data(1.0, 1, 1));
  EXPECT_EQ(score.delivery().progress().newest_time().seconds(), 42);
  EXPECT_EQ(In(score.delivery().schedule_performance()), Data(2.0, 1, 1));
  EXPECT_EQ(score.computed_health().rule(), "completed");
}

TEST(ScoreAction, OfOneNotStartedHasDoneNothingOfWhatIsPlanned) {
  for (const Action::State state : {Action::STATE_PROPOSED, Action::STATE_APPROVED}) {
    const Action action = Written(AnAction("1.1", state), 42);
    const v1::ActionScore score = ScoreAction(action, {}, {InJanuary(1), InJanuary(10)}, InJanuary(5));
    EXPECT_EQ(In(score.delivery().progress()), Data(0.0, 1, 1));
    EXPECT_EQ(score.delivery().progress().newest_time().seconds(), 42);
    EXPECT_EQ(In(score.delivery().planned_progress()), Data(0.5, 1, 1));
    EXPECT_EQ(In(score.delivery().schedule_performance()), Data(0.0, 1, 1));
    EXPECT_EQ(score.computed_health().rule(), "start_overdue");
  }
}

TEST(ScoreAction, OfOneNotStartedHasNoSchedulePerformanceBeforeItsFirstDay) {
  const v1::ActionScore score =
      ScoreAction(AnAction("1.1", Action::STATE_APPROVED), {}, {InJanuary(1), InJanuary(10)}, InJanuary(1) - 1);
  EXPECT_EQ(In(score.delivery().progress()), Data(0.0, 1, 1));
  EXPECT_EQ(In(score.delivery().schedule_performance()), NoData(1));
  EXPECT_EQ(score.computed_health().rule(), "not_due");
}

TEST(ScoreAction, OfACancelledOneExpectsNothing) {
  const v1::ActionScore score =
      ScoreAction(AnAction("1.1", Action::STATE_CANCELLED), {}, {InJanuary(1), InJanuary(10)}, InJanuary(5));
  EXPECT_EQ(In(score.delivery().progress()), NoData(0));
  EXPECT_EQ(In(score.delivery().planned_progress()), NoData(0));
  EXPECT_EQ(score.computed_health().level(), v1::HEALTH_LEVEL_NOT_APPLICABLE);
}

}  // namespace
}  // namespace concord::reporting
