#include <gtest/gtest.h>

#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "services/reporting/formulas/formula_test_records.h"

namespace concord::reporting {
namespace {

using member::v1::Adoption;
using member::v1::Committee;
using member::v1::Member;
using member::v1::WorkItem;

constexpr char kStandard[] = "deliverable: DELIVERABLE_INTERNATIONAL_STANDARD ";
constexpr char kYearEnd[] = "2012-12-31";

void AddAdoption(TestRecords& records, const std::string& item, const std::string& member, const std::string& fields) {
  records.Add<Adoption>(absl::StrCat("committees/1/workItems/", item, "/adoptions/", member),
                        absl::StrCat("member: 'members/", member, "' ", fields));
}

// Standards a (of field 03.100), b and c, published in 2010. Members de and us (member bodies; high income), ke (member
// body; low), na (a correspondent of which no income is known), sb (subscriber).
TestRecords WithStandards() {
  TestRecords records;
  const auto add_member = [&](const std::string& id, const std::string& category, const std::string& group) {
    records.Add<Member>(
        absl::StrCat("members/", id),
        absl::StrCat("category_periods { category: CATEGORY_", category, " } ",
                     group.empty() ? "" : absl::StrCat("group_periods { group: 'income-", group, "' }")));
  };
  add_member("de", "MEMBER_BODY", "high");
  add_member("ke", "MEMBER_BODY", "low");
  add_member("na", "CORRESPONDENT", "");
  add_member("sb", "SUBSCRIBER", "low");
  add_member("us", "MEMBER_BODY", "high");
  records.Add<Committee>("committees/1");
  records.Add<Committee>("committees/2");
  const std::string published = absl::StrCat(kStandard, "publication_date: @2010-05-01 ");
  records.Add<WorkItem>("committees/1/workItems/a", published + "ics_codes: '03.100.30'");
  records.Add<WorkItem>("committees/1/workItems/b", published);
  records.Add<WorkItem>("committees/1/workItems/c", published);
  return records;
}

// The records of both examples.
TestRecords OfTheExamples() {
  TestRecords records = WithStandards();
  AddAdoption(records, "a", "de", "degree: DEGREE_IDENTICAL adoption_date: @2010-06-01");
  AddAdoption(records, "a", "ke", "degree: DEGREE_IDENTICAL adoption_date: @2011-06-01");
  AddAdoption(records, "a", "us", "degree: DEGREE_MODIFIED adoption_date: @2012-06-01");
  AddAdoption(records, "b", "de", "degree: DEGREE_NOT_EQUIVALENT adoption_date: @2011-01-01");
  AddAdoption(records, "b", "us", "degree: DEGREE_MODIFIED adoption_date: @2011-01-01");
  return records;
}

TEST(Uptake, AsInItsExample) {
  TestRecords records = OfTheExamples();
  const v1::FormulaResult one = records.Compute("uptake", kYearEnd);
  EXPECT_EQ(Short(one), "66.7 (3 of 3)");
  EXPECT_EQ(one.explanation(),
            "2 of 3 International Standards in force; 3 of 4 members that may adopt have recorded any adoption");
  EXPECT_EQ(records.inputs().records()[0].value, 3) << "how many adopted it";
  EXPECT_EQ(records.inputs().records()[1].value, 1) << "not equivalent is not adopted";
  EXPECT_EQ(Short(records.Compute("uptake", kYearEnd, {{"members", "3"}})), "33.3 (3 of 3)");
  const v1::FormulaResult five = records.Compute("uptake", kYearEnd, {{"members", "5"}});
  EXPECT_EQ(Short(five), "no data (0 of 3)");
  EXPECT_EQ(
      five.no_data_reason(),
      "too few have said what is adopted of the 3 International Standards in force: 3 of 4 members that may adopt "
      "have recorded any adoption");
}

TEST(Uptake, IsOfWhatIsInForceOnTheDay) {
  TestRecords records = OfTheExamples();
  EXPECT_EQ(Short(records.Compute("uptake", "2012-05-31", {{"members", "2"}})), "33.3 (3 of 3)");
  EXPECT_EQ(Short(records.Compute("uptake", "2011-05-31", {{"members", "2"}})), "0.0 (3 of 3)")
      << "two members tell, and no two have adopted the same";
  TestRecords withdrawn = WithStandards();
  AddAdoption(withdrawn, "a", "de", "degree: DEGREE_IDENTICAL adoption_date: @2011-03-01 withdrawal_date: @2012-07-01");
  EXPECT_EQ(Short(withdrawn.Compute("uptake", "2011-02-28")), "no data (0 of 3)") << "nobody had said anything then";
  EXPECT_EQ(Short(withdrawn.Compute("uptake", "2011-03-01")), "33.3 (3 of 3)") << "from its day on";
  EXPECT_EQ(Short(withdrawn.Compute("uptake", "2012-06-30")), "33.3 (3 of 3)");
  EXPECT_EQ(Short(withdrawn.Compute("uptake", "2012-07-01")), "0.0 (3 of 3)") << "a zero that somebody has told";
}

TEST(Uptake, IsOfInternationalStandardsThatArePublishedAndNotWithdrawn) {
  TestRecords records = WithStandards();
  AddAdoption(records, "a", "de", "degree: DEGREE_IDENTICAL adoption_date: @2010-06-01");
  records.Add<WorkItem>("committees/1/workItems/d", absl::StrCat(kStandard, "stage: '40.20'"));
  records.Add<WorkItem>("committees/1/workItems/e",
                        absl::StrCat(kStandard,
                                     "publication_date: @2005-01-01 stage_events { stage: '95.99' date: "
                                     "@2012-01-01 }"));
  records.Add<WorkItem>("committees/1/workItems/f",
                        "deliverable: DELIVERABLE_TECHNICAL_REPORT publication_date: @2010-01-01");
  records.Add<WorkItem>("committees/2/workItems/g", absl::StrCat(kStandard, "publication_date: @2012-01-01"));
  EXPECT_EQ(Short(records.Compute("uptake", kYearEnd)), "25.0 (4 of 4)");
  EXPECT_EQ(Short(records.Compute("uptake", "2011-12-31")), "25.0 (4 of 4)") << "one is withdrawn, one came instead";
  EXPECT_EQ(Short(records.Compute("uptake", kYearEnd, {{"committee", "committees/1"}})), "33.3 (3 of 3)");
  EXPECT_EQ(Short(records.Compute("uptake", kYearEnd, {{"ics", "03.100"}})), "100.0 (1 of 1)");
  EXPECT_EQ(Short(records.Compute("uptake", kYearEnd, {{"committee", "committees/2"}})), "0.0 (1 of 1)")
      << "somebody tells what he has adopted, and it is not this one";
}

TEST(Uptake, IsNoDataWhereNobodyHasSaidAnything) {
  TestRecords silent = WithStandards();
  const v1::FormulaResult none = silent.Compute("uptake", kYearEnd);
  EXPECT_EQ(Short(none), "no data (0 of 3)");
  EXPECT_EQ(none.no_data_reason(),
            "nobody has said what is adopted of the 3 International Standards in force: 0 of 4 members that may adopt "
            "have recorded any adoption");
  EXPECT_EQ(none.missing(0), "committees/1/workItems/a");
  TestRecords records = OfTheExamples();
  const v1::FormulaResult before = records.Compute("uptake", "2010-04-30");
  EXPECT_EQ(Short(before), "no data (0 of 0)");
  EXPECT_EQ(before.no_data_reason(), "there are no International Standards in force on that day");
}

TEST(Uptake, CanBeThatOfGroupsOfCountries) {
  TestRecords records = OfTheExamples();
  const v1::FormulaResult low = records.Compute("uptake", kYearEnd, {{"groups", "income-low"}});
  EXPECT_EQ(Short(low), "33.3 (3 of 3)");
  EXPECT_TRUE(absl::StrContains(low.explanation(), "1 of 1 members that may adopt")) << low.explanation();
  EXPECT_EQ(Short(records.Compute("uptake", kYearEnd, {{"groups", "income-lower-middle"}})), "no data (0 of 3)")
      << "nobody of them has said anything";
  AddAdoption(records, "a", "na", "degree: DEGREE_IDENTICAL adoption_date: @2012-01-01");
  AddAdoption(records, "c", "na", "degree: DEGREE_IDENTICAL adoption_date: @2012-01-01");
  const v1::FormulaResult unsure = records.Compute("uptake", kYearEnd, {{"groups", "income-low"}});
  EXPECT_EQ(Short(unsure), "50.0 (2 of 3)") << "of c it depends on a member of unknown income, of a it does not";
  EXPECT_EQ(unsure.missing(0), "committees/1/workItems/c");
  EXPECT_EQ(Short(records.Compute("uptake", kYearEnd)), "100.0 (3 of 3)");
}

TEST(AdoptionsPerStandard, AsInItsExample) {
  TestRecords records = OfTheExamples();
  const v1::FormulaResult result = records.Compute("adoptions-per-standard", kYearEnd);
  EXPECT_EQ(Short(result), "1.33 (3 of 3)");
  EXPECT_EQ(PartsOf(result), "identical: 0.67, modified: 0.67");
  EXPECT_EQ(result.explanation(),
            "4 adoptions of 3 International Standards in force; 3 of 4 members that may adopt have recorded any "
            "adoption");
}

TEST(AdoptionsPerStandard, LeavesOutWhatIsNotKnown) {
  TestRecords silent = WithStandards();
  EXPECT_EQ(Short(silent.Compute("adoptions-per-standard", kYearEnd)), "no data (0 of 3)");
  TestRecords records = OfTheExamples();
  AddAdoption(records, "a", "na", "degree: DEGREE_IDENTICAL adoption_date: @2012-01-01");
  const v1::FormulaResult result =
      records.Compute("adoptions-per-standard", kYearEnd, {{"groups", "income-low,income-high"}});
  EXPECT_EQ(Short(result), "0.50 (2 of 3)");
  EXPECT_EQ(result.missing(0), "committees/1/workItems/a");
  EXPECT_EQ(Short(records.Compute("adoptions-per-standard", kYearEnd)), "1.67 (3 of 3)");
}

TEST(Uptake, IsAsFreshAsTheAdoptions) {
  TestRecords records = WithStandards();
  records.Add<WorkItem>("committees/1/workItems/d",
                        absl::StrCat(kStandard, "publication_date: @2010-05-01 update_time { seconds: 7 }"));
  AddAdoption(records, "d", "de",
              "degree: DEGREE_NOT_EQUIVALENT adoption_date: @2011-01-01 update_time { seconds: 9 }");
  EXPECT_EQ(records.Compute("uptake", kYearEnd).newest_time().seconds(), 9);
  EXPECT_EQ(records.Compute("adoptions-per-standard", kYearEnd).newest_time().seconds(), 9);
}

}  // namespace
}  // namespace concord::reporting
