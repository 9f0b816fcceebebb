// The main job on the real plan: the real binaries, a real redis-server, the public API.
#include <algorithm>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "concord/action/v1/action_service.pb.h"
#include "concord/action/v1/error_reason.pb.h"
#include "concord/ledger/v1/ledger_service.grpc.pb.h"
#include "concord/objective/v1/error_reason.pb.h"
#include "concord/objective/v1/objective_service.pb.h"
#include "concord/objective/v1/plan_service.pb.h"
#include "concord/reporting/v1/reporting_service.pb.h"
#include "gmock/gmock.h"
#include "google/protobuf/util/message_differencer.h"
#include "grpcpp/client_context.h"
#include "tests/integration/plan_on_file.h"
#include "tests/support/status_matchers.h"

namespace concord::testing {
namespace {

using action::v1::Action;
using objective::v1::Plan;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
namespace api = ::concord::action::v1;

// When all that is dated happens: in the plan's first year, before the day that the scorecard is about.
constexpr char kDayOfMoves[] = "year: 2011 month: 6 day: 1";

// Changes and reads one system; a system of its own for each test.
class MainJob : public ::testing::Test {
 protected:
  void SetUp() override {
    system_ = SystemWithPlan();
    ASSERT_NE(system_, nullptr);
  }

  void Activate() {
    EXPECT_EQ(SendName<objective::v1::ActivatePlanRequest>(*system_, kPlan).As<Plan>().state(), Plan::STATE_ACTIVE);
  }

  template <typename Request>
  Action Move(const std::string& id, const std::string& reason = "") {
    Request request;
    request.set_name(ActionName(id));
    request.set_reason(reason);
    if (const auto* date = Request::descriptor()->FindFieldByName("date"); date != nullptr) {
      request.GetReflection()->MutableMessage(&request, date)->CopyFrom(Parse<google::type::Date>(kDayOfMoves));
    }
    return system_->Send(request).template As<Action>();
  }

  Action Get(const std::string& id) { return SendName<api::GetActionRequest>(*system_, ActionName(id)).As<Action>(); }

  // The scorecard at the end of the plan's first year.
  Answer AskScorecard(const type::Moment* as_of = nullptr) {
    auto request = Parse<reporting::v1::GetScorecardRequest>("date { year: 2011 month: 12 day: 31 }");
    request.set_name(absl::StrCat(kPlan, "/scorecard"));
    if (as_of != nullptr) *request.mutable_as_of() = *as_of;
    return system_->Send(request);
  }

  // The last message of the proof of a scope.
  ledger::v1::VerifyScopeResponse Verify(const std::string& scope, const std::string& service = "objective") {
    const auto stub = ledger::v1::LedgerService::NewStub(system_->service(service).shared_channel());
    grpc::ClientContext context;
    ledger::v1::VerifyScopeRequest request;
    request.set_scope(scope);
    const auto reader = stub->VerifyScope(&context, request);
    ledger::v1::VerifyScopeResponse message;
    while (reader->Read(&message)) {
    }
    EXPECT_TRUE(reader->Finish().ok());
    EXPECT_TRUE(message.finished());
    return message;
  }

  std::unique_ptr<RunningSystem> system_;
};

// What the file says and nothing else, but for what only the service knows.
template <typename Resource>
void ExpectSameContent(const Resource& actual, Resource expected) {
  expected.set_uid(actual.uid());
  expected.set_etag(actual.etag());
  *expected.mutable_create_time() = actual.create_time();
  *expected.mutable_update_time() = actual.update_time();
  google::protobuf::util::MessageDifferencer differencer;
  std::string differences;
  differencer.ReportDifferencesToString(&differences);
  EXPECT_TRUE(differencer.Compare(expected, actual)) << actual.name() << "\n" << differences;
}

TEST_F(MainJob, CarriesThePlanAsTheFileTellsIt) {
  planfile::v1::PlanFile file = ReadPlanFile();
  file.mutable_plan()->set_state(Plan::STATE_DRAFT);
  ExpectSameContent(SendName<objective::v1::GetPlanRequest>(*system_, kPlan).As<Plan>(), file.plan());

  objective::v1::ListObjectivesRequest list;
  list.set_parent(kPlan);
  const auto objectives = system_->Send(list).As<objective::v1::ListObjectivesResponse>();
  ASSERT_EQ(objectives.objectives_size(), 7);
  for (int i = 0; i < 7; ++i) ExpectSameContent(objectives.objectives(i), file.objectives(i));

  const std::vector<Action> actions = AllActions(*system_, 0);
  ASSERT_EQ(actions.size(), 37);
  for (int i = 0; i < 37; ++i) {
    file.mutable_actions(i)->set_state(Action::STATE_PROPOSED);
    ExpectSameContent(actions[static_cast<size_t>(i)], file.actions(i));
  }
}

TEST_F(MainJob, ImportsThePlanASecondTimeWithoutAnyChange) {
  const std::string before = Verify(kPlan).digest();
  auto again = system_->Ctl({"plan", "import", PlanPath()});
  ASSERT_TRUE(again.ok()) << again.status();
  EXPECT_EQ(again->exit_code, 0) << again->output;
  EXPECT_THAT(again->output, HasSubstr("nothing to change"));
  EXPECT_EQ(Verify(kPlan).digest(), before);
}

TEST_F(MainJob, LeadsActionsThroughTheirStates) {
  EXPECT_EQ(Move<api::ApproveActionRequest>("1-1").state(), Action::STATE_APPROVED);
  EXPECT_THAT(SendName<api::StartActionRequest>(*system_, ActionName("1-1")).status,
              HasReason(absl::StatusCode::kFailedPrecondition, api::ERROR_REASON_PLAN_NOT_ACTIVE));
  Activate();
  const Action started = Move<api::StartActionRequest>("1-1");
  EXPECT_EQ(started.state(), Action::STATE_IN_PROGRESS);
  EXPECT_TRUE(started.has_actual_start_date());
  EXPECT_EQ(Move<api::HoldActionRequest>("1-1").state(), Action::STATE_ON_HOLD);
  EXPECT_EQ(Move<api::ResumeActionRequest>("1-1").state(), Action::STATE_IN_PROGRESS);
  const Action completed = Move<api::CompleteActionRequest>("1-1");
  EXPECT_EQ(completed.state(), Action::STATE_COMPLETED);
  EXPECT_TRUE(completed.has_actual_end_date());
  EXPECT_EQ(Move<api::CancelActionRequest>("1-2").state(), Action::STATE_CANCELLED);

  EXPECT_EQ(SendName<objective::v1::ClosePlanRequest>(*system_, kPlan).As<Plan>().state(), Plan::STATE_CLOSED);
  EXPECT_THAT(SendName<api::ApproveActionRequest>(*system_, ActionName("1-3")).status,
              HasReason(absl::StatusCode::kFailedPrecondition, api::ERROR_REASON_PLAN_CLOSED));
}

// Nobody has dates of his own, so each action's period is the plan's, 2011-01-01 to 2015-12-31:
// 1,826 days, of which 365 have passed by the end of 2011.
TEST_F(MainJob, ShowsInTheScorecardWhatWasDone) {
  Activate();
  const double planned = 365.0 / 1826.0;
  const auto before = AskScorecard().As<reporting::v1::Scorecard>();
  EXPECT_EQ(before.title(), "ISO Strategic Plan 2011-2015");
  ASSERT_EQ(before.objective_scores_size(), 7);
  EXPECT_EQ(before.delivery().progress().value(), 0) << "nothing has begun, which is known";
  EXPECT_EQ(before.delivery().progress().expected_count(), 7);
  EXPECT_EQ(before.delivery().progress().counted_count(), 7);
  EXPECT_DOUBLE_EQ(before.delivery().planned_progress().value(), planned);
  EXPECT_EQ(before.delivery().schedule_performance().value(), 0);
  EXPECT_EQ(before.action_counts().total_count(), 37);
  EXPECT_EQ(before.action_counts().proposed_count(), 37);
  EXPECT_EQ(before.action_counts().off_track_count(), 37) << "none has begun in a year";
  EXPECT_EQ(before.computed_health().rule(), "start_overdue");

  // 1.1 is completed, 1.2 in progress, 1.3 on hold, 1.4 cancelled; 1.5 and 1.6 are as they were.
  for (const char* id : {"1-1", "1-2", "1-3"}) {
    Move<api::ApproveActionRequest>(id);
    Move<api::StartActionRequest>(id);
  }
  Move<api::CompleteActionRequest>("1-1");
  Move<api::HoldActionRequest>("1-3");
  Move<api::CancelActionRequest>("1-4");

  const auto after = AskScorecard().As<reporting::v1::Scorecard>();
  const reporting::v1::ObjectiveScore& first = after.objective_scores(0);
  EXPECT_EQ(first.objective(), absl::StrCat(kPlan, "/objectives/1"));
  // One done, two not begun, and two of which nobody says how far they are.
  EXPECT_DOUBLE_EQ(first.delivery().progress().value(), 1.0 / 3.0);
  EXPECT_EQ(first.delivery().progress().counted_count(), 3);
  EXPECT_EQ(first.delivery().progress().expected_count(), 5);
  EXPECT_THAT(first.delivery().progress().missing(), ElementsAre(ActionName("1-2"), ActionName("1-3")));
  EXPECT_DOUBLE_EQ(first.delivery().planned_progress().value(), planned);
  EXPECT_DOUBLE_EQ(first.delivery().schedule_performance().value(), 1.0 / 3.0 / planned);
  EXPECT_EQ(first.action_counts().total_count(), 5);
  EXPECT_EQ(first.action_counts().completed_count(), 1);
  EXPECT_EQ(first.action_counts().in_progress_count(), 1);
  EXPECT_EQ(first.action_counts().on_hold_count(), 1);
  EXPECT_EQ(first.action_counts().proposed_count(), 2);
  EXPECT_EQ(first.action_counts().cancelled_count(), 1);
  EXPECT_EQ(first.action_counts().on_track_count(), 1);
  EXPECT_EQ(first.action_counts().at_risk_count(), 1);
  EXPECT_EQ(first.action_counts().off_track_count(), 2);
  EXPECT_EQ(first.action_counts().no_data_count(), 1);
  EXPECT_DOUBLE_EQ(after.delivery().progress().value(), 1.0 / 3.0 / 7.0);
  EXPECT_EQ(after.delivery().progress().counted_count(), 7);
  EXPECT_EQ(after.action_counts().total_count(), 36);
  EXPECT_EQ(after.action_counts().off_track_count(), 33);

  // The figures of the parts agree with those of the whole.
  auto list = Parse<reporting::v1::ListActionScoresRequest>("date { year: 2011 month: 12 day: 31 } page_size: 30");
  list.set_parent(kPlan);
  auto page = system_->Send(list).As<reporting::v1::ListActionScoresResponse>();
  ASSERT_EQ(page.action_scores_size(), 30);
  EXPECT_EQ(page.action_scores(0).state(), Action::STATE_COMPLETED);
  EXPECT_EQ(page.action_scores(0).computed_health().rule(), "completed");
  EXPECT_EQ(page.action_scores(1).computed_health().level(), reporting::v1::HEALTH_LEVEL_NO_DATA);
  EXPECT_EQ(page.action_scores(3).computed_health().level(), reporting::v1::HEALTH_LEVEL_NOT_APPLICABLE);
  list.set_page_token(page.next_page_token());
  page = system_->Send(list).As<reporting::v1::ListActionScoresResponse>();
  EXPECT_EQ(page.action_scores_size(), 7);
  EXPECT_EQ(page.next_page_token(), "");
}

TEST_F(MainJob, ReadsThePastAsItWas) {
  Activate();
  const Answer before = AskScorecard();
  const auto scorecard = before.As<reporting::v1::Scorecard>();
  ASSERT_EQ(scorecard.revisions_size(), 1);
  const Action proposed = Get("2-1");
  Move<api::ApproveActionRequest>("2-1");
  Move<api::StartActionRequest>("2-1");
  Move<api::CompleteActionRequest>("2-1");
  ASSERT_NE(AskScorecard().bytes, before.bytes);

  type::Moment by_revisions;
  *by_revisions.mutable_revisions() = scorecard.revisions();
  EXPECT_EQ(AskScorecard(&by_revisions).bytes, before.bytes);
  type::Moment by_time;
  *by_time.mutable_time() = scorecard.revisions(0).commit_time();
  EXPECT_EQ(AskScorecard(&by_time).bytes, before.bytes);

  api::GetActionRequest get;
  get.set_name(proposed.name());
  *get.mutable_as_of() = by_time;
  EXPECT_EQ(system_->Send(get).bytes, proposed.SerializeAsString());
  api::ListActionsRequest list;
  list.set_parent(kPlan);
  *list.mutable_as_of() = by_revisions;
  const auto past = system_->Send(list).As<api::ListActionsResponse>();
  EXPECT_EQ(past.actions_size(), 37);
  for (const Action& action : past.actions()) {
    EXPECT_EQ(action.state(), Action::STATE_PROPOSED) << action.name();
  }
}

TEST_F(MainJob, TellsWhoChangedAnActionWhenAndWhy) {
  Activate();
  Move<api::ApproveActionRequest>("3-1", "agreed in Geneva");
  api::StartActionRequest start;
  start.set_name(ActionName("3-1"));
  start.set_reason("the team is complete");
  start.set_request_id("start-3-1");
  const Action started =
      system_
          ->Send(start, 0,
                 {.metadata = {{"concord-principal", "anna"},
                               {"traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"}}})
          .As<Action>();

  ledger::v1::ListResourceRevisionsRequest request;
  request.set_name(ActionName("3-1"));
  request.set_page_size(2);
  auto page = system_->Send(request).As<ledger::v1::ListResourceRevisionsResponse>();
  ASSERT_EQ(page.resource_revisions_size(), 2);
  const ledger::v1::ResourceRevision& newest = page.resource_revisions(0);
  EXPECT_EQ(newest.principal(), "development:anna");
  EXPECT_EQ(newest.request_id(), "start-3-1");
  EXPECT_EQ(newest.method(), "concord.action.v1.ActionService/StartAction");
  EXPECT_EQ(newest.reason(), "the team is complete");
  EXPECT_EQ(newest.trace_id(), "0af7651916cd43dd8448eb211c80319c");
  EXPECT_EQ(newest.commit_time().SerializeAsString(), started.update_time().SerializeAsString());
  Action image;
  ASSERT_TRUE(newest.resource().UnpackTo(&image));
  EXPECT_EQ(image.SerializeAsString(), started.SerializeAsString());
  EXPECT_EQ(page.resource_revisions(1).reason(), "agreed in Geneva");
  EXPECT_GT(newest.revision(), page.resource_revisions(1).revision());
  ASSERT_EQ(page.revisions_size(), 1);
  EXPECT_EQ(page.revisions(0).commit_time().SerializeAsString(), started.update_time().SerializeAsString());
  ASSERT_NE(page.next_page_token(), "");

  request.set_page_token(page.next_page_token());
  page = system_->Send(request).As<ledger::v1::ListResourceRevisionsResponse>();
  ASSERT_EQ(page.resource_revisions_size(), 1);
  EXPECT_EQ(page.resource_revisions(0).method(), "concord.action.v1.ActionService/CreateAction");
  EXPECT_EQ(page.next_page_token(), "");
}

TEST_F(MainJob, ProvesItsLedger) {
  Activate();
  const planfile::v1::PlanFile file = ReadPlanFile();
  const int resources =
      1 + file.objectives_size() + file.actions_size() + file.indicators_size() + file.milestones_size();
  for (const char* service : {"objective", "action", "reporting"}) {
    const ledger::v1::VerifyScopeResponse proof = Verify(kPlan, service);
    EXPECT_EQ(proof.findings_size(), 0) << proof.DebugString();
    EXPECT_EQ(proof.revision(), proof.head_revision());
    EXPECT_EQ(proof.resource_count(), resources);
    EXPECT_FALSE(proof.digest().empty());
  }
  EXPECT_EQ(Verify("catalog").resource_count(), 1);
}

// Rows that stay as they are appear exactly once, whatever happens between two pages.
TEST_F(MainJob, PagesThroughAListThatChangesMeanwhile) {
  api::ListActionsRequest request;
  request.set_parent(kPlan);
  request.set_page_size(10);
  std::multiset<std::string> seen;
  int pages = 0;
  do {
    const auto page = system_->Send(request).As<api::ListActionsResponse>();
    for (const Action& action : page.actions()) seen.insert(action.name());
    EXPECT_LE(page.actions_size(), 10);
    request.set_page_token(page.next_page_token());
    if (++pages == 1) {
      EXPECT_TRUE(SendName<api::DeleteActionRequest>(*system_, ActionName("1-1")).ok());  // Sent already.
      EXPECT_TRUE(SendName<api::DeleteActionRequest>(*system_, ActionName("7-4")).ok());  // Still to come.
      auto create = Parse<api::CreateActionRequest>("action_id: '0-1' action { title: 'New' code: '0.1' }");
      create.set_parent(kPlan);
      create.mutable_action()->add_objective_links()->set_objective(absl::StrCat(kPlan, "/objectives/1"));
      create.mutable_action()->mutable_objective_links(0)->set_kind(api::ObjectiveLink::KIND_SUPPORTS);
      EXPECT_TRUE(system_->Send(create).ok());  // Comes before all: its place has passed.
    }
  } while (!request.page_token().empty());
  EXPECT_EQ(pages, 4);
  EXPECT_EQ(seen.size(), 36);
  EXPECT_EQ(std::set<std::string>(seen.begin(), seen.end()).size(), 36) << "a row appeared twice";
  EXPECT_EQ(seen.count(ActionName("7-4")), 0);
}

TEST_F(MainJob, GoesOnAfterARestartOfAllServices) {
  Activate();
  Move<api::ApproveActionRequest>("4-1");
  api::ListActionsRequest list;
  list.set_parent(kPlan);
  list.set_page_size(20);
  const Answer before = system_->Send(list);
  const std::string scorecard = AskScorecard().bytes;
  for (RunningService* service : system_->all()) {
    const auto exit_code = service->Stop();
    ASSERT_TRUE(exit_code.ok()) << exit_code.status();
    EXPECT_EQ(*exit_code, 0) << service->process().LastLogLines();
  }
  for (RunningService* service : system_->all()) ASSERT_THAT(service->Restart(), IsOk());
  for (RunningService* service : system_->all()) ASSERT_THAT(service->WaitUntilServing(), IsOk());
  EXPECT_EQ(system_->Send(list).bytes, before.bytes);
  EXPECT_EQ(AskScorecard().bytes, scorecard);
  // Tokens and etags are good for every replica, and so after a restart, too.
  list.set_page_token(before.As<api::ListActionsResponse>().next_page_token());
  EXPECT_EQ(system_->Send(list).As<api::ListActionsResponse>().actions_size(), 17);
  api::StartActionRequest start;
  start.set_name(ActionName("4-1"));
  start.set_etag(Get("4-1").etag());
  EXPECT_EQ(system_->Send(start).As<Action>().state(), Action::STATE_IN_PROGRESS);
}

// Whoever wrote through one replica reads his write through any other, in any service.
TEST(Replicas, ShowEachWriteAtOnce) {
  SystemOptions options;
  options.replicas = 2;
  const auto system = SystemWithPlan(options);
  ASSERT_NE(system, nullptr);
  for (int i = 0; i < 20; ++i) {
    const int writer = i % 2;
    api::UpdateActionRequest update;
    update.mutable_action()->set_name(ActionName("5-1"));
    update.mutable_action()->set_title(absl::StrCat("Title ", i));
    const Action written = system->Send(update, writer).As<Action>();
    api::GetActionRequest get;
    get.set_name(ActionName("5-1"));
    EXPECT_EQ(system->Send(get, 1 - writer).bytes, written.SerializeAsString());
    auto scores = Parse<reporting::v1::ListActionScoresRequest>("");
    scores.set_parent(kPlan);
    bool found = false;
    const auto page = system->Send(scores, 1 - writer).As<reporting::v1::ListActionScoresResponse>();
    for (const auto& score : page.action_scores()) {
      found = found || (score.action() == written.name() && score.title() == written.title());
    }
    EXPECT_TRUE(found) << i;
  }
}

}  // namespace
}  // namespace concord::testing
