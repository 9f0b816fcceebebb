// Who runs committees: concentration, twins, and the share of developing countries.
#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/reporting/formulas/formula.h"
#include "services/reporting/formulas/formula_values.h"

namespace concord::reporting {
namespace {

using member::v1::Committee;
using member::v1::SecretariatPeriod;

// Calls visit(committee, period) for each committee at work; those without a known secretariat are missing.
template <typename Visit>
void ForEachSecretariat(const FormulaRecords& records, const FormulaArguments& arguments, FormulaInputs& inputs,
                        Visit visit) {
  const auto committees = Committees::AtWork(records, arguments.Text("committee"), arguments.day());
  for (const Committee* committee : committees.all()) {
    const SecretariatPeriod* period = SecretariatOn(*committee, arguments.day());
    if (period == nullptr) {
      inputs.Missing(*committee);
    } else {
      visit(*committee, *period);
    }
  }
}

struct Holder {
  std::string member;
  int64_t count = 0;
};

// Who holds how many, the most first, of as many the first by name.
std::vector<Holder> CountHolders(const FormulaRecords& records, const FormulaArguments& arguments,
                                 FormulaInputs& inputs) {
  std::map<std::string, int64_t> counts;
  ForEachSecretariat(records, arguments, inputs, [&](const Committee& committee, const SecretariatPeriod& period) {
    ++counts[period.member()];
    inputs.In(committee, period.member());
  });
  std::vector<Holder> holders;
  holders.reserve(counts.size());
  for (const auto& [member, count] : counts) holders.push_back({member, count});
  std::stable_sort(holders.begin(), holders.end(), [](const Holder& a, const Holder& b) { return a.count > b.count; });
  return holders;
}

void AddParts(const std::vector<Holder>& holders, FormulaAnswer& answer) {
  for (const Holder& holder : holders) {
    answer.parts.push_back(
        PartOf(holder.member, absl::StrCat(holder.count), "secretariats", holder.count, holder.count));
  }
}

FormulaAnswer ComputeTopShare(const FormulaRecords& records, const FormulaArguments& arguments, FormulaInputs& inputs) {
  const std::vector<Holder> holders = CountHolders(records, arguments, inputs);
  if (holders.empty()) return NoData("no committee at work on that day has a known secretariat");
  const size_t top = std::min(holders.size(), static_cast<size_t>(arguments.Number("top")));
  int64_t held = 0;
  for (size_t i = 0; i < top; ++i) held += holders[i].count;
  FormulaAnswer answer;
  answer.value = PercentOf(held, inputs.in());
  answer.explanation = absl::StrCat("the first ", top, " of ", holders.size(), " holders have ", held, " of ",
                                    inputs.in(), " secretariats");
  AddParts(holders, answer);
  return answer;
}

FormulaAnswer ComputeConcentration(const FormulaRecords& records, const FormulaArguments& arguments,
                                   FormulaInputs& inputs) {
  const std::vector<Holder> holders = CountHolders(records, arguments, inputs);
  if (holders.empty()) return NoData("no committee at work on that day has a known secretariat");
  int64_t squares = 0;
  for (const Holder& holder : holders) squares += holder.count * holder.count;
  FormulaAnswer answer;
  // Shares in percent, squared and added up: 10,000 x the sum of squares over the square of the sum.
  answer.value = PercentOf(100 * squares, inputs.in() * inputs.in(), 0);
  answer.explanation = absl::StrCat(inputs.in(), " secretariats of ", holders.size(), " holders");
  AddParts(holders, answer);
  return answer;
}

FormulaAnswer ComputeSecretariatShare(const FormulaRecords& records, const FormulaArguments& arguments,
                                      FormulaInputs& inputs) {
  const GroupsOfMembers groups(records, arguments.List("groups"));
  ForEachSecretariat(records, arguments, inputs, [&](const Committee& committee, const SecretariatPeriod& period) {
    const GroupsOfMembers::Answer answer = groups.Of(period.member(), arguments.day());
    if (answer == GroupsOfMembers::Answer::kUnknown) return inputs.Missing(committee, period.member());
    inputs.InOrOut(answer == GroupsOfMembers::Answer::kIn, committee, period.member());
  });
  return ShareOf(inputs, "secretariats");
}

FormulaAnswer ComputeTwinned(const FormulaRecords& records, const FormulaArguments& arguments, FormulaInputs& inputs) {
  ForEachSecretariat(records, arguments, inputs, [&](const Committee& committee, const SecretariatPeriod& period) {
    inputs.InOrOut(!period.twin().empty(), committee, period.twin());
  });
  return ShareOf(inputs, "secretariats");
}

}  // namespace

std::vector<FormulaDefinition> SecretariatFormulas() {
  return {
      {.id = "secretariat-concentration",
       .edition = "2026-1",
       .title = "Concentration of secretariats (Herfindahl-Hirschman index)",
       .description =
           "The shares in percent that members have in the secretariats of committees at work on the day, squared and "
           "added up: 10,000 if one has all, near 0 if they are spread evenly over many. A committee without a known "
           "secretariat is missing. Parts: the holders, the largest first.\n\n"
           "Example: members with 2, 1 and 1 of four secretariats have 50, 25 and 25 %: 2500 + 625 + 625 = 3750.",
       .unit = "points",
       .scale = 0,
       .objective_codes = {"6"},
       .parameters = {CommitteeParameter()},
       .needs = {.directory = true},
       .compute = ComputeConcentration},
      {.id = "secretariat-developing-share",
       .edition = "2026-1",
       .title = "Share of developing countries in secretariats",
       .description =
           "Of all committees at work on the day whose secretariat is known, those whose holder's country was in one "
           "of "
           "the groups on the day. A committee without a known secretariat is missing, and so is one whose holder's "
           "income is not known.\n\n"
           "Example: of four committees one is run by a country of low income, two by one of high income, one by "
           "nobody "
           "known: 1 of 3, 33.3 %, with one missing.",
       .unit = "%",
       .scale = 1,
       .objective_codes = {"3"},
       .parameters = {CommitteeParameter(), GroupsParameter()},
       .needs = {.directory = true},
       .compute = ComputeSecretariatShare},
      {.id = "secretariat-top-share",
       .edition = "2026-1",
       .title = "Share of the largest holders in secretariats",
       .description =
           "Of the secretariats of committees at work on the day, those held by the members that hold the most. A "
           "committee without a known secretariat is missing. Parts: the holders, the largest first.\n\n"
           "Example: members with 2, 1 and 1 of four secretariats: the first one has 50.0 %, the first two 75.0 %.",
       .unit = "%",
       .scale = 1,
       .objective_codes = {"6"},
       .parameters =
           {CommitteeParameter(),
            {.key = "top", .description = "How many holders, 1 to 1000", .standard = "6", .least = 1, .most = 1000}},
       .needs = {.directory = true},
       .compute = ComputeTopShare},
      {.id = "secretariat-twinned-share",
       .edition = "2026-1",
       .title = "Share of secretariats that are twinned",
       .description = "Of all committees at work on the day whose secretariat is known, those in which another member "
                      "shared it on "
                      "the day. The input's part is the twin.\n\n"
                      "Example: of four committees with a known secretariat one has a twin: 25.0 %.",
       .unit = "%",
       .scale = 1,
       .objective_codes = {"3"},
       .parameters = {CommitteeParameter()},
       .needs = {.directory = true},
       .compute = ComputeTwinned},
  };
}

}  // namespace concord::reporting
