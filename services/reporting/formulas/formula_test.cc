#include "services/reporting/formulas/formula.h"

#include <gtest/gtest.h>

#include <map>
#include <set>

#include "absl/strings/match.h"
#include "services/reporting/formulas/formula_test_records.h"

namespace concord::reporting {
namespace {

TEST(Formulas, AreDocumentedWithAnExample) {
  for (const FormulaDefinition& formula : Formulas()) {
    EXPECT_FALSE(formula.title.empty()) << formula.id;
    EXPECT_TRUE(absl::StrContains(formula.description, "\n\nExample: ")) << formula.id;
    EXPECT_TRUE(absl::EndsWith(formula.description, ".")) << formula.id;
    EXPECT_FALSE(formula.unit.empty()) << formula.id;
    EXPECT_FALSE(formula.edition.empty()) << formula.id;
    std::vector<absl::string_view> keys;
    for (const ParameterDefinition& parameter : formula.parameters) {
      EXPECT_FALSE(parameter.description.empty()) << formula.id << " " << parameter.key;
      keys.push_back(parameter.key);
    }
    EXPECT_TRUE(std::is_sorted(keys.begin(), keys.end())) << formula.id;
  }
}

TEST(Formulas, HaveGoodDefaults) {
  for (const FormulaDefinition& formula : Formulas()) {
    GivenParameters given;
    for (const ParameterDefinition& parameter : formula.parameters) {
      if (parameter.required) given[std::string(parameter.key)] = absl::StrCat(parameter.key, "s/p");
      if (!parameter.standard.empty()) given[std::string(parameter.key)] = std::string(parameter.standard);
    }
    Violations violations;
    CheckParameters(formula.parameters, given, violations);
    EXPECT_TRUE(violations.empty()) << formula.id << " " << violations.ToStatus();
  }
}

TEST(Formulas, ThereAreTwoAtLeastForEachObjective) {
  std::map<absl::string_view, std::set<absl::string_view>> by_objective;
  for (const FormulaDefinition& formula : Formulas()) {
    for (const absl::string_view code : formula.objective_codes) by_objective[code].insert(formula.id);
  }
  for (const char* code : {"1", "2", "3", "4", "5", "6", "7"}) EXPECT_GE(by_objective[code].size(), 2) << code;
  EXPECT_EQ(by_objective.size(), 7);
}

TEST(Formulas, AreFoundByTheirIds) {
  for (const FormulaDefinition& formula : Formulas()) EXPECT_EQ(FindFormula(formula.id), &formula);
  EXPECT_EQ(FindFormula("nothing"), nullptr);
  EXPECT_TRUE(
      std::is_sorted(Formulas().begin(), Formulas().end(), [](const auto& a, const auto& b) { return a.id < b.id; }));
}

TEST(Evaluate, TellsEverythingThatWentIn) {
  TestRecords records;
  records.Add<member::v1::Committee>("committees/1", "update_time { seconds: 7 } secretariat_periods { member: 'm' }");
  records.Add<member::v1::Committee>("committees/2", "update_time { seconds: 9 }");
  const v1::FormulaResult result = records.Compute("secretariat-top-share", "2011-12-31", {{"top", "2"}});
  EXPECT_EQ(result.formula(), "formulas/secretariat-top-share");
  EXPECT_EQ(result.parameters().at("top"), "2");
  EXPECT_FALSE(result.parameters().contains("committee")) << "nothing was said, and nothing holds by default";
  EXPECT_EQ(result.date().year(), 2011);
  EXPECT_EQ(result.unit(), "%");
  EXPECT_EQ(result.newest_time().seconds(), 7) << "of what was counted";
  EXPECT_EQ(result.formula_edition(), "2026-1");
}

TEST(FormulaInputs, NamesOfTheMissingAreTheFirstOnes) {
  TestRecords records;
  for (int i = 10; i < 30; ++i) records.Add<member::v1::Committee>(absl::StrCat("committees/", i));
  const v1::FormulaResult result = records.Compute("secretariat-twinned-share", "2011-12-31");
  EXPECT_EQ(Short(result), "no data (0 of 20)");
  ASSERT_EQ(result.missing_size(), 10);
  EXPECT_EQ(result.missing(0), "committees/10");
  EXPECT_EQ(result.missing(9), "committees/19");
}

}  // namespace
}  // namespace concord::reporting
