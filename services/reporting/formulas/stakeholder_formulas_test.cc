#include <gtest/gtest.h>

#include "services/reporting/formulas/formula_test_records.h"

namespace concord::reporting {
namespace {

using member::v1::Committee;
using member::v1::ExpertDelegation;

std::string Experts(const std::string& category, int count) {
  return absl::StrCat("expert_counts { category: STAKEHOLDER_CATEGORY_", category, " expert_count: ", count, " } ");
}

TestRecords WithDelegations(const std::string& one, const std::string& another) {
  TestRecords records;
  records.Add<Committee>("committees/1");
  records.Add<ExpertDelegation>("committees/1/experts/a", one + "count_date: @2011-06-30");
  records.Add<ExpertDelegation>("committees/1/experts/b", another + "count_date: @2012-06-30");
  return records;
}

TEST(StakeholderFormulas, BalanceAsInItsExample) {
  TestRecords records = WithDelegations(Experts("CONSUMERS", 4), Experts("GOVERNMENT", 4));
  const v1::FormulaResult result = records.Compute("stakeholder-balance", "2012-12-31");
  EXPECT_EQ(Short(result), "33.3 (2 of 2)") << "ln 2 / ln 8";
  EXPECT_EQ(PartsOf(result),
            "large-industry: 0.0, small-industry: 0.0, government: 50.0, consumers: 50.0, labour: 0.0, academic: 0.0, "
            "standards-application: 0.0, non-governmental: 0.0");
  EXPECT_EQ(result.explanation(), "8 experts; 6 of 8 categories have nobody");
}

TEST(StakeholderFormulas, BalanceIsFullIfAllAreEqualAndNoneIfThereIsOne) {
  std::string all;
  for (const char* category : {"LARGE_INDUSTRY", "SMALL_INDUSTRY", "GOVERNMENT", "CONSUMERS", "LABOUR", "ACADEMIC",
                               "STANDARDS_APPLICATION", "NON_GOVERNMENTAL"}) {
    all += Experts(category, 3);
  }
  EXPECT_EQ(Short(WithDelegations(all, "").Compute("stakeholder-balance", "2012-12-31")), "100.0 (2 of 2)");
  EXPECT_EQ(Short(WithDelegations(Experts("LABOUR", 9), "").Compute("stakeholder-balance", "2012-12-31")),
            "0.0 (2 of 2)");
}

TEST(StakeholderFormulas, DominanceAsInItsExample) {
  TestRecords records = WithDelegations(Experts("LARGE_INDUSTRY", 6), Experts("GOVERNMENT", 2));
  EXPECT_EQ(Short(records.Compute("stakeholder-dominance", "2012-12-31")), "75.0 (2 of 2)");
  EXPECT_EQ(Short(records.Compute("stakeholder-dominance", "2011-12-31")), "100.0 (1 of 1)")
      << "the second was not counted yet";
}

TEST(StakeholderFormulas, TooFewTellNothingNotEvenByWhatWentIn) {
  TestRecords records = WithDelegations(Experts("LABOUR", 3), Experts("ACADEMIC", 1));
  const v1::FormulaResult result = records.Compute("stakeholder-balance", "2012-12-31");
  EXPECT_EQ(Short(result), "no data (0 of 0)");
  EXPECT_EQ(result.parts_size(), 0);
  EXPECT_EQ(result.no_data_reason(), "fewer than 5 experts are counted, who could be recognised");
}

}  // namespace
}  // namespace concord::reporting
