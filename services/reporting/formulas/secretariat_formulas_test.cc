#include <gtest/gtest.h>

#include "services/reporting/formulas/formula_test_records.h"

namespace concord::reporting {
namespace {

using member::v1::Committee;
using member::v1::Member;

// Four committees: two run by "high", one by "low" until 2012, one by nobody known.
TestRecords FourSecretariats() {
  TestRecords records;
  records.Add<Member>("members/high", "group_periods { group: 'income-high' }");
  records.Add<Member>("members/low", "group_periods { group: 'income-low' }");
  records.Add<Committee>("committees/1", "secretariat_periods { member: 'members/high' twin: 'members/low' }");
  records.Add<Committee>("committees/2", "secretariat_periods { member: 'members/high' }");
  records.Add<Committee>("committees/3",
                         "secretariat_periods { member: 'members/low' end_date: @2012-12-31 }"
                         "secretariat_periods { member: 'members/unheard-of' start_date: @2013-01-01 }");
  records.Add<Committee>("committees/4");
  return records;
}

TEST(SecretariatFormulas, ShareOfDevelopingCountriesAsInItsExample) {
  TestRecords records = FourSecretariats();
  const v1::FormulaResult result = records.Compute("secretariat-developing-share", "2011-12-31");
  EXPECT_EQ(Short(result), "33.3 (3 of 4)");
  EXPECT_EQ(result.missing(0), "committees/4");
  EXPECT_EQ(Short(records.Compute("secretariat-developing-share", "2013-01-01")), "0.0 (2 of 4)")
      << "of a holder that is not recorded nothing is known";
}

TEST(SecretariatFormulas, ConcentrationAndTheLargestHolders) {
  TestRecords records = FourSecretariats();
  records.Add<Committee>("committees/5", "secretariat_periods { member: 'members/third' }");
  const v1::FormulaResult index = records.Compute("secretariat-concentration", "2011-12-31");
  EXPECT_EQ(Short(index), "3750 (4 of 5)") << "50, 25 and 25 %: 2500 + 625 + 625";
  EXPECT_EQ(PartsOf(index), "members/high: 2, members/low: 1, members/third: 1");
  EXPECT_EQ(Short(records.Compute("secretariat-top-share", "2011-12-31", {{"top", "1"}})), "50.0 (4 of 5)");
  EXPECT_EQ(Short(records.Compute("secretariat-top-share", "2011-12-31", {{"top", "2"}})), "75.0 (4 of 5)");
  EXPECT_EQ(Short(records.Compute("secretariat-top-share", "2011-12-31")), "100.0 (4 of 5)") << "six of three";
}

TEST(SecretariatFormulas, Twins) {
  TestRecords records = FourSecretariats();
  EXPECT_EQ(Short(records.Compute("secretariat-twinned-share", "2011-12-31")), "33.3 (3 of 4)");
}

TEST(SecretariatFormulas, WithoutRecordsThereIsNoDataRatherThanZero) {
  TestRecords records;
  for (const char* id : {"secretariat-concentration", "secretariat-developing-share", "secretariat-top-share",
                         "secretariat-twinned-share"}) {
    const v1::FormulaResult result = records.Compute(id, "2011-12-31");
    EXPECT_EQ(Short(result), "no data (0 of 0)") << id;
    EXPECT_NE(result.no_data_reason(), "") << id;
  }
}

}  // namespace
}  // namespace concord::reporting
