// A plan on a server that keeps the services' rules and takes steps: what the
// tests of the comparison apply their steps to.
#ifndef SERVICES_CONCORDCTL_PLAN_MODEL_FOR_TEST_H_
#define SERVICES_CONCORDCTL_PLAN_MODEL_FOR_TEST_H_

#include <algorithm>
#include <string>
#include <vector>

#include "common/aip/resource_name.h"
#include "google/protobuf/util/message_differencer.h"
#include "gtest/gtest.h"
#include "services/concordctl/dependencies.h"
#include "services/concordctl/plan_difference.h"

namespace concord::ctl {

template <typename T>
T* FindIn(std::vector<T>& resources, const std::string& name) {
  for (T& resource : resources) {
    if (resource.name() == name) return &resource;
  }
  return nullptr;
}

inline bool Lives(PlanState& state, const std::string& name) {
  const auto* objective = FindIn(state.objectives, name);
  const auto* action = FindIn(state.actions, name);
  const auto* indicator = FindIn(state.indicators, name);
  return (objective != nullptr && !objective->has_delete_time()) || (action != nullptr && !action->has_delete_time()) ||
         (indicator != nullptr && !indicator->has_delete_time());
}

// What is wrong with the living of a state; empty if it is sound.
inline std::string Unsoundness(PlanState state) {
  std::vector<std::string> codes;
  Dependencies graph;
  for (const auto& objective : state.objectives) {
    if (!objective.has_delete_time()) codes.push_back("o" + objective.code());
  }
  for (const auto& action : state.actions) {
    if (action.has_delete_time()) continue;
    codes.push_back("a" + action.code());
    for (const auto& link : action.objective_links()) {
      if (!Lives(state, link.objective())) return action.name() + " refers to " + link.objective();
    }
    for (const auto& name : action.dependencies()) {
      if (!Lives(state, name)) return action.name() + " depends on " + name;
    }
    graph[action.name()] = {action.dependencies().begin(), action.dependencies().end()};
  }
  for (const auto& indicator : state.indicators) {
    if (indicator.has_delete_time()) continue;
    codes.push_back("i" + indicator.code());
    graph[indicator.name()] = DependenciesOf(indicator);
    graph[indicator.name()].emplace_back(aip::ParentOf(indicator.name()));
    for (const auto& name : graph[indicator.name()]) {
      if (!Lives(state, name)) return indicator.name() + " needs " + name;
    }
  }
  for (const auto& milestone : state.milestones) {
    const std::string action(aip::ParentOf(milestone.name()));
    if (!milestone.has_delete_time() && !Lives(state, action)) return milestone.name() + " needs " + action;
  }
  std::sort(codes.begin(), codes.end());
  const auto twice = std::adjacent_find(codes.begin(), codes.end());
  if (twice != codes.end()) return "code " + *twice + " is held twice";
  return FindCircle(graph).empty() ? "" : "a circle";
}

template <typename T>
void SetDeleted(T& resource, bool deleted) {
  if (deleted) resource.mutable_delete_time()->set_seconds(1);
  if (!deleted) resource.clear_delete_time();
}

// Applies a step to a list as a service would, and checks each of its writes.
template <typename T>
void ApplyTo(std::vector<T>& resources, const Step& step, const T& wanted, PlanState& state) {
  T* there = FindIn(resources, wanted.name());
  if (step.kind == StepKind::kCreate) {
    ASSERT_EQ(there, nullptr) << wanted.name();
    resources.push_back(wanted);
    return;
  }
  ASSERT_NE(there, nullptr) << wanted.name();
  ASSERT_EQ(there->has_delete_time(), step.kind == StepKind::kUndelete) << wanted.name();
  SetDeleted(*there, step.kind == StepKind::kDelete);
  ASSERT_EQ(Unsoundness(state), "") << "after " << wanted.name();
  for (const FieldChange& change : step.changes) {
    const auto* field = T::descriptor()->FindFieldByName(change.field);
    T from = wanted;
    there->GetReflection()->ClearField(there, field);
    there->GetReflection()->SwapFields(there, &from, {field});
  }
}

inline void Apply(const Step& step, PlanState& state) {
  if (const auto* plan = absl::get_if<objective::v1::Plan>(&step.resource)) state.plan = *plan;
  if (const auto* objective = absl::get_if<objective::v1::Objective>(&step.resource)) {
    ApplyTo(state.objectives, step, *objective, state);
  }
  if (const auto* action = absl::get_if<action::v1::Action>(&step.resource)) {
    ApplyTo(state.actions, step, *action, state);
  }
  if (const auto* indicator = absl::get_if<objective::v1::Indicator>(&step.resource)) {
    ApplyTo(state.indicators, step, *indicator, state);
  }
  if (const auto* milestone = absl::get_if<action::v1::Milestone>(&step.resource)) {
    ApplyTo(state.milestones, step, *milestone, state);
  }
  ASSERT_EQ(Unsoundness(state), "") << "after " << NameOf(step.resource);
}

}  // namespace concord::ctl

#endif  // SERVICES_CONCORDCTL_PLAN_MODEL_FOR_TEST_H_
