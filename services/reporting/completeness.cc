#include "services/reporting/completeness.h"

#include <string>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "common/aip/date.h"
#include "common/aip/resource_name.h"
#include "services/reporting/children.h"
#include "services/reporting/dated_state.h"
#include "services/reporting/delivery.h"
#include "services/reporting/formula_edition.h"
#include "services/reporting/indicator_values.h"
#include "services/reporting/progress.h"

namespace concord::reporting {
namespace {

using action::v1::Action;
using action::v1::ObjectiveLink;
using objective::v1::Indicator;
using objective::v1::Objective;
using Check = v1::CompletenessCheck;

// Counts what each part has and lacks. Parts come in the order of their names.
class Checks {
 public:
  explicit Checks(v1::Completeness& completeness) : completeness_(completeness) {
    for (int kind = Check::KIND_UNSPECIFIED + 1; kind <= Check::Kind_MAX; ++kind) {
      completeness_.add_checks()->set_kind(static_cast<Check::Kind>(kind));
    }
  }

  void Take(Check::Kind kind, const std::string& name, bool has) {
    v1::Figure& share = *completeness_.mutable_checks(kind - 1)->mutable_share();
    for (v1::Figure* figure : {&share, completeness_.mutable_share()}) {
      figure->set_expected_count(figure->expected_count() + 1);
      if (has) figure->set_counted_count(figure->counted_count() + 1);
    }
    if (!has && share.missing_size() < kMaxMissingNames) share.add_missing(name);
  }

  void Finish() {
    for (Check& check : *completeness_.mutable_checks()) SetValue(*check.mutable_share());
    SetValue(*completeness_.mutable_share());
  }

 private:
  static void SetValue(v1::Figure& figure) {
    if (figure.expected_count() == 0) return;
    figure.set_value(static_cast<double>(figure.counted_count()) / figure.expected_count());
  }

  v1::Completeness& completeness_;
};

// The objectives that an action contributes to which is not cancelled.
absl::flat_hash_set<absl::string_view> ServedObjectives(const PlanResources& resources, absl::CivilDay day) {
  absl::flat_hash_set<absl::string_view> served;
  for (const Action* action : resources.actions) {
    if (StateOn(*action, day) == Action::STATE_CANCELLED) continue;
    for (const ObjectiveLink& link : action->objective_links()) {
      if (link.kind() == ObjectiveLink::KIND_CONTRIBUTES) served.insert(link.objective());
    }
  }
  return served;
}

void CheckObjectives(const PlanResources& resources, absl::CivilDay day, Checks& checks) {
  const auto served = ServedObjectives(resources, day);
  const Children<Indicator> indicators(resources.indicators);
  for (const Objective* objective : resources.objectives) {
    const std::string& name = objective->name();
    checks.Take(Check::KIND_OBJECTIVE_OWNER, name, !objective->owner().empty());
    checks.Take(Check::KIND_OBJECTIVE_ACTION, name, served.contains(name));
    checks.Take(Check::KIND_OBJECTIVE_INDICATOR, name, !indicators.Of(name).empty());
  }
}

bool Contributes(const Action& action, const absl::flat_hash_set<absl::string_view>& objectives) {
  for (const ObjectiveLink& link : action.objective_links()) {
    if (link.kind() == ObjectiveLink::KIND_CONTRIBUTES && objectives.contains(link.objective())) return true;
  }
  return false;
}

void CheckActions(const PlanResources& resources, absl::CivilDay day, Checks& checks) {
  absl::flat_hash_set<absl::string_view> objectives;
  for (const Objective* objective : resources.objectives) objectives.insert(objective->name());
  const Children<action::v1::Milestone> milestones(resources.milestones);
  const Children<action::v1::ProgressReport> reports(resources.progress_reports);
  for (const Action* action : resources.actions) {
    const Action::State state = StateOn(*action, day);
    if (state == Action::STATE_CANCELLED) continue;
    const std::string& name = action->name();
    checks.Take(Check::KIND_ACTION_LEAD, name, !action->lead().empty());
    checks.Take(Check::KIND_ACTION_DATES, name, action->has_start_date() && action->has_due_date());
    checks.Take(Check::KIND_ACTION_OBJECTIVE, name, Contributes(*action, objectives));
    if (state != Action::STATE_IN_PROGRESS) continue;
    const Progress progress = ProgressOf(*action, {milestones.Of(name), reports.Of(name)}, day);
    checks.Take(Check::KIND_ACTION_PROGRESS, name, progress.share.has_value());
  }
}

bool HasTargetAtTheEnd(const Indicator& indicator, const Period& plan_period) {
  for (const objective::v1::Target& target : indicator.targets()) {
    if (aip::ToDay(target.date()) >= plan_period.last_day) return true;
  }
  return false;
}

bool HasValue(const Series& series, int ended_count) {
  for (const auto& [number, value] : series) {
    if (number < ended_count && value.value.has_value()) return true;
  }
  return false;
}

void CheckIndicators(const PlanResources& resources, absl::CivilDay day, Checks& checks) {
  const Period period = PeriodOf(*resources.plan);
  const IndicatorValues values(resources);
  for (const Indicator* indicator : values.indicators()) {
    const std::string& name = indicator->name();
    if (!indicator->has_roll_up()) checks.Take(Check::KIND_INDICATOR_BASELINE, name, indicator->has_baseline());
    checks.Take(Check::KIND_INDICATOR_TARGET, name, HasTargetAtTheEnd(*indicator, period));
    if (indicator->source() == Indicator::SOURCE_PEOPLE && !indicator->has_roll_up()) {
      checks.Take(Check::KIND_INDICATOR_REPORTER, name, !indicator->reporter().empty());
    }
    const int ended = PeriodsOf(*indicator, period).EndedBy(day);
    if (ended > 0) checks.Take(Check::KIND_INDICATOR_VALUE, name, HasValue(values.Of(name), ended));
  }
}

}  // namespace

v1::Completeness ComputeCompleteness(const PlanResources& resources, absl::CivilDay day) {
  v1::Completeness completeness;
  completeness.set_name(absl::StrCat(resources.plan->name(), "/completeness"));
  completeness.set_title(resources.plan->title());
  *completeness.mutable_date() = aip::FromDay(day);
  completeness.set_formula_edition(std::string(kFormulaEdition));
  Checks checks(completeness);
  CheckObjectives(resources, day, checks);
  CheckActions(resources, day, checks);
  CheckIndicators(resources, day, checks);
  checks.Finish();
  return completeness;
}

}  // namespace concord::reporting
