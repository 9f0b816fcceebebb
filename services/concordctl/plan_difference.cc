#include "services/concordctl/plan_difference.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "common/aip/resource_name.h"
#include "services/concordctl/dependencies.h"
#include "services/concordctl/plan_order.h"

namespace concord::ctl {
namespace {

using action::v1::Action;
using action::v1::Milestone;
using objective::v1::Indicator;
using objective::v1::Objective;
using objective::v1::Plan;

bool IsDeleted(const Plan&) { return false; }
template <typename T>
bool IsDeleted(const T& resource) {
  return resource.has_delete_time();
}

// Adds the step that brings one resource to what the file says, or counts it.
template <typename T>
void Compare(const T& wanted, const T* there, std::vector<Step>& steps, int& unchanged) {
  Step step;
  step.resource = wanted;
  if (there != nullptr) {
    step.changes = FindChanges(WithoutServerFields(*there), wanted);
    step.etag = there->etag();
    step.kind = IsDeleted(*there) ? StepKind::kUndelete : StepKind::kUpdate;
  }
  if (step.kind == StepKind::kUpdate && step.changes.empty()) {
    ++unchanged;
  } else {
    steps.push_back(std::move(step));
  }
}

template <typename T>
std::map<std::string, const T*> ByName(const std::vector<T>& resources) {
  std::map<std::string, const T*> by_name;
  for (const T& resource : resources) by_name[resource.name()] = &resource;
  return by_name;
}

template <typename T>
const T* Find(const std::map<std::string, const T*>& by_name, const std::string& name) {
  const auto found = by_name.find(name);
  return found == by_name.end() ? nullptr : found->second;
}

// What lives on the server and is not in the file. What lies under something deleted does not live.
template <typename T, typename InFile>
std::vector<T> OnlyThere(const std::vector<T>& there, const InFile& in_file, const std::set<std::string>& deleted) {
  std::set<std::string> names;
  for (const auto& resource : in_file) names.insert(resource.name());
  std::vector<T> only;
  for (const T& resource : there) {
    if (IsDeleted(resource) || deleted.contains(std::string(aip::ParentOf(resource.name())))) continue;
    if (!names.contains(resource.name())) only.push_back(resource);
  }
  return only;
}

std::set<std::string> DeletedNames(const PlanState& server) {
  std::set<std::string> names;
  const auto add = [&](const auto& resources) {
    for (const auto& resource : resources) {
      if (IsDeleted(resource)) names.insert(resource.name());
    }
  };
  add(server.objectives);
  add(server.actions);
  return names;
}

template <typename T>
void DeleteOrKeep(const std::vector<T>& only_there, bool prune, Difference& difference) {
  for (const T& resource : only_there) {
    if (prune) {
      difference.steps.push_back({StepKind::kDelete, resource, {}, resource.etag()});
    } else {
      difference.kept.push_back(resource.name());
    }
  }
}

// Pointers to the resources, what others depend on before them.
template <typename Resources>
auto InOrder(const Resources& resources) {
  using T = std::decay_t<decltype(*resources.begin())>;
  Dependencies graph;
  std::map<std::string, const T*> by_name;
  for (const T& resource : resources) {
    graph[resource.name()] = DependenciesOf(resource);
    by_name[resource.name()] = &resource;
  }
  std::vector<const T*> ordered;
  for (const std::string& name : InDependencyOrder(graph)) ordered.push_back(by_name.at(name));
  return ordered;
}

// Deletions come in the opposite order.
template <typename T>
std::vector<T> Backwards(const std::vector<T>& resources) {
  std::vector<T> backwards;
  for (const T* resource : InOrder(resources)) backwards.insert(backwards.begin(), *resource);
  return backwards;
}

}  // namespace

const std::string& NameOf(const Resource& resource) {
  return absl::visit([](const auto& one) -> const std::string& { return one.name(); }, resource);
}

const google::protobuf::Message& MessageOf(const Resource& resource) {
  return absl::visit([](const auto& one) -> const google::protobuf::Message& { return one; }, resource);
}

Difference FindDifference(const planfile::v1::PlanFile& file, const PlanState& server, bool prune,
                          Violations& violations) {
  Difference difference;
  Compare(file.plan(), server.plan ? &*server.plan : nullptr, difference.steps, difference.unchanged_plans);
  const auto objectives = ByName(server.objectives);
  for (const Objective& objective : file.objectives()) {
    Compare(objective, Find(objectives, objective.name()), difference.steps, difference.unchanged_objectives);
  }
  const auto indicators = ByName(server.indicators);
  for (const Indicator* indicator : InOrder(file.indicators())) {
    Compare(*indicator, Find(indicators, indicator->name()), difference.steps, difference.unchanged_indicators);
  }
  const auto actions = ByName(server.actions);
  for (const Action* action : InOrder(file.actions())) {
    Compare(*action, Find(actions, action->name()), difference.steps, difference.unchanged_actions);
  }
  const auto milestones = ByName(server.milestones);
  for (const Milestone& milestone : file.milestones()) {
    Compare(milestone, Find(milestones, milestone.name()), difference.steps, difference.unchanged_milestones);
  }
  // Deletions last, what lies under others and what depends on them before those.
  const std::set<std::string> deleted = DeletedNames(server);
  DeleteOrKeep(OnlyThere(server.milestones, file.milestones(), deleted), prune, difference);
  DeleteOrKeep(Backwards(OnlyThere(server.actions, file.actions(), deleted)), prune, difference);
  DeleteOrKeep(Backwards(OnlyThere(server.indicators, file.indicators(), deleted)), prune, difference);
  DeleteOrKeep(OnlyThere(server.objectives, file.objectives(), deleted), prune, difference);
  std::sort(difference.kept.begin(), difference.kept.end());
  difference.steps = OrderSteps(std::move(difference.steps), server, violations);
  return difference;
}

}  // namespace concord::ctl
