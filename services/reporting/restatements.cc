#include "services/reporting/restatements.h"

#include <map>
#include <string>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_replace.h"
#include "common/aip/enum_words.h"

namespace concord::reporting {
namespace {

using Figures = std::vector<std::pair<std::string, std::string>>;  // In the order in which they are told.

constexpr char kNoData[] = "no data";

std::string FigureText(const v1::Figure& figure) {
  return figure.has_value() ? absl::StrFormat("%.1f %%", 100 * figure.value()) : kNoData;
}

std::string FigureText(v1::HealthLevel level) {
  const std::string name = v1::HealthLevel_Name(level);
  const std::string word = name.substr(std::string("HEALTH_LEVEL_").size());
  return absl::StrReplaceAll(absl::AsciiStrToLower(word), {{"_", " "}});
}

// Of the plan and of an objective alike.
template <typename Score>
Figures FiguresOf(const Score& score) {
  return {{"progress", FigureText(score.delivery().progress())},
          {"planned progress", FigureText(score.delivery().planned_progress())},
          {"schedule performance", FigureText(score.delivery().schedule_performance())},
          {"health", FigureText(score.computed_health().level())},
          {"attainment", FigureText(score.outcome().attainment())},
          {"actions", absl::StrCat(score.action_counts().total_count())},
          {"completed actions", absl::StrCat(score.action_counts().completed_count())},
          {"indicators", absl::StrCat(score.outcome().indicator_count())},
          {"indicators on target", absl::StrCat(score.outcome().on_target_count())}};
}

v1::Restatement RestatementOf(const std::string& resource, const std::string& figure, const std::string& published,
                              const std::string& current) {
  v1::Restatement restatement;
  restatement.set_resource(resource);
  restatement.set_figure(figure);
  restatement.set_published(published);
  restatement.set_current(current);
  return restatement;
}

void AddDifferences(const std::string& resource, const Figures& published, const Figures& current,
                    std::vector<v1::Restatement>& restatements) {
  for (size_t i = 0; i < published.size(); ++i) {
    if (published[i].second == current[i].second) continue;
    restatements.push_back(RestatementOf(resource, published[i].first, published[i].second, current[i].second));
  }
}

struct Pair {
  const v1::ObjectiveScore* published = nullptr;
  const v1::ObjectiveScore* current = nullptr;
};

}  // namespace

std::vector<v1::Restatement> FindRestatements(const v1::Scorecard& published, const v1::Scorecard& current) {
  std::vector<v1::Restatement> restatements;
  AddDifferences(published.plan(), FiguresOf(published), FiguresOf(current), restatements);
  std::map<std::string, Pair> objectives;
  for (const v1::ObjectiveScore& score : published.objective_scores()) objectives[score.objective()].published = &score;
  for (const v1::ObjectiveScore& score : current.objective_scores()) objectives[score.objective()].current = &score;
  for (const auto& [name, pair] : objectives) {
    if (pair.published == nullptr || pair.current == nullptr) {
      const bool came = pair.published == nullptr;
      restatements.push_back(
          RestatementOf(name, "objective", came ? "not there" : "there", came ? "there" : "not there"));
      continue;
    }
    AddDifferences(name, FiguresOf(*pair.published), FiguresOf(*pair.current), restatements);
  }
  return restatements;
}

}  // namespace concord::reporting
