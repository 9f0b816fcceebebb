// Which formulas make up the scorecard of a member, a secretariat, a partner, a committee.
//
// Pure; safe from any thread.
#ifndef SERVICES_REPORTING_FORMULAS_PARTY_SCORECARD_H_
#define SERVICES_REPORTING_FORMULAS_PARTY_SCORECARD_H_

#include <map>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "common/aip/resource_name.h"
#include "services/reporting/formulas/formula.h"

namespace concord::reporting {

// A formula, and what is said to it besides the party and the plan.
struct PartyFigure {
  absl::string_view formula;
  std::map<std::string, std::string> parameters;
};

struct PartyScorecardKind {
  aip::NamePattern pattern;
  absl::string_view parameter;  // Which one says the party to the formulas.
  bool with_plan;
  std::vector<PartyFigure> figures;
};

// Null if the name is of none.
const PartyScorecardKind* FindPartyScorecardKind(absl::string_view name);
const std::vector<PartyScorecardKind>& PartyScorecardKinds();

// All that a figure is told: what is said, and the party and the plan where the formula has a parameter for them.
GivenParameters ParametersOf(const PartyScorecardKind& kind, const PartyFigure& figure, const std::string& party,
                             const std::string& plan);

// What all figures of a kind need together.
RecordNeeds NeedsOf(const PartyScorecardKind& kind);

}  // namespace concord::reporting

#endif  // SERVICES_REPORTING_FORMULAS_PARTY_SCORECARD_H_
