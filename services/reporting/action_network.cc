#include "services/reporting/action_network.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "services/reporting/quantiles.h"

namespace concord::reporting {
namespace {

using ::concord::action::v1::Action;
using Basis = v1::ActionForecast;

// Whether what it depends on has a say in when it ends.
bool IsOpen(const ActionPace& pace) {
  return pace.basis == Basis::BASIS_RATE_SO_FAR || pace.basis == Basis::BASIS_PLANNED_DURATION;
}

// Whether an action that depends on it need not wait any more, whether or not it is known since when.
bool IsDone(const ActionPace& pace) { return pace.state == Action::STATE_COMPLETED; }

// By itself.
ActionEnd EndByItself(const ActionPace& pace, const PlanPace& plan, double stretch) {
  ActionEnd end;
  end.basis = pace.basis;
  if (pace.basis == Basis::BASIS_ACTUAL_END) {
    end.start = pace.start;
    end.end = pace.end;
  } else if (pace.basis == Basis::BASIS_RATE_SO_FAR) {
    end.start = pace.start;
    end.end = plan.day + WholeDays(static_cast<double>(pace.end - plan.day) * stretch);
  } else if (pace.basis == Basis::BASIS_PLANNED_DURATION) {
    const int64_t days = WholeDays(static_cast<double>(LengthOf(pace.planned)) * plan.duration_factor);
    end.start = std::max(pace.planned.first_day, plan.day + 1);
    end.end = *end.start + (WholeDays(static_cast<double>(days) * stretch) - 1);
  }
  return end;
}

// Whether the plan has the one begin only after the other has ended. Else they may overlap: all that a dependency
// itself says is that the one must not be completed before the other.
bool Follows(const ActionPace& pace, const ActionPace& needed) {
  return pace.basis == Basis::BASIS_PLANNED_DURATION && pace.planned.first_day > needed.planned.last_day;
}

}  // namespace

PlanPace PlanPaceOf(const PlanResources& resources, const Children<action::v1::Milestone>& milestones,
                    const Children<action::v1::ProgressReport>& reports, absl::CivilDay day) {
  const Period plan_period = PeriodOf(*resources.plan);
  PlanPace plan;
  plan.day = day;
  plan.actions.reserve(resources.actions.size());
  std::vector<double> ratios;
  for (const Action* action : resources.actions) {
    plan.actions.push_back(
        ActionPaceOf(*action, {milestones.Of(action->name()), reports.Of(action->name())}, plan_period, day));
    const absl::optional<double> ratio = DurationRatio(plan.actions.back());
    if (ratio.has_value()) ratios.push_back(*ratio);
  }
  plan.duration_factor_count = static_cast<int>(ratios.size());
  if (!ratios.empty()) plan.duration_factor = QuantileOf(std::move(ratios), 0.5);
  return plan;
}

ActionNetwork::ActionNetwork(const std::vector<const Action*>& actions)
    : actions_(actions), needs_(actions.size()), serves_(actions.size()) {
  absl::flat_hash_map<absl::string_view, int> places;
  places.reserve(actions.size());
  for (size_t i = 0; i < actions.size(); ++i) places.emplace(actions[i]->name(), static_cast<int>(i));
  for (size_t i = 0; i < actions.size(); ++i) {
    for (const std::string& name : actions[i]->dependencies()) {
      const auto found = places.find(name);
      needs_[i].push_back(found == places.end() ? kGone : found->second);
      if (found != places.end()) serves_[static_cast<size_t>(found->second)].push_back(static_cast<int>(i));
    }
  }
}

// What the action at a place depends on is reckoned.
void ActionNetwork::Reckon(const PlanPace& pace, size_t place, std::vector<ActionEnd>& ends) const {
  const ActionPace& own = pace.actions[place];
  if (!IsOpen(own)) return;
  ActionEnd& end = ends[place];
  const absl::CivilDay start_by_itself = *end.start;
  const int64_t days = *end.end - start_by_itself;
  for (size_t i = 0; i < needs_[place].size(); ++i) {
    const absl::string_view name = actions_[place]->dependencies(static_cast<int>(i));
    const int need = needs_[place][i];
    if (need != kGone && IsDone(pace.actions[static_cast<size_t>(need)])) continue;
    const absl::optional<absl::CivilDay> other = need == kGone ? absl::nullopt : ends[static_cast<size_t>(need)].end;
    if (!other.has_value()) {
      end = {};
      end.basis = Basis::BASIS_DEPENDENCY;
      end.held_by = name;
      return;
    }
    const bool follows = Follows(own, pace.actions[static_cast<size_t>(need)]);
    const absl::CivilDay ends_with_it = follows ? *other + 1 + days : *other;
    if (follows) end.start = std::max(*end.start, *other + 1);
    if (ends_with_it < *end.end || (ends_with_it == *end.end && (end.held_by.empty() || end.held_by < name))) continue;
    end.end = ends_with_it;
    end.held_by = name;
  }
  if (*end.end <= LastForecastDay()) return;
  end = {};
  end.basis = Basis::BASIS_OUT_OF_RANGE;
}

// Each action once all that it depends on is reckoned: what stands in a circle, or follows from one, never gets there.
std::vector<ActionEnd> ActionNetwork::EndsFor(const PlanPace& pace, double stretch) const {
  std::vector<ActionEnd> ends(actions_.size());
  std::vector<size_t> waits_for(actions_.size(), 0);
  std::vector<size_t> ready;
  for (size_t i = 0; i < actions_.size(); ++i) {
    ends[i] = EndByItself(pace.actions[i], pace, stretch);
    if (IsOpen(pace.actions[i])) {
      for (const int need : needs_[i]) {
        if (need != kGone && IsOpen(pace.actions[static_cast<size_t>(need)])) ++waits_for[i];
      }
    }
    if (waits_for[i] == 0) ready.push_back(i);
  }
  std::vector<bool> reckoned(actions_.size(), false);
  while (!ready.empty()) {
    const size_t place = ready.back();
    ready.pop_back();
    reckoned[place] = true;
    Reckon(pace, place, ends);
    if (!IsOpen(pace.actions[place])) continue;
    for (const int user : serves_[place]) {
      const auto served = static_cast<size_t>(user);
      if (IsOpen(pace.actions[served]) && --waits_for[served] == 0) ready.push_back(served);
    }
  }
  for (size_t i = 0; i < ends.size(); ++i) {
    if (reckoned[i]) continue;
    ends[i] = {};
    ends[i].basis = Basis::BASIS_CIRCLE;
  }
  return ends;
}

}  // namespace concord::reporting
