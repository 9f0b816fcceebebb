#include "services/reporting/scorecard.h"

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "common/aip/date.h"
#include "common/aip/resource_name.h"
#include "services/reporting/children.h"
#include "services/reporting/dated_state.h"
#include "services/reporting/duties.h"
#include "services/reporting/formula_edition.h"
#include "services/reporting/health.h"
#include "services/reporting/indicator_score.h"
#include "services/reporting/indicator_values.h"
#include "services/reporting/outcome.h"
#include "services/reporting/roll_up.h"

namespace concord::reporting {
namespace {

using ::concord::action::v1::Action;
using ::concord::action::v1::ObjectiveLink;
using ::concord::objective::v1::Objective;

// What all roll-ups need of an action, computed once.
struct ActionFigures {
  const Action* action;
  Action::State state;  // On the day.
  Period period;
  Progress progress;
  double planned_progress;
  Verdict verdict;
};

// An action that contributes to the objective at hand.
struct Contribution {
  const ActionFigures* figures;
  double weight;
};

struct DeliveryRollUp {
  RollUp progress;
  RollUp planned_progress;
  RollUp schedule_performance;
};

// An objective's score with the sums that the plan's figures are made of.
struct ScoredObjective {
  v1::ObjectiveScore score;
  DeliveryRollUp delivery;
};

ActionFigures FiguresOf(const Action& action, const ActionRecord& record, const Period& plan_period,
                        absl::CivilDay day) {
  const Period period = PeriodOf(action, plan_period);
  const Progress progress = ProgressOf(action, record, day);
  return {&action,  StateOn(action, day),         period,
          progress, PlannedProgress(period, day), JudgeHealth(action, period, progress.share, day)};
}

double WeightOf(const ObjectiveLink& link) { return link.has_weight() ? link.weight() : 1.0; }
double WeightOf(const Objective& objective) { return objective.has_weight() ? objective.weight() : 1.0; }

// Nothing is expected of a cancelled action, so it is not even missed.
void AddAction(const ActionFigures& figures, double weight, DeliveryRollUp& delivery) {
  const Action& action = *figures.action;
  if (figures.state == Action::STATE_CANCELLED) return;
  const absl::optional<double> done = figures.progress.share;
  if (done.has_value()) {
    delivery.progress.Count(weight, *done, 1.0, *figures.progress.time);
  } else {
    delivery.progress.Miss(action.name());
  }
  delivery.planned_progress.Count(weight, figures.planned_progress, 1.0, action.update_time());
  if (SchedulePerformance(done, figures.planned_progress).has_value()) {
    delivery.schedule_performance.Count(weight, *done, figures.planned_progress,
                                        *Later(figures.progress.time, &action.update_time()));
  } else {
    delivery.schedule_performance.Miss(action.name());
  }
}

// An objective enters a figure of the plan as its means, so that the plan's
// figure does not depend on how large the weights of its links are.
void AddPart(absl::string_view name, double weight, const RollUp& part, RollUp& whole) {
  if (part.value().has_value()) {
    whole.Count(weight, part.mean_numerator(), part.mean_denominator(), part.newest_time());
  } else {
    whole.Miss(name);
  }
}

v1::Delivery ToDelivery(const DeliveryRollUp& sums) {
  v1::Delivery delivery;
  *delivery.mutable_progress() = sums.progress.ToFigure();
  *delivery.mutable_planned_progress() = sums.planned_progress.ToFigure();
  *delivery.mutable_schedule_performance() = sums.schedule_performance.ToFigure();
  return delivery;
}

void CountAction(const ActionFigures& figures, v1::ActionCounts& counts) {
  const Action::State state = figures.state;
  if (state == Action::STATE_CANCELLED) {
    counts.set_cancelled_count(counts.cancelled_count() + 1);
    return;
  }
  counts.set_total_count(counts.total_count() + 1);
  if (state == Action::STATE_PROPOSED) counts.set_proposed_count(counts.proposed_count() + 1);
  if (state == Action::STATE_APPROVED) counts.set_approved_count(counts.approved_count() + 1);
  if (state == Action::STATE_IN_PROGRESS) counts.set_in_progress_count(counts.in_progress_count() + 1);
  if (state == Action::STATE_ON_HOLD) counts.set_on_hold_count(counts.on_hold_count() + 1);
  if (state == Action::STATE_COMPLETED) counts.set_completed_count(counts.completed_count() + 1);
  const v1::HealthLevel level = figures.verdict.level;
  if (level == v1::HEALTH_LEVEL_ON_TRACK) counts.set_on_track_count(counts.on_track_count() + 1);
  if (level == v1::HEALTH_LEVEL_AT_RISK) counts.set_at_risk_count(counts.at_risk_count() + 1);
  if (level == v1::HEALTH_LEVEL_OFF_TRACK) counts.set_off_track_count(counts.off_track_count() + 1);
  if (level == v1::HEALTH_LEVEL_NO_DATA) counts.set_no_data_count(counts.no_data_count() + 1);
}

v1::Health NothingExpected(absl::string_view why) {
  v1::Health health;
  health.set_level(v1::HEALTH_LEVEL_NOT_APPLICABLE);
  health.set_rule(std::string(WordOf(HealthRule::kNothingExpected)));
  health.set_explanation(std::string(why));
  return health;
}

// The health of the worst, the first by name among equals; only that one is put
// into words.
v1::Health WorstOfActions(const std::vector<Contribution>& contributions, absl::CivilDay day) {
  const ActionFigures* worst = nullptr;
  int severity = -1;
  for (const Contribution& contribution : contributions) {
    const int candidate = Severity(contribution.figures->verdict.level);
    if (candidate <= severity) continue;
    severity = candidate;
    worst = contribution.figures;
  }
  if (worst == nullptr) {
    return NothingExpected(contributions.empty() ? "no action contributes"
                                                 : "all actions that contribute are cancelled");
  }
  v1::Health health = ComputeHealth(*worst->action, worst->period, worst->progress.share, day);
  health.set_explanation(absl::StrCat("action ", worst->action->code(), ": ", health.explanation()));
  return health;
}

v1::Health WorstOfObjectives(const v1::Scorecard& scorecard) {
  const v1::ObjectiveScore* worst = nullptr;
  int severity = -1;
  for (const v1::ObjectiveScore& score : scorecard.objective_scores()) {
    const int candidate = Severity(score.computed_health().level());
    if (score.weight() <= 0 || candidate <= severity) continue;
    severity = candidate;
    worst = &score;
  }
  if (worst == nullptr) return NothingExpected("no objective that counts expects anything");
  v1::Health health = worst->computed_health();
  health.set_explanation(absl::StrCat("objective ", worst->code(), ", ", health.explanation()));
  return health;
}

ScoredObjective RollUpObjective(const Objective& objective, const std::vector<Contribution>& contributions,
                                absl::CivilDay day) {
  ScoredObjective scored;
  v1::ObjectiveScore& score = scored.score;
  for (const Contribution& contribution : contributions) {
    AddAction(*contribution.figures, contribution.weight, scored.delivery);
    CountAction(*contribution.figures, *score.mutable_action_counts());
  }
  score.set_objective(objective.name());
  score.set_code(objective.code());
  score.set_title(objective.title());
  score.set_weight(WeightOf(objective));
  *score.mutable_delivery() = ToDelivery(scored.delivery);
  *score.mutable_computed_health() = WorstOfActions(contributions, day);
  score.mutable_action_counts();  // Zeros are known zeros.
  return scored;
}

// For each objective, in their order, the actions that contribute to it, in
// theirs. A link to an objective that is not there leads nowhere.
std::vector<std::vector<Contribution>> IndexByObjective(const std::vector<const Objective*>& objectives,
                                                        const std::vector<ActionFigures>& figures) {
  absl::flat_hash_map<absl::string_view, size_t> position;
  position.reserve(objectives.size());
  for (size_t i = 0; i < objectives.size(); ++i) position.emplace(objectives[i]->name(), i);
  std::vector<std::vector<Contribution>> index(objectives.size());
  for (const ActionFigures& each : figures) {
    for (const ObjectiveLink& link : each.action->objective_links()) {
      if (link.kind() != ObjectiveLink::KIND_CONTRIBUTES) continue;
      const auto found = position.find(link.objective());
      if (found != position.end()) index[found->second].push_back({&each, WeightOf(link)});
    }
  }
  return index;
}

std::vector<ActionFigures> FiguresOfActions(const PlanResources& resources, const Period& plan_period,
                                            absl::CivilDay day) {
  const Children<action::v1::Milestone> milestones(resources.milestones);
  const Children<action::v1::ProgressReport> reports(resources.progress_reports);
  std::vector<ActionFigures> figures;
  figures.reserve(resources.actions.size());
  for (const Action* action : resources.actions) {
    const ActionRecord record{milestones.Of(action->name()), reports.Of(action->name())};
    figures.push_back(FiguresOf(*action, record, plan_period, day));
  }
  return figures;
}

// Fills in what the indicators say. In the plan's mean each has the weight of its objective.
void AddOutcomes(const PlanResources& resources, const Period& plan_period, absl::CivilDay day,
                 v1::Scorecard& scorecard) {
  const IndicatorValues values(resources);
  absl::flat_hash_map<absl::string_view, int> position;
  for (int i = 0; i < scorecard.objective_scores_size(); ++i) position[scorecard.objective_scores(i).objective()] = i;
  OutcomeSum plan;
  std::vector<OutcomeSum> objectives(position.size());
  for (const objective::v1::Indicator* indicator : values.indicators()) {
    const int at = position.at(aip::ParentOf(indicator->name()));
    const IndicatorFigures figures = IndicatorFiguresOf(*indicator, values, plan_period, day);
    objectives[static_cast<size_t>(at)].Add(figures, 1.0);
    if (const double weight = scorecard.objective_scores(at).weight(); weight > 0) plan.Add(figures, weight);
  }
  for (const auto& [name, at] : position) {
    *scorecard.mutable_objective_scores(at)->mutable_outcome() = objectives[static_cast<size_t>(at)].ToOutcome();
  }
  *scorecard.mutable_outcome() = plan.ToOutcome();
}

void AddObjectives(const PlanResources& resources, const std::vector<ActionFigures>& figures, absl::CivilDay day,
                   v1::Scorecard& scorecard) {
  const std::vector<std::vector<Contribution>> contributions = IndexByObjective(resources.objectives, figures);
  DeliveryRollUp delivery;
  for (size_t i = 0; i < resources.objectives.size(); ++i) {
    const Objective& objective = *resources.objectives[i];
    ScoredObjective scored = RollUpObjective(objective, contributions[i], day);
    if (const double weight = scored.score.weight(); weight > 0) {
      AddPart(objective.name(), weight, scored.delivery.progress, delivery.progress);
      AddPart(objective.name(), weight, scored.delivery.planned_progress, delivery.planned_progress);
      AddPart(objective.name(), weight, scored.delivery.schedule_performance, delivery.schedule_performance);
    }
    *scorecard.add_objective_scores() = std::move(scored.score);
  }
  *scorecard.mutable_delivery() = ToDelivery(delivery);
}

}  // namespace

v1::ActionScore ScoreAction(const Action& action, const ActionRecord& record, const Period& plan_period,
                            absl::CivilDay day) {
  const ActionFigures figures = FiguresOf(action, record, plan_period, day);
  DeliveryRollUp delivery;
  AddAction(figures, 1.0, delivery);
  v1::ActionScore score;
  score.set_action(action.name());
  score.set_code(action.code());
  score.set_title(action.title());
  score.set_state(figures.state);
  *score.mutable_start_date() = aip::FromDay(figures.period.first_day);
  *score.mutable_due_date() = aip::FromDay(figures.period.last_day);
  *score.mutable_delivery() = ToDelivery(delivery);
  *score.mutable_computed_health() = ComputeHealth(action, figures.period, figures.progress.share, day);
  score.set_declared_health(DeclaredHealth(figures.progress.report));
  if (figures.progress.report != nullptr) score.set_progress_report(figures.progress.report->name());
  score.set_milestone_count(figures.progress.milestone_count);
  score.set_reached_milestone_count(figures.progress.reached_milestone_count);
  return score;
}

v1::Scorecard ComputeScorecard(const PlanResources& resources, absl::CivilDay day) {
  const objective::v1::Plan& plan = *resources.plan;
  const Period plan_period = PeriodOf(plan);
  const std::vector<ActionFigures> figures = FiguresOfActions(resources, plan_period, day);
  v1::Scorecard scorecard;
  scorecard.set_name(absl::StrCat(plan.name(), "/scorecard"));
  scorecard.set_plan(plan.name());
  scorecard.set_title(plan.title());
  *scorecard.mutable_date() = aip::FromDay(day);
  scorecard.set_formula_edition(std::string(kFormulaEdition));
  for (const ActionFigures& each : figures) CountAction(each, *scorecard.mutable_action_counts());
  scorecard.mutable_action_counts();  // Zeros are known zeros.
  AddObjectives(resources, figures, day, scorecard);
  *scorecard.mutable_computed_health() = WorstOfObjectives(scorecard);
  AddOutcomes(resources, plan_period, day, scorecard);
  *scorecard.mutable_duty_counts() = CountDuties(resources, day);
  return scorecard;
}

}  // namespace concord::reporting
