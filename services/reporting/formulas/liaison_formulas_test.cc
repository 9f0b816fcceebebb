#include <gtest/gtest.h>

#include "services/reporting/formulas/formula_test_records.h"

namespace concord::reporting {
namespace {

using member::v1::Committee;
using member::v1::Liaison;

TestRecords SomeLiaisons() {
  TestRecords records;
  records.Add<Committee>("committees/1");
  records.Add<Liaison>("committees/1/liaisons/a",
                       "counterpart: 'committees/2' given_count: 2 received_count: 4 review_due_date: @2012-01-01");
  records.Add<Liaison>("committees/1/liaisons/b",
                       "counterpart: 'members/iec' category: CATEGORY_A given_count: 3 received_count: 3 "
                       "review_due_date: @2013-01-01");
  records.Add<Liaison>("committees/1/liaisons/c",
                       "counterpart: 'members/itu' category: CATEGORY_D given_count: 1 end_date: @2011-12-31");
  return records;
}

TEST(LiaisonFormulas, HowManyAsInItsExample) {
  TestRecords records = SomeLiaisons();
  const v1::FormulaResult result = records.Compute("liaisons", "2012-06-30");
  EXPECT_EQ(Short(result), "2 (2 of 2)");
  EXPECT_EQ(PartsOf(result), "committee: 1, organization-a: 1");
  EXPECT_EQ(Short(records.Compute("liaisons", "2011-12-31", {{"with", "organization"}})), "2 (2 of 2)");
  EXPECT_EQ(Short(records.Compute("liaisons", "2011-12-31", {{"with", "committee"}})), "1 (1 of 1)");
  EXPECT_EQ(Short(records.Compute("liaisons", "2011-12-31", {{"counterpart", "members/itu"}})), "1 (1 of 1)");
  EXPECT_EQ(Short(TestRecords().Compute("liaisons", "2011-12-31")), "0 (0 of 0)") << "a count of none is zero";
}

TEST(LiaisonFormulas, ReciprocityAsInItsExample) {
  TestRecords records = SomeLiaisons();
  EXPECT_EQ(Short(records.Compute("liaison-reciprocity", "2012-06-30")), "71.4 (2 of 2)");
  EXPECT_EQ(Short(records.Compute("liaison-reciprocity", "2011-12-31")), "71.4 (2 of 3)") << "one says half only";
}

TEST(LiaisonFormulas, WhereNothingWasGivenNorReceivedThereIsNothingToCompare) {
  TestRecords records;
  records.Add<Committee>("committees/1");
  records.Add<Liaison>("committees/1/liaisons/a", "counterpart: 'committees/2' given_count: 0 received_count: 0");
  const v1::FormulaResult result = records.Compute("liaison-reciprocity", "2012-06-30");
  EXPECT_EQ(Short(result), "no data (1 of 1)");
  EXPECT_EQ(result.no_data_reason(), "nothing was given nor received");
}

TEST(LiaisonFormulas, ReviewedInTime) {
  TestRecords records = SomeLiaisons();
  records.Add<Liaison>("committees/1/liaisons/d", "counterpart: 'members/who'");
  EXPECT_EQ(Short(records.Compute("liaisons-reviewed-in-time", "2012-06-30")), "50.0 (2 of 3)");
  EXPECT_EQ(Short(records.Compute("liaisons-reviewed-in-time", "2012-01-01")), "100.0 (2 of 3)") << "due today";
}

}  // namespace
}  // namespace concord::reporting
