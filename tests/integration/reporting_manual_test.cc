// Reporting as the manual tells it: the real binaries, a real redis-server, every method. Five years of a plan are
// written down in one moment, and every day of them can be asked for.
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/aip/date.h"
#include "concord/action/v1/action.pb.h"
#include "concord/reporting/v1/reporting_service.pb.h"
#include "concord/rpc/v1/error_reason.pb.h"
#include "gmock/gmock.h"
#include "tests/integration/small_plan.h"
#include "tests/support/status_matchers.h"

namespace concord::testing {
namespace {

using absl::StatusCode;
using action::v1::Action;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;
namespace api = ::concord::reporting::v1;
namespace rpc_v1 = ::concord::rpc::v1;

constexpr char kSeats[] = "plans/m/objectives/o1/indicators/seats";
constexpr char kParent[] = "parent: 'plans/m' ";

// Objective o1 with the actions run and off, and the indicator seats.
class ReportingManual : public ::testing::Test {
 protected:
  void SetUp() override {
    auto system = RunningSystem::Start();
    ASSERT_THAT(system.status(), IsOk());
    system_ = *std::move(system);
    CreatePlan(*system_, "m");
    CreateObjective(*system_, "m", "o1");
    Do(*system_, "ActivatePlan", "name: 'plans/m'");
    MakeRun();
    MakeOff();
    CreateIndicator(*system_, "plans/m/objectives/o1", "seats",
                    absl::StrCat("due_days: 30 baseline { value { value: '0' } } targets { date ", Date(2015, 12, 31),
                                 " value { value: '100' } } "));
    MeasureSeats(2011, "20");
    MeasureSeats(2012, "25");
  }

  // Begun with the plan, completed in June 2015, with four milestones, two of them reached by the end of 2012.
  void MakeRun() {
    CreateAction(*system_, "m", "run", "report_frequency: REPORT_FREQUENCY_NONE ");
    Start("run", On(2011, 1, 1));
    AddMilestone("1", Date(2011, 12, 31), Date(2011, 10, 1));
    AddMilestone("2", Date(2012, 10, 31), Date(2012, 9, 30));
    AddMilestone("3", Date(2013, 12, 31), Date(2014, 1, 31));
    AddMilestone("4", Date(2015, 6, 30), Date(2015, 6, 30));
    Do(*system_, "CompleteAction", absl::StrCat("name: 'plans/m/actions/run' ", On(2015, 6, 30)));
  }

  // Begun in 2012, cancelled in March 2013, never reported on.
  void MakeOff() {
    CreateAction(*system_, "m", "off",
                 "lead: 'members/sn' report_frequency: REPORT_FREQUENCY_YEARLY report_due_days: 10 ");
    Start("off", On(2012, 1, 1));
    Do(*system_, "CancelAction", absl::StrCat("name: 'plans/m/actions/off' ", On(2013, 3, 1)));
  }

  void Start(const std::string& id, const std::string& date) {
    Do(*system_, "ApproveAction", absl::StrCat("name: 'plans/m/actions/", id, "'"));
    Do(*system_, "StartAction", absl::StrCat("name: 'plans/m/actions/", id, "' ", date));
  }

  void AddMilestone(const std::string& id, const std::string& due, const std::string& reached) {
    Do(*system_, "CreateMilestone",
       absl::StrCat("parent: 'plans/m/actions/run' milestone_id: '", id, "' milestone { title: 'Milestone ", id,
                    "' due_date ", due, "}"));
    Do(*system_, "ReachMilestone", absl::StrCat("name: 'plans/m/actions/run/milestones/", id, "' date ", reached));
  }

  void MeasureSeats(int year, const std::string& value, const std::string& corrects = "") {
    const std::string id = absl::StrCat(corrects.empty() ? "y" : "c", year);
    const std::string supersedes =
        corrects.empty() ? "" : absl::StrCat("supersedes: '", kSeats, "/measurements/", corrects, "' ");
    Do(*system_, "CreateMeasurement",
       absl::StrCat("parent: '", kSeats, "' measurement_id: '", id, "' measurement { ", YearOf(year), supersedes,
                    "value { value: '", value, "' } evidence { title: 'Minutes' } }"));
    for (const char* method : {"SubmitMeasurement", "ApproveMeasurement"}) {
      Do(*system_, method, absl::StrCat("name: '", kSeats, "/measurements/", id, "'"));
    }
  }

  template <typename Response>
  Response Get(const std::string& method, const std::string& fields) {
    return Do(*system_, method, fields).As<Response>();
  }
  api::Scorecard CardOn(const std::string& date) {
    return Get<api::Scorecard>("GetScorecard", absl::StrCat("name: 'plans/m/scorecard' ", date));
  }
  // "2013-01-10 actions/off", each, with "!" where it is overdue; over as many pages as it takes.
  std::vector<std::string> Owed(const std::string& fields) {
    std::vector<std::string> owed;
    std::string token;
    do {
      const auto page =
          Get<api::ListDutiesResponse>("ListDuties", absl::StrCat(kParent, fields, " page_token: '", token, "'"));
      for (const api::Duty& duty : page.duties()) {
        owed.push_back(absl::StrCat(aip::FormatDate(duty.due_date()), duty.overdue() ? "! " : " ",
                                    duty.resource().substr(sizeof("plans/m/") - 1)));
      }
      token = page.next_page_token();
    } while (!token.empty());
    return owed;
  }
  // "DELETED objectives/o2", each.
  std::vector<std::string> Changed(const std::string& fields) {
    std::vector<std::string> changed;
    std::string token;
    do {
      const auto page = Get<api::ListPlanChangesResponse>("ListPlanChanges",
                                                          absl::StrCat(kParent, fields, " page_token: '", token, "'"));
      for (const api::PlanChange& change : page.plan_changes()) {
        changed.push_back(absl::StrCat(api::PlanChange::Kind_Name(change.kind()).substr(sizeof("KIND_") - 1), " ",
                                       change.resource()));
      }
      token = page.next_page_token();
    } while (!token.empty());
    return changed;
  }
  void ExpectInvalid(const std::string& method, const std::string& fields, const std::string& field) {
    const Answer answer = Ask(*system_, method, fields);
    EXPECT_THAT(answer.status, HasReason(StatusCode::kInvalidArgument, rpc_v1::ERROR_REASON_INVALID_REQUEST))
        << method << " " << fields;
    const auto violations = ViolationsOf(answer.status);
    ASSERT_THAT(violations, SizeIs(1)) << method << " " << fields << "\n" << answer.status;
    EXPECT_EQ(violations[0].first, field) << method << " " << fields;
  }

  std::unique_ptr<RunningSystem> system_;
};

TEST_F(ReportingManual, AScorecardOfAPastDayIsOfThatDay) {
  const api::Scorecard card = CardOn(On(2012, 12, 31));
  EXPECT_EQ(aip::FormatDate(card.date()), "2012-12-31");
  EXPECT_EQ(card.formula_edition(), "2026-2");
  EXPECT_EQ(card.revisions_size(), 1);
  EXPECT_EQ(card.delivery().progress().value(), 0.5) << "two of four milestones, though it is completed by now";
  EXPECT_DOUBLE_EQ(card.objective_scores(0).delivery().schedule_performance().value(), 0.5 / (731.0 / 1826));
  EXPECT_EQ(card.action_counts().in_progress_count(), 2) << "what is cancelled by now went on then";
  EXPECT_EQ(card.action_counts().completed_count(), 0);
  EXPECT_EQ(card.objective_scores(0).delivery().progress().expected_count(), 2);
  EXPECT_THAT(card.objective_scores(0).delivery().progress().missing(), ElementsAre("plans/m/actions/off"));
  EXPECT_DOUBLE_EQ(card.outcome().attainment().value(), 0.25);
  EXPECT_EQ(card.outcome().behind_target_count(), 1);
}

TEST_F(ReportingManual, AScorecardFollowsTheYears) {
  const api::Scorecard before = CardOn(On(2010, 12, 31));
  EXPECT_EQ(before.action_counts().approved_count(), 2);
  EXPECT_EQ(before.delivery().progress().value(), 0.0);
  EXPECT_FALSE(before.outcome().attainment().has_value());
  EXPECT_EQ(CardOn(On(2011, 12, 31)).delivery().progress().value(), 0.125) << "1 of 4 milestones, and off not begun";
  const api::Scorecard cancelled = CardOn(On(2013, 3, 1));
  EXPECT_EQ(cancelled.action_counts().cancelled_count(), 1);
  EXPECT_EQ(cancelled.objective_scores(0).delivery().progress().expected_count(), 1);
  const api::Scorecard today = CardOn("");
  EXPECT_EQ(today.delivery().progress().value(), 1.0);
  EXPECT_EQ(today.action_counts().completed_count(), 1);
}

TEST_F(ReportingManual, ActionScoresOfAPastDayShowTheStatesOfThatDay) {
  const auto scores =
      Get<api::ListActionScoresResponse>("ListActionScores", absl::StrCat(kParent, On(2012, 12, 31), "page_size: 1"));
  ASSERT_EQ(scores.action_scores_size(), 1);
  EXPECT_EQ(scores.action_scores(0).action(), "plans/m/actions/off");
  EXPECT_EQ(scores.action_scores(0).state(), Action::STATE_IN_PROGRESS);
  EXPECT_EQ(scores.action_scores(0).computed_health().rule(), "no_progress_data");
  const auto rest = Get<api::ListActionScoresResponse>(
      "ListActionScores",
      absl::StrCat(kParent, On(2012, 12, 31), "page_size: 1 page_token: '", scores.next_page_token(), "'"));
  ASSERT_EQ(rest.action_scores_size(), 1);
  EXPECT_EQ(rest.next_page_token(), "");
  const api::ActionScore& run = rest.action_scores(0);
  EXPECT_EQ(run.state(), Action::STATE_IN_PROGRESS);
  EXPECT_EQ(run.milestone_count(), 4);
  EXPECT_EQ(run.reached_milestone_count(), 2);
  EXPECT_EQ(run.computed_health().explanation(), "50.0 % done of 40.0 % planned, schedule performance 1.25");
  const auto today = Get<api::ListActionScoresResponse>("ListActionScores", kParent);
  EXPECT_EQ(today.action_scores(0).state(), Action::STATE_CANCELLED);
  EXPECT_EQ(today.action_scores(1).state(), Action::STATE_COMPLETED);
}

TEST_F(ReportingManual, IndicatorScoresSayWhetherTheyAreOnTarget) {
  const auto score = [&](const std::string& fields) {
    const auto page = Get<api::ListIndicatorScoresResponse>("ListIndicatorScores", fields);
    EXPECT_EQ(page.indicator_scores_size(), 1) << fields;
    return page.indicator_scores(0);
  };
  const api::IndicatorScore first = score(absl::StrCat(kParent, On(2011, 12, 31)));
  EXPECT_EQ(first.value().value(), "20");
  EXPECT_DOUBLE_EQ(first.attainment().value(), 0.2);
  EXPECT_EQ(first.target_state(), api::TARGET_STATE_ON_TARGET) << "100 x 365 / 1826 = 19.99 by now";
  const api::IndicatorScore second = score(absl::StrCat("parent: 'plans/m/objectives/o1' ", On(2012, 12, 31)));
  EXPECT_EQ(second.value().value(), "25");
  EXPECT_EQ(second.target_state(), api::TARGET_STATE_BEHIND_TARGET);
  EXPECT_EQ(second.points_size(), 2);
  EXPECT_EQ(score(absl::StrCat(kParent, On(2011, 6, 30))).target_state(), api::TARGET_STATE_NO_DATA);
  const std::string behind = "filter: 'target_state = TARGET_STATE_BEHIND_TARGET' ";
  EXPECT_EQ(score(absl::StrCat(kParent, behind, On(2012, 12, 31))).code(), "seats");
  EXPECT_EQ(
      Get<api::ListIndicatorScoresResponse>("ListIndicatorScores", absl::StrCat(kParent, behind, On(2011, 12, 31)))
          .indicator_scores_size(),
      0);
}

TEST_F(ReportingManual, DutiesAreThoseOfTheDayAndOfTheDaysAhead) {
  EXPECT_THAT(Owed(On(2012, 12, 31)), IsEmpty());
  EXPECT_THAT(Owed(On(2012, 12, 31) + "days_ahead: 10"), ElementsAre("2013-01-10 actions/off"));
  const std::string year = On(2012, 12, 31) + "days_ahead: 366 ";
  const auto both = ElementsAre("2013-01-10 actions/off", "2013-12-31 actions/run/milestones/3");
  EXPECT_THAT(Owed(year), both);
  EXPECT_THAT(Owed(year + "page_size: 1"), both);
  EXPECT_THAT(Owed(year + "filter: 'kind = KIND_MILESTONE'"), ElementsAre("2013-12-31 actions/run/milestones/3"));
  EXPECT_THAT(Owed(On(2013, 2, 28)), ElementsAre("2013-01-10! actions/off"));
  EXPECT_THAT(Owed(On(2013, 3, 1)), IsEmpty()) << "cancelled";
  EXPECT_THAT(Owed(On(2014, 1, 30)),
              ElementsAre("2013-12-31! actions/run/milestones/3", "2014-01-30 objectives/o1/indicators/seats"));
  EXPECT_THAT(Owed(On(2014, 1, 31)), ElementsAre("2014-01-30! objectives/o1/indicators/seats")) << "reached";
}

TEST_F(ReportingManual, PlanChangesHideWhatLiesUnderSomethingDeleted) {
  CreateObjective(*system_, "m", "o2");
  CreateIndicator(*system_, "plans/m/objectives/o2", "hidden");
  const auto updated =
      Get<objective::v1::Objective>("UpdateObjective", "objective { name: 'plans/m/objectives/o1' title: 'Another' }");
  const auto deleted = Get<objective::v1::Objective>("DeleteObjective", "name: 'plans/m/objectives/o2'");
  const std::string since = absl::StrCat("since { ", updated.update_time().ShortDebugString(), " } ");
  EXPECT_THAT(Changed(since), ElementsAre("DELETED plans/m/objectives/o2", "UPDATED plans/m/objectives/o1"));
  EXPECT_THAT(Changed(absl::StrCat("since { ", deleted.update_time().ShortDebugString(), " }")),
              ElementsAre("DELETED plans/m/objectives/o2"));
  EXPECT_THAT(Changed(since + "filter: 'kind = KIND_UPDATED'"), ElementsAre("UPDATED plans/m/objectives/o1"));
  const std::vector<std::string> all = Changed("since { }");
  // The plan, two objectives, two actions, four milestones, an indicator and two measurements.
  EXPECT_THAT(all, SizeIs(12));
  EXPECT_EQ(Changed("since { } page_size: 5"), all);
  Do(*system_, "UndeleteObjective", "name: 'plans/m/objectives/o2'");
  EXPECT_THAT(Changed("since { }"), SizeIs(13)) << "and what was hidden with it";
}

TEST_F(ReportingManual, EveryListTakesAFilterAndAnOrder) {
  const auto actions = [&](const std::string& fields) {
    std::vector<std::string> codes;
    std::string token;
    do {
      const auto page = Get<api::ListActionScoresResponse>(
          "ListActionScores", absl::StrCat(kParent, On(2012, 12, 31), fields, " page_token: '", token, "'"));
      for (const api::ActionScore& score : page.action_scores()) codes.push_back(score.code());
      token = page.next_page_token();
    } while (!token.empty());
    return codes;
  };
  EXPECT_THAT(actions("filter: 'delivery.progress.value >= 0.5'"), ElementsAre("run"));
  EXPECT_THAT(actions("filter: 'state = STATE_COMPLETED'"), IsEmpty());
  EXPECT_THAT(actions("order_by: 'code desc'"), ElementsAre("run", "off"));
  EXPECT_THAT(actions("page_size: 1 order_by: 'code desc'"), ElementsAre("run", "off"));
  EXPECT_THAT(actions("page_size: 1 order_by: 'state'"), ElementsAre("off", "run")) << "equal ones by name";

  const std::string year = On(2012, 12, 31) + "days_ahead: 366 ";
  for (const char* page : {"", "page_size: 1 "}) {
    EXPECT_THAT(Owed(year + page + "order_by: 'due_date desc'"),
                ElementsAre("2013-12-31 actions/run/milestones/3", "2013-01-10 actions/off"));
    EXPECT_THAT(Changed(absl::StrCat("since { } filter: 'resource = \"plans/m/actions/run/milestones/*\"' ", page,
                                     "order_by: 'resource desc'")),
                ElementsAre("UPDATED plans/m/actions/run/milestones/4", "UPDATED plans/m/actions/run/milestones/3",
                            "UPDATED plans/m/actions/run/milestones/2", "UPDATED plans/m/actions/run/milestones/1"));
  }

  CreateIndicator(*system_, "plans/m/objectives/o1", "bare");
  const auto scores = Get<api::ListIndicatorScoresResponse>(
      "ListIndicatorScores", absl::StrCat(kParent, On(2012, 12, 31), "order_by: 'attainment.value desc'"));
  ASSERT_EQ(scores.indicator_scores_size(), 2);
  EXPECT_EQ(scores.indicator_scores(0).code(), "seats") << "what has no data comes last";
}

TEST_F(ReportingManual, RefusesWhatCannotBeAsked) {
  const std::map<std::string, std::string> parents = {{"GetScorecard", "name: 'plans/m/scorecard' "},
                                                      {"ListActionScores", kParent},
                                                      {"ListIndicatorScores", kParent},
                                                      {"ListDuties", kParent},
                                                      {"ListPlanChanges", "parent: 'plans/m' since { seconds: 1 } "}};
  for (const auto& [method, parent] : parents) {
    const std::string name = method == "GetScorecard" ? "name" : "parent";
    ExpectInvalid(method, absl::StrCat(parent, name, ": 'members/m' "), name);
    const std::string other = method == "GetScorecard" ? "name: 'plans/none/scorecard'" : "parent: 'plans/none'";
    EXPECT_THAT(Ask(*system_, method, parent + other).status,
                HasReason(StatusCode::kNotFound, rpc_v1::ERROR_REASON_RESOURCE_NOT_FOUND))
        << method;
    EXPECT_THAT(Ask(*system_, method, parent + "as_of { time { seconds: 9000000000 } }").status,
                HasReason(StatusCode::kInvalidArgument, rpc_v1::ERROR_REASON_FUTURE_MOMENT))
        << method;
    if (method != "ListPlanChanges") ExpectInvalid(method, parent + On(2012, 2, 30), "date");
    if (method == "GetScorecard") continue;
    ExpectInvalid(method, parent + "page_size: -1", "page_size");
    EXPECT_THAT(Ask(*system_, method, parent + "page_token: 'x'").status,
                HasReason(StatusCode::kInvalidArgument, rpc_v1::ERROR_REASON_TOKEN_INVALID))
        << method;
    ExpectInvalid(method, parent + "filter: 'colour = 1'", "filter");
    ExpectInvalid(method, parent + "order_by: 'colour'", "order_by");
  }
  for (const char* days : {"-1", "367"})
    ExpectInvalid("ListDuties", absl::StrCat(kParent, "days_ahead: ", days), "days_ahead");
  ExpectInvalid("ListPlanChanges", kParent, "since");
  ExpectInvalid("ListPlanChanges", "parent: 'plans/m' since { nanos: -1 }", "since");
}

TEST_F(ReportingManual, GoesOnOnlyWithTheSameQuestion) {
  const std::string question = absl::StrCat(kParent, On(2012, 12, 31), "days_ahead: 366 page_size: 1 ");
  const auto page = Get<api::ListDutiesResponse>("ListDuties", question);
  ASSERT_FALSE(page.next_page_token().empty());
  EXPECT_THAT(Ask(*system_, "ListDuties",
                  absl::StrCat(kParent, On(2012, 12, 30), "days_ahead: 366 page_size: 1 page_token: '",
                               page.next_page_token(), "'"))
                  .status,
              HasReason(StatusCode::kInvalidArgument, rpc_v1::ERROR_REASON_TOKEN_ARGUMENTS_DIFFER));
}

TEST_F(ReportingManual, AReportThatWasPublishedStaysAndIsRestatedBeside) {
  const auto publish = [&](const std::string& id) {
    return Do(*system_, "CreatePublishedReport",
              absl::StrCat(kParent, "published_report_id: '", id, "' request_id: '", id,
                           "' published_report { title: 'The year 2012' ", On(2012, 12, 31), " }"));
  };
  const Answer first = publish("y2012");
  const auto report = first.As<api::PublishedReport>();
  EXPECT_EQ(report.number(), 1);
  EXPECT_EQ(report.scorecard().delivery().progress().value(), 0.5) << "half of run; of off nothing is known";
  EXPECT_EQ(publish("y2012").bytes, first.bytes) << "exactly once";
  EXPECT_EQ(publish("again").As<api::PublishedReport>().number(), 2);
  const auto restated = [&] {
    return Do(*system_, "ListRestatements", absl::StrCat("parent: '", report.name(), "'"))
        .As<api::ListRestatementsResponse>();
  };
  EXPECT_THAT(restated().restatements(), IsEmpty());
  MeasureSeats(2012, "50", "y2012");
  const auto later = restated();
  ASSERT_FALSE(later.restatements().empty());
  EXPECT_EQ(later.restatements(0).resource(), "plans/m");
  EXPECT_EQ(later.restatements(0).figure(), "attainment");
  EXPECT_EQ(later.restatements(0).published(), "25.0 %");
  EXPECT_EQ(later.restatements(0).current(), "50.0 %");
  EXPECT_EQ(Do(*system_, "GetPublishedReport", absl::StrCat("name: '", report.name(), "'")).bytes, first.bytes);
  EXPECT_THAT(
      Ask(*system_, "CreatePublishedReport",
          absl::StrCat(kParent, "published_report_id: 'f' published_report { title: 'T' ", On(2150, 1, 1), " }"))
          .status,
      HasReason(StatusCode::kInvalidArgument, rpc_v1::ERROR_REASON_INVALID_REQUEST));
}

TEST_F(ReportingManual, TrendsAreThePastFiguresOfEachPeriod) {
  const auto trend = Do(*system_, "ListTrendPoints", absl::StrCat(kParent, "frequency: FREQUENCY_YEARLY"))
                         .As<api::ListTrendPointsResponse>();
  ASSERT_THAT(trend.trend_points(), SizeIs(10)) << "five years of the plan and its objective";
  EXPECT_EQ(trend.trend_points(2).date().year(), 2012);
  EXPECT_EQ(trend.trend_points(2).resource(), "plans/m");
  EXPECT_EQ(trend.trend_points(2).delivery().progress().value(), 0.5);
  EXPECT_EQ(trend.trend_points(2).outcome().attainment().value(), 0.25);
  EXPECT_EQ(trend.trend_points(8).delivery().progress().value(), 1) << "off was cancelled";
  const auto refused = [&](const std::string& more) {
    return Ask(*system_, "ListTrendPoints", absl::StrCat(kParent, more)).status;
  };
  EXPECT_THAT(refused("start_date { year: 2012 month: 1 day: 2 } end_date { year: 2012 month: 1 day: 1 }"),
              HasReason(StatusCode::kInvalidArgument, rpc_v1::ERROR_REASON_INVALID_REQUEST));
  EXPECT_THAT(refused("frequency: FREQUENCY_MONTHLY start_date { year: 1900 month: 1 day: 1 } end_date { year: 2200 "
                      "month: 1 day: 1 }"),
              HasReason(StatusCode::kInvalidArgument, rpc_v1::ERROR_REASON_INVALID_REQUEST));
}

TEST_F(ReportingManual, TellsWhatShouldBeLookedAt) {
  const auto list = Do(*system_, "ListAttention", absl::StrCat(kParent, "date ", Date(2013, 2, 1), "page_size: 1"))
                        .As<api::ListAttentionResponse>();
  ASSERT_THAT(list.attention_items(), SizeIs(1));
  EXPECT_EQ(list.attention_items(0).reason(), api::AttentionItem::REASON_SILENT) << "2012 was due on 10 January";
  EXPECT_EQ(list.attention_items(0).resource(), "plans/m/actions/off");
  EXPECT_EQ(list.attention_items(0).owner(), "members/sn");
  const auto filtered =
      Do(*system_, "ListAttention", absl::StrCat(kParent, "date ", Date(2013, 2, 1), "filter: 'reason = OVERDUE'"))
          .As<api::ListAttentionResponse>();
  EXPECT_THAT(filtered.attention_items(), IsEmpty());
  EXPECT_THAT(Ask(*system_, "ListAttention", "parent: 'plans/none'").status,
              HasReason(StatusCode::kNotFound, rpc_v1::ERROR_REASON_RESOURCE_NOT_FOUND));
}

}  // namespace
}  // namespace concord::testing
