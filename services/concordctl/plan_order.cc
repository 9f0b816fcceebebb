#include "services/concordctl/plan_order.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/aip/resource_name.h"

namespace concord::ctl {
namespace {

using action::v1::Action;
using action::v1::Milestone;
using objective::v1::Indicator;
using objective::v1::Objective;
using objective::v1::Plan;

// What the rules look at.
struct Row {
  std::string code;
  std::string code_key;                 // The code and the collection in which it is unique.
  std::vector<std::string> references;  // What must live.
  std::vector<std::string> dependencies;
};

Row RowOf(const Plan&) { return {}; }

Row RowOf(const Objective& objective) {
  return {objective.code(), absl::StrCat("objectives ", objective.code()), {}, {}};
}

Row RowOf(const Action& action) {
  Row row{action.code(), absl::StrCat("actions ", action.code()), {}, DependenciesOf(action)};
  for (const auto& link : action.objective_links()) row.references.push_back(link.objective());
  row.references.insert(row.references.end(), row.dependencies.begin(), row.dependencies.end());
  return row;
}

// What lies under something refers to it.
Row RowOf(const Indicator& indicator) {
  Row row{indicator.code(), absl::StrCat("indicators ", indicator.code()), {}, DependenciesOf(indicator)};
  row.references = row.dependencies;
  row.references.emplace_back(aip::ParentOf(indicator.name()));
  return row;
}

Row RowOf(const Milestone& milestone) { return {"", "", {std::string(aip::ParentOf(milestone.name()))}, {}}; }

Row RowOf(const Resource& resource) {
  return absl::visit([](const auto& one) { return RowOf(one); }, resource);
}

// Why a step must wait.
struct Obstacles {
  std::string rule;                    // Another rule than that of codes; empty if none.
  std::set<std::string> code_holders;  // Who holds the codes that the step needs.

  bool None() const { return rule.empty() && code_holders.empty(); }
  std::string Description() const {
    return rule.empty() ? absl::StrCat("its code is held by ", absl::StrJoin(code_holders, ", ")) : rule;
  }
};

// The living resources under one plan, with the services' rules.
class Model {
 public:
  void Put(const std::string& name, Row row) {
    Remove(name);
    for (const std::string& reference : row.references) ++users_[reference];
    if (!row.code.empty()) holders_[row.code_key] = name;
    rows_[name] = std::move(row);
  }

  void Remove(const std::string& name) {
    const auto found = rows_.find(name);
    if (found == rows_.end()) return;
    for (const std::string& reference : found->second.references) --users_[reference];
    if (const auto holder = holders_.find(found->second.code_key); holder != holders_.end() && holder->second == name) {
      holders_.erase(holder);
    }
    rows_.erase(found);
  }

  const Row* Find(const std::string& name) const {
    const auto found = rows_.find(name);
    return found == rows_.end() ? nullptr : &found->second;
  }

  bool Holds(const std::string& code_key) const { return holders_.contains(code_key); }

  // Adds what keeps the resource from becoming this row.
  void AddObstaclesToPut(const std::string& name, const Row& row, Obstacles& obstacles) const {
    for (const std::string& reference : row.references) {
      if (!rows_.contains(reference)) obstacles.rule = absl::StrCat("it refers to ", reference, ", which is deleted");
    }
    // Only what others refer to can close a circle.
    if (users_.contains(name) && DependsOn(row.dependencies, name)) obstacles.rule = "its dependencies close a circle";
    const auto holder = holders_.find(row.code_key);  // Never there if it has no code.
    if (holder != holders_.end() && holder->second != name) obstacles.code_holders.insert(holder->second);
  }

  void AddObstaclesToRemove(const std::string& name, Obstacles& obstacles) const {
    const auto users = users_.find(name);
    if (users != users_.end() && users->second > 0) {
      obstacles.rule = absl::StrCat(users->second, " living resources still refer to it");
    }
  }

 private:
  // Whether one can come from any of `from` to `name` along dependencies.
  bool DependsOn(std::vector<std::string> from, const std::string& name) const {
    std::set<std::string> seen;
    while (!from.empty()) {
      const std::string next = std::move(from.back());
      from.pop_back();
      if (next == name) return true;
      const Row* row = Find(next);
      if (row == nullptr || !seen.insert(next).second) continue;
      from.insert(from.end(), row->dependencies.begin(), row->dependencies.end());
    }
    return false;
  }

  std::map<std::string, Row> rows_;
  std::map<std::string, int> users_;            // Living rows that refer to a name.
  std::map<std::string, std::string> holders_;  // Code key to name.
};

class Orderer {
 public:
  Orderer(std::vector<Step> steps, const PlanState& server) : pending_(std::move(steps)) {
    if (server.plan) Learn(*server.plan, false);
    for (const Objective& objective : server.objectives) Learn(objective, objective.has_delete_time());
    for (const Indicator& indicator : server.indicators) Learn(indicator, indicator.has_delete_time());
    for (const Action& action : server.actions) Learn(action, action.has_delete_time());
    for (const Milestone& milestone : server.milestones) Learn(milestone, milestone.has_delete_time());
    for (const Step& step : pending_) {
      wanted_codes_.insert(RowOf(step.resource).code_key);
      resources_[NameOf(step.resource)] = step.resource;
    }
  }

  std::vector<Step> Order(Violations& violations) {
    while (!pending_.empty()) {
      if (TakeAll(/*deletions=*/false)) continue;
      if (!HasOnlyDeletions() && (TakeDeletionInTheWay() || MoveCodesOutOfTheWay())) continue;
      if (TakeAll(/*deletions=*/true)) continue;
      for (const Step& step : pending_) {
        violations.Add(NameOf(step.resource), absl::StrCat("no order of steps brings it to what the file says: ",
                                                           ObstaclesTo(step).Description()));
      }
      break;
    }
    return std::move(ordered_);
  }

 private:
  template <typename T>
  void Learn(const T& resource, bool deleted) {
    resources_[resource.name()] = WithoutServerFields(resource);
    etags_[resource.name()] = resource.etag();
    if (deleted) {
      deleted_[resource.name()] = RowOf(resource);
    } else {
      model_.Put(resource.name(), RowOf(resource));
    }
  }

  Obstacles ObstaclesTo(const Step& step) const {
    const std::string& name = NameOf(step.resource);
    Obstacles obstacles;
    if (step.kind == StepKind::kDelete) {
      model_.AddObstaclesToRemove(name, obstacles);
      return obstacles;
    }
    // What is undeleted comes back as it was, and is changed after that.
    if (step.kind == StepKind::kUndelete) model_.AddObstaclesToPut(name, deleted_.at(name), obstacles);
    model_.AddObstaclesToPut(name, RowOf(step.resource), obstacles);
    return obstacles;
  }

  bool HasOnlyDeletions() const {
    return std::all_of(pending_.begin(), pending_.end(), [](const Step& s) { return s.kind == StepKind::kDelete; });
  }

  void Take(Step step) {
    if (step.kind == StepKind::kDelete) {
      model_.Remove(NameOf(step.resource));
    } else {
      model_.Put(NameOf(step.resource), RowOf(step.resource));
    }
    ordered_.push_back(std::move(step));
  }

  // Takes what can be taken, in order. Whether there was anything.
  bool TakeAll(bool deletions) {
    std::vector<Step> waiting;
    const size_t before = pending_.size();
    for (Step& step : pending_) {
      if ((step.kind == StepKind::kDelete) == deletions && ObstaclesTo(step).None()) {
        Take(std::move(step));
      } else {
        waiting.push_back(std::move(step));
      }
    }
    pending_ = std::move(waiting);
    return pending_.size() < before;
  }

  Step Remove(std::vector<Step>::iterator place) {
    Step step = std::move(*place);
    pending_.erase(place);
    return step;
  }

  // A deletion that must come early, for a step waits for the code.
  bool TakeDeletionInTheWay() {
    std::set<std::string> in_the_way;
    for (const Step& step : pending_) {
      for (const std::string& holder : ObstaclesTo(step).code_holders) in_the_way.insert(holder);
    }
    const auto deletion = std::find_if(pending_.begin(), pending_.end(), [&](const Step& step) {
      return step.kind == StepKind::kDelete && in_the_way.contains(NameOf(step.resource)) && ObstaclesTo(step).None();
    });
    if (deletion == pending_.end()) return false;
    Take(Remove(deletion));
    return true;
  }

  // Gives whoever holds the codes of a step that waits for nothing else interim
  // codes, and takes that step at once. So every call takes a step that was
  // there from the beginning: this comes to an end.
  bool MoveCodesOutOfTheWay() {
    const auto place = std::find_if(pending_.begin(), pending_.end(), [&](const Step& step) {
      const Obstacles obstacles = ObstaclesTo(step);
      return obstacles.rule.empty() && !obstacles.code_holders.empty();
    });
    if (place == pending_.end()) return false;
    const std::set<std::string> holders = ObstaclesTo(*place).code_holders;
    Step step = Remove(place);
    for (const std::string& holder : holders) GiveInterimCode(holder);
    Take(std::move(step));
    return true;
  }

  void GiveInterimCode(const std::string& holder) {
    Row row = *model_.Find(holder);
    const std::string collection = row.code_key.substr(0, row.code_key.size() - row.code.size());
    const std::string before = std::exchange(row.code, InterimCode(collection));
    row.code_key = absl::StrCat(collection, row.code);
    Step last = TakePendingStep(holder, before, row.code);
    ordered_.push_back(
        {StepKind::kUpdate, WithCode(last.resource, row.code), {{"code", before, row.code}}, last.etag, true});
    model_.Put(holder, std::move(row));
    pending_.push_back(std::move(last));
  }

  // A code of the same collection that nobody has and nobody wants.
  std::string InterimCode(const std::string& collection) const {
    for (int number = 1;; ++number) {
      std::string code = absl::StrCat("interim-", number);
      const std::string key = absl::StrCat(collection, code);
      if (!model_.Holds(key) && !wanted_codes_.contains(key)) return code;
    }
  }

  // The step after which `holder` needs its interim code no more: the one that
  // waits, or one that puts the code of before back.
  Step TakePendingStep(const std::string& holder, const std::string& before, const std::string& interim) {
    const auto own = std::find_if(pending_.begin(), pending_.end(),
                                  [&](const Step& step) { return NameOf(step.resource) == holder; });
    if (own == pending_.end()) {
      return {StepKind::kUpdate, WithCode(resources_.at(holder), before), {{"code", interim, before}}, etags_[holder]};
    }
    Step step = Remove(own);
    if (step.kind == StepKind::kDelete) return step;
    const auto change = std::find_if(step.changes.begin(), step.changes.end(),
                                     [](const FieldChange& one) { return one.field == "code"; });
    if (change == step.changes.end()) {
      step.changes.push_back({"code", interim, RowOf(step.resource).code});
    } else {
      change->before = interim;
    }
    return step;
  }

  static Resource WithCode(Resource resource, const std::string& code) {
    if (auto* objective = absl::get_if<Objective>(&resource)) objective->set_code(code);
    if (auto* action = absl::get_if<Action>(&resource)) action->set_code(code);
    if (auto* indicator = absl::get_if<Indicator>(&resource)) indicator->set_code(code);
    return resource;
  }

  Model model_;
  std::map<std::string, Row> deleted_;         // As they would come back.
  std::map<std::string, Resource> resources_;  // By name; as wanted, or else as on the server.
  std::map<std::string, std::string> etags_;   // As on the server.
  std::set<std::string> wanted_codes_;
  std::vector<Step> pending_;
  std::vector<Step> ordered_;
};

}  // namespace

std::vector<Step> OrderSteps(std::vector<Step> steps, const PlanState& server, Violations& violations) {
  return Orderer(std::move(steps), server).Order(violations);
}

}  // namespace concord::ctl
