#include <gtest/gtest.h>

#include "services/reporting/formulas/formula_test_records.h"

namespace concord::reporting {
namespace {

using action::v1::Action;
using member::v1::Committee;
using member::v1::WorkItem;
using objective::v1::Objective;

TestRecords WithWork(const std::vector<std::string>& items) {
  TestRecords records;
  records.Add<Committee>("committees/1");
  for (size_t i = 0; i < items.size(); ++i) {
    records.Add<WorkItem>(absl::StrCat("committees/1/workItems/", i), items[i]);
  }
  return records;
}

TEST(StandardsPublished, AsInItsExample) {
  TestRecords records = WithWork({"publication_date: @2011-03-01 deliverable: DELIVERABLE_INTERNATIONAL_STANDARD",
                                  "publication_date: @2011-12-31 deliverable: DELIVERABLE_TECHNICAL_REPORT",
                                  "publication_date: @2012-01-01", "stage: '60.60'", "stage: '40.20'"});
  const v1::FormulaResult result = records.Compute("standards-published", "2011-12-31");
  EXPECT_EQ(Short(result), "2 (2 of 3)") << "one is published and does not say when";
  EXPECT_EQ(PartsOf(result), "international-standard: 1, technical-report: 1");
  EXPECT_EQ(Short(records.Compute("standards-published", "2012-12-31", {{"from", "2011-04-01"}})), "2 (2 of 3)");
}

TEST(StandardsUpToDate, AsInItsExample) {
  const std::string standard = "deliverable: DELIVERABLE_INTERNATIONAL_STANDARD ";
  TestRecords records =
      WithWork({standard + "publication_date: @2008-01-01",
                standard + "publication_date: @2005-01-01 stage_events { stage: '90.93' date: @2010-01-01 }",
                standard + "publication_date: @2006-01-01",
                "deliverable: DELIVERABLE_TECHNICAL_SPECIFICATION publication_date: @2008-01-01",
                "deliverable: DELIVERABLE_TECHNICAL_REPORT publication_date: @2008-01-01",
                standard + "publication_date: @2008-01-01 stage_events { stage: '95.99' date: @2012-01-01 }",
                standard + "stage: '60.60'"});
  EXPECT_EQ(Short(records.Compute("standards-up-to-date", "2012-06-30")), "50.0 (4 of 5)");
  EXPECT_EQ(Short(records.Compute("standards-up-to-date", "2012-12-31")), "50.0 (4 of 5)");
  EXPECT_EQ(Short(records.Compute("standards-up-to-date", "2013-01-01")), "25.0 (4 of 5)") << "five years are over";
  EXPECT_EQ(Short(records.Compute("standards-up-to-date", "2011-12-31")), "60.0 (5 of 6)") << "before the withdrawal";
}

// Two objectives, two actions of the first; three work items under way, one idea, one standard.
TestRecords PlanAndWork() {
  TestRecords records = WithWork({"stage: '30.20' priorities: 'plans/p/actions/1.1'",
                                  "stage: '30.20' priorities: 'plans/other/actions/1.1'", "stage: '50.00'",
                                  "stage: '00.60' priorities: 'plans/p/objectives/2'",
                                  "stage: '60.60' priorities: 'plans/p/objectives/2'"});
  records.Add<Objective>("plans/p/objectives/1");
  records.Add<Objective>("plans/p/objectives/2");
  const std::string link = "objective_links { objective: 'plans/p/objectives/1' kind: KIND_SUPPORTS }";
  records.Add<Action>("plans/p/actions/1.1", link);
  records.Add<Action>("plans/p/actions/1.2", link);
  records.Add<Action>("plans/p/actions/1.3", link + "state: STATE_CANCELLED");
  return records;
}

TEST(PrioritiesWithWork, OfObjectivesAndOfActions) {
  TestRecords records = PlanAndWork();
  const v1::FormulaResult result = records.Compute("priorities-with-work", "2012-12-31", {{"plan", "plans/p"}});
  EXPECT_EQ(Short(result), "50.0 (2 of 2)") << "what is an idea or published is not under way";
  EXPECT_EQ(PartsOf(result), "plans/p/objectives/1: 1, plans/p/objectives/2: 0");
  const v1::FormulaResult actions =
      records.Compute("priorities-with-work", "2012-12-31", {{"plan", "plans/p"}, {"level", "actions"}});
  EXPECT_EQ(Short(actions), "50.0 (2 of 2)") << "nobody waits for the cancelled one";
  EXPECT_EQ(PartsOf(actions), "plans/p/actions/1.1: 1, plans/p/actions/1.2: 0");
}

TEST(WorkUnderWay, AsInItsExampleAndBySecretariat) {
  TestRecords records = WithWork({"stage: '30.20'", "stage: '40.00'", "stage: '10.20'", "stage: '60.60'"});
  records.Add<Committee>("committees/2", "secretariat_periods { member: 'members/de' end_date: @2012-06-30 }");
  records.Add<WorkItem>("committees/2/workItems/a", "stage: '40.20'");
  const v1::FormulaResult result = records.Compute("work-under-way", "2012-12-31", {{"committee", "committees/1"}});
  EXPECT_EQ(Short(result), "2 (2 of 2)");
  EXPECT_EQ(PartsOf(result), "30: 1, 40: 1");
  EXPECT_EQ(Short(records.Compute("work-under-way", "2012-06-30", {{"secretariat", "members/de"}})), "1 (1 of 1)");
  EXPECT_EQ(Short(records.Compute("work-under-way", "2012-07-01", {{"secretariat", "members/de"}})), "0 (0 of 0)");
}

TEST(WorkWithPriority, AsInItsExample) {
  TestRecords records = PlanAndWork();
  EXPECT_EQ(Short(records.Compute("work-with-priority", "2012-12-31", {{"plan", "plans/p"}})), "33.3 (3 of 3)");
  EXPECT_EQ(records.inputs().records()[0].part, "plans/p/actions/1.1");
  EXPECT_EQ(records.inputs().records()[1].standing, v1::FormulaInput::STANDING_OUT) << "it serves another plan";
}

}  // namespace
}  // namespace concord::reporting
