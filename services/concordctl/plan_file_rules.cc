// What a plan file must be like, beyond its schema. Limits on the length of
// texts are left to the services, which check them on every write.
#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/aip/field_behavior.h"
#include "common/aip/resource_name.h"
#include "services/concordctl/dependencies.h"
#include "services/concordctl/plan_file.h"

namespace concord::ctl {
namespace {

using action::v1::Action;
using objective::v1::Indicator;
using planfile::v1::PlanFile;

// "objective_links[0].kind" as it is written in the file: "objectiveLinks[0].kind".
std::string InFileSpelling(absl::string_view path) {
  std::string spelling;
  bool upper = false;
  for (char c : path) {
    if (c != '_') spelling.push_back(upper ? absl::ascii_toupper(c) : c);
    upper = c == '_';
  }
  return spelling;
}

std::string At(absl::string_view list, int index, absl::string_view field = "") {
  return absl::StrCat(list, "[", index, "]", field);
}

void CheckSchema(const PlanFile& file, Violations& violations) {
  Violations of_schema;
  aip::CheckRequiredFields(file, "", of_schema);
  aip::CheckKnownValues(file, "", of_schema);
  for (const auto& [field, description] : ViolationsOf(of_schema.ToStatus())) {
    violations.Add(InFileSpelling(field), description);
  }
}

// Remembers where a value was seen first.
class Unique {
 public:
  void Check(const std::string& value, const std::string& where, Violations& violations) {
    const auto [first, is_new] = seen_.emplace(value, where);
    if (is_new || value.empty()) return;
    violations.Add(where, absl::StrCat("\"", value, "\" is given twice; it is also ", first->second));
  }

 private:
  std::map<std::string, std::string> seen_;
};

// Names and codes of a list, all of the pattern and under the plan. `parents` is the collection between, if any:
// "objectives" of indicators.
template <typename Resources>
void CheckNames(const Resources& resources, const std::string& plan, const std::string& parents,
                const std::string& collection, Violations& violations) {
  const std::string form = parents.empty() ? absl::StrCat("/", collection, "/{id}")
                                           : absl::StrCat("/", parents, "/{id}/", collection, "/{id}");
  const aip::NamePattern pattern(absl::StrCat(
      "plans/{plan}", parents.empty() ? "" : absl::StrCat("/", parents, "/{parent}"), "/", collection, "/{id}"));
  Unique names;
  Unique codes;
  for (int i = 0; i < resources.size(); ++i) {
    const std::string& name = resources[i].name();
    if (!pattern.Matches(name) || !absl::StartsWith(name, plan + "/")) {
      violations.Add(At(collection, i, ".name"), absl::StrCat("must be \"", plan, form, "\", but is \"", name,
                                                              "\"; an id: ", aip::ResourceIdRule()));
    }
    names.Check(name, At(collection, i, ".name"), violations);
    if constexpr (requires { resources[i].code(); }) {
      codes.Check(resources[i].code(), At(collection, i, ".code"), violations);
    }
  }
}

void CheckReferences(const Action& action, int index, const std::string& plan, Violations& violations) {
  const aip::NamePattern objectives("plans/{plan}/objectives/{objective}");
  const aip::NamePattern actions("plans/{plan}/actions/{action}");
  Unique links;
  for (int i = 0; i < action.objective_links_size(); ++i) {
    const std::string& objective = action.objective_links(i).objective();
    const std::string where = At("actions", index, At(".objectiveLinks", i, ".objective"));
    if (!objectives.Matches(objective) || aip::ParentOf(objective) != plan) {
      violations.Add(where, absl::StrCat("must name an objective of this plan, but is \"", objective, "\""));
    }
    links.Check(objective, where, violations);
  }
  Unique dependencies;
  for (int i = 0; i < action.dependencies_size(); ++i) {
    const std::string& dependency = action.dependencies(i);
    const std::string where = At("actions", index, At(".dependencies", i));
    if (!actions.Matches(dependency) || aip::ParentOf(dependency) != plan) {
      violations.Add(where, absl::StrCat("must name an action of this plan, but is \"", dependency, "\""));
    } else if (dependency == action.name()) {
      violations.Add(where, "an action cannot depend on itself");
    }
    dependencies.Check(dependency, where, violations);
  }
}

void CheckInputs(const Indicator& indicator, int index, const std::string& plan, Violations& violations) {
  const aip::NamePattern indicators("plans/{plan}/objectives/{objective}/indicators/{indicator}");
  Unique inputs;
  for (int i = 0; i < indicator.roll_up().inputs_size(); ++i) {
    const std::string& input = indicator.roll_up().inputs(i).indicator();
    const std::string where = At("indicators", index, At(".rollUp.inputs", i, ".indicator"));
    if (!indicators.Matches(input) || !absl::StartsWith(input, plan + "/")) {
      violations.Add(where, absl::StrCat("must name an indicator of this plan, but is \"", input, "\""));
    } else if (input == indicator.name()) {
      violations.Add(where, "an indicator cannot be computed from itself");
    }
    inputs.Check(input, where, violations);
  }
}

// The graph of what depends on what; a resource that depends on itself is told elsewhere.
template <typename Resources>
void AddDependencies(const Resources& resources, Dependencies& graph) {
  for (const auto& resource : resources) {
    std::vector<std::string> names = DependenciesOf(resource);
    names.erase(std::remove(names.begin(), names.end(), resource.name()), names.end());
    graph.emplace(resource.name(), std::move(names));
  }
}

void CheckCircle(const Dependencies& graph, const char* list, const char* what, Violations& violations) {
  const std::vector<std::string> circle = FindCircle(graph);
  if (circle.empty()) return;
  violations.Add(list, absl::StrCat("the ", what, " form a circle: ", absl::StrJoin(circle, " -> ")));
}

// Names that will live, and who will hold a code, once the file is on the server.
struct Outcome {
  std::set<std::string> names;
  std::map<std::string, std::string> kept_codes;  // Code to name, of what stays outside the file.

  void Need(const std::string& name, const std::string& where, const std::string& advice,
            Violations& violations) const {
    if (!names.contains(name)) violations.Add(where, absl::StrCat(name, " ", advice));
  }
};

template <typename Resources, typename ServerResources>
Outcome OutcomeOf(const Resources& in_file, const ServerResources& on_server, bool prune) {
  Outcome outcome;
  for (const auto& resource : in_file) outcome.names.insert(resource.name());
  if (prune) return outcome;
  std::vector<std::string> kept;
  for (const auto& resource : on_server) {
    if (resource.has_delete_time() || outcome.names.contains(resource.name())) continue;
    if constexpr (requires { resource.code(); }) outcome.kept_codes[resource.code()] = resource.name();
    kept.push_back(resource.name());
  }
  outcome.names.insert(kept.begin(), kept.end());
  return outcome;
}

template <typename Resources>
void CheckCodes(const Resources& resources, const std::string& collection, const Outcome& outcome,
                Violations& violations) {
  for (int i = 0; i < resources.size(); ++i) {
    const auto holder = outcome.kept_codes.find(resources[i].code());
    if (holder == outcome.kept_codes.end()) continue;
    violations.Add(At(collection, i, ".code"),
                   absl::StrCat("\"", holder->first, "\" is held by ", holder->second,
                                ", which is not in the file: choose another code, add it to the file, or --prune"));
  }
}

// Circles that only arise with what stays on the server.
template <typename Resources, typename ServerResources>
void CheckCircleThere(const Resources& in_file, const ServerResources& on_server, const Outcome& outcome,
                      const char* list, const char* what, Violations& violations) {
  Dependencies graph;
  AddDependencies(in_file, graph);
  for (const auto& resource : on_server) {
    if (outcome.names.contains(resource.name())) AddDependencies(std::vector{resource}, graph);
  }
  CheckCircle(graph, list, what, violations);
}

}  // namespace

std::vector<std::string> DependenciesOf(const Action& action) {
  return {action.dependencies().begin(), action.dependencies().end()};
}

std::vector<std::string> DependenciesOf(const Indicator& indicator) {
  std::vector<std::string> names;
  for (const auto& input : indicator.roll_up().inputs()) names.push_back(input.indicator());
  return names;
}

void CheckPlanFile(const PlanFile& file, Violations& violations) {
  const std::string& plan = file.plan().name();
  if (file.format() != kPlanFormat) {
    violations.Add("format", absl::StrCat("must be \"", kPlanFormat, "\", but is \"", file.format(), "\""));
  }
  if (!file.has_plan()) {
    violations.Add("plan", "is missing");
    return;  // Every name would be wrong for want of the plan's.
  }
  CheckSchema(file, violations);
  if (!aip::NamePattern("plans/{plan}").Matches(plan)) {
    violations.Add("plan.name",
                   absl::StrCat("must be \"plans/{id}\", but is \"", plan, "\"; an id: ", aip::ResourceIdRule()));
    return;  // The same.
  }
  CheckNames(file.objectives(), plan, "", "objectives", violations);
  CheckNames(file.actions(), plan, "", "actions", violations);
  CheckNames(file.indicators(), plan, "objectives", "indicators", violations);
  CheckNames(file.milestones(), plan, "actions", "milestones", violations);
  for (int i = 0; i < file.actions_size(); ++i) CheckReferences(file.actions(i), i, plan, violations);
  for (int i = 0; i < file.indicators_size(); ++i) CheckInputs(file.indicators(i), i, plan, violations);
  Dependencies dependencies;
  AddDependencies(file.actions(), dependencies);
  CheckCircle(dependencies, "actions", "dependencies", violations);
  Dependencies inputs;
  AddDependencies(file.indicators(), inputs);
  CheckCircle(inputs, "indicators", "roll-ups", violations);
}

void CheckAgainstServer(const PlanFile& file, const PlanState& server, bool prune, Violations& violations) {
  const Outcome objectives = OutcomeOf(file.objectives(), server.objectives, prune);
  const Outcome actions = OutcomeOf(file.actions(), server.actions, prune);
  const Outcome indicators = OutcomeOf(file.indicators(), server.indicators, prune);
  CheckCodes(file.objectives(), "objectives", objectives, violations);
  CheckCodes(file.actions(), "actions", actions, violations);
  CheckCodes(file.indicators(), "indicators", indicators, violations);
  const std::string advice = prune ? "is not in the file" : "is neither in the file nor on the server";
  for (int i = 0; i < file.actions_size(); ++i) {
    const Action& action = file.actions(i);
    for (int j = 0; j < action.objective_links_size(); ++j) {
      objectives.Need(action.objective_links(j).objective(), At("actions", i, At(".objectiveLinks", j, ".objective")),
                      advice, violations);
    }
    for (int j = 0; j < action.dependencies_size(); ++j) {
      actions.Need(action.dependencies(j), At("actions", i, At(".dependencies", j)), advice, violations);
    }
  }
  for (int i = 0; i < file.indicators_size(); ++i) {
    const Indicator& indicator = file.indicators(i);
    objectives.Need(std::string(aip::ParentOf(indicator.name())), At("indicators", i, ".name"), advice, violations);
    for (int j = 0; j < indicator.roll_up().inputs_size(); ++j) {
      indicators.Need(indicator.roll_up().inputs(j).indicator(),
                      At("indicators", i, At(".rollUp.inputs", j, ".indicator")), advice, violations);
    }
  }
  for (int i = 0; i < file.milestones_size(); ++i) {
    actions.Need(std::string(aip::ParentOf(file.milestones(i).name())), At("milestones", i, ".name"), advice,
                 violations);
  }
  CheckCircleThere(file.actions(), server.actions, actions, "actions", "dependencies", violations);
  CheckCircleThere(file.indicators(), server.indicators, indicators, "indicators", "roll-ups", violations);
}

}  // namespace concord::ctl
