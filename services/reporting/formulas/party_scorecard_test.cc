#include "services/reporting/formulas/party_scorecard.h"

#include <gtest/gtest.h>

namespace concord::reporting {
namespace {

TEST(PartyScorecards, AskFormulasThatThereAreAndInTheirOwnWords) {
  for (const PartyScorecardKind& kind : PartyScorecardKinds()) {
    EXPECT_FALSE(kind.figures.empty()) << kind.pattern.pattern();
    for (const PartyFigure& figure : kind.figures) {
      const FormulaDefinition* formula = FindFormula(figure.formula);
      ASSERT_NE(formula, nullptr) << figure.formula;
      const bool of_committee = kind.parameter == "committee";
      const GivenParameters given =
          ParametersOf(kind, figure, of_committee ? "committees/1" : "members/1", kind.with_plan ? "plans/p" : "");
      Violations violations;
      CheckParameters(formula->parameters, given, violations);
      EXPECT_TRUE(violations.empty()) << figure.formula << " " << violations.ToStatus();
    }
  }
}

TEST(PartyScorecards, AreFoundByTheirNames) {
  for (const char* name : {"members/1/scorecard", "members/1/secretariatScorecard", "members/1/partnerScorecard",
                           "committees/1/scorecard"}) {
    EXPECT_NE(FindPartyScorecardKind(name), nullptr) << name;
  }
  for (const char* name : {"members/1", "plans/p/scorecard", "committees/1/partnerScorecard", "members/-/scorecard"}) {
    EXPECT_EQ(FindPartyScorecardKind(name), nullptr) << name;
  }
}

TEST(PartyScorecards, NeedWhatTheirFormulasNeed) {
  const RecordNeeds needs = NeedsOf(*FindPartyScorecardKind("members/1/partnerScorecard"));
  EXPECT_TRUE(needs.directory);
  EXPECT_TRUE(needs.liaisons);
  EXPECT_FALSE(needs.work_items);
  EXPECT_FALSE(needs.plan);
}

}  // namespace
}  // namespace concord::reporting
