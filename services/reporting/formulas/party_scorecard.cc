#include "services/reporting/formulas/party_scorecard.h"

#include <algorithm>

namespace concord::reporting {
const std::vector<PartyScorecardKind>& PartyScorecardKinds() {
  static const auto& kinds = *new std::vector<PartyScorecardKind>{
      {aip::NamePattern("members/{member}/scorecard"),
       "member",
       true,
       {{"member-committees", {}},
        {"member-secretariats", {}},
        {"member-votes", {}},
        {"member-own-actions", {}},
        {"member-overdue-duties", {}},
        {"member-contributions", {{"kind", "expert-days"}}},
        {"member-contributions", {{"kind", "money"}}},
        {"member-contributions", {{"kind", "seats"}}},
        {"member-contributions", {{"kind", "hosting"}}}}},
      {aip::NamePattern("members/{member}/secretariatScorecard"),
       "secretariat",
       false,
       {{"member-secretariats", {}},
        {"work-under-way", {}},
        {"inside-limit-dates", {}},
        {"development-time", {{"percentile", "50"}}},
        {"development-time", {{"percentile", "90"}}},
        {"standards-published", {}},
        {"standards-up-to-date", {}}}},
      {aip::NamePattern("members/{member}/partnerScorecard"),
       "counterpart",
       false,
       {{"liaisons", {}}, {"liaison-reciprocity", {}}, {"liaisons-reviewed-in-time", {}}}},
      {aip::NamePattern("committees/{committee}/scorecard"),
       "committee",
       false,
       {{"participation-developing-share", {}},
        {"stakeholder-balance", {}},
        {"stakeholder-dominance", {}},
        {"liaisons", {}},
        {"liaisons-reviewed-in-time", {}},
        {"work-under-way", {}},
        {"inside-limit-dates", {}},
        {"development-time", {{"percentile", "50"}}},
        {"standards-published", {}},
        {"standards-up-to-date", {}}}}};
  return kinds;
}

const PartyScorecardKind* FindPartyScorecardKind(absl::string_view name) {
  const auto& kinds = PartyScorecardKinds();
  const auto found = std::find_if(kinds.begin(), kinds.end(),
                                  [name](const PartyScorecardKind& kind) { return kind.pattern.Matches(name); });
  return found == kinds.end() ? nullptr : &*found;
}

GivenParameters ParametersOf(const PartyScorecardKind& kind, const PartyFigure& figure, const std::string& party,
                             const std::string& plan) {
  const FormulaDefinition& formula = *FindFormula(figure.formula);
  GivenParameters given(figure.parameters.begin(), figure.parameters.end());
  // Of a secretariat some formulas speak as of a member.
  given[HasParameter(formula, kind.parameter) ? std::string(kind.parameter) : "member"] = party;
  if (HasParameter(formula, "plan")) given["plan"] = plan;
  return given;
}

RecordNeeds NeedsOf(const PartyScorecardKind& kind) {
  RecordNeeds all;
  for (const PartyFigure& figure : kind.figures) {
    const RecordNeeds& needs = FindFormula(figure.formula)->needs;
    all.directory = all.directory || needs.directory;
    all.participations = all.participations || needs.participations;
    all.experts = all.experts || needs.experts;
    all.liaisons = all.liaisons || needs.liaisons;
    all.work_items = all.work_items || needs.work_items;
    all.adoptions = all.adoptions || needs.adoptions;
    all.ballots = all.ballots || needs.ballots;
    all.plan = all.plan || needs.plan;
  }
  return all;
}

}  // namespace concord::reporting
