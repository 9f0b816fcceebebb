// Short ways to write down plans, objectives and actions in tests of figures.
#ifndef SERVICES_REPORTING_FIGURES_TEST_PLAN_H_
#define SERVICES_REPORTING_FIGURES_TEST_PLAN_H_

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/civil_time.h"
#include "absl/types/optional.h"
#include "concord/action/v1/action.pb.h"
#include "concord/objective/v1/objective.pb.h"
#include "concord/objective/v1/plan.pb.h"
#include "services/reporting/plan_resources.h"

namespace concord::reporting {

inline google::type::Date DateOf(absl::CivilDay day) {
  google::type::Date date;
  date.set_year(static_cast<int>(day.year()));
  date.set_month(day.month());
  date.set_day(day.day());
  return date;
}

inline objective::v1::Plan APlan(absl::CivilDay first, absl::CivilDay last) {
  objective::v1::Plan plan;
  plan.set_name("plans/p");
  plan.set_title("A plan");
  *plan.mutable_period()->mutable_start_date() = DateOf(first);
  *plan.mutable_period()->mutable_end_date() = DateOf(last);
  return plan;
}

inline std::string ObjectiveName(const std::string& code) { return absl::StrCat("plans/p/objectives/", code); }
inline std::string ActionName(const std::string& code) { return absl::StrCat("plans/p/actions/", code); }

inline objective::v1::Objective AnObjective(const std::string& code, absl::optional<double> weight = absl::nullopt) {
  objective::v1::Objective objective;
  objective.set_name(ObjectiveName(code));
  objective.set_code(code);
  objective.set_title(absl::StrCat("Objective ", code));
  if (weight.has_value()) objective.set_weight(*weight);
  return objective;
}

inline action::v1::Action AnAction(const std::string& code, action::v1::Action::State state) {
  action::v1::Action action;
  action.set_name(ActionName(code));
  action.set_code(code);
  action.set_title(absl::StrCat("Action ", code));
  action.set_state(state);
  return action;
}

// Returns its first argument, so that calls nest.
inline action::v1::Action Linked(action::v1::Action action, action::v1::ObjectiveLink::Kind kind,
                                 const std::string& objective, absl::optional<double> weight = absl::nullopt) {
  action::v1::ObjectiveLink& link = *action.add_objective_links();
  link.set_objective(ObjectiveName(objective));
  link.set_kind(kind);
  if (weight.has_value()) link.set_weight(*weight);
  return action;
}

inline action::v1::Action Contributing(action::v1::Action action, const std::string& objective,
                                       absl::optional<double> weight = absl::nullopt) {
  return Linked(std::move(action), action::v1::ObjectiveLink::KIND_CONTRIBUTES, objective, weight);
}

inline action::v1::Action Dated(action::v1::Action action, absl::CivilDay first, absl::CivilDay last) {
  *action.mutable_start_date() = DateOf(first);
  *action.mutable_due_date() = DateOf(last);
  return action;
}

inline action::v1::Action Written(action::v1::Action action, int64_t seconds, int32_t nanos = 0) {
  action.mutable_update_time()->set_seconds(seconds);
  action.mutable_update_time()->set_nanos(nanos);
  return action;
}

// Pointers to all of `resources`, sorted by name.
template <typename Resource>
std::vector<const Resource*> ByName(const std::vector<Resource>& resources) {
  std::vector<const Resource*> sorted;
  for (const Resource& resource : resources) sorted.push_back(&resource);
  std::sort(sorted.begin(), sorted.end(), [](const Resource* a, const Resource* b) { return a->name() < b->name(); });
  return sorted;
}

// What a plan's figures are made of, from lists in any order, which must outlive it.
inline PlanResources ResourcesOf(const objective::v1::Plan& plan,
                                 const std::vector<objective::v1::Objective>& objectives,
                                 const std::vector<action::v1::Action>& actions) {
  PlanResources resources;
  resources.plan = &plan;
  resources.objectives = ByName(objectives);
  resources.actions = ByName(actions);
  return resources;
}

}  // namespace concord::reporting

#endif  // SERVICES_REPORTING_FIGURES_TEST_PLAN_H_
