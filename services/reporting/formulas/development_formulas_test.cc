#include <gtest/gtest.h>

#include "services/reporting/formulas/formula_test_records.h"

namespace concord::reporting {
namespace {

using member::v1::Committee;
using member::v1::WorkItem;

std::string Event(const std::string& stage, const std::string& date) {
  return absl::StrCat("stage_events { stage: '", stage, "' date: @", date, " } ");
}

TestRecords WithCommittees() {
  TestRecords records;
  records.Add<Committee>("committees/1",
                         "secretariat_periods { member: 'members/de' end_date: @2012-04-30 }"
                         "secretariat_periods { member: 'members/fr' start_date: @2012-05-01 }");
  records.Add<Committee>("committees/2", "parent_committee: 'committees/1'");
  return records;
}

// As in the example: published after 700 and 900 days, given up after 100, open since 800.
TestRecords FourProjects() {
  TestRecords records = WithCommittees();
  records.Add<WorkItem>("committees/1/workItems/a", Event("10.99", "2010-01-01") + Event("20.00", "2010-02-01") +
                                                        Event("60.60", "2011-12-02") +
                                                        "publication_date: @2011-12-02 ics_codes: '03.100.30'");
  records.Add<WorkItem>("committees/1/workItems/b", Event("20.00", "2010-01-01") + Event("20.98", "2010-04-11"));
  records.Add<WorkItem>("committees/2/workItems/c", Event("10.99", "2010-01-01") +
                                                        "publication_date: @2012-06-19 "
                                                        "stage: '60.60' ics_codes: '03.1'");
  records.Add<WorkItem>("committees/2/workItems/d", Event("10.99", "2010-10-23") + Event("40.20", "2012-01-01") +
                                                        Event("60.60", "2013-01-01") + "publication_date: @2013-01-01");
  return records;
}

TEST(DevelopmentTime, AsInItsExample) {
  TestRecords records = FourProjects();
  const v1::FormulaResult result = records.Compute("development-time", "2012-12-31");
  EXPECT_EQ(Short(result), "900 (4 of 4)");
  EXPECT_EQ(PartsOf(result), "2011: 700, 2012: 900");
  EXPECT_EQ(result.explanation(), "50 % within 900 days, of 4 work items: 2 published, 1 open, 1 given up");
  EXPECT_EQ(records.inputs().records()[1].part, "given-up");
  EXPECT_EQ(records.inputs().records()[1].value, 100);
  EXPECT_EQ(records.inputs().records()[3].part, "open") << "what came later is not known on that day";
  EXPECT_EQ(records.inputs().records()[3].value, 800);
}

TEST(DevelopmentTime, SaysNoDataWhereSoManyHaveNotCome) {
  TestRecords records = FourProjects();
  const v1::FormulaResult result = records.Compute("development-time", "2012-12-31", {{"percentile", "76"}});
  EXPECT_EQ(Short(result), "no data (4 of 4)");
  EXPECT_EQ(result.no_data_reason(),
            "less than 76 % have come so far, of 4 work items: 2 published, 1 open, 1 given up");
}

TEST(DevelopmentTime, WhatDoesNotSayWhenIsMissing) {
  TestRecords records = WithCommittees();
  records.Add<WorkItem>("committees/1/workItems/began", "stage: '60.60' publication_date: @2005-01-01");
  records.Add<WorkItem>("committees/1/workItems/came", Event("10.99", "2010-01-01") + Event("90.20", "2012-01-01"));
  records.Add<WorkItem>("committees/1/workItems/idea", Event("00.00", "2010-01-01"));
  records.Add<WorkItem>("committees/1/workItems/later", Event("10.99", "2013-01-01"));
  records.Add<WorkItem>("committees/1/workItems/turned",
                        Event("10.99", "2010-01-01") + "publication_date: @2009-01-01");
  EXPECT_EQ(Short(records.Compute("development-time", "2012-12-31")), "no data (0 of 3)")
      << "an idea has not begun, and the last one is of a later day";
  EXPECT_EQ(Short(records.Compute("development-time", "2012-12-31", {{"from", "2006-01-01"}})), "no data (0 of 2)")
      << "what came out before the window began before it";
}

TEST(DevelopmentTime, IsOfACommitteeAWindowAFieldOrATrack) {
  TestRecords records = FourProjects();
  const auto compute = [&](const std::map<std::string, std::string>& parameters) {
    return Short(records.Compute("development-time", "2012-12-31", parameters));
  };
  EXPECT_EQ(compute({{"committee", "committees/2"}}), "900 (2 of 2)");
  EXPECT_EQ(compute({{"ics", "03.100"}}), "700 (1 of 1)") << "03.1 is no part of 03.100";
  EXPECT_EQ(compute({{"from", "2010-01-02"}}), "no data (1 of 1)");
  EXPECT_EQ(compute({{"to", "2010-01-01"}, {"percentile", "30"}}), "700 (3 of 3)");
  EXPECT_EQ(compute({{"track", "36"}}), "no data (0 of 0)");
}

TEST(StageTime, AsInItsExample) {
  TestRecords records = WithCommittees();
  records.Add<WorkItem>("committees/1/workItems/a",
                        Event("40.00", "2011-01-01") + Event("40.60", "2011-03-01") + Event("50.00", "2011-05-31"));
  records.Add<WorkItem>("committees/1/workItems/b",
                        Event("40.20", "2011-01-01") + Event("50.00", "2011-07-20") + Event("40.00", "2011-08-01"));
  records.Add<WorkItem>("committees/1/workItems/c", Event("40.20", "2011-09-22"));
  records.Add<WorkItem>("committees/1/workItems/d", "stage: '60.60'");
  const v1::FormulaResult result = records.Compute("stage-time", "2011-12-31");
  EXPECT_EQ(Short(result), "150 (3 of 4)") << "the second stay of b does not count";
  EXPECT_EQ(PartsOf(result), "40: 150, 50: 12") << "b went back after twelve days, a has not left stage 50";
  EXPECT_EQ(records.inputs().records()[2].part, "open");
}

TEST(StageTime, WhatIsGivenUpInTheStageNeverLeavesIt) {
  TestRecords records = WithCommittees();
  records.Add<WorkItem>("committees/1/workItems/a", Event("40.00", "2011-01-01") + Event("40.98", "2011-03-01"));
  EXPECT_EQ(Short(records.Compute("stage-time", "2011-12-31")), "no data (1 of 1)");
  EXPECT_EQ(records.inputs().records()[0].part, "given-up");
}

TEST(InsideLimitDates, AsInItsExampleByWhoHeldTheSecretariat) {
  TestRecords records = WithCommittees();
  const auto add = [&](const std::string& id, const std::string& fields) {
    records.Add<WorkItem>("committees/1/workItems/" + id, Event("10.99", "2010-03-01") + fields);
  };
  add("a", "publication_limit_date: @2012-03-01 publication_date: @2012-02-15");
  add("b", "publication_limit_date: @2012-06-01 publication_date: @2012-07-01");
  add("c", "publication_limit_date: @2013-01-01");
  add("d", "");
  add("e", Event("30.98", "2011-01-01") + "publication_limit_date: @2012-06-01");
  const v1::FormulaResult result = records.Compute("inside-limit-dates", "2012-12-31");
  EXPECT_EQ(Short(result), "50.0 (2 of 3)") << "one has no limit, one was given up before";
  ASSERT_EQ(PartsOf(result), "members/de: 100.0, members/fr: 0.0");
  // Wilson for 1 of 1: 1 / (1 + 1.96^2) = 20.65 % to 100 %; for 0 of 1 the mirror image.
  EXPECT_EQ(result.parts(0).lower().value(), "20.7");
  EXPECT_EQ(result.parts(0).upper().value(), "100.0");
  EXPECT_EQ(result.parts(1).lower().value(), "0.0");
  EXPECT_EQ(result.parts(1).upper().value(), "79.3");
}

}  // namespace
}  // namespace concord::reporting
