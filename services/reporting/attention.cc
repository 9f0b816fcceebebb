#include "services/reporting/attention.h"

#include <map>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "common/aip/date.h"
#include "services/reporting/children.h"
#include "services/reporting/dated_state.h"
#include "services/reporting/delivery.h"
#include "services/reporting/duties.h"
#include "services/reporting/formula_edition.h"
#include "services/reporting/health.h"
#include "services/reporting/indicator_score.h"
#include "services/reporting/indicator_values.h"
#include "services/reporting/progress.h"

namespace concord::reporting {
namespace {

using action::v1::Action;
using action::v1::Milestone;
using Visit = std::function<void(const v1::AttentionItem&)>;
using Item = v1::AttentionItem;

Item ItemOf(Item::Reason reason, absl::string_view resource, absl::string_view title, absl::string_view owner,
            std::string explanation) {
  Item item;
  item.set_reason(reason);
  item.set_resource(std::string(resource));
  item.set_title(std::string(title));
  item.set_owner(std::string(owner));
  item.set_explanation(std::move(explanation));
  return item;
}

Item Since(absl::CivilDay day, Item item) {
  *item.mutable_since_date() = aip::FromDay(day);
  return item;
}

std::string Percent(double share) { return absl::StrFormat("%.0f %%", 100 * share); }

// Finds the actions and what is recorded of them.
class Actions {
 public:
  Actions(const PlanResources& resources, absl::CivilDay day)
      : resources_(resources),
        period_(PeriodOf(*resources.plan)),
        day_(day),
        milestones_(resources.milestones),
        reports_(resources.progress_reports) {
    for (const Action* action : resources.actions) by_name_.emplace(action->name(), action);
  }

  void ForEach(const Visit& visit) const {
    for (const Action* action : resources_.actions) {
      const Action::State state = StateOn(*action, day_);
      if (state == Action::STATE_COMPLETED || state == Action::STATE_CANCELLED) continue;
      VisitHealth(*action, visit);
      VisitBlock(*action, state, visit);
      VisitPerformance(*action, visit);
      VisitMilestones(*action, visit);
    }
  }

 private:
  Progress ProgressOn(const Action& action, absl::CivilDay day) const {
    return ProgressOf(action, {milestones_.Of(action.name()), reports_.Of(action.name())}, day);
  }

  void VisitHealth(const Action& action, const Visit& visit) const {
    const Period period = PeriodOf(action, period_);
    const Progress progress = ProgressOn(action, day_);
    const v1::Health health = ComputeHealth(action, period, progress.share, day_);
    if (health.rule() == WordOf(HealthRule::kOverdue)) {
      return visit(Since(period.last_day + 1, ItemOf(Item::REASON_OVERDUE, action.name(), action.title(), action.lead(),
                                                     health.explanation())));
    }
    if (health.level() == v1::HEALTH_LEVEL_OFF_TRACK) {
      visit(ItemOf(Item::REASON_RED, action.name(), action.title(), action.lead(), health.explanation()));
    } else if (DeclaredHealth(progress.report) == v1::HEALTH_LEVEL_OFF_TRACK) {
      visit(Since(aip::ToDay(progress.report->date()),
                  ItemOf(Item::REASON_RED, action.name(), action.title(), action.lead(),
                         absl::StrCat("its people say that it is off track; ", health.explanation()))));
    }
  }

  // What keeps an action from going on: the first of its dependencies that will not come, or not in time.
  std::string HindranceOf(const Action& action) const {
    for (const std::string& name : action.dependencies()) {
      const auto found = by_name_.find(name);
      if (found == by_name_.end()) return absl::StrCat("waits for ", name, ", which is gone");
      const Action& other = *found->second;
      const Action::State state = StateOn(other, day_);
      if (state == Action::STATE_COMPLETED) continue;
      if (state == Action::STATE_CANCELLED) return absl::StrCat("waits for ", other.code(), ", which is cancelled");
      const absl::CivilDay due = PeriodOf(other, period_).last_day;
      if (due < day_)
        return absl::StrCat("waits for ", other.code(), ", which was due ", aip::FormatDate(aip::FromDay(due)));
    }
    return "";
  }

  void VisitBlock(const Action& action, Action::State state, const Visit& visit) const {
    const std::string hindrance = state == Action::STATE_ON_HOLD ? "on hold" : HindranceOf(action);
    if (hindrance.empty()) return;
    visit(ItemOf(Item::REASON_BLOCKED, action.name(), action.title(), action.lead(), hindrance));
  }

  absl::optional<double> PerformanceOn(const Action& action, absl::CivilDay day) const {
    return SchedulePerformance(ProgressOn(action, day).share, PlannedProgress(PeriodOf(action, period_), day));
  }

  void VisitPerformance(const Action& action, const Visit& visit) const {
    const absl::optional<double> now = PerformanceOn(action, day_);
    const absl::optional<double> before = PerformanceOn(action, day_ - kSlippingDays);
    if (!now.has_value() || !before.has_value()) return;
    const bool low = *now < kOnTrackPerformance - kPerformanceTolerance;
    if (!low || *before - *now < kSlippingFall - kPerformanceTolerance) return;
    visit(ItemOf(Item::REASON_SLIPPING, action.name(), action.title(), action.lead(),
                 absl::StrCat("schedule performance ", Percent(*now), ", ", Percent(*before), " ", kSlippingDays,
                              " days before")));
  }

  void VisitMilestones(const Action& action, const Visit& visit) const {
    for (const Milestone* milestone : milestones_.Of(action.name())) {
      const absl::CivilDay due = aip::ToDay(milestone->due_date());
      if (!PlannedOn(*milestone, day_) || due >= day_) continue;
      visit(Since(due + 1, ItemOf(Item::REASON_SLIPPING, milestone->name(), milestone->title(),
                                  milestone->owner().empty() ? action.lead() : milestone->owner(),
                                  absl::StrCat("to be reached by ", aip::FormatDate(milestone->due_date())))));
    }
  }

  const PlanResources& resources_;
  const Period period_;
  const absl::CivilDay day_;
  const Children<Milestone> milestones_;
  const Children<action::v1::ProgressReport> reports_;
  absl::flat_hash_map<absl::string_view, const Action*> by_name_;
};

struct Arrears {
  OwedDuty first;
  int count = 0;
};

std::string WhatIsOwed(const OwedDuty& duty, int count) {
  switch (duty.kind) {
    case v1::Duty::KIND_PROGRESS_REPORT:
      return absl::StrCat("owes ", count, count == 1 ? " progress report" : " progress reports");
    case v1::Duty::KIND_MEASUREMENT:
      return absl::StrCat("owes ", count, count == 1 ? " measurement" : " measurements");
    default:
      return "was handed in and is not decided on";
  }
}

// What is owed and late, once for each resource that owes it.
void VisitArrears(const PlanResources& resources, absl::CivilDay day, const Visit& visit) {
  std::map<absl::string_view, Arrears> by_resource;  // In an order that is always the same.
  ForEachDuty(resources, day, day, [&](const OwedDuty& duty) {
    const bool told_here = duty.kind == v1::Duty::KIND_PROGRESS_REPORT || duty.kind == v1::Duty::KIND_MEASUREMENT ||
                           duty.kind == v1::Duty::KIND_APPROVAL;
    if (!told_here || duty.due_day >= day) return;
    Arrears& arrears = by_resource[duty.resource];
    if (arrears.count++ == 0 || duty.due_day < arrears.first.due_day) arrears.first = duty;
  });
  for (const auto& [resource, arrears] : by_resource) {
    const OwedDuty& duty = arrears.first;
    const bool report = duty.kind == v1::Duty::KIND_PROGRESS_REPORT;
    visit(Since(duty.due_day + 1, ItemOf(report ? Item::REASON_SILENT : Item::REASON_STALE, resource, duty.title,
                                         duty.owner, WhatIsOwed(duty, arrears.count))));
  }
}

void VisitGuardRails(const PlanResources& resources, absl::CivilDay day, const Visit& visit) {
  const IndicatorValues values(resources);
  const Period period = PeriodOf(*resources.plan);
  for (const objective::v1::Indicator* indicator : values.indicators()) {
    const IndicatorFigures figures = IndicatorFiguresOf(*indicator, values, period, day);
    const bool below = figures.guard_rail_state == v1::GUARD_RAIL_STATE_BELOW;
    if (!below && figures.guard_rail_state != v1::GUARD_RAIL_STATE_ABOVE) continue;
    visit(ItemOf(Item::REASON_RED, indicator->name(), indicator->title(), indicator->reporter(),
                 below ? "below its lower guard rail" : "above its upper guard rail"));
  }
}

}  // namespace

void ForEachAttention(const PlanResources& resources, absl::CivilDay day, const Visit& visit) {
  // A draft is not in force, and under a closed plan nothing can be done any more.
  if (resources.plan->state() != objective::v1::Plan::STATE_ACTIVE) return;
  Actions(resources, day).ForEach(visit);
  VisitArrears(resources, day, visit);
  VisitGuardRails(resources, day, visit);
}

std::string PlaceOf(const v1::AttentionItem& item) {
  const std::string since = item.has_since_date() ? aip::FormatDate(item.since_date()) : "9999-12-31";
  return absl::StrCat(static_cast<int>(item.reason()), " ", since, " ", item.resource());
}

}  // namespace concord::reporting
