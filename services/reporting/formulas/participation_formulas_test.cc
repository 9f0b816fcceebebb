#include <gtest/gtest.h>

#include "services/reporting/formulas/formula_test_records.h"

namespace concord::reporting {
namespace {

using member::v1::Committee;
using member::v1::Member;
using member::v1::Participation;

// Three member bodies and a correspondent; two committees, one disbanded.
TestRecords MembersAndCommittees() {
  TestRecords records;
  const std::string body = "category_periods { category: CATEGORY_MEMBER_BODY }";
  records.Add<Member>("members/low", body +
                                         "group_periods { group: 'income-low' end_date: @2013-12-31 }"
                                         "group_periods { group: 'income-high' start_date: @2014-01-01 }");
  records.Add<Member>("members/observer", "category_periods { category: CATEGORY_CORRESPONDENT }");
  records.Add<Member>("members/rich", body + "group_periods { group: 'income-high' }");
  records.Add<Member>("members/unknown", body + "group_periods { group: 'ldc' }");
  records.Add<Committee>("committees/1");
  records.Add<Committee>("committees/2", "parent_committee: 'committees/1'");
  records.Add<Committee>("committees/3", "disbanding_date: @2010-06-30");
  const auto add = [&](const std::string& name, const std::string& member, const std::string& period) {
    records.Add<Participation>(name, "member: '" + member + "' role_periods { " + period + " }");
  };
  add("committees/1/participations/low", "members/low", "role: ROLE_PARTICIPANT");
  add("committees/1/participations/rich", "members/rich", "role: ROLE_PARTICIPANT");
  add("committees/1/participations/unknown", "members/unknown", "role: ROLE_PARTICIPANT");
  add("committees/2/participations/rich", "members/rich", "role: ROLE_PARTICIPANT");
  add("committees/2/participations/observer", "members/observer", "role: ROLE_OBSERVER");
  add("committees/2/participations/low", "members/low", "role: ROLE_PARTICIPANT start_date: @2013-01-01");
  add("committees/3/participations/low", "members/low", "role: ROLE_PARTICIPANT");
  return records;
}

constexpr char kShare[] = "participation-developing-share";

TEST(ParticipationFormulas, ShareOfDevelopingCountriesAsInItsExample) {
  TestRecords records = MembersAndCommittees();
  const v1::FormulaResult result = records.Compute(kShare, "2011-12-31");
  EXPECT_EQ(Short(result), "33.3 (3 of 4)");
  EXPECT_EQ(result.missing(0), "committees/1/participations/unknown");
  EXPECT_EQ(result.explanation(), "1 of 3 P-memberships; 1 more do not say what is needed");
}

TEST(ParticipationFormulas, WhatHeldOnTheDayCounts) {
  TestRecords records = MembersAndCommittees();
  EXPECT_EQ(Short(records.Compute(kShare, "2010-06-30")), "50.0 (4 of 5)") << "with the committee disbanded since";
  EXPECT_EQ(Short(records.Compute(kShare, "2013-06-30")), "50.0 (4 of 5)") << "with the seat taken in 2013";
  EXPECT_EQ(Short(records.Compute(kShare, "2014-06-30")), "0.0 (4 of 5)") << "no longer of low income: measured, zero";
}

TEST(ParticipationFormulas, GroupsAndCommitteesAreParameters) {
  TestRecords records = MembersAndCommittees();
  EXPECT_EQ(Short(records.Compute(kShare, "2011-12-31", {{"groups", "ldc"}})), "25.0 (4 of 4)")
      << "lists of other groups are complete";
  EXPECT_EQ(Short(records.Compute(kShare, "2011-12-31", {{"committee", "committees/2"}})), "0.0 (1 of 1)");
  EXPECT_EQ(Short(records.Compute(kShare, "2011-12-31", {{"committee", "committees/3"}})), "no data (0 of 0)");
}

TEST(ParticipationFormulas, MembersThatTakePartAsInItsExample) {
  TestRecords records = MembersAndCommittees();
  EXPECT_EQ(Short(records.Compute("participating-members", "2011-12-31")), "100.0 (3 of 3)");
  const v1::FormulaResult two = records.Compute("participating-members", "2011-12-31", {{"least", "2"}});
  EXPECT_EQ(Short(two), "33.3 (3 of 3)");
  EXPECT_EQ(records.inputs().records()[1].name, "members/rich") << "the correspondent is not asked";
  EXPECT_EQ(records.inputs().records()[1].value, 2);
}

}  // namespace
}  // namespace concord::reporting
