// The examples of FIGURES.md for forecasts of actions.
#include "services/reporting/action_forecast.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "common/aip/date.h"
#include "services/reporting/proto_of.h"
#include "services/reporting/year_test_plan.h"

namespace concord::reporting {
namespace {

using ::concord::action::v1::Action;
using ::concord::action::v1::Milestone;
using ::concord::action::v1::ProgressReport;
using v1::ActionForecast;

struct ForecastPlan : YearPlan {
  Action& Add(const std::string& code, Action::State state, absl::CivilDay first, absl::CivilDay last) {
    actions.push_back(Dated(AnAction(code, state), first, last));
    return actions.back();
  }
  Action& Begin(const std::string& code, absl::CivilDay start, absl::CivilDay first, absl::CivilDay last) {
    Action& action = Add(code, Action::STATE_IN_PROGRESS, first, last);
    *action.mutable_actual_start_date() = DateOf(start);
    return action;
  }
  // Planned for the whole year, and done between these days.
  void Complete(const std::string& code, absl::CivilDay start, absl::CivilDay end) {
    Action& action = Begin(code, start, Day(1, 1), Day(12, 31));
    action.set_state(Action::STATE_COMPLETED);
    *action.mutable_actual_end_date() = DateOf(end);
  }
  void Need(const std::string& code, const std::string& other) { Find(code).add_dependencies(ActionName(other)); }
  void Report(const std::string& code, int month, int day, int percent) {
    reports.push_back(
        ProtoOf<ProgressReport>(absl::StrCat("name: '", ActionName(code), "/progressReports/", month, "-", day,
                                             "' date ", DateText(month, day), "percent { value: '", percent, "' }")));
  }
  Action& Find(const std::string& code) {
    for (Action& action : actions) {
      if (action.code() == code) return action;
    }
    ADD_FAILURE() << code;
    return actions.front();
  }

  ActionForecast On(absl::CivilDay day, const std::string& code) const {
    const PlanResources resources = Resources();
    const ActionForecasts forecasts(resources, day);
    for (size_t i = 0; i < resources.actions.size(); ++i) {
      if (resources.actions[i]->code() == code) return forecasts.Of(i);
    }
    ADD_FAILURE() << code;
    return {};
  }
};

std::string EndOf(const ActionForecast& forecast) {
  return forecast.has_expected_end_date() ? aip::FormatDate(forecast.expected_end_date()) : "no data";
}
std::string StartOf(const ActionForecast& forecast) {
  return forecast.has_start_date() ? aip::FormatDate(forecast.start_date()) : "no data";
}

// The plan by hand of FIGURES.md, on 2012-04-30.
ForecastPlan ExamplePlan() {
  ForecastPlan plan;
  plan.Begin("a", Day(1, 1), Day(1, 1), Day(3, 31));
  plan.Report("a", 3, 31, 50);
  plan.Add("b", Action::STATE_APPROVED, Day(6, 1), Day(7, 30));
  plan.Need("b", "a");
  plan.Add("c", Action::STATE_APPROVED, Day(3, 1), Day(6, 30));
  plan.Need("c", "a");
  plan.Begin("d", Day(4, 1), Day(4, 1), Day(4, 30));
  plan.Report("d", 4, 30, 50);
  plan.Need("d", "b");
  plan.Add("e", Action::STATE_APPROVED, Day(7, 1), Day(7, 31));
  plan.Need("e", "f");
  plan.Begin("f", Day(1, 1), Day(1, 1), Day(6, 30)).set_state(Action::STATE_ON_HOLD);
  return plan;
}

TEST(ActionForecast, TakesTheTimeSoFarOverTheProgress) {
  const ActionForecast a = ExamplePlan().On(Day(4, 30), "a");
  EXPECT_EQ(a.basis(), ActionForecast::BASIS_RATE_SO_FAR);
  EXPECT_EQ(EndOf(a), "2012-06-30") << "91 days for one half";
  EXPECT_EQ(StartOf(a), "2012-01-01");
  EXPECT_EQ(a.delay_days(), 91);
  EXPECT_EQ(a.on_time(), v1::OUTLOOK_NO);
  EXPECT_EQ(a.within_plan(), v1::OUTLOOK_YES);
  EXPECT_EQ(aip::FormatDate(a.progress_date()), "2012-03-31");
  EXPECT_DOUBLE_EQ(a.progress_per_30_days(), 0.5 / 91 * 30);
  EXPECT_FALSE(a.has_progress_needed_per_30_days()) << "its last day is past";
  EXPECT_DOUBLE_EQ(a.progress_needed_per_30_days_by_plan_end(), 0.5 * 30 / 245);
  EXPECT_EQ(a.progress().value(), 0.5);
}

TEST(ActionForecast, GoesOnAsItDidUntilTheLastMilestoneButNotPastTheNext) {
  ForecastPlan plan;
  plan.Begin("g", Day(1, 1), Day(1, 1), Day(12, 31));
  for (int i = 1; i <= 4; ++i) {
    plan.milestones.push_back(ProtoOf<Milestone>(absl::StrCat("name: '", ActionName("g"), "/milestones/", i, "'")));
    plan.milestones.back().set_state(i <= 2 ? Milestone::STATE_REACHED : Milestone::STATE_PLANNED);
  }
  *plan.milestones[0].mutable_reached_date() = DateOf(Day(1, 31));
  *plan.milestones[1].mutable_reached_date() = DateOf(Day(3, 1));
  const ActionForecast g = plan.On(Day(3, 31), "g");
  EXPECT_EQ(EndOf(g), "2012-05-01") << "61 days for one half";
  EXPECT_EQ(aip::FormatDate(g.progress_date()), "2012-03-01");
  EXPECT_DOUBLE_EQ(g.progress_per_30_days(), 30.0 / 122);
  EXPECT_EQ(EndOf(plan.On(Day(6, 30), "g")), "2012-08-30") << "182 days are not enough for three quarters";
  EXPECT_EQ(plan.On(Day(1, 30), "g").basis(), ActionForecast::BASIS_NO_PROGRESS);
  plan.milestones[3].set_weight(0.5);
  EXPECT_EQ(EndOf(plan.On(Day(6, 30), "g")), "2012-09-11") << "2.5 of 3.5: 254.8 days";
  plan.milestones[2].set_state(Milestone::STATE_DROPPED);
  plan.milestones[3].set_state(Milestone::STATE_DROPPED);
  EXPECT_EQ(EndOf(plan.On(Day(3, 31), "g")), "2012-04-01") << "all is reached, and nobody has completed it";
  plan.milestones[0].clear_reached_date();
  plan.milestones[1].clear_reached_date();
  EXPECT_EQ(aip::FormatDate(plan.On(Day(3, 31), "g").progress_date()), "2012-03-31") << "when is not recorded";
}

TEST(ActionForecast, LetsWhatIsPlannedAfterSomethingBeginAfterIt) {
  const ForecastPlan plan = ExamplePlan();
  const ActionForecast b = plan.On(Day(4, 30), "b");
  EXPECT_EQ(b.basis(), ActionForecast::BASIS_PLANNED_DURATION);
  EXPECT_EQ(StartOf(b), "2012-07-01");
  EXPECT_EQ(EndOf(b), "2012-10-28") << "twice 60 days";
  EXPECT_EQ(b.held_by(), ActionName("a"));
  EXPECT_DOUBLE_EQ(b.progress_needed_per_30_days(), 30.0 / 91);
  const PlanResources resources = plan.Resources();
  EXPECT_EQ(ActionForecasts(resources, Day(4, 30)).duration_factor(), 2);
  EXPECT_EQ(ActionForecasts(resources, Day(4, 30)).duration_factor_count(), 2);
  EXPECT_EQ(ActionForecasts(resources, Day(4, 30)).action_count(), 6);
  EXPECT_EQ(ActionForecasts(resources, Day(4, 30)).forecast_count(), 4) << "not e and f";
}

TEST(ActionForecast, LetsWhatMayOverlapBeginButNotEndBeforeIt) {
  ForecastPlan plan = ExamplePlan();
  const ActionForecast c = plan.On(Day(4, 30), "c");
  EXPECT_EQ(StartOf(c), "2012-05-01") << "the day after the forecast's";
  EXPECT_EQ(EndOf(c), "2012-12-30") << "twice 122 days";
  EXPECT_EQ(c.held_by(), "");
  EXPECT_EQ(c.within_plan(), v1::OUTLOOK_YES);
  const ActionForecast d = plan.On(Day(4, 30), "d");
  EXPECT_EQ(EndOf(d), "2012-10-28") << "not 05-30, for b must be completed before";
  EXPECT_EQ(d.held_by(), ActionName("b"));
  plan.Find("d").clear_dependencies();
  EXPECT_EQ(EndOf(plan.On(Day(4, 30), "d")), "2012-05-30");
}

TEST(ActionForecast, IsAlwaysAfterItsDate) {
  ForecastPlan plan = ExamplePlan();
  EXPECT_EQ(EndOf(plan.On(Day(11, 30), "a")), "2012-12-01") << "nobody has said that it is completed";
  const PlanResources resources = plan.Resources();
  EXPECT_DOUBLE_EQ(ActionForecasts(resources, Day(11, 30)).duration_factor(), (336.0 / 91 + 245.0 / 30) / 2)
      << "what is planned later learns from it";
  plan.Report("a", 11, 30, 100);
  EXPECT_EQ(EndOf(plan.On(Day(11, 30), "a")), "2012-12-01");
}

TEST(ActionForecast, HasNoDataForAReason) {
  ForecastPlan plan = ExamplePlan();
  const auto basis = [&](const std::string& code) { return plan.On(Day(4, 30), code).basis(); };
  EXPECT_EQ(basis("e"), ActionForecast::BASIS_DEPENDENCY);
  EXPECT_EQ(plan.On(Day(4, 30), "e").held_by(), ActionName("f"));
  EXPECT_EQ(basis("f"), ActionForecast::BASIS_ON_HOLD);
  plan.Begin("g", Day(1, 1), Day(1, 1), Day(6, 30));
  EXPECT_EQ(basis("g"), ActionForecast::BASIS_NO_REPORT);
  plan.Report("g", 4, 30, 0);
  EXPECT_EQ(basis("g"), ActionForecast::BASIS_NO_PROGRESS);
  EXPECT_EQ(plan.On(Day(4, 30), "g").progress_per_30_days(), 0);
  EXPECT_TRUE(plan.On(Day(4, 30), "g").has_progress_per_30_days()) << "measured";
  plan.Find("g").clear_actual_start_date();
  EXPECT_EQ(basis("g"), ActionForecast::BASIS_START_NOT_RECORDED);
  plan.Find("g").set_state(Action::STATE_COMPLETED);
  EXPECT_EQ(basis("g"), ActionForecast::BASIS_END_NOT_RECORDED);
  plan.Find("g").set_state(Action::STATE_CANCELLED);
  EXPECT_EQ(basis("g"), ActionForecast::BASIS_CANCELLED);
  plan.Find("g").set_state(Action::STATE_PROPOSED);
  EXPECT_EQ(basis("g"), ActionForecast::BASIS_PROPOSED);
  const ActionForecast proposed = plan.On(Day(4, 30), "g");
  EXPECT_EQ(proposed.interval_state(), v1::INTERVAL_STATE_NO_FORECAST);
  EXPECT_EQ(proposed.on_time(), v1::OUTLOOK_NO_DATA);
  EXPECT_FALSE(proposed.has_delay_days());
  EXPECT_FALSE(proposed.has_progress_needed_per_30_days());
}

TEST(ActionForecast, HasNoDataPastTheCalendar) {
  ForecastPlan plan;
  plan.Begin("a", Day(1, 1), Day(1, 1), Day(3, 31));
  plan.Report("a", 12, 31, 1);
  EXPECT_EQ(EndOf(plan.On(Day(12, 31), "a")), "2112-03-16") << "36,600 days";
  plan.reports[0].mutable_percent()->set_value("0.5");
  EXPECT_EQ(plan.On(Day(12, 31), "a").basis(), ActionForecast::BASIS_OUT_OF_RANGE);
}

TEST(ActionForecast, EndsInNoDataWhereDependenciesGoInACircle) {
  ForecastPlan plan = ExamplePlan();
  plan.Need("a", "d");  // d needs b, and b needs a.
  for (const char* code : {"a", "b", "c", "d"}) {
    EXPECT_EQ(plan.On(Day(4, 30), code).basis(), ActionForecast::BASIS_CIRCLE) << code;
    EXPECT_EQ(EndOf(plan.On(Day(4, 30), code)), "no data") << code;
  }
  plan.Find("a").set_state(Action::STATE_COMPLETED);
  *plan.Find("a").mutable_actual_end_date() = DateOf(Day(4, 10));
  EXPECT_EQ(plan.On(Day(4, 30), "d").basis(), ActionForecast::BASIS_RATE_SO_FAR) << "it is cut";
}

TEST(ActionForecast, IsTheActualEndOfWhatIsCompletedAndHoldsNobody) {
  ForecastPlan plan;
  plan.Complete("a", Day(1, 1), Day(6, 30));
  plan.Add("b", Action::STATE_APPROVED, Day(1, 1), Day(1, 10));
  plan.Need("b", "a");
  const ActionForecast a = plan.On(Day(6, 30), "a");
  EXPECT_EQ(a.basis(), ActionForecast::BASIS_ACTUAL_END);
  EXPECT_EQ(EndOf(a), "2012-06-30");
  EXPECT_EQ(a.delay_days(), -184);
  EXPECT_EQ(a.interval_state(), v1::INTERVAL_STATE_KNOWN);
  EXPECT_EQ(a.on_time(), v1::OUTLOOK_YES);
  EXPECT_EQ(plan.On(Day(6, 30), "b").held_by(), "");
  plan.Find("a").clear_actual_end_date();
  EXPECT_EQ(plan.On(Day(6, 30), "b").basis(), ActionForecast::BASIS_PLANNED_DURATION) << "whenever it was completed";
  *plan.Find("a").mutable_actual_end_date() = DateOf(Day(6, 30));
  EXPECT_EQ(plan.On(Day(6, 29), "a").basis(), ActionForecast::BASIS_NO_REPORT) << "it was not completed yet";
}

// Three actions that were completed, with five past forecasts, and one that runs; on 2012-10-31.
ForecastPlan PlanWithAPast() {
  ForecastPlan plan;
  plan.Complete("x", Day(1, 1), Day(8, 8));
  plan.Complete("y", Day(1, 1), Day(9, 16));
  plan.Complete("z", Day(1, 1), Day(6, 30));
  for (const char* code : {"x", "y", "z"}) plan.Report(code, 3, 31, 50);
  for (const char* code : {"x", "y"}) plan.Report(code, 6, 30, 70);
  plan.Begin("w", Day(8, 23), Day(8, 1), Day(12, 31));
  plan.Report("w", 10, 31, 50);
  return plan;
}

TEST(ActionForecast, HasTheIntervalThatPastErrorsGive) {
  const ForecastPlan plan = PlanWithAPast();
  const PlanResources resources = plan.Resources();
  const ActionForecasts forecasts(resources, Day(10, 31));
  EXPECT_EQ(forecasts.method_error().forecast_count(), 5);
  EXPECT_EQ(forecasts.method_error().resource_count(), 3);
  EXPECT_DOUBLE_EQ(forecasts.method_error().mean_absolute_error(), 31.2) << "39, -39, 78, 0 and 0 days";
  EXPECT_DOUBLE_EQ(forecasts.method_error().bias(), 15.6);
  EXPECT_EQ(forecasts.method_error().interval_count(), 0) << "too little was known then";
  ASSERT_TRUE(forecasts.stretches().has_value());
  EXPECT_DOUBLE_EQ(forecasts.stretches()->earliest, 0.7);
  EXPECT_DOUBLE_EQ(forecasts.stretches()->expected, 1);
  EXPECT_DOUBLE_EQ(forecasts.stretches()->latest, 11.8 / 7);
  const ActionForecast w = plan.On(Day(10, 31), "w");
  EXPECT_EQ(EndOf(w), "2013-01-09") << "70 days more";
  EXPECT_EQ(w.interval_state(), v1::INTERVAL_STATE_GIVEN);
  EXPECT_EQ(aip::FormatDate(w.earliest_end_date()), "2012-12-19") << "49 days";
  EXPECT_EQ(aip::FormatDate(w.latest_end_date()), "2013-02-26") << "118 days";
  EXPECT_EQ(w.within_plan(), v1::OUTLOOK_UNCERTAIN);
}

TEST(ActionForecast, LearnsFromHowFarItWasOut) {
  ForecastPlan plan = PlanWithAPast();
  // On 06-30 of 2012 nothing is known of x, y and z; on 09-30 of u's forecast all of them.
  plan.Complete("u", Day(9, 1), Day(10, 20));
  plan.Report("u", 9, 30, 50);
  const PlanResources resources = plan.Resources();
  const v1::MethodError error = ActionForecasts(resources, Day(10, 31)).method_error();
  EXPECT_EQ(error.forecast_count(), 6);
  EXPECT_EQ(error.interval_count(), 1) << "u's on 09-30: 30 days to go, 21 to 51";
  EXPECT_EQ(error.within_interval_count(), 0) << "20 days";
  ForecastPlan later = plan;
  *later.Find("y").mutable_actual_end_date() = DateOf(Day(10, 10));
  const PlanResources not_yet = later.Resources();
  EXPECT_EQ(ActionForecasts(not_yet, Day(10, 31)).method_error().interval_count(), 0)
      << "on 09-30 nobody knew how long y would take";
  plan.Find("y").mutable_actual_end_date()->set_day(1);  // 63 of 78 days instead of 78.
  plan.Find("x").mutable_actual_end_date()->set_day(1);  // 32 of 78.
  const PlanResources sooner = plan.Resources();
  const ActionForecasts forecasts(sooner, Day(10, 31));
  // 123/91, 32/78; 154/91, 63/78; 1; and 20/30 of u: the median is between 63/78 and 1.
  EXPECT_DOUBLE_EQ(forecasts.stretches()->expected, (63.0 / 78 + 1) / 2);
  EXPECT_EQ(EndOf(plan.On(Day(10, 31), "w")), "2013-01-03") << "63.3 days instead of 70";
}

TEST(ActionForecast, CarriesTheIntervalToWhatDependsOnIt) {
  ForecastPlan plan = PlanWithAPast();
  plan.Begin("v", Day(10, 1), Day(10, 1), Day(10, 31));
  plan.Report("v", 10, 31, 99);
  plan.Need("v", "w");
  const ActionForecast v = plan.On(Day(10, 31), "v");
  EXPECT_EQ(EndOf(v), "2013-01-09");
  EXPECT_EQ(aip::FormatDate(v.earliest_end_date()), "2012-12-19") << "low with low";
  EXPECT_EQ(aip::FormatDate(v.latest_end_date()), "2013-02-26") << "high with high";
}

TEST(ActionForecast, HasNoIntervalOfTooFewPastForecasts) {
  ForecastPlan plan = PlanWithAPast();
  EXPECT_EQ(plan.On(Day(9, 15), "w").basis(), ActionForecast::BASIS_NO_REPORT);
  plan.Report("w", 9, 1, 10);
  const ActionForecast before = plan.On(Day(9, 15), "w");
  EXPECT_EQ(before.interval_state(), v1::INTERVAL_STATE_FEW_PAST_FORECASTS) << "y was not completed yet";
  EXPECT_FALSE(before.has_latest_end_date());
  EXPECT_EQ(before.within_plan(), v1::OUTLOOK_YES) << "by what is expected alone, 11-30";
  plan.Find("z").set_state(Action::STATE_CANCELLED);
  plan.Complete("x2", Day(1, 1), Day(12, 31));
  EXPECT_EQ(plan.On(Day(10, 31), "w").interval_state(), v1::INTERVAL_STATE_FEW_PAST_FORECASTS);
  plan.Find("x").mutable_actual_end_date()->set_month(10);
  plan.Find("y").mutable_actual_end_date()->set_month(10);
  EXPECT_EQ(plan.On(Day(10, 31), "w").interval_state(), v1::INTERVAL_STATE_FEW_PAST_ACTIONS)
      << "three quarter ends of two actions";
}

}  // namespace
}  // namespace concord::reporting
