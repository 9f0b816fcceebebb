// A random plan with what is recorded of its actions, for tests of what holds of every plan.
#ifndef SERVICES_REPORTING_RANDOM_TEST_PLAN_H_
#define SERVICES_REPORTING_RANDOM_TEST_PLAN_H_

#include <algorithm>
#include <cstdint>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/reporting/figures_test_plan.h"
#include "services/reporting/scorecard.h"

namespace concord::reporting {

inline const absl::CivilDay kPlanFirst(2011, 1, 1);
inline const absl::CivilDay kPlanLast(2011, 12, 31);

// A random plan; what it draws depends on the seed alone.
class RandomPlan {
 public:
  RandomPlan(uint32_t seed, int max_objectives, int actions_count) : random_(seed) {
    const int objectives_count = Draw(0, max_objectives);
    for (int i = 0; i < objectives_count; ++i) {
      objectives.push_back(AnObjective(Code(i)));
      if (Draw(0, 2) > 0) objectives.back().set_weight(Pick({0.0, 0.1, 1.0, 2.5}));
    }
    for (int i = 0; i < actions_count; ++i) actions.push_back(DrawAction(i, objectives_count));
    for (const action::v1::Action& action : actions) DrawRecord(action);
    day = kPlanFirst + Draw(-120, 500);
  }

  objective::v1::Plan plan = APlan(kPlanFirst, kPlanLast);
  std::vector<objective::v1::Objective> objectives;
  std::vector<action::v1::Action> actions;
  std::vector<action::v1::Milestone> milestones;
  std::vector<action::v1::ProgressReport> reports;
  absl::CivilDay day;

  v1::Scorecard ScorecardOf(const std::vector<objective::v1::Objective>& some) const {
    PlanResources resources = ResourcesOf(plan, some, actions);
    resources.milestones = ByName(milestones);
    resources.progress_reports = ByName(reports);
    return ComputeScorecard(resources, day);
  }
  v1::Scorecard Scorecard() const { return ScorecardOf(objectives); }
  void Shuffle() {
    std::shuffle(objectives.begin(), objectives.end(), random_);
    std::shuffle(actions.begin(), actions.end(), random_);
    std::shuffle(milestones.begin(), milestones.end(), random_);
    std::shuffle(reports.begin(), reports.end(), random_);
  }

 private:
  int Draw(int least, int most) { return std::uniform_int_distribution<int>(least, most)(random_); }
  double Pick(std::vector<double> values) { return values[Draw(0, static_cast<int>(values.size()) - 1)]; }
  static std::string Code(int number) { return absl::StrCat("c", (number * 7919) % 100003); }

  action::v1::Action DrawAction(int number, int objectives_count) {
    action::v1::Action action = AnAction(Code(number), static_cast<action::v1::Action::State>(Draw(1, 6)));
    const int first = Draw(-200, 400);
    if (Draw(0, 1) > 0) *action.mutable_start_date() = DateOf(kPlanFirst + first);
    if (Draw(0, 1) > 0) *action.mutable_due_date() = DateOf(kPlanFirst + first + Draw(0, 300));
    DrawActualDates(action);
    if (Draw(0, 9) > 0) action = Written(std::move(action), Draw(1, 1000000), Draw(0, 999));
    // The objective past the last is one that is not there.
    for (int objective = 0; objective <= objectives_count; ++objective) {
      if (Draw(0, 3) > 0) continue;
      action = Linked(
          std::move(action),
          Draw(0, 2) > 0 ? action::v1::ObjectiveLink::KIND_CONTRIBUTES : action::v1::ObjectiveLink::KIND_SUPPORTS,
          Code(objective));
      if (Draw(0, 1) > 0) action.mutable_objective_links()->rbegin()->set_weight(Pick({0.3, 1.0, 2.0, 7.0}));
    }
    return action;
  }

  // As the methods record them, or not at all.
  void DrawActualDates(action::v1::Action& action) {
    const int start = Draw(-50, 450);
    const bool ended =
        action.state() == action::v1::Action::STATE_COMPLETED || action.state() == action::v1::Action::STATE_CANCELLED;
    const bool begun = action.state() >= action::v1::Action::STATE_IN_PROGRESS;
    if (begun && Draw(0, 3) > 0) *action.mutable_actual_start_date() = DateOf(kPlanFirst + start);
    if (ended && Draw(0, 3) > 0) *action.mutable_actual_end_date() = DateOf(kPlanFirst + start + Draw(0, 200));
  }

  // What was reported of an action, or not.
  void DrawRecord(const action::v1::Action& action) {
    for (int i = Draw(-3, 4); i > 0; --i) {
      action::v1::Milestone& milestone = milestones.emplace_back();
      milestone.set_name(absl::StrCat(action.name(), "/milestones/", i));
      milestone.set_state(static_cast<action::v1::Milestone::State>(Draw(1, 3)));
      if (Draw(0, 1) > 0) milestone.set_weight(Pick({0.3, 1.0, 2.0, 7.0}));
      if (Draw(0, 3) > 0) *milestone.mutable_reached_date() = DateOf(kPlanFirst + Draw(-50, 450));
      milestone.mutable_update_time()->set_seconds(Draw(1, 1000000));
    }
    for (int i = Draw(-3, 4); i > 0; --i) {
      action::v1::ProgressReport& report = reports.emplace_back();
      report.set_name(absl::StrCat(action.name(), "/progressReports/", i));
      *report.mutable_date() = DateOf(kPlanFirst + 30 * Draw(0, 12));
      report.mutable_percent()->set_value(absl::StrCat(Draw(0, 99), ".", Draw(10, 99)));
      report.mutable_create_time()->set_seconds(Draw(1, 5));
    }
  }

  std::mt19937 random_;
};

}  // namespace concord::reporting

#endif  // SERVICES_REPORTING_RANDOM_TEST_PLAN_H_
