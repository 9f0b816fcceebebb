// The examples of FIGURES.md for who owes what by when.
#include "services/reporting/duties.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "common/aip/date.h"
#include "services/reporting/proto_of.h"
#include "services/reporting/year_test_plan.h"

namespace concord::reporting {
namespace {

using ::concord::action::v1::Action;
using ::concord::action::v1::Milestone;
using ::concord::action::v1::ProgressReport;
using ::concord::action::v1::Risk;
using ::concord::objective::v1::Indicator;
using ::concord::objective::v1::Measurement;
using ::concord::objective::v1::Objective;
using ::concord::objective::v1::Plan;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

struct DutyPlan : YearPlan {
  // "2012-04-30 a by m 2012-01-01/2012-03-31", each, at the end of the day itself.
  std::vector<std::string> DueBy(absl::CivilDay until) const { return OwedOn(until, until); }

  std::vector<std::string> OwedOn(absl::CivilDay day, absl::CivilDay until) const {
    const PlanResources resources = Resources();
    std::vector<OwedDuty> duties;
    ForEachDuty(resources, day, until, [&](const OwedDuty& duty) { duties.push_back(duty); });
    std::sort(duties.begin(), duties.end());
    std::vector<std::string> said;
    for (const OwedDuty& duty : duties) {
      const v1::Duty sent = ToDuty(duty, day);
      std::string& text = said.emplace_back(absl::StrCat(aip::FormatDate(sent.due_date()), " ", sent.title()));
      if (!sent.owner().empty()) absl::StrAppend(&text, " by ", sent.owner());
      if (sent.has_period_end_date()) {
        absl::StrAppend(&text, " ", aip::FormatDate(sent.period_start_date()), "/",
                        aip::FormatDate(sent.period_end_date()));
      }
    }
    return said;
  }
};

// Quarterly, due 30 days after the end of a quarter.
Indicator AnIndicator() {
  return ProtoOf<Indicator>(
      "name: 'plans/p/objectives/o/indicators/a' title: 'Indicator a' frequency: FREQUENCY_QUARTERLY due_days: 30 "
      "reporter: 'members/m'");
}

Measurement AMeasurement(Measurement::Status status) {
  Measurement measurement = ProtoOf<Measurement>(
      absl::StrCat("name: 'plans/p/objectives/o/indicators/a/measurements/1' value { value: '1' } period { start_date ",
                   DateText(1, 1), " end_date ", DateText(3, 31), " }"));
  measurement.set_status(status);
  measurement.mutable_update_time()->set_seconds(
      absl::ToUnixSeconds(absl::FromCivil(absl::CivilSecond(2012, 4, 10, 23, 59, 59), absl::UTCTimeZone())));
  return measurement;
}

TEST(Duties, OweAMeasurementForEachPeriodByItsDueDay) {
  DutyPlan plan;
  plan.indicators = {AnIndicator()};
  EXPECT_THAT(plan.DueBy(Day(4, 29)), IsEmpty());
  EXPECT_THAT(plan.DueBy(Day(4, 30)), ElementsAre("2012-04-30 Indicator a by members/m 2012-01-01/2012-03-31"));
  EXPECT_THAT(plan.DueBy(Day(7, 30)), ElementsAre("2012-04-30 Indicator a by members/m 2012-01-01/2012-03-31",
                                                  "2012-07-30 Indicator a by members/m 2012-04-01/2012-06-30"));
  EXPECT_EQ(plan.DueBy(absl::CivilDay(2200, 1, 1)).size(), 4u) << "no period after the plan's last day";
}

TEST(Duties, AreDoneByAMeasurementHandedInOrApproved) {
  DutyPlan plan;
  plan.indicators = {AnIndicator()};
  plan.measurements = {AMeasurement(Measurement::STATUS_APPROVED)};
  EXPECT_THAT(plan.DueBy(Day(4, 30)), IsEmpty());
  plan.measurements = {AMeasurement(Measurement::STATUS_SUBMITTED)};
  EXPECT_THAT(plan.DueBy(Day(4, 30)), ElementsAre("2012-04-24 Indicator a 2012-01-01/2012-03-31"))
      << "now somebody has to decide within 14 days";
}

TEST(Duties, AreNotDoneByADraftOrByWhatWasReturnedOrByAPart) {
  DutyPlan plan;
  plan.indicators = {AnIndicator()};
  for (const Measurement::Status status :
       {Measurement::STATUS_DRAFT, Measurement::STATUS_RETURNED, Measurement::STATUS_SUPERSEDED}) {
    plan.measurements = {AMeasurement(status)};
    EXPECT_EQ(plan.DueBy(Day(4, 30)).size(), 1u) << Measurement::Status_Name(status);
  }
  plan.measurements = {AMeasurement(Measurement::STATUS_APPROVED)};
  (*plan.measurements[0].mutable_dimensions())["group"] = "ldc";
  EXPECT_EQ(plan.DueBy(Day(4, 30)).size(), 1u);
}

TEST(Duties, OweTheDecisionOnAPartToo) {
  DutyPlan plan;
  plan.indicators = {AnIndicator()};
  plan.measurements = {AMeasurement(Measurement::STATUS_SUBMITTED)};
  (*plan.measurements[0].mutable_dimensions())["group"] = "ldc";
  EXPECT_EQ(plan.DueBy(Day(4, 30)).size(), 2u);
}

TEST(Duties, OweNoMeasurementOfWhatIsComputed) {
  DutyPlan plan;
  plan.indicators = {AnIndicator()};
  plan.indicators[0].mutable_roll_up()->set_method(objective::v1::RollUp::METHOD_SUM);
  EXPECT_THAT(plan.DueBy(Day(12, 31)), IsEmpty());
  plan.indicators = {AnIndicator()};
  plan.indicators[0].mutable_formula()->set_formula("formulas/liaisons");
  EXPECT_THAT(plan.DueBy(Day(12, 31)), IsEmpty()) << "nobody types what a formula gives";
}

TEST(Duties, OweNothingUnderAnObjectiveThatIsGone) {
  DutyPlan plan;
  plan.indicators = {AnIndicator()};
  plan.objectives.clear();
  EXPECT_THAT(plan.DueBy(Day(12, 31)), IsEmpty());
}

Action ReportingAction(const std::string& frequency, int month, int day) {
  Action action = AnAction("1", Action::STATE_IN_PROGRESS);
  action.MergeFrom(ProtoOf<Action>(absl::StrCat("lead: 'members/l' report_due_days: 10 report_frequency: ", frequency,
                                                " actual_start_date ", DateText(month, day))));
  return action;
}

TEST(Duties, OweAReportForEachPeriodSinceTheActionWasBegun) {
  DutyPlan plan;
  plan.actions = {ReportingAction("REPORT_FREQUENCY_UNSPECIFIED", 2, 15)};
  EXPECT_THAT(plan.DueBy(Day(7, 10)), ElementsAre("2012-04-10 Action 1 by members/l 2012-01-01/2012-03-31",
                                                  "2012-07-10 Action 1 by members/l 2012-04-01/2012-06-30"));
  plan.actions = {ReportingAction("REPORT_FREQUENCY_MONTHLY", 5, 31)};
  EXPECT_THAT(plan.DueBy(Day(7, 10)), ElementsAre("2012-06-10 Action 1 by members/l 2012-05-01/2012-05-31",
                                                  "2012-07-10 Action 1 by members/l 2012-06-01/2012-06-30"));
  plan.actions = {ReportingAction("REPORT_FREQUENCY_NONE", 2, 15)};
  EXPECT_THAT(plan.DueBy(Day(12, 31)), IsEmpty());
}

TEST(Duties, AreDoneByAReportAboutADayOfThePeriod) {
  DutyPlan plan;
  plan.actions = {ReportingAction("REPORT_FREQUENCY_QUARTERLY", 2, 15)};
  plan.reports = {
      ProtoOf<ProgressReport>(absl::StrCat("name: 'plans/p/actions/1/progressReports/r' date ", DateText(6, 30)))};
  EXPECT_THAT(plan.DueBy(Day(7, 10)), ElementsAre("2012-04-10 Action 1 by members/l 2012-01-01/2012-03-31"));
}

TEST(Duties, OweReportsOnlyWhileTheWorkGoesOn) {
  DutyPlan plan;
  plan.actions = {ReportingAction("REPORT_FREQUENCY_QUARTERLY", 2, 15)};
  plan.actions[0].set_state(Action::STATE_ON_HOLD);
  EXPECT_EQ(plan.DueBy(Day(4, 10)).size(), 1u);
  for (const Action::State state :
       {Action::STATE_PROPOSED, Action::STATE_APPROVED, Action::STATE_COMPLETED, Action::STATE_CANCELLED}) {
    plan.actions[0].set_state(state);
    EXPECT_THAT(plan.DueBy(Day(4, 10)), IsEmpty()) << Action::State_Name(state);
  }
}

TEST(Duties, OweReportsFromThePlansFirstDayToItsLast) {
  DutyPlan plan;
  plan.actions = {ReportingAction("REPORT_FREQUENCY_YEARLY", 2, 15)};
  plan.actions[0].mutable_actual_start_date()->set_year(2009);
  EXPECT_THAT(plan.DueBy(absl::CivilDay(2200, 1, 1)),
              ElementsAre("2013-01-10 Action 1 by members/l 2012-01-01/2012-12-31"));
}

TEST(Duties, OweMilestonesThatAreStillPlanned) {
  DutyPlan plan;
  plan.actions = {AnAction("1", Action::STATE_APPROVED)};
  plan.actions[0].set_lead("members/l");
  const std::string due = absl::StrCat(" due_date ", DateText(3, 1));
  plan.milestones = {
      ProtoOf<Milestone>("name: 'plans/p/actions/1/milestones/a' title: 'A' state: STATE_PLANNED" + due),
      ProtoOf<Milestone>("name: 'plans/p/actions/1/milestones/b' title: 'B' state: STATE_REACHED" + due),
      ProtoOf<Milestone>("name: 'plans/p/actions/1/milestones/c' title: 'C' state: STATE_DROPPED" + due),
      ProtoOf<Milestone>("name: 'plans/p/actions/1/milestones/d' title: 'D' state: STATE_PLANNED owner: 'members/o'" +
                         due)};
  EXPECT_THAT(plan.DueBy(Day(2, 29)), IsEmpty());
  EXPECT_THAT(plan.DueBy(Day(3, 1)), ElementsAre("2012-03-01 A by members/l", "2012-03-01 D by members/o"));
  plan.actions[0].set_state(Action::STATE_COMPLETED);
  EXPECT_THAT(plan.DueBy(Day(3, 1)), IsEmpty()) << "the action has ended";
}

TEST(Duties, OweALookAtOpenRisksOnTheirDay) {
  DutyPlan plan;
  plan.actions = {AnAction("1", Action::STATE_IN_PROGRESS)};
  plan.actions[0].set_report_frequency(Action::REPORT_FREQUENCY_NONE);
  const std::string review = absl::StrCat(" review_date ", DateText(3, 1));
  plan.risks = {ProtoOf<Risk>("name: 'plans/p/actions/1/risks/a' title: 'A' state: STATE_OPEN" + review),
                ProtoOf<Risk>("name: 'plans/p/actions/1/risks/b' title: 'B' state: STATE_CLOSED" + review),
                ProtoOf<Risk>("name: 'plans/p/actions/1/risks/c' title: 'C' state: STATE_OCCURRED" + review),
                ProtoOf<Risk>("name: 'plans/p/actions/1/risks/d' title: 'D' state: STATE_OPEN")};
  EXPECT_THAT(plan.DueBy(Day(2, 29)), IsEmpty());
  EXPECT_THAT(plan.DueBy(Day(3, 1)), ElementsAre("2012-03-01 A"));
}

TEST(Duties, OfAPastDayAreOfWhatWentOnThen) {
  DutyPlan plan;
  plan.actions = {ReportingAction("REPORT_FREQUENCY_QUARTERLY", 2, 15)};
  *plan.actions[0].mutable_actual_end_date() = DateOf(Day(6, 15));
  for (const Action::State state : {Action::STATE_COMPLETED, Action::STATE_CANCELLED}) {
    plan.actions[0].set_state(state);
    EXPECT_THAT(plan.OwedOn(Day(2, 14), Day(4, 10)), IsEmpty()) << "not begun yet";
    EXPECT_THAT(plan.OwedOn(Day(6, 14), Day(6, 14)),
                ElementsAre("2012-04-10 Action 1 by members/l 2012-01-01/2012-03-31"));
    EXPECT_THAT(plan.OwedOn(Day(6, 15), Day(6, 15)), IsEmpty()) << "has ended";
  }
}

TEST(Duties, OfAPastDayAreNotDoneByWhatWasDoneLater) {
  DutyPlan plan;
  plan.actions = {ReportingAction("REPORT_FREQUENCY_QUARTERLY", 2, 15)};
  plan.reports = {
      ProtoOf<ProgressReport>(absl::StrCat("name: 'plans/p/actions/1/progressReports/r' date ", DateText(3, 20)))};
  plan.milestones = {ProtoOf<Milestone>(
      absl::StrCat("name: 'plans/p/actions/1/milestones/a' title: 'A' state: STATE_REACHED reached_date ",
                   DateText(3, 25), " due_date ", DateText(3, 1)))};
  EXPECT_THAT(plan.OwedOn(Day(3, 19), Day(4, 10)),
              ElementsAre("2012-03-01 A by members/l", "2012-04-10 Action 1 by members/l 2012-01-01/2012-03-31"));
  EXPECT_THAT(plan.OwedOn(Day(3, 20), Day(4, 10)), ElementsAre("2012-03-01 A by members/l"));
  EXPECT_THAT(plan.OwedOn(Day(3, 25), Day(4, 10)), IsEmpty());
}

TEST(Duties, AreNoneOfAPlanThatIsNotInForce) {
  DutyPlan plan;
  plan.indicators = {AnIndicator()};
  for (const Plan::State state : {Plan::STATE_DRAFT, Plan::STATE_CLOSED, Plan::STATE_ARCHIVED}) {
    plan.plan.set_state(state);
    EXPECT_THAT(plan.DueBy(Day(12, 31)), IsEmpty()) << Plan::State_Name(state);
  }
}

TEST(Duties, AreOverdueFromTheDayAfterTheLast) {
  DutyPlan plan;
  plan.indicators = {AnIndicator()};
  const PlanResources resources = plan.Resources();
  ForEachDuty(resources, Day(4, 30), Day(4, 30), [](const OwedDuty& duty) {
    EXPECT_FALSE(ToDuty(duty, Day(4, 30)).overdue());
    EXPECT_TRUE(ToDuty(duty, Day(5, 1)).overdue());
    EXPECT_EQ(ToDuty(duty, Day(5, 1)).kind(), v1::Duty::KIND_MEASUREMENT);
    EXPECT_EQ(ToDuty(duty, Day(5, 1)).resource(), "plans/p/objectives/o/indicators/a");
  });
}

TEST(DutyCounts, AreOfWhatIsOverdueAndOfTheThirtyDaysAhead) {
  DutyPlan plan;
  plan.indicators = {AnIndicator()};
  const PlanResources resources = plan.Resources();
  EXPECT_EQ(CountDuties(resources, Day(3, 30)).upcoming_count(), 0) << "31 days ahead";
  EXPECT_EQ(CountDuties(resources, Day(3, 31)).upcoming_count(), 1) << "30 days ahead";
  EXPECT_EQ(CountDuties(resources, Day(4, 30)).upcoming_count(), 1) << "on the day itself";
  EXPECT_EQ(CountDuties(resources, Day(4, 30)).overdue_count(), 0);
  EXPECT_EQ(CountDuties(resources, Day(5, 1)).upcoming_count(), 0);
  EXPECT_EQ(CountDuties(resources, Day(5, 1)).overdue_count(), 1);
}

TEST(DutyPlace, ComparesAsDutiesDo) {
  OwedDuty duty;
  duty.resource = "plans/p/actions/1";
  std::vector<OwedDuty> ascending;
  for (const absl::CivilDay due :
       {absl::CivilDay(1, 1, 1), absl::CivilDay(1969, 12, 31), Day(1, 1), absl::CivilDay(9999, 12, 31)}) {
    duty.due_day = due;
    for (const absl::string_view resource : {"plans/p/actions/1", "plans/p/actions/1-a"}) {
      duty.resource = resource;
      duty.period = absl::nullopt;
      ascending.push_back(duty);
      duty.period = aip::DayPeriod{Day(1, 1), Day(1, 31)};
      ascending.push_back(duty);
      duty.period = aip::DayPeriod{Day(2, 1), Day(2, 29)};
      ascending.push_back(duty);
    }
  }
  for (size_t i = 0; i < ascending.size(); ++i) {
    for (size_t j = 0; j < ascending.size(); ++j) {
      EXPECT_EQ(ascending[i] < ascending[j], i < j);
      EXPECT_EQ(PlaceOf(ascending[i]) < PlaceOf(ascending[j]), i < j) << PlaceOf(ascending[i]);
    }
  }
}

}  // namespace
}  // namespace concord::reporting
