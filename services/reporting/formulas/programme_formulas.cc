// The work programme: what is published, whether it is kept up to date, and whether it serves the plan.
#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/aip/date.h"
#include "common/aip/resource_name.h"
#include "services/reporting/formulas/formula.h"
#include "services/reporting/formulas/formula_values.h"
#include "services/reporting/formulas/work_item_on_day.h"

namespace concord::reporting {
namespace {

using action::v1::Action;
using member::v1::WorkItem;
using objective::v1::Objective;

std::string DeliverableOf(const WorkItem& item) {
  return item.deliverable() == WorkItem::DELIVERABLE_UNSPECIFIED ? "unknown" : KeyOf(item.deliverable());
}

FormulaAnswer ComputePublished(const FormulaRecords& records, const FormulaArguments& arguments,
                               FormulaInputs& inputs) {
  const absl::CivilDay from = arguments.Day("from").value_or(absl::CivilDay(arguments.day().year(), 1, 1));
  std::map<std::string, int64_t> counts;
  ForEachWorkItem(records, arguments, [&](const WorkItem& item) {
    const WorkItemOnDay state(item, arguments.day());
    if (!state.publication().has_value()) {
      if (state.IsPublished()) inputs.Missing(item);
      return;
    }
    if (*state.publication() < from) return;
    const std::string key = DeliverableOf(item);
    ++counts[key];
    inputs.In(item, key);
  });
  FormulaAnswer answer = CountOf(inputs, "published");
  AddCounts(counts, "published", answer);
  return answer;
}

// After how many years what was published or confirmed is to be reviewed. Facts of the rules in force: five for an
// International Standard, three for specifications; for others no period is known.
int ReviewYearsOf(WorkItem::Deliverable deliverable) {
  switch (deliverable) {
    case WorkItem::DELIVERABLE_INTERNATIONAL_STANDARD:
      return 5;
    case WorkItem::DELIVERABLE_TECHNICAL_SPECIFICATION:
    case WorkItem::DELIVERABLE_PUBLICLY_AVAILABLE_SPECIFICATION:
      return 3;
    default:
      return 0;
  }
}

// The last day by the day in hand on which it was found good: published, or confirmed by a review.
absl::CivilDay LastFoundGood(const WorkItem& item, absl::CivilDay publication, absl::CivilDay day) {
  constexpr absl::string_view kConfirmed = "90.93";
  absl::CivilDay last = publication;
  for (const member::v1::StageEvent& event : item.stage_events()) {
    const absl::CivilDay date = aip::ToDay(event.date());
    if (event.stage() == kConfirmed && date <= day) last = std::max(last, date);
  }
  return last;
}

FormulaAnswer ComputeUpToDate(const FormulaRecords& records, const FormulaArguments& arguments, FormulaInputs& inputs) {
  const absl::CivilDay day = arguments.day();
  ForEachWorkItem(records, arguments, [&](const WorkItem& item) {
    const int years = ReviewYearsOf(item.deliverable());
    const WorkItemOnDay state(item, day);
    if (years == 0 || !state.IsPublished() || state.IsWithdrawn()) return;
    if (!state.publication().has_value()) return inputs.Missing(item);
    const absl::CivilDay since = LastFoundGood(item, *state.publication(), day);
    inputs.InOrOut(day < absl::CivilDay(since.year() + years, since.month(), since.day()), item, DeliverableOf(item));
  });
  return ShareOf(inputs, "published standards and specifications");
}

FormulaAnswer ComputeUnderWay(const FormulaRecords& records, const FormulaArguments& arguments, FormulaInputs& inputs) {
  std::map<std::string, int64_t> counts;
  ForEachWorkItem(records, arguments, [&](const WorkItem& item) {
    const WorkItemOnDay state(item, arguments.day());
    if (!state.IsActive()) return;
    const std::string stage(state.stage().substr(0, 2));
    ++counts[stage];
    inputs.In(item, stage);
  });
  FormulaAnswer answer = CountOf(inputs, "under way");
  AddCounts(counts, "work items", answer);
  return answer;
}

// What work items under way serve, by the names of objectives and actions: how many each.
using Served = std::map<std::string, int64_t>;

Served CountServed(const FormulaRecords& records, const FormulaArguments& arguments) {
  Served served;
  ForEachWorkItem(records, arguments, [&](const WorkItem& item) {
    if (!WorkItemOnDay(item, arguments.day()).IsActive()) return;
    for (const std::string& priority : item.priorities()) ++served[priority];
  });
  return served;
}

int64_t CountOf(const Served& served, const std::string& priority) {
  const auto found = served.find(priority);
  return found == served.end() ? 0 : found->second;
}

// An objective is served by what serves one of its actions, too.
std::map<std::string, int64_t> CountByObjective(const FormulaRecords& records, const Served& served) {
  std::map<std::string, int64_t> counts;
  for (const Objective* objective : records.plan.objectives) {
    counts[objective->name()] = CountOf(served, objective->name());
  }
  for (const Action* action : records.plan.actions) {
    for (const action::v1::ObjectiveLink& link : action->objective_links()) {
      const auto found = counts.find(link.objective());
      if (found != counts.end()) found->second += CountOf(served, action->name());
    }
  }
  return counts;
}

FormulaAnswer ComputePrioritiesWithWork(const FormulaRecords& records, const FormulaArguments& arguments,
                                        FormulaInputs& inputs) {
  const Served served = CountServed(records, arguments);
  std::vector<v1::FormulaPart> parts;
  const auto count = [&](const auto& priority, int64_t items) {
    inputs.InOrOut(items > 0, priority, "", items);
    parts.push_back(PartOf(priority.name(), absl::StrCat(items), "work items", items, items));
  };
  if (arguments.Text("level") == "actions") {
    for (const Action* action : records.plan.actions) {
      if (action->state() != Action::STATE_CANCELLED) count(*action, CountOf(served, action->name()));
    }
  } else {
    const std::map<std::string, int64_t> by_objective = CountByObjective(records, served);
    for (const Objective* objective : records.plan.objectives) count(*objective, by_objective.at(objective->name()));
  }
  FormulaAnswer answer = ShareOf(inputs, arguments.Text("level"));
  answer.parts = std::move(parts);
  return answer;
}

FormulaAnswer ComputeWorkWithPriority(const FormulaRecords& records, const FormulaArguments& arguments,
                                      FormulaInputs& inputs) {
  std::map<absl::string_view, absl::string_view> living;
  for (const Objective* objective : records.plan.objectives) living.emplace(objective->name(), objective->name());
  for (const Action* action : records.plan.actions) living.emplace(action->name(), action->name());
  ForEachWorkItem(records, arguments, [&](const WorkItem& item) {
    if (!WorkItemOnDay(item, arguments.day()).IsActive()) return;
    const auto serves = std::find_if(item.priorities().begin(), item.priorities().end(),
                                     [&](const std::string& priority) { return living.contains(priority); });
    const bool found = serves != item.priorities().end();
    inputs.InOrOut(found, item, found ? *serves : "");
  });
  return ShareOf(inputs, "work items under way");
}

}  // namespace

std::vector<FormulaDefinition> ProgrammeFormulas() {
  return {
      {.id = "priorities-with-work",
       .edition = "2026-1",
       .title = "Share of the plan's priorities that work items serve",
       .description =
           "Of the objectives of a plan, those that at least one work item under way on the day serves, itself or one "
           "of "
           "the actions that serve it; or of the actions that are not cancelled, those that one serves itself. Which "
           "priorities a work item serves is as recorded, not dated. Parts: how many work items serve each; 0 is an "
           "orphan.\n\n"
           "Example: of two objectives one is served by a work item, the other by nothing: 1 of 2, 50.0 %.",
       .unit = "%",
       .scale = 1,
       .objective_codes = {"2", "6"},
       .parameters = {CommitteeParameter(),
                      IcsParameter(),
                      {.key = "level",
                       .description = "Which priorities: objectives or actions",
                       .kind = ParameterDefinition::Kind::kWord,
                       .standard = "objectives",
                       .words = "objectives|actions"},
                      PlanParameter(),
                      TrackParameter()},
       .needs = {.directory = true, .work_items = true, .plan = true},
       .compute = ComputePrioritiesWithWork},
      {.id = "standards-published",
       .edition = "2026-1",
       .title = "Standards published",
       .description = "How many work items were published from a first day to the day. Missing are those that are "
                      "published and do "
                      "not say when. Parts: by deliverable.\n\n"
                      "Example: published 2011-03-01, 2011-12-31 and 2012-01-01, on 2011-12-31: 2.",
       .unit = "published",
       .scale = 0,
       .objective_codes = {"1"},
       .parameters = {CommitteeParameter(),
                      {.key = "from",
                       .description = "The first day; by default the first of the day's year",
                       .kind = ParameterDefinition::Kind::kDay},
                      IcsParameter(),
                      SecretariatParameter(),
                      TrackParameter()},
       .needs = {.directory = true, .work_items = true},
       .compute = ComputePublished},
      {.id = "standards-up-to-date",
       .edition = "2026-1",
       .title = "Share of standards not overdue for review",
       .description =
           "Of the International Standards, Technical Specifications and Publicly Available Specifications that were "
           "published and not withdrawn on the day, those that were published or confirmed (90.93) less than five "
           "years "
           "before it, or three for specifications. Missing are those that do not say when they were published.\n\n"
           "Example: on 2012-06-30 a standard of 2008, one of 2005 confirmed in 2010, one of 2006 and a specification "
           "of "
           "2008: 2 of 4, 50.0 %.",
       .unit = "%",
       .scale = 1,
       .objective_codes = {"1"},
       .parameters = {CommitteeParameter(), IcsParameter(), SecretariatParameter(), TrackParameter()},
       .needs = {.directory = true, .work_items = true},
       .compute = ComputeUpToDate},
      {.id = "work-under-way",
       .edition = "2026-1",
       .title = "Work items under way",
       .description =
           "How many work items were under way on the day: approved, and neither published nor given up. Parts: by "
           "stage.\n\n"
           "Example: one in 30.20, one in 40.00, one in 10.20 (not approved yet) and one in 60.60: 2.",
       .unit = "work items",
       .scale = 0,
       .objective_codes = {"6"},
       .parameters = {CommitteeParameter(), IcsParameter(), SecretariatParameter(), TrackParameter()},
       .needs = {.directory = true, .work_items = true},
       .compute = ComputeUnderWay},
      {.id = "work-with-priority",
       .edition = "2026-1",
       .title = "Share of work items that serve the plan",
       .description =
           "Of the work items under way on the day, those that serve an objective or an action of a plan. Which "
           "priorities a work item serves is as recorded, not dated. Those that serve none are the orphans of the "
           "other "
           "side; the inputs name them.\n\n"
           "Example: of three work items under way one serves an action of the plan: 33.3 %.",
       .unit = "%",
       .scale = 1,
       .objective_codes = {"2", "6"},
       .parameters = {CommitteeParameter(), IcsParameter(), PlanParameter(), TrackParameter()},
       .needs = {.directory = true, .work_items = true, .plan = true},
       .compute = ComputeWorkWithPriority},
  };
}

}  // namespace concord::reporting
