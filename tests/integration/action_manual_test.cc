// What is recorded of actions, as the manual tells it: the real binaries, a real redis-server, every method.
#include <algorithm>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/aip/date.h"
#include "concord/action/v1/activity_service.pb.h"
#include "concord/action/v1/contribution_service.pb.h"
#include "concord/action/v1/error_reason.pb.h"
#include "concord/action/v1/milestone_service.pb.h"
#include "concord/action/v1/progress_report_service.pb.h"
#include "concord/action/v1/risk_service.pb.h"
#include "concord/rpc/v1/error_reason.pb.h"
#include "gmock/gmock.h"
#include "tests/integration/small_plan.h"
#include "tests/support/status_matchers.h"

namespace concord::testing {
namespace {

using absl::StatusCode;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
namespace api = ::concord::action::v1;
namespace rpc_v1 = ::concord::rpc::v1;

constexpr char kAction[] = "plans/m/actions/train";
constexpr char kOther[] = "plans/m/actions/write";

std::string Named(const std::string& name) { return absl::StrCat("name: '", name, "' "); }
std::string Parent(const std::string& name) { return absl::StrCat("parent: '", name, "' "); }
std::string Day(int month, int day) { return absl::StrCat("{ year: 2012 month: ", month, " day: ", day, " } "); }
std::string IdOf(const std::string& name) { return name.substr(name.rfind('/') + 1); }

// An active plan of which the action "train" runs since 1 March 2012, and "write" is proposed.
class ActionManual : public ::testing::Test {
 protected:
  void SetUp() override {
    auto system = RunningSystem::Start({.services = {"objective", "action"}, .replicas = 1, .flags = {}});
    ASSERT_THAT(system.status(), IsOk());
    system_ = *std::move(system);
    CreatePlan(*system_, "m");
    CreateObjective(*system_, "m", "o1");
    for (const char* id : {"train", "write"}) CreateAction(*system_, "m", id);
    Do(*system_, "ActivatePlan", Named("plans/m"));
    Do(*system_, "ApproveAction", Named(kAction));
    started_ = Get<api::Action>("StartAction", absl::StrCat(Named(kAction), "date ", Day(3, 1)));
  }

  template <typename Response>
  Response Get(const std::string& method, const std::string& fields) {
    return Do(*system_, method, fields).As<Response>();
  }
  void ExpectRefused(const std::string& method, const std::string& fields, api::ErrorReason reason) {
    EXPECT_THAT(Ask(*system_, method, fields).status, HasReason(StatusCode::kFailedPrecondition, reason))
        << method << " " << fields;
  }

  api::Milestone CreateMilestone(const std::string& id, const std::string& more = "", const char* action = kAction) {
    return Get<api::Milestone>("CreateMilestone",
                               absl::StrCat(Parent(action), "milestone_id: '", id, "' milestone { title: 'M ", id,
                                            "' due_date ", Day(6, 30), more, " }"));
  }
  static std::string Report(const std::string& id, const std::string& date, const std::string& percent,
                            const char* action = kAction) {
    return absl::StrCat(Parent(action), "progress_report_id: '", id, "' progress_report { date ", date,
                        "percent { value: '", percent, "' } health: HEALTH_ON_TRACK confidence: CONFIDENCE_MEDIUM ",
                        "confidence_reason: 'Counted' narrative: 'Report ", id, "' }");
  }
  static std::string Contribution(const std::string& id, const std::string& more) {
    return absl::StrCat(Parent(kAction), "contribution_id: '", id, "' contribution { title: 'Given' date ", Day(3, 5),
                        more, " }");
  }
  std::vector<std::string> Reports(const std::string& more) {
    std::vector<std::string> ids;
    const auto page = Get<api::ListProgressReportsResponse>("ListProgressReports", Parent(kAction) + more);
    for (const auto& report : page.progress_reports()) ids.push_back(IdOf(report.name()));
    return ids;
  }
  std::vector<std::string> Milestones(const std::string& fields) {
    std::vector<std::string> ids;
    const auto page = Get<api::ListMilestonesResponse>("ListMilestones", fields);
    for (const auto& milestone : page.milestones()) ids.push_back(IdOf(milestone.name()));
    return ids;
  }

  std::unique_ptr<RunningSystem> system_;
  api::Action started_;
};

TEST_F(ActionManual, AnActionRunsFromTheDayThatIsSaidToTheDayThatIsSaid) {
  EXPECT_EQ(aip::FormatDate(started_.actual_start_date()), "2012-03-01");
  const auto owed = Get<api::Action>(
      "UpdateAction",
      absl::StrCat("action { ", Named(kAction), "report_frequency: REPORT_FREQUENCY_MONTHLY report_due_days: 10 }"));
  EXPECT_EQ(owed.report_frequency(), api::Action::REPORT_FREQUENCY_MONTHLY);
  const auto done = Get<api::Action>("CompleteAction", absl::StrCat(Named(kAction), "date ", Day(9, 30)));
  EXPECT_EQ(aip::FormatDate(done.actual_end_date()), "2012-09-30");
  const auto given_up = Get<api::Action>("CancelAction", absl::StrCat(Named(kOther), "date ", Day(2, 1)));
  EXPECT_EQ(aip::FormatDate(given_up.actual_end_date()), "2012-02-01");
}

TEST_F(ActionManual, AMilestoneIsPlannedReachedAndTakenBack) {
  const api::Milestone planned = CreateMilestone("course", "weight: 2 owner: 'members/sn' ");
  const std::string name = planned.name();
  EXPECT_EQ(planned.state(), api::Milestone::STATE_PLANNED);
  EXPECT_EQ(Get<api::Milestone>("GetMilestone", Named(name)).SerializeAsString(), planned.SerializeAsString());
  const auto changed = Get<api::Milestone>("UpdateMilestone", absl::StrCat("milestone { ", Named(name), "etag: '",
                                                                           planned.etag(), "' title: 'The course' }"));
  EXPECT_EQ(changed.weight(), 2) << "what is not sent stays";
  EXPECT_THAT(Ask(*system_, "DropMilestone", absl::StrCat(Named(name), "etag: '", planned.etag(), "'")).status,
              HasReason(StatusCode::kAborted, rpc_v1::ERROR_REASON_ETAG_MISMATCH));

  const auto reached =
      Get<api::Milestone>("ReachMilestone", absl::StrCat(Named(name), "reason: 'Printed' date ", Day(5, 31)));
  EXPECT_EQ(reached.state(), api::Milestone::STATE_REACHED);
  EXPECT_EQ(aip::FormatDate(reached.reached_date()), "2012-05-31");
  ExpectRefused("DropMilestone", Named(name), api::ERROR_REASON_WRONG_MILESTONE_STATE);
  const auto again = Get<api::Milestone>("ReopenMilestone", Named(name));
  EXPECT_EQ(again.state(), api::Milestone::STATE_PLANNED);
  EXPECT_FALSE(again.has_reached_date());
  EXPECT_EQ(Get<api::Milestone>("DropMilestone", Named(name)).state(), api::Milestone::STATE_DROPPED);

  EXPECT_TRUE(Get<api::Milestone>("DeleteMilestone", Named(name)).has_delete_time());
  EXPECT_THAT(Milestones(Parent(kAction)), IsEmpty());
  EXPECT_THAT(Milestones(Parent(kAction) + "show_deleted: true"), ElementsAre("course"));
  EXPECT_EQ(Get<api::Milestone>("UndeleteMilestone", Named(name)).state(), api::Milestone::STATE_DROPPED);
}

TEST_F(ActionManual, MilestonesOfAllActionsAreLoadedAndListedAtOnce) {
  const auto part = [](const char* action, const std::string& id, int month) {
    return absl::StrCat("requests { ", Parent(action), "milestone_id: '", id, "' milestone { title: 'T' due_date ",
                        Day(month, 1), "} } ");
  };
  const auto created = Get<api::BatchCreateMilestonesResponse>(
      "BatchCreateMilestones", absl::StrCat(Parent("plans/m/actions/-"), part(kOther, "draft", 9),
                                            part(kAction, "course", 6), part(kAction, "room", 4)));
  EXPECT_EQ(created.milestones_size(), 3);
  Get<api::Milestone>("ReachMilestone", Named(created.milestones(2).name()));
  const std::string all = Parent("plans/m/actions/-");
  EXPECT_THAT(Milestones(all + "order_by: 'due_date desc'"), ElementsAre("draft", "course", "room"));
  EXPECT_THAT(Milestones(all + "filter: 'state = STATE_PLANNED AND due_date < \"2012-07-01\"'"), ElementsAre("course"));
  ExpectRefused("ReachMilestone", Named(created.milestones(0).name()), api::ERROR_REASON_ACTION_NOT_BEGUN);
}

TEST_F(ActionManual, TheLatestReportIsOfTheLatestDayAndThereTheOneWrittenLast) {
  const auto first = Get<api::ProgressReport>("CreateProgressReport", Report("june", Day(6, 30), "40"));
  Do(*system_, "CreateProgressReport", Report("march", Day(3, 31), "15.5"));
  Do(*system_, "CreateProgressReport", Report("a-correction", Day(6, 30), "35"));
  EXPECT_EQ(Get<api::ProgressReport>("GetProgressReport", Named(first.name())).SerializeAsString(),
            first.SerializeAsString());
  EXPECT_THAT(Reports("order_by: 'date desc, create_time desc' page_size: 1"), ElementsAre("a-correction"));
  EXPECT_THAT(Reports(""), ElementsAre("a-correction", "june", "march"));
  EXPECT_THAT(Reports("filter: 'percent > 15.5'"), ElementsAre("a-correction", "june"));
  // Nothing is overwritten, whatever the name.
  EXPECT_THAT(Ask(*system_, "CreateProgressReport", Report("june", Day(6, 30), "41")).status,
              HasReason(StatusCode::kAlreadyExists, rpc_v1::ERROR_REASON_RESOURCE_ALREADY_EXISTS));
  ExpectRefused("CreateProgressReport", Report("r", Day(3, 31), "1", kOther), api::ERROR_REASON_ACTION_NOT_BEGUN);
}

TEST_F(ActionManual, AContributionIsRecordedCorrectedAndTakenBackAlsoAfterTheEnd) {
  Do(*system_, "CompleteAction", absl::StrCat(Named(kAction), "date ", Day(9, 30)));
  const auto money = Get<api::Contribution>(
      "CreateContribution",
      Contribution("grant", "member: 'members/se' kind: KIND_MONEY amount { value: '1200.50' } currency_code: 'CHF'"));
  const auto days = Get<api::BatchCreateContributionsResponse>(
      "BatchCreateContributions",
      absl::StrCat(Parent(kAction), "requests { ",
                   Contribution("days", "member: 'members/sn' kind: KIND_EXPERT_DAYS amount { value: '2.5' }"),
                   " } requests { ",
                   Contribution("seats", "member: 'members/sn' kind: KIND_SEATS amount { value: '20' }"), " }"));
  EXPECT_EQ(days.contributions(0).amount().value(), "2.5") << "as it was written";
  const auto changed = Get<api::Contribution>(
      "UpdateContribution",
      absl::StrCat("contribution { ", Named(money.name()), "evidence { title: 'Receipt' uri: 'https://x.org/1' } }"));
  EXPECT_EQ(changed.currency_code(), "CHF");
  EXPECT_TRUE(Get<api::Contribution>("DeleteContribution", Named(money.name())).has_delete_time());
  const std::string of_senegal = "filter: 'member = \"members/sn\"' order_by: 'amount desc'";
  const auto list = Get<api::ListContributionsResponse>("ListContributions", Parent(kAction) + of_senegal);
  ASSERT_EQ(list.contributions_size(), 2);
  EXPECT_EQ(list.contributions(0).amount().value(), "20");
  EXPECT_FALSE(Get<api::Contribution>("UndeleteContribution", Named(money.name())).has_delete_time());
  EXPECT_EQ(Get<api::Contribution>("GetContribution", Named(money.name())).evidence(0).title(), "Receipt");
}

TEST_F(ActionManual, AnActivityIsPlannedThenHeldThenCounted) {
  const auto activity = [](const std::string& id, const std::string& more) {
    return absl::StrCat(Parent(kAction), "activity_id: '", id, "' activity { title: 'A ", id, "' ", more, " }");
  };
  const auto course = Get<api::Activity>(
      "CreateActivity",
      activity("course", "kind: KIND_TRAINING place: 'Dakar' start_date { year: 2199 month: 1 day: 1 }"));
  EXPECT_EQ(course.participations_size(), 0) << "not known yet, which is not nobody";
  const auto held = Get<api::Activity>(
      "UpdateActivity", absl::StrCat("activity { ", Named(course.name()), "start_date ", Day(4, 2), "end_date ",
                                     Day(4, 4), "participations { member: 'members/sn' participant_count: 12 } ",
                                     "participations { member: 'members/ml' participant_count: 3 } }"));
  EXPECT_EQ(held.participations(1).participant_count(), 3);
  EXPECT_EQ(held.place(), "Dakar");
  const auto more = Get<api::BatchCreateActivitiesResponse>(
      "BatchCreateActivities",
      absl::StrCat(Parent(kAction), "requests { ",
                   activity("study", absl::StrCat("kind: KIND_STUDY reach_count: 0 start_date ", Day(5, 1))),
                   " } requests { ", activity("talk", absl::StrCat("kind: KIND_OUTREACH start_date ", Day(5, 2))),
                   " }"));
  EXPECT_TRUE(more.activities(0).has_reach_count()) << "nobody is a number";
  EXPECT_FALSE(more.activities(1).has_reach_count());
  Do(*system_, "DeleteActivity", Named(more.activities(1).name()));
  const auto list = Get<api::ListActivitiesResponse>("ListActivities", Parent(kAction));
  EXPECT_EQ(list.activities_size(), 2);
  Do(*system_, "UndeleteActivity", Named(more.activities(1).name()));
  EXPECT_FALSE(Get<api::Activity>("GetActivity", Named(more.activities(1).name())).has_delete_time());
}

TEST_F(ActionManual, ARiskIsGradedAndFollowed) {
  const auto risk = [](const std::string& id, int likelihood, int impact) {
    return absl::StrCat(Parent(kOther), "risk_id: '", id, "' risk { title: 'A risk' likelihood: ", likelihood,
                        " impact: ", impact, " }");
  };
  const auto created = Get<api::Risk>("CreateRisk", risk("trainers", 4, 5));
  const std::string name = created.name();
  EXPECT_EQ(created.severity(), 20);
  EXPECT_EQ(created.state(), api::Risk::STATE_OPEN);
  Do(*system_, "BatchCreateRisks",
     absl::StrCat(Parent(kOther), "requests { ", risk("rooms", 1, 2), " } requests { ", risk("money", 3, 5), " }"));
  EXPECT_EQ(Get<api::Risk>("UpdateRisk", absl::StrCat("risk { ", Named(name), "likelihood: 2 }")).severity(), 10);
  const auto worst = Get<api::ListRisksResponse>("ListRisks", Parent(kOther) + "order_by: 'severity desc'");
  ASSERT_EQ(worst.risks_size(), 3);
  EXPECT_EQ(IdOf(worst.risks(0).name()), "money");

  EXPECT_EQ(Get<api::Risk>("RealizeRisk", Named(name)).state(), api::Risk::STATE_OCCURRED);
  EXPECT_EQ(Get<api::Risk>("CloseRisk", Named(name)).state(), api::Risk::STATE_CLOSED);
  ExpectRefused("RealizeRisk", Named(name), api::ERROR_REASON_WRONG_RISK_STATE);
  EXPECT_EQ(Get<api::Risk>("ReopenRisk", Named(name)).state(), api::Risk::STATE_OPEN);
  Do(*system_, "DeleteRisk", Named(name));
  EXPECT_TRUE(Get<api::Risk>("GetRisk", Named(name)).has_delete_time());
  EXPECT_EQ(Get<api::Risk>("UndeleteRisk", Named(name)).severity(), 10);
}

TEST_F(ActionManual, AnActionDoesNotEndBeforeWhatHappenedInIt) {
  Do(*system_, "CreateProgressReport", Report("june", Day(6, 30), "40"));
  Do(*system_, "ReachMilestone", absl::StrCat(Named(CreateMilestone("course").name()), "date ", Day(7, 2)));
  for (const char* method : {"CompleteAction", "CancelAction"}) {
    const Answer early = Ask(*system_, method, absl::StrCat(Named(kAction), "date ", Day(7, 1)));
    EXPECT_THAT(early.status, HasReason(StatusCode::kFailedPrecondition, api::ERROR_REASON_ENDS_BEFORE_RECORD));
    EXPECT_EQ(MetadataOf(early.status, "record"), absl::StrCat(kAction, "/milestones/course"));
  }
  Do(*system_, "CompleteAction", absl::StrCat(Named(kAction), "date ", Day(7, 2)));
}

TEST_F(ActionManual, AnActionIsCompletedAfterWhatItDependsOn) {
  Do(*system_, "UpdateAction", absl::StrCat("action { ", Named(kAction), "dependencies: '", kOther, "' }"));
  ExpectRefused("CompleteAction", Named(kAction), api::ERROR_REASON_DEPENDENCY_NOT_COMPLETED);
  Do(*system_, "ApproveAction", Named(kOther));
  Do(*system_, "StartAction", Named(kOther));
  Do(*system_, "CompleteAction", Named(kOther));
  Do(*system_, "CompleteAction", Named(kAction));
}

TEST_F(ActionManual, MilestonesAndReportsAreClosedWithTheAction) {
  const std::string milestone = CreateMilestone("late").name();
  const std::string deleted = CreateMilestone("gone").name();
  Do(*system_, "DeleteMilestone", Named(deleted));
  Do(*system_, "CompleteAction", Named(kAction));
  for (const char* method : {"ReachMilestone", "DropMilestone", "ReopenMilestone", "DeleteMilestone"}) {
    ExpectRefused(method, Named(milestone), api::ERROR_REASON_ACTION_ENDED);
  }
  ExpectRefused("UpdateMilestone", absl::StrCat("milestone { ", Named(milestone), "title: 'T' }"),
                api::ERROR_REASON_ACTION_ENDED);
  ExpectRefused("UndeleteMilestone", Named(deleted), api::ERROR_REASON_ACTION_ENDED);
  ExpectRefused("CreateProgressReport", Report("late", Day(6, 30), "40"), api::ERROR_REASON_ACTION_ENDED);
}

TEST_F(ActionManual, EverythingIsClosedWithThePlan) {
  const std::string milestone = CreateMilestone("m").name();
  Do(*system_, "CreateContribution", Contribution("c", "member: 'members/sn' kind: KIND_SEATS amount { value: '20' }"));
  Do(*system_, "ClosePlan", Named("plans/m"));
  ExpectRefused("ReachMilestone", Named(milestone), api::ERROR_REASON_PLAN_CLOSED);
  ExpectRefused("DeleteContribution", Named(absl::StrCat(kAction, "/contributions/c")), api::ERROR_REASON_PLAN_CLOSED);
  ExpectRefused("CreateProgressReport", Report("r", Day(6, 30), "40"), api::ERROR_REASON_PLAN_CLOSED);
}

// Whoever is first: the list is the same, and so is the report that counts.
TEST_F(ActionManual, TheOrderOfWritesDoesNotMatter) {
  const unsigned seed = std::random_device()();
  SCOPED_TRACE(absl::StrCat("seed ", seed));
  std::mt19937 random(seed);
  std::vector<std::string> days;
  for (int i = 0; i < 12; ++i) days.push_back(Day(3 + i / 4, 1 + 7 * (i % 4)));
  const auto content = [](const api::ListProgressReportsResponse& list) {
    std::vector<std::string> rows;
    for (api::ProgressReport report : list.progress_reports()) {
      report.clear_create_time();
      report.clear_uid();
      report.set_name(IdOf(report.name()));
      rows.push_back(report.SerializeAsString());
    }
    return rows;
  };
  std::vector<std::string> expected;
  for (int round = 0; round < 5; ++round) {
    const std::string id = absl::StrCat("order-", round);
    const std::string action = absl::StrCat("plans/m/actions/", id);
    CreateAction(*system_, "m", id);
    Do(*system_, "ApproveAction", Named(action));
    Do(*system_, "StartAction", absl::StrCat(Named(action), "date ", Day(3, 1)));
    std::vector<size_t> order(days.size());
    for (size_t i = 0; i < order.size(); ++i) order[i] = i;
    std::shuffle(order.begin(), order.end(), random);
    for (const size_t i : order) {
      Do(*system_, "CreateProgressReport", Report(absl::StrCat("r", i), days[i], absl::StrCat(i), action.c_str()));
    }
    const auto rows = content(Get<api::ListProgressReportsResponse>("ListProgressReports", Parent(action)));
    if (round == 0) expected = rows;
    EXPECT_EQ(rows, expected);
    const auto latest = Get<api::ListProgressReportsResponse>(
        "ListProgressReports", Parent(action) + "order_by: 'date desc, create_time desc' page_size: 1");
    ASSERT_EQ(latest.progress_reports_size(), 1);
    EXPECT_EQ(IdOf(latest.progress_reports(0).name()), "r11");
  }
}

}  // namespace
}  // namespace concord::testing
