// Liaisons: how many, how mutual, and whether they are looked after.
#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/aip/date.h"
#include "common/aip/dated_periods.h"
#include "services/reporting/formulas/formula.h"
#include "services/reporting/formulas/formula_values.h"

namespace concord::reporting {
namespace {

using member::v1::Liaison;

// Calls visit(liaison) for each in force on the day, of a committee at work.
template <typename Visit>
void ForEachLiaison(const FormulaRecords& records, const FormulaArguments& arguments, Visit visit) {
  const auto committees = Committees::AtWork(records, arguments.Text("committee"), arguments.day());
  const std::string& counterpart = arguments.Text("counterpart");
  for (const Liaison* liaison : records.liaisons) {
    if (!counterpart.empty() && liaison->counterpart() != counterpart) continue;
    if (committees.OfChild(liaison->name()) != nullptr && aip::HoldsOn(*liaison, arguments.day())) visit(*liaison);
  }
}

std::string SortOf(const Liaison& liaison) {
  if (absl::StartsWith(liaison.counterpart(), "committees/")) return "committee";
  switch (liaison.category()) {
    case Liaison::CATEGORY_A:
      return "organization-a";
    case Liaison::CATEGORY_B:
      return "organization-b";
    case Liaison::CATEGORY_C:
    case Liaison::CATEGORY_D:
      return "organization-c-or-d";
    default:
      return "organization-uncategorized";
  }
}

FormulaAnswer ComputeCount(const FormulaRecords& records, const FormulaArguments& arguments, FormulaInputs& inputs) {
  const std::string& with = arguments.Text("with");
  std::map<std::string, int64_t> counts;
  ForEachLiaison(records, arguments, [&](const Liaison& liaison) {
    const std::string sort = SortOf(liaison);
    if (with != "all" && !absl::StartsWith(sort, with)) return;
    ++counts[sort];
    inputs.In(liaison, sort);
  });
  FormulaAnswer answer = CountOf(inputs, "liaisons");
  AddCounts(counts, "liaisons", answer);
  return answer;
}

FormulaAnswer ComputeReciprocity(const FormulaRecords& records, const FormulaArguments& arguments,
                                 FormulaInputs& inputs) {
  int64_t less = 0;
  int64_t more = 0;
  ForEachLiaison(records, arguments, [&](const Liaison& liaison) {
    if (!liaison.has_given_count() || !liaison.has_received_count()) return inputs.Missing(liaison);
    less += std::min(liaison.given_count(), liaison.received_count());
    more += std::max(liaison.given_count(), liaison.received_count());
    inputs.In(liaison);
  });
  if (inputs.counted() == 0) {
    return NoData(absl::StrCat("none of ", inputs.expected(), " liaisons says what was given and received"));
  }
  if (more == 0) return NoData("nothing was given nor received");
  return {PercentOf(less, more),
          absl::StrCat("the lesser sides add up to ", less, ", the greater ones to ", more, ", of ", inputs.counted(),
                       " liaisons"),
          {}};
}

FormulaAnswer ComputeReviewed(const FormulaRecords& records, const FormulaArguments& arguments, FormulaInputs& inputs) {
  ForEachLiaison(records, arguments, [&](const Liaison& liaison) {
    if (!liaison.has_review_due_date()) return inputs.Missing(liaison);
    inputs.InOrOut(aip::ToDay(liaison.review_due_date()) >= arguments.day(), liaison);
  });
  return ShareOf(inputs, "liaisons");
}

ParameterDefinition CounterpartParameter() {
  return {.key = "counterpart",
          .description = "Only liaisons with this organisation, for example members/9442",
          .kind = ParameterDefinition::Kind::kMember};
}

}  // namespace

std::vector<FormulaDefinition> LiaisonFormulas() {
  return {
      {.id = "liaison-reciprocity",
       .edition = "2026-1",
       .title = "How mutual liaisons are",
       .description =
           "Of each liaison in force on the day the lesser and the greater of what was given and received: the lesser "
           "ones added up, over the greater ones added up. A liaison that does not say both is missing.\n\n"
           "Example: 2 given and 4 received, 3 given and 3 received: (2 + 3) / (4 + 3) = 71.4 %.",
       .unit = "%",
       .scale = 1,
       .objective_codes = {"5"},
       .parameters = {CommitteeParameter(), CounterpartParameter()},
       .needs = {.directory = true, .liaisons = true},
       .compute = ComputeReciprocity},
      {.id = "liaisons",
       .edition = "2026-1",
       .title = "Liaisons in force",
       .description =
           "How many liaisons committees at work had on the day. One without a first day is taken to have begun "
           "before. "
           "Parts: with committees, and with organisations by category.\n\n"
           "Example: a committee in liaison with another committee and with two organisations, one of which has ended: "
           "2.",
       .unit = "liaisons",
       .scale = 0,
       .objective_codes = {"5"},
       .parameters = {CommitteeParameter(),
                      CounterpartParameter(),
                      {.key = "with",
                       .description = "With whom: all, committee or organization",
                       .kind = ParameterDefinition::Kind::kWord,
                       .standard = "all",
                       .words = "all|committee|organization"}},
       .needs = {.directory = true, .liaisons = true},
       .compute = ComputeCount},
      {.id = "liaisons-reviewed-in-time",
       .edition = "2026-1",
       .title = "Share of liaisons whose review is not overdue",
       .description =
           "Of the liaisons in force on the day, those whose next review is due on the day or later. One of which "
           "neither its last review nor its first day is known is missing.\n\n"
           "Example: due 2012-01-01, due 2013-01-01 and one of unknown age, on 2012-06-30: 1 of 2, 50.0 %, with one "
           "missing.",
       .unit = "%",
       .scale = 1,
       .objective_codes = {"5"},
       .parameters = {CommitteeParameter(), CounterpartParameter()},
       .needs = {.directory = true, .liaisons = true},
       .compute = ComputeReviewed},
  };
}

}  // namespace concord::reporting
