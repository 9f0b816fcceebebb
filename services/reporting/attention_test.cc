// The examples of FIGURES.md for what should be looked at.
#include "services/reporting/attention.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

#include "common/aip/date.h"
#include "common/aip/enum_words.h"
#include "services/reporting/proto_of.h"
#include "services/reporting/year_test_plan.h"

namespace concord::reporting {
namespace {

using ::concord::action::v1::Action;
using ::concord::action::v1::Milestone;
using ::concord::action::v1::ProgressReport;
using ::concord::objective::v1::Indicator;
using ::concord::objective::v1::Measurement;
using ::concord::objective::v1::Plan;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

struct AttentionPlan : YearPlan {
  // Begun with the year, planned until the end of September, asked for no reports.
  Action& Add(const std::string& code, Action::State state = Action::STATE_IN_PROGRESS) {
    Action action = Dated(AnAction(code, state), Day(1, 1), Day(9, 30));
    action.set_lead("members/m");
    action.set_report_frequency(Action::REPORT_FREQUENCY_NONE);
    *action.mutable_actual_start_date() = DateOf(Day(1, 1));
    actions.push_back(action);
    return actions.back();
  }
  void Report(const std::string& code, int month, int day, int percent, const std::string& health = "ON_TRACK") {
    reports.push_back(ProtoOf<ProgressReport>(absl::StrCat("name: '", ActionName(code), "/progressReports/", month, "-",
                                                           day, "' date ", DateText(month, day), "percent { value: '",
                                                           percent, "' }", " health: HEALTH_", health)));
  }

  // "OVERDUE a since 2012-10-01: due 1 day ago", each, in their order.
  std::vector<std::string> On(absl::CivilDay day) const {
    const PlanResources resources = Resources();
    std::map<std::string, std::string> in_order;
    ForEachAttention(resources, day, [&](const v1::AttentionItem& item) {
      std::string& text = in_order[PlaceOf(item)];
      EXPECT_EQ(text, "") << "two in one place";
      text = absl::StrCat(aip::WordOf(item.reason()), " ", item.resource().substr(item.resource().rfind('/') + 1));
      if (item.has_since_date()) absl::StrAppend(&text, " since ", aip::FormatDate(item.since_date()));
      absl::StrAppend(&text, ": ", item.explanation());
    });
    std::vector<std::string> texts;
    for (const auto& [place, text] : in_order) texts.push_back(text);
    return texts;
  }
};

TEST(Attention, IsAskedForOverdueActions) {
  AttentionPlan plan;
  plan.Add("a");
  plan.Report("a", 9, 30, 100);
  EXPECT_THAT(plan.On(Day(9, 30)), IsEmpty());
  EXPECT_THAT(plan.On(Day(10, 1)), ElementsAre("OVERDUE a since 2012-10-01: due 2012-09-30, 1 day ago"));
  plan.actions[0].set_state(Action::STATE_COMPLETED);
  *plan.actions[0].mutable_actual_end_date() = DateOf(Day(10, 2));
  EXPECT_EQ(plan.On(Day(10, 1)).size(), 1) << "it was overdue then";
  EXPECT_THAT(plan.On(Day(10, 2)), IsEmpty());
}

TEST(Attention, IsAskedForWhatIsRedAsComputedOrAsDeclared) {
  AttentionPlan plan;
  plan.Add("a");
  plan.Report("a", 6, 30, 20);
  std::vector<std::string> red = plan.On(Day(6, 30));
  ASSERT_EQ(red.size(), 1);
  EXPECT_THAT(red[0], ::testing::StartsWith("RED a: "));
  plan.reports.clear();
  plan.Report("a", 6, 30, 90, "OFF_TRACK");
  red = plan.On(Day(6, 30));
  ASSERT_EQ(red.size(), 1);
  EXPECT_THAT(red[0], ::testing::StartsWith("RED a since 2012-06-30: its people say that it is off track"));
}

TEST(Attention, IsAskedForWhatWaits) {
  AttentionPlan plan;
  plan.Add("a", Action::STATE_ON_HOLD);
  plan.Report("a", 2, 1, 50);
  plan.Add("b");
  plan.Report("b", 2, 1, 50);
  plan.Add("c", Action::STATE_CANCELLED);
  *plan.actions.back().mutable_actual_end_date() = DateOf(Day(2, 1));
  plan.actions[1].add_dependencies(ActionName("c"));
  EXPECT_THAT(plan.On(Day(2, 1)), ElementsAre("BLOCKED a: on hold", "BLOCKED b: waits for c, which is cancelled"));
  EXPECT_THAT(plan.On(Day(1, 31)), ElementsAre("BLOCKED a: on hold")) << "not cancelled yet";
  plan.actions[2].set_state(Action::STATE_COMPLETED);
  EXPECT_THAT(plan.On(Day(2, 1)), ElementsAre("BLOCKED a: on hold"));
}

TEST(Attention, IsAskedForWhatWaitsForSomethingOverdue) {
  AttentionPlan plan;
  plan.Add("a");
  plan.Report("a", 3, 1, 60);
  plan.Add("b");
  plan.Report("b", 3, 1, 60);
  *plan.actions[1].mutable_due_date() = DateOf(Day(2, 28));
  plan.actions[0].add_dependencies(ActionName("b"));
  EXPECT_THAT(plan.On(Day(3, 1)), ElementsAre("OVERDUE b since 2012-02-29: due 2012-02-28, 2 days ago",
                                              "BLOCKED a: waits for b, which was due 2012-02-28"));
}

// A quarter of the time is over on 2012-03-09 (69 of 274 days), about 58 % on 2012-06-07.
TEST(Attention, IsAskedForPerformanceThatFalls) {
  AttentionPlan plan;
  plan.Add("a");
  plan.Report("a", 3, 9, 25);
  plan.Report("a", 6, 7, 46);
  EXPECT_THAT(plan.On(Day(6, 7)), ElementsAre("SLIPPING a: schedule performance 79 %, 99 % 90 days before"));
  plan.Report("a", 6, 7, 53);
  plan.reports.erase(plan.reports.begin() + 1);
  EXPECT_THAT(plan.On(Day(6, 7)), IsEmpty()) << "91 % is on track";
}

TEST(Attention, IsAskedForMilestonesThatWereNotReached) {
  AttentionPlan plan;
  plan.Add("a");
  for (const char* id : {"1", "2", "3", "4"}) {
    plan.milestones.push_back(ProtoOf<Milestone>(absl::StrCat("name: '", ActionName("a"), "/milestones/", id,
                                                              "' state: STATE_REACHED due_date ", DateText(2, 1))));
  }
  plan.milestones[3].set_state(Milestone::STATE_PLANNED);
  EXPECT_THAT(plan.On(Day(2, 1)), IsEmpty());
  EXPECT_THAT(plan.On(Day(2, 2)), ElementsAre("SLIPPING 4 since 2012-02-02: to be reached by 2012-02-01"));
}

TEST(Attention, IsAskedOnceForThoseWhoOweReportsAndMeasurements) {
  AttentionPlan plan;
  plan.Add("a").set_report_frequency(Action::REPORT_FREQUENCY_MONTHLY);
  *plan.actions[0].mutable_start_date() = DateOf(Day(1, 1));
  plan.Report("a", 1, 31, 12);
  plan.Report("a", 4, 10, 42);
  plan.indicators = {
      ProtoOf<Indicator>("name: 'plans/p/objectives/o/indicators/i' title: 'I' frequency: "
                         "FREQUENCY_QUARTERLY due_days: 30 reporter: 'members/m'")};
  EXPECT_THAT(plan.On(Day(4, 15)), ElementsAre("SILENT a since 2012-03-01: owes 2 progress reports"));
  EXPECT_THAT(plan.On(Day(5, 1)), ElementsAre("SILENT a since 2012-03-01: owes 2 progress reports",
                                              "STALE i since 2012-05-01: owes 1 measurement"));
}

TEST(Attention, IsAskedForIndicatorsOutsideOfTheirGuardRails) {
  AttentionPlan plan;
  plan.indicators = {
      ProtoOf<Indicator>("name: 'plans/p/objectives/o/indicators/i' frequency: FREQUENCY_QUARTERLY due_days: 300 "
                         "direction: DIRECTION_INCREASE guard_rails { lower { value: '10' } upper { value: '20' } }")};
  plan.measurements = {ProtoOf<Measurement>(absl::StrCat(
      "name: 'plans/p/objectives/o/indicators/i/measurements/1' status: STATUS_APPROVED value { value: '9' "
      "} period { start_date ",
      DateText(1, 1), " end_date ", DateText(3, 31), " }"))};
  EXPECT_THAT(plan.On(Day(4, 1)), ElementsAre("RED i: below its lower guard rail"));
  plan.measurements[0].mutable_value()->set_value("21");
  EXPECT_THAT(plan.On(Day(4, 1)), ElementsAre("RED i: above its upper guard rail"));
  plan.measurements[0].mutable_value()->set_value("20");
  EXPECT_THAT(plan.On(Day(4, 1)), IsEmpty());
}

TEST(Attention, IsAskedForNothingOfAPlanThatIsNotActive) {
  AttentionPlan plan;
  plan.Add("a");
  plan.plan.set_state(Plan::STATE_CLOSED);
  EXPECT_THAT(plan.On(Day(12, 31)), IsEmpty());
}

}  // namespace
}  // namespace concord::reporting
