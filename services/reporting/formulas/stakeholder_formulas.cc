// Whose interests experts stand for, and how evenly.
#include <array>
#include <cmath>
#include <numeric>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/aip/date.h"
#include "services/reporting/formulas/formula.h"
#include "services/reporting/formulas/formula_values.h"

namespace concord::reporting {
namespace {

using member::v1::ExpertDelegation;

constexpr int kCategories = ExpertDelegation::StakeholderCategory_MAX;
constexpr int64_t kFewestExperts = 5;  // Fewer could be recognised.

// Experts of each category, counted by the day.
using Counts = std::array<int64_t, kCategories>;

Counts CountExperts(const FormulaRecords& records, const FormulaArguments& arguments, FormulaInputs& inputs) {
  Counts counts = {};
  const auto committees = Committees::AtWork(records, arguments.Text("committee"), arguments.day());
  for (const ExpertDelegation* delegation : records.experts) {
    if (committees.OfChild(delegation->name()) == nullptr) continue;
    if (aip::ToDay(delegation->count_date()) > arguments.day()) continue;
    int64_t all = 0;
    for (const member::v1::ExpertCount& count : delegation->expert_counts()) {
      const int category = count.category();
      if (category < 1 || category > kCategories) continue;
      counts[static_cast<size_t>(category - 1)] += count.expert_count();
      all += count.expert_count();
    }
    inputs.In(*delegation, "", all);
  }
  return counts;
}

int64_t AllOf(const Counts& counts) { return std::accumulate(counts.begin(), counts.end(), int64_t{0}); }

std::string KeyOfNumber(size_t category) {
  return KeyOf(static_cast<ExpertDelegation::StakeholderCategory>(category + 1));
}

// No data, if there are too few to tell.
absl::optional<FormulaAnswer> TooFew(const Counts& counts, FormulaInputs& inputs) {
  if (AllOf(counts) >= kFewestExperts) return absl::nullopt;
  inputs = FormulaInputs();  // What is not told is not told by its lineage either.
  return NoData(absl::StrCat("fewer than ", kFewestExperts, " experts are counted, who could be recognised"));
}

void AddParts(const Counts& counts, FormulaAnswer& answer) {
  for (size_t i = 0; i < counts.size(); ++i) {
    answer.parts.push_back(PartOf(KeyOfNumber(i), PercentOf(counts[i], AllOf(counts)), "%", counts[i], counts[i]));
  }
}

FormulaAnswer ComputeBalance(const FormulaRecords& records, const FormulaArguments& arguments, FormulaInputs& inputs) {
  const Counts counts = CountExperts(records, arguments, inputs);
  if (auto few = TooFew(counts, inputs)) return *few;
  const auto all = static_cast<double>(AllOf(counts));
  double entropy = 0;
  int missing = 0;
  for (const int64_t count : counts) {
    if (count == 0) {
      ++missing;
      continue;
    }
    const double share = static_cast<double>(count) / all;
    entropy -= share * std::log(share);
  }
  FormulaAnswer answer;
  answer.value = Rounded(100 * entropy / std::log(static_cast<double>(kCategories)), 1);
  answer.explanation =
      absl::StrCat(AllOf(counts), " experts; ", missing, " of ", kCategories, " categories have nobody");
  AddParts(counts, answer);
  return answer;
}

FormulaAnswer ComputeDominance(const FormulaRecords& records, const FormulaArguments& arguments,
                               FormulaInputs& inputs) {
  const Counts counts = CountExperts(records, arguments, inputs);
  if (auto few = TooFew(counts, inputs)) return *few;
  size_t largest = 0;
  for (size_t i = 1; i < counts.size(); ++i) {
    if (counts[i] > counts[largest]) largest = i;
  }
  FormulaAnswer answer;
  answer.value = PercentOf(counts[largest], AllOf(counts));
  answer.explanation = absl::StrCat(counts[largest], " of ", AllOf(counts), " experts are of ", KeyOfNumber(largest));
  AddParts(counts, answer);
  return answer;
}

}  // namespace

std::vector<FormulaDefinition> StakeholderFormulas() {
  return {
      {.id = "stakeholder-balance",
       .edition = "2026-1",
       .title = "Balance of stakeholders among experts",
       .description =
           "How evenly the experts in committees at work spread over the eight categories of stakeholders: Shannon's "
           "entropy of their shares over that of eight equal ones, 100 if all are equal, 0 if there is one only. "
           "Counts "
           "that were taken after the day are left out. Fewer than five experts are no data. Parts: the share of each "
           "category.\n\n"
           "Example: 4 experts of two categories each, 8 in all: ln 2 / ln 8 = 33.3 %.",
       .unit = "%",
       .scale = 1,
       .objective_codes = {"4"},
       .parameters = {CommitteeParameter()},
       .needs = {.directory = true, .experts = true},
       .compute = ComputeBalance},
      {.id = "stakeholder-dominance",
       .edition = "2026-1",
       .title = "Share of the largest category of stakeholders",
       .description =
           "Of the experts in committees at work, those of the category that has the most. Counts that were taken "
           "after "
           "the day are left out. Fewer than five experts are no data. Parts: the share of each category.\n\n"
           "Example: 6 of industry and 2 of government: 75.0 %.",
       .unit = "%",
       .scale = 1,
       .objective_codes = {"4"},
       .parameters = {CommitteeParameter()},
       .needs = {.directory = true, .experts = true},
       .compute = ComputeDominance},
  };
}

}  // namespace concord::reporting
