#include "services/action/action_rules.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/aip/cycle.h"
#include "common/aip/date.h"
#include "common/aip/limits.h"
#include "common/aip/resource_name.h"
#include "common/rpc/failure.h"
#include "common/status/macros.h"
#include "concord/action/v1/error_reason.pb.h"
#include "concord/objective/v1/objective.pb.h"
#include "concord/objective/v1/plan.pb.h"
#include "services/action/action_states.h"
#include "services/action/dependencies.h"
#include "services/action/members.h"
#include "services/action/records.h"

namespace concord::action {
namespace {

using google::protobuf::Message;
using google::protobuf::RepeatedPtrField;

const aip::NamePattern& ObjectivePattern() {
  static const auto& pattern = *new aip::NamePattern("plans/{plan}/objectives/{objective}");
  return pattern;
}

const aip::NamePattern& ActionPattern() {
  static const auto& pattern = *new aip::NamePattern("plans/{plan}/actions/{action}");
  return pattern;
}

// A name of the pattern, under the action's own plan.
void CheckReference(const v1::Action& action, const aip::NamePattern& pattern, const std::string& name,
                    const std::string& field, Violations& violations) {
  if (!pattern.Matches(name)) {
    violations.Add(field, absl::StrCat("must be a name like \"", pattern.pattern(), "\""));
  } else if (!action.name().empty() && aip::ParentOf(name) != aip::ParentOf(action.name())) {
    violations.Add(field, absl::StrCat("must be of the same plan, ", aip::ParentOf(action.name())));
  }
}

void CheckLinks(const v1::Action& action, const std::string& field, Violations& violations) {
  aip::CheckCount(action.objective_links_size(), field, 20, violations);
  absl::flat_hash_set<std::string> seen;
  for (int i = 0; i < action.objective_links_size(); ++i) {
    const v1::ObjectiveLink& link = action.objective_links(i);
    const std::string path = absl::StrCat(field, "[", i, "]");
    CheckReference(action, ObjectivePattern(), link.objective(), absl::StrCat(path, ".objective"), violations);
    if (!seen.insert(link.objective()).second) {
      violations.Add(absl::StrCat(path, ".objective"), "is linked already: each objective once");
    }
    // Smaller than any weight that is meant, and more than nothing.
    if (link.has_weight()) aip::CheckNumber(link.weight(), absl::StrCat(path, ".weight"), 1e-9, 1'000'000, violations);
  }
}

void CheckPeople(const v1::Action& action, absl::string_view prefix, Violations& violations) {
  CheckOptionalMember(action.lead(), absl::StrCat(prefix, ".lead"), violations);
  const std::string field = absl::StrCat(prefix, ".contributors");
  aip::CheckCount(action.contributors_size(), field, 200, violations);
  absl::flat_hash_set<std::string> seen = {action.lead()};
  for (int i = 0; i < action.contributors_size(); ++i) {
    const std::string path = absl::StrCat(field, "[", i, "]");
    CheckMember(action.contributors(i), path, violations);
    if (!seen.insert(action.contributors(i)).second) violations.Add(path, "is named already, as lead or contributor");
  }
}

void CheckDates(const v1::Action& action, absl::string_view prefix, Violations& violations) {
  if (action.has_start_date()) aip::CheckDay(action.start_date(), FieldPath(prefix, "start_date"), violations);
  if (action.has_due_date()) aip::CheckDay(action.due_date(), FieldPath(prefix, "due_date"), violations);
  if (aip::IsDay(action.start_date()) && aip::IsDay(action.due_date()) &&
      aip::ToDay(action.due_date()) < aip::ToDay(action.start_date())) {
    violations.Add(FieldPath(prefix, "due_date"), "must not be before start_date");
  }
}

void CheckDependencyNames(const v1::Action& action, const std::string& field, Violations& violations) {
  aip::CheckCount(action.dependencies_size(), field, 100, violations);
  absl::flat_hash_set<std::string> seen;
  for (int i = 0; i < action.dependencies_size(); ++i) {
    const std::string path = absl::StrCat(field, "[", i, "]");
    CheckReference(action, ActionPattern(), action.dependencies(i), path, violations);
    if (!seen.insert(action.dependencies(i)).second) violations.Add(path, "is named already: each action once");
  }
}

// Where one date is the plan's, the action must still not end before it begins.
absl::Status CheckPeriod(const objective::v1::Plan& plan, const v1::Action& action) {
  const auto& start = action.has_start_date() ? action.start_date() : plan.period().start_date();
  const auto& due = action.has_due_date() ? action.due_date() : plan.period().end_date();
  if (aip::ToDay(start) <= aip::ToDay(due)) return absl::OkStatus();
  Violations violations;
  violations.Add(action.has_due_date() ? "action.due_date" : "action.start_date",
                 absl::StrCat("the action would run from ", aip::FormatDate(start), " to ", aip::FormatDate(due),
                              ", for an absent date stands for the plan's: give both"));
  return violations.ToStatus();
}

absl::Status CheckLiving(rpc::Context& context, const v1::Action& action, const std::string& reference) {
  const ledger::Resource* resource = context.Find(reference);
  if (resource != nullptr && !resource->deleted) return absl::OkStatus();
  return MakeError(absl::StatusCode::kFailedPrecondition, v1::ERROR_REASON_REFERENCE_BROKEN,
                   "{name} cannot refer to {reference}: it does not exist or is deleted",
                   {{"name", action.name()}, {"reference", reference}});
}

absl::Status CheckAcyclic(rpc::Context& context, const v1::Action& action) {
  const auto list = [](const RepeatedPtrField<std::string>& names) {
    return std::vector<std::string>(names.begin(), names.end());
  };
  const auto cycle = aip::FindCycle(action.name(), list(action.dependencies()), [&](const std::string& name) {
    const auto* other = context.Get<v1::Action>(name);
    return other == nullptr ? std::vector<std::string>() : list(other->dependencies());
  });
  if (cycle.empty()) return absl::OkStatus();
  return MakeError(absl::StatusCode::kFailedPrecondition, v1::ERROR_REASON_DEPENDENCY_CYCLE,
                   "the dependencies of {name} would form a circle: {cycle}",
                   {{"name", action.name()}, {"cycle", absl::StrJoin(cycle, " -> ")}});
}

absl::StatusOr<const objective::v1::Plan*> OpenPlanOf(rpc::Context& context, const std::string& name) {
  const std::string plan_name(aip::ParentOf(name));
  const auto* plan = context.Get<objective::v1::Plan>(plan_name);
  if (plan == nullptr) return rpc::NotFound(plan_name);
  CONCORD_RETURN_IF_ERROR(CheckPlanOpen(*plan));
  return plan;
}

// What a change leaves as it was need not be proven again: what is referred to cannot go while it is.
absl::Status CheckWrite(rpc::Context& context, const Message* before, Message& after) {
  auto& action = static_cast<v1::Action&>(after);
  const auto* old = static_cast<const v1::Action*>(before);
  CONCORD_ASSIGN_OR_RETURN(const objective::v1::Plan* plan, OpenPlanOf(context, action.name()));
  if (old == nullptr) action.set_state(v1::Action::STATE_PROPOSED);
  CONCORD_RETURN_IF_ERROR(CheckPeriod(*plan, action));
  const bool comes_to_life = old == nullptr || rpc::IsDeleted(*old);
  const auto same = [](const auto& a, const auto& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](const auto& x, const auto& y) { return x.SerializeAsString() == y.SerializeAsString(); });
  };
  if (comes_to_life || !same(old->objective_links(), action.objective_links())) {
    for (const v1::ObjectiveLink& link : action.objective_links()) {
      CONCORD_RETURN_IF_ERROR(CheckLiving(context, action, link.objective()));
    }
  }
  const bool same_dependencies =
      !comes_to_life && std::equal(old->dependencies().begin(), old->dependencies().end(),
                                   action.dependencies().begin(), action.dependencies().end());
  if (same_dependencies) return absl::OkStatus();
  for (const std::string& dependency : action.dependencies()) {
    CONCORD_RETURN_IF_ERROR(CheckLiving(context, action, dependency));
  }
  CONCORD_RETURN_IF_ERROR(CheckAcyclic(context, action));
  return action.state() == v1::Action::STATE_COMPLETED ? CheckDependenciesCompleted(context, action) : absl::OkStatus();
}

// No living action may depend on one that goes.
absl::Status CheckUnused(rpc::Context& context, const v1::Action& action) {
  const std::string plan(aip::ParentOf(action.name()));
  std::string first;
  int count = 0;
  context.ForEach(context.types().Of(v1::Action::descriptor()), plan, plan, "", [&](const ledger::Resource& resource) {
    const auto& other = static_cast<const v1::Action&>(*resource.message);
    const auto& dependencies = other.dependencies();
    const bool depends = std::find(dependencies.begin(), dependencies.end(), action.name()) != dependencies.end();
    if (depends && !resource.deleted && count++ == 0) first = other.name();
    return true;
  });
  if (count == 0) return absl::OkStatus();
  return MakeError(absl::StatusCode::kFailedPrecondition, v1::ERROR_REASON_ACTION_IN_USE,
                   "{count} living actions depend on {name}, {action} among them: change or delete them first",
                   {{"name", action.name()}, {"count", absl::StrCat(count)}, {"action", first}});
}

}  // namespace

void CheckActionValues(const v1::Action& action, absl::string_view prefix, Violations& violations) {
  const auto path = [&](absl::string_view field) { return FieldPath(prefix, field); };
  aip::CheckText(action.title(), path("title"), 1, 200, violations);
  aip::CheckLabels(action.labels(), path("labels"), violations);
  aip::CheckCode(action.code(), path("code"), violations);
  CheckLinks(action, path("objective_links"), violations);
  CheckPeople(action, prefix, violations);
  CheckDates(action, prefix, violations);
  CheckDependencyNames(action, path("dependencies"), violations);
  aip::CheckText(action.description(), path("description"), 0, 4'000, violations);
  aip::CheckNumber(action.report_due_days(), path("report_due_days"), 0, 366, violations);
}

rpc::ResourceRules ActionRules() {
  rpc::ResourceRules rules;
  rules.values = [](const Message& resource, absl::string_view prefix, Violations& violations) {
    CheckActionValues(static_cast<const v1::Action&>(resource), prefix, violations);
  };
  rules.write = CheckWrite;
  rules.remove = [](rpc::Context& context, const Message& resource) -> absl::Status {
    const auto& action = static_cast<const v1::Action&>(resource);
    CONCORD_RETURN_IF_ERROR(OpenPlanOf(context, action.name()).status());
    return CheckUnused(context, action);
  };
  return rules;
}

}  // namespace concord::action
