#include <gtest/gtest.h>

#include "services/reporting/formulas/formula_test_records.h"

namespace concord::reporting {
namespace {

using action::v1::Activity;
using member::v1::Member;

const std::map<std::string, std::string>& OfPlan() {
  static const auto& parameters = *new std::map<std::string, std::string>{{"plan", "plans/p"}};
  return parameters;
}

TestRecords WithActivities(const std::vector<std::string>& activities) {
  TestRecords records;
  for (size_t i = 0; i < activities.size(); ++i) {
    records.Add<Activity>(absl::StrCat("plans/p/actions/1/activities/", i), activities[i]);
  }
  return records;
}

TEST(ActivitiesHeld, AsInItsExample) {
  TestRecords records = WithActivities({"kind: KIND_STUDY start_date: @2011-05-01",
                                        "kind: KIND_EVENT start_date: @2011-06-01 end_date: @2011-06-03",
                                        "kind: KIND_EVENT start_date: @2012-01-01"});
  const v1::FormulaResult result = records.Compute("activities-held", "2011-06-03", OfPlan());
  EXPECT_EQ(Short(result), "2 (2 of 2)");
  EXPECT_EQ(PartsOf(result), "event: 1, study: 1");
  EXPECT_EQ(Short(records.Compute("activities-held", "2011-06-02", OfPlan())), "1 (1 of 1)") << "one is still on";
  EXPECT_EQ(Short(records.Compute("activities-held", "2012-12-31", {{"plan", "plans/p"}, {"kind", "event"}})),
            "2 (2 of 2)");
  EXPECT_EQ(Short(records.Compute("activities-held", "2012-12-31", {{"plan", "plans/p"}, {"from", "2011-06-03"}})),
            "2 (2 of 2)");
}

TEST(ActivityReach, AsInItsExample) {
  const std::string study = "kind: KIND_STUDY start_date: @2011-05-01 ";
  TestRecords records = WithActivities({study + "reach_count: 1000", study + "reach_count: 0", study});
  const v1::FormulaResult result = records.Compute("activity-reach", "2011-12-31", OfPlan());
  EXPECT_EQ(Short(result), "1000 (2 of 3)");
  EXPECT_EQ(result.missing(0), "plans/p/actions/1/activities/2");
}

TEST(ActivityReach, ZeroIsSaidAndNoDataIsNot) {
  const std::string study = "kind: KIND_STUDY start_date: @2011-05-01 ";
  EXPECT_EQ(Short(WithActivities({study + "reach_count: 0"}).Compute("activity-reach", "2011-12-31", OfPlan())),
            "0 (1 of 1)");
  EXPECT_EQ(Short(WithActivities({study}).Compute("activity-reach", "2011-12-31", OfPlan())), "no data (0 of 1)");
  EXPECT_EQ(Short(WithActivities({}).Compute("activity-reach", "2011-12-31", OfPlan())), "no data (0 of 0)");
}

TEST(TrainingSeats, AsInItsExample) {
  TestRecords records =
      WithActivities({"kind: KIND_TRAINING start_date: @2011-05-01 "
                      "participations { member: 'members/low' participant_count: 12 } "
                      "participations { member: 'members/rich' participant_count: 8 } "
                      "participations { member: 'members/who' participant_count: 3 }",
                      "kind: KIND_TRAINING start_date: @2011-06-01", "kind: KIND_EVENT start_date: @2011-06-01"});
  records.Add<Member>("members/low",
                      "group_periods { group: 'income-low' end_date: @2011-05-01 }"
                      "group_periods { group: 'income-high' start_date: @2011-05-02 }");
  records.Add<Member>("members/rich", "group_periods { group: 'income-high' }");
  const v1::FormulaResult result = records.Compute("training-seats", "2011-12-31", OfPlan());
  EXPECT_EQ(Short(result), "12 (1 of 2)") << "by the groups on the day of the training";
  EXPECT_EQ(PartsOf(result), "in-groups: 12, others: 8, unknown: 3");
}

}  // namespace
}  // namespace concord::reporting
