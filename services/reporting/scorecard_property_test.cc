// What holds of every plan: random plans against a second computation that goes
// straight from the definitions, without an index and without shared sums.
//
// Each run draws a new seed and prints it; --gtest_random_seed=N repeats it.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <iostream>
#include <map>
#include <random>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "services/reporting/figures_test_plan.h"
#include "services/reporting/random_test_plan.h"
#include "services/reporting/scorecard.h"

namespace concord::reporting {
namespace {

using ::concord::action::v1::Action;
using ::concord::action::v1::Milestone;
using ::concord::action::v1::ObjectiveLink;
using ::concord::action::v1::ProgressReport;
using ::concord::objective::v1::Objective;

uint32_t Seed() {
  const int given = GTEST_FLAG_GET(random_seed);
  const uint32_t seed = given != 0 ? given : std::random_device()() % 99999 + 1;
  std::cout << "repeat with --gtest_random_seed=" << seed << std::endl;
  return seed;
}

absl::CivilDay DayIn(const google::type::Date& date) { return absl::CivilDay(date.year(), date.month(), date.day()); }

absl::CivilDay FirstDay(const Action& action) {
  return action.has_start_date() ? DayIn(action.start_date()) : kPlanFirst;
}

absl::CivilDay LastDay(const Action& action) { return action.has_due_date() ? DayIn(action.due_date()) : kPlanLast; }

// A share by counting the days one after the other.
double ReferencePlanned(const Action& action, absl::CivilDay day) {
  if (FirstDay(action) > LastDay(action)) return day >= FirstDay(action) ? 1.0 : 0.0;
  double passed = 0;
  double total = 0;
  for (absl::CivilDay each = FirstDay(action); each <= LastDay(action); ++each) {
    total += 1;
    if (each <= day) passed += 1;
  }
  return passed / total;
}

// What the action was at the end of the day: its moves, with their dates, told from the first to the last.
Action::State ReferenceState(const Action& action, absl::CivilDay day) {
  if (action.state() <= Action::STATE_APPROVED) return action.state();
  const bool never_begun = action.state() == Action::STATE_CANCELLED && !action.has_actual_start_date();
  Action::State state = never_begun ? Action::STATE_PROPOSED : Action::STATE_APPROVED;
  const bool begun = !action.has_actual_start_date() || DayIn(action.actual_start_date()) <= day;
  if (begun && !never_begun) {
    state = action.state() == Action::STATE_ON_HOLD ? Action::STATE_ON_HOLD : Action::STATE_IN_PROGRESS;
  }
  const bool ended = !action.has_actual_end_date() || DayIn(action.actual_end_date()) <= day;
  return action.state() >= Action::STATE_COMPLETED && ended ? action.state() : state;
}

// The link by which the action contributes to the objective, or null.
const ObjectiveLink* Contribution(const Action& action, const Objective& objective) {
  for (const ObjectiveLink& link : action.objective_links()) {
    if (link.kind() == ObjectiveLink::KIND_CONTRIBUTES && link.objective() == objective.name()) return &link;
  }
  return nullptr;
}

// What is done of an action and when that was written, from the definitions; less than 0: not known.
struct ReferenceProgress {
  double share = -1;
  int64_t time = 0;
};

ReferenceProgress ReferenceProgressOf(const Action& action, const RandomPlan& random) {
  const Action::State state = ReferenceState(action, random.day);
  if (state == Action::STATE_COMPLETED) return {1, action.update_time().seconds()};
  if (state < Action::STATE_IN_PROGRESS) return {0, action.update_time().seconds()};
  double all = 0, reached = 0;
  int64_t time = 0;
  for (const Milestone& milestone : random.milestones) {
    if (!absl::StartsWith(milestone.name(), action.name() + "/") || milestone.state() == Milestone::STATE_DROPPED) {
      continue;
    }
    const double weight = milestone.has_weight() ? milestone.weight() : 1.0;
    const bool late = milestone.has_reached_date() && DayIn(milestone.reached_date()) > random.day;
    all += weight;
    if (milestone.state() == Milestone::STATE_REACHED && !late) reached += weight;
    time = std::max(time, milestone.update_time().seconds());
  }
  if (all > 0) return {reached / all, time};
  std::vector<std::tuple<absl::CivilDay, int64_t, std::string, double>> known;
  for (const ProgressReport& report : random.reports) {
    if (!absl::StartsWith(report.name(), action.name() + "/") || DayIn(report.date()) > random.day) continue;
    known.emplace_back(DayIn(report.date()), report.create_time().seconds(), report.name(),
                       std::stod(report.percent().value()) / 100);
  }
  if (known.empty()) return {};
  const auto& [date, written, name, share] = *std::max_element(known.begin(), known.end());
  return {share, written};
}

// The sums of one objective, from the definitions.
struct Reference {
  double weights_expected = 0, planned = 0;
  double weights_known = 0, done = 0;
  double weights_compared = 0, done_compared = 0, planned_compared = 0;
  int expected = 0, known = 0, compared = 0;
  int severity = -1;
  int64_t newest_known = 0;
};

// 3 off track, 2 at risk, 1 on track, 0 no data; of an action not cancelled.
int ReferenceSeverity(const Action& action, double progress, double planned, absl::CivilDay day) {
  const Action::State state = ReferenceState(action, day);
  if (state == Action::STATE_COMPLETED) return 1;
  if (day > LastDay(action)) return 3;
  if (state == Action::STATE_ON_HOLD) return 2;
  if (state == Action::STATE_IN_PROGRESS) {
    if (progress < 0) return 0;
    if (progress >= 0.9 * planned - 1e-12) return 1;
    return progress >= 0.7 * planned - 1e-12 ? 2 : 3;
  }
  if (day < FirstDay(action)) return 1;
  return day > FirstDay(action) + 90 ? 3 : 2;
}

Reference ReferenceOf(const Objective& objective, const RandomPlan& random) {
  const absl::CivilDay day = random.day;
  Reference sums;
  for (const Action& action : random.actions) {
    const ObjectiveLink* link = Contribution(action, objective);
    if (link == nullptr || ReferenceState(action, day) == Action::STATE_CANCELLED) continue;
    const double weight = link->has_weight() ? link->weight() : 1.0;
    const double planned = ReferencePlanned(action, day);
    sums.expected += 1;
    sums.weights_expected += weight;
    sums.planned += weight * planned;
    const ReferenceProgress progress = ReferenceProgressOf(action, random);
    sums.severity = std::max(sums.severity, ReferenceSeverity(action, progress.share, planned, day));
    if (progress.share < 0) continue;
    const double done = weight * progress.share;
    sums.known += 1;
    sums.weights_known += weight;
    sums.done += done;
    sums.newest_known = std::max(sums.newest_known, progress.time);
    if (planned == 0) continue;
    sums.compared += 1;
    sums.weights_compared += weight;
    sums.done_compared += done;
    sums.planned_compared += weight * planned;
  }
  return sums;
}

void ExpectFigure(const v1::Figure& figure, int counted, int expected, double numerator, double denominator) {
  EXPECT_EQ(figure.counted_count(), counted);
  EXPECT_EQ(figure.expected_count(), expected);
  EXPECT_EQ(figure.missing_size(), std::min(10, expected - counted));
  EXPECT_TRUE(std::is_sorted(figure.missing().begin(), figure.missing().end()));
  EXPECT_EQ(figure.has_value(), counted > 0);
  if (counted > 0) EXPECT_NEAR(figure.value(), numerator / denominator, 1e-9);
}

int SeverityIn(const v1::Health& health) {
  switch (health.level()) {
    case v1::HEALTH_LEVEL_OFF_TRACK:
      return 3;
    case v1::HEALTH_LEVEL_AT_RISK:
      return 2;
    case v1::HEALTH_LEVEL_ON_TRACK:
      return 1;
    case v1::HEALTH_LEVEL_NO_DATA:
      return 0;
    default:
      return -1;
  }
}

void ExpectConsistent(const v1::ActionCounts& counts) {
  EXPECT_EQ(counts.total_count(), counts.proposed_count() + counts.approved_count() + counts.in_progress_count() +
                                      counts.on_hold_count() + counts.completed_count());
  EXPECT_EQ(counts.total_count(),
            counts.on_track_count() + counts.at_risk_count() + counts.off_track_count() + counts.no_data_count());
}

void ExpectStates(const RandomPlan& random, const v1::ActionCounts& counts) {
  std::map<Action::State, int> states;
  for (const Action& action : random.actions) ++states[ReferenceState(action, random.day)];
  EXPECT_EQ(counts.proposed_count(), states[Action::STATE_PROPOSED]);
  EXPECT_EQ(counts.approved_count(), states[Action::STATE_APPROVED]);
  EXPECT_EQ(counts.in_progress_count(), states[Action::STATE_IN_PROGRESS]);
  EXPECT_EQ(counts.on_hold_count(), states[Action::STATE_ON_HOLD]);
  EXPECT_EQ(counts.completed_count(), states[Action::STATE_COMPLETED]);
  EXPECT_EQ(counts.cancelled_count(), states[Action::STATE_CANCELLED]);
}

void ExpectAsReference(const RandomPlan& random) {
  const v1::Scorecard card = random.Scorecard();
  ASSERT_EQ(card.objective_scores_size(), static_cast<int>(random.objectives.size()));
  const std::vector<const Objective*> objectives = ByName(random.objectives);
  double weights_planned = 0, planned = 0, weights_known = 0, done = 0, done_compared = 0, planned_compared = 0;
  int expected = 0, with_plan = 0, known = 0, compared = 0, severity = -1;
  for (size_t i = 0; i < objectives.size(); ++i) {
    const v1::ObjectiveScore& score = card.objective_scores(static_cast<int>(i));
    const Reference sums = ReferenceOf(*objectives[i], random);
    ASSERT_EQ(score.objective(), objectives[i]->name());
    ExpectFigure(score.delivery().progress(), sums.known, sums.expected, sums.done, sums.weights_known);
    ExpectFigure(score.delivery().planned_progress(), sums.expected, sums.expected, sums.planned,
                 sums.weights_expected);
    ExpectFigure(score.delivery().schedule_performance(), sums.compared, sums.expected, sums.done_compared,
                 sums.planned_compared);
    EXPECT_EQ(score.delivery().progress().newest_time().seconds(), sums.newest_known);
    EXPECT_EQ(SeverityIn(score.computed_health()), sums.severity);
    EXPECT_EQ(score.action_counts().total_count(), sums.expected);
    ExpectConsistent(score.action_counts());
    const double weight = objectives[i]->has_weight() ? objectives[i]->weight() : 1.0;
    if (weight == 0) continue;
    expected += 1;
    severity = std::max(severity, sums.severity);
    if (sums.expected > 0) {
      with_plan += 1;
      weights_planned += weight;
      planned += weight * sums.planned / sums.weights_expected;
    }
    if (sums.known > 0) {
      known += 1;
      weights_known += weight;
      done += weight * sums.done / sums.weights_known;
    }
    if (sums.compared > 0) {
      compared += 1;
      done_compared += weight * sums.done_compared / sums.weights_compared;
      planned_compared += weight * sums.planned_compared / sums.weights_compared;
    }
  }
  ExpectFigure(card.delivery().progress(), known, expected, done, weights_known);
  ExpectFigure(card.delivery().planned_progress(), with_plan, expected, planned, weights_planned);
  ExpectFigure(card.delivery().schedule_performance(), compared, expected, done_compared, planned_compared);
  EXPECT_EQ(SeverityIn(card.computed_health()), severity);
  ExpectStates(random, card.action_counts());
  EXPECT_EQ(card.action_counts().total_count() + card.action_counts().cancelled_count(),
            static_cast<int>(random.actions.size()));
  ExpectConsistent(card.action_counts());
}

TEST(AnyScorecard, AgreesWithTheDefinitionsComputedStraight) {
  const uint32_t seed = Seed();
  for (uint32_t round = 0; round < 200; ++round) {
    SCOPED_TRACE(absl::StrCat("seed ", seed, ", round ", round));
    ExpectAsReference(RandomPlan(seed * 1000 + round, 8, static_cast<int>(round % 60)));
    if (::testing::Test::HasFailure()) return;
  }
}

// The reference looks at every pair, so it can do no more.
TEST(AnyScorecard, AgreesWithTheDefinitionsForAThousandActions) { ExpectAsReference(RandomPlan(Seed(), 8, 1000)); }

TEST(AnyScorecard, DoesNotDependOnTheOrderInWhichResourcesWereCreated) {
  const uint32_t seed = Seed();
  for (uint32_t round = 0; round < 50; ++round) {
    SCOPED_TRACE(absl::StrCat("seed ", seed, ", round ", round));
    RandomPlan random(seed * 1000 + round, 8, 60);
    const std::string before = random.Scorecard().SerializeAsString();
    random.Shuffle();
    EXPECT_EQ(random.Scorecard().SerializeAsString(), before) << "not the same to the last bit";
  }
}

TEST(AnyScorecard, HoldsTheSameScoresAsTheObjectivesAlone) {
  const RandomPlan random(Seed(), 8, 60);
  const v1::Scorecard card = random.Scorecard();
  const std::vector<const Objective*> objectives = ByName(random.objectives);
  for (size_t i = 0; i < objectives.size(); ++i) {
    const v1::Scorecard alone = random.ScorecardOf({*objectives[i]});
    EXPECT_EQ(alone.objective_scores(0).SerializeAsString(),
              card.objective_scores(static_cast<int>(i)).SerializeAsString());
  }
}

TEST(AnyScorecard, DoesNotChangeByLinksThatOnlySupport) {
  const uint32_t seed = Seed();
  for (uint32_t round = 0; round < 20; ++round) {
    RandomPlan random(seed * 1000 + round, 8, 40);
    const std::string before = random.Scorecard().SerializeAsString();
    for (Action& action : random.actions) {
      for (const Objective& objective : random.objectives) {
        action = Linked(std::move(action), ObjectiveLink::KIND_SUPPORTS, objective.code(), 9.0);
      }
    }
    EXPECT_EQ(random.Scorecard().SerializeAsString(), before) << "seed " << seed << ", round " << round;
  }
}

TEST(AnyScorecard, ChangesByACancelledActionInItsCountOnly) {
  const uint32_t seed = Seed();
  RandomPlan random(seed, 8, 40);
  v1::Scorecard before = random.Scorecard();
  random.actions.push_back(AnAction("zz", Action::STATE_CANCELLED));
  before.mutable_action_counts()->set_cancelled_count(before.action_counts().cancelled_count() + 1);
  EXPECT_EQ(random.Scorecard().SerializeAsString(), before.SerializeAsString()) << "seed " << seed;
}

TEST(AnyScorecard, KeepsSharesBetweenZeroAndOne) {
  const uint32_t seed = Seed();
  for (uint32_t round = 0; round < 50; ++round) {
    const v1::Scorecard card = RandomPlan(seed * 1000 + round, 8, 40).Scorecard();
    for (const v1::Figure& share : {card.delivery().progress(), card.delivery().planned_progress()}) {
      EXPECT_GE(share.value(), 0.0) << "seed " << seed << ", round " << round;
      EXPECT_LE(share.value(), 1.0) << "seed " << seed << ", round " << round;
    }
  }
}

}  // namespace
}  // namespace concord::reporting
