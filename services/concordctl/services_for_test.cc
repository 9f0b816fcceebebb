#include "services/concordctl/services_for_test.h"

#include <algorithm>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/strings/str_cat.h"
#include "common/aip/date.h"
#include "concord/action/v1/action_service.pb.h"
#include "concord/action/v1/milestone_service.pb.h"
#include "concord/ledger/v1/ledger_service.pb.h"
#include "concord/objective/v1/indicator_service.pb.h"
#include "concord/objective/v1/objective_service.pb.h"
#include "concord/objective/v1/plan.pb.h"
#include "concord/objective/v1/plan_service.pb.h"
#include "concord/reporting/v1/published_report_service.pb.h"
#include "concord/reporting/v1/reporting_service.pb.h"
#include "grpcpp/health_check_service_interface.h"
#include "grpcpp/security/server_credentials.h"
#include "grpcpp/server_builder.h"
#include "services/concordctl/collection_for_test.h"

namespace concord::ctl {
namespace {

// Two plans are registered, of which one has lost its ledger.
void SendCatalog(ledger::v1::WatchResourcesResponse& message, absl::FunctionRef<void()> write) {
  for (const std::string id : {"lost", "p"}) {
    objective::v1::PlanRegistration registration;
    registration.set_plan("plans/" + id);
    auto& row = *message.add_resources();
    row.set_name("planRegistrations/" + id);
    row.mutable_resource()->PackFrom(registration);
  }
  write();
  message.Clear();
  message.set_end_of_state(true);
  write();
}

// A watch that is interrupted twice: in the middle, and for good by a history that is gone.
Status SendWatch(const ledger::v1::WatchResourcesRequest& request, ledger::v1::WatchResourcesResponse& message,
                 absl::FunctionRef<void()> write) {
  const auto send = [&](int revision, const std::string& token) {
    message.mutable_revision()->set_revision(revision);
    message.mutable_revision()->mutable_commit_time()->set_seconds(1'300'000'000 + revision);
    message.set_resume_token(token);
    write();
    message.Clear();
  };
  const auto put = [&](const std::string& title, int created, int updated) {
    action::v1::Action action;
    action.set_title(title);
    action.mutable_create_time()->set_seconds(created);
    action.mutable_update_time()->set_seconds(updated);
    auto& row = *message.add_resources();
    row.set_name("plans/p/actions/1-1");
    row.mutable_resource()->PackFrom(action);
  };
  if (request.parent() == "catalog") {
    SendCatalog(message, write);
    return Status::OK;
  }
  if (request.parent() != "plans/p") return Status(grpc::StatusCode::UNAVAILABLE, "not here");
  if (request.resume_token().empty()) {
    put("First", 1, 2);
    send(7, "t1");
    message.set_end_of_state(true);
    send(7, "t2");
    put("Second", 1, 3);
    send(8, "t3");
    return Status(grpc::StatusCode::UNAVAILABLE, "the service is stopping");
  }
  if (request.resume_token() == "t3") {
    message.add_resources()->set_name("plans/p/actions/1-1");
    send(9, "t4");
    send(10, "t5");
  }
  return Status(grpc::StatusCode::FAILED_PRECONDITION, "another history");
}

Status ListResourceRevisions(const ledger::v1::ListResourceRevisionsRequest& request,
                             ledger::v1::ListResourceRevisionsResponse& response) {
  if (request.name() == "committees/45020/participations/1619") {
    response.add_resource_revisions()->set_method("concord.member.v1.CommitteeService/ImportParticipations");
    return Status::OK;
  }
  if (request.name() != "plans/p/actions/1-1") return NotFound(request.name());
  for (int revision : {9, 4}) {
    action::v1::Action action;
    action.set_state(revision == 9 ? action::v1::Action::STATE_APPROVED : action::v1::Action::STATE_PROPOSED);
    auto& row = *response.add_resource_revisions();
    row.set_revision(revision);
    row.set_method("concord.action.v1.ActionService/ApproveAction");
    row.mutable_resource()->PackFrom(action);
  }
  return Status::OK;
}

// Every scope is sound but the ones called "damaged", "plans/lost" and "work", and those with an anchor at another
// revision than 2.
Status VerifyScope(const ledger::v1::VerifyScopeRequest& request, ledger::v1::VerifyScopeResponse& message,
                   absl::FunctionRef<void()> send) {
  if (request.scope() == "plans/lost" || request.scope() == "work") {
    message.set_finished(true);
    message.add_findings(request.scope() + " has no head");
    send();
    return Status::OK;
  }
  message.set_revision(1);
  message.set_head_revision(2);
  send();
  message.set_revision(2);
  message.set_digest("d1ce");
  message.set_finished(true);
  for (const auto& anchor : request.anchors()) {
    if (anchor.revision() != 2) message.add_findings("the log has no " + anchor.digest());
  }
  if (request.scope() == "damaged") message.add_findings("revision 2 does not chain");
  send();
  return Status::OK;
}

Status GetScorecard(const reporting::v1::GetScorecardRequest& request, reporting::v1::Scorecard& response) {
  if (request.name() != "plans/p/scorecard") return NotFound(request.name());
  response.set_plan("plans/p");
  response.set_title("The plan");
  response.mutable_duty_counts()->set_overdue_count(7);
  *response.mutable_date() = request.has_date() ? request.date() : aip::FromDay(absl::CivilDay(2012, 12, 31));
  auto& revision = *response.add_revisions();
  revision.set_scope("plans/p");
  revision.set_revision(17);
  auto& score = *response.add_objective_scores();
  score.set_code("1");
  score.set_title("One");
  score.mutable_delivery()->mutable_progress()->set_value(0.625);
  score.mutable_delivery()->mutable_progress()->set_counted_count(2);
  score.mutable_delivery()->mutable_progress()->set_expected_count(3);
  score.set_objective("plans/p/objectives/1");
  score.mutable_outcome()->mutable_attainment()->set_value(request.as_of().has_time() ? 0.25 : 0.375);
  score.mutable_computed_health()->set_level(reporting::v1::HEALTH_LEVEL_AT_RISK);
  return Status::OK;
}

// What says at which revision it was asked for.
template <typename Request>
std::string StateOf(const Request& request) {
  if (request.as_of().revisions().empty()) return "the present";
  return absl::StrCat("revision ", request.as_of().revisions(0).revision());
}

Status ListAttention(const reporting::v1::ListAttentionRequest& request,
                     reporting::v1::ListAttentionResponse& response) {
  auto& item = *response.add_attention_items();
  item.set_reason(reporting::v1::AttentionItem::REASON_OVERDUE);
  item.set_resource("plans/p/actions/1-1");
  item.set_explanation("seen at " + StateOf(request));
  return Status::OK;
}

// One point for the last day, about which only something is known.
Status ListTrendPoints(const reporting::v1::ListTrendPointsRequest& request,
                       reporting::v1::ListTrendPointsResponse& response) {
  auto& point = *response.add_trend_points();
  // The first period that was asked for, if one was.
  *point.mutable_date() = request.has_start_date() ? request.start_date() : request.end_date();
  point.set_resource(request.parent());
  point.mutable_delivery()->mutable_progress()->set_value(request.as_of().revisions().empty() ? 1 : 0.75);
  return Status::OK;
}

Status GetPublishedReport(const reporting::v1::GetPublishedReportRequest& request,
                          reporting::v1::PublishedReport& response) {
  if (request.name() != "plans/p/publishedReports/y2012") return NotFound(request.name());
  response.set_name(request.name());
  response.set_title("The year 2012");
  response.set_number(3);
  auto& card = *response.mutable_scorecard();
  card.set_plan("plans/p");
  card.set_title("The plan as published");
  *card.mutable_date() = aip::FromDay(absl::CivilDay(2012, 12, 31));
  auto& revision = *card.add_revisions();
  revision.set_scope("plans/p");
  revision.set_revision(5);
  return Status::OK;
}

Status ListRestatements(const reporting::v1::ListRestatementsRequest&,
                        reporting::v1::ListRestatementsResponse& response) {
  auto& restatement = *response.add_restatements();
  restatement.set_resource("plans/p");
  restatement.set_figure("progress");
  restatement.set_published("no data");
  restatement.set_current("62.5 %");
  return Status::OK;
}

// A scorecard, that nothing is new, another one, and the end of the plan.
Status WatchScorecard(const reporting::v1::WatchScorecardRequest& request,
                      reporting::v1::WatchScorecardResponse& message, absl::FunctionRef<void()> send) {
  if (request.name() != "plans/p/scorecard") return NotFound(request.name());
  reporting::v1::GetScorecardRequest question;
  question.set_name(request.name());
  GetScorecard(question, *message.mutable_scorecard());
  send();
  reporting::v1::Scorecard card;
  card.Swap(message.mutable_scorecard());
  message.Clear();
  send();
  card.mutable_action_counts()->set_completed_count(1776);
  *message.mutable_scorecard() = card;
  send();
  return NotFound(request.name());
}

Status ListActionScores(const reporting::v1::ListActionScoresRequest&,
                        reporting::v1::ListActionScoresResponse& response) {
  response.add_action_scores()->set_code("1.1");
  return Status::OK;
}

Status ListIndicatorScores(const reporting::v1::ListIndicatorScoresRequest&,
                           reporting::v1::ListIndicatorScoresResponse& response) {
  for (const char* code : {"1.a", "1.b"}) {
    auto& score = *response.add_indicator_scores();
    score.set_code(code);
    if (score.code() != "1.a") continue;
    score.mutable_value()->set_value("52.5");
    score.set_target_state(reporting::v1::TARGET_STATE_ON_TARGET);
  }
  return Status::OK;
}

Status ListDuties(const reporting::v1::ListDutiesRequest& request, reporting::v1::ListDutiesResponse& response) {
  std::vector<reporting::v1::Duty> duties(3);
  for (int i = 0; i < 3; ++i) {
    duties[i].set_resource("plans/p/objectives/1/indicators/1-a");
    duties[i].set_kind(reporting::v1::Duty::KIND_MEASUREMENT);
    duties[i].set_owner(i == 1 ? "" : "members/a");
    duties[i].set_title(request.filter());
    *duties[i].mutable_due_date() = aip::FromDay(absl::CivilDay(2012, 1 + i, 31));
    duties[i].set_overdue(i < 2);
  }
  FillPage(request, duties, "duties", response);
  return Status::OK;
}

Status ListPlanChanges(const reporting::v1::ListPlanChangesRequest& request,
                       reporting::v1::ListPlanChangesResponse& response) {
  auto& change = *response.add_plan_changes();
  change.set_kind(reporting::v1::PlanChange::KIND_DELETED);
  change.set_resource("plans/p/actions/1-1/milestones/m");
  *change.mutable_update_time() = request.since();
  return Status::OK;
}

}  // namespace

void ServicesForTest::AddPlans() {
  using objective::v1::Plan;
  methods_.Add(std::function([this](const objective::v1::GetPlanRequest& request, Plan& response) {
    const auto plan = state().plan;
    if (!plan || plan->name() != request.name()) return NotFound(request.name());
    response = *plan;
    return Status::OK;
  }));
  methods_.Add(
      std::function([this](const objective::v1::ListPlansRequest&, objective::v1::ListPlansResponse& response) {
        if (const auto plan = state().plan) *response.add_plans() = *plan;
        return Status::OK;
      }));
  methods_.Add(std::function([this](const objective::v1::CreatePlanRequest& request, Plan& response) {
    return DoWrite(request, [&](PlanState& state, const std::string& etag, bool) {
      state.plan = request.plan();
      state.plan->set_name("plans/" + request.plan_id());
      state.plan->set_etag(etag);
      state.plan->set_state(Plan::STATE_DRAFT);
      response = *state.plan;
      return Status::OK;
    });
  }));
  methods_.Add(std::function([this](const objective::v1::UpdatePlanRequest& request, Plan& response) {
    return DoWrite(request, [&](PlanState& state, const std::string& etag, bool) {
      CopyFields(request, request.plan(), *state.plan);
      state.plan->set_etag(etag);
      response = *state.plan;
      return Status::OK;
    });
  }));
  methods_.Add(std::function([this](const objective::v1::ActivatePlanRequest& request, Plan& response) {
    return DoWrite(request, [&](PlanState& state, const std::string&, bool) {
      state.plan->set_state(Plan::STATE_ACTIVE);
      response = *state.plan;
      return Status::OK;
    });
  }));
}

ServicesForTest::ServicesForTest() {
  using action::v1::Action;
  AddPlans();
  StandardMethodsForTest<objective::v1::Objective>(*this, &PlanState::objectives, "objectives").AddTo(methods_);
  StandardMethodsForTest<objective::v1::Indicator>(*this, &PlanState::indicators, "indicators").AddTo(methods_);
  StandardMethodsForTest<objective::v1::Measurement>(*this, &PlanState::measurements, "measurements").AddTo(methods_);
  StandardMethodsForTest<action::v1::Milestone>(*this, &PlanState::milestones, "milestones").AddTo(methods_);
  const StandardMethodsForTest<Action> actions(*this, &PlanState::actions, "actions");
  actions.AddTo(methods_);
  methods_.Add(std::function([actions](const action::v1::ApproveActionRequest& request, Action& response) {
    return actions.Modify(request, response, [](Action& row) { row.set_state(Action::STATE_APPROVED); });
  }));
  directory_.AddTo(methods_);
  methods_.Add(std::function(ListResourceRevisions));
  methods_.AddStream(std::function(VerifyScope));
  methods_.AddStream(std::function(SendWatch));
  methods_.AddStream(std::function(WatchScorecard));
  methods_.Add(std::function(GetScorecard));
  methods_.Add(std::function(ListAttention));
  methods_.Add(std::function(ListTrendPoints));
  methods_.Add(std::function(GetPublishedReport));
  methods_.Add(std::function(ListRestatements));
  methods_.Add(std::function(ListActionScores));
  methods_.Add(std::function(ListIndicatorScores));
  methods_.Add(std::function(ListDuties));
  methods_.Add(std::function(ListPlanChanges));
  grpc::EnableDefaultHealthCheckService(true);
  grpc::ServerBuilder builder;
  int port = 0;
  builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port);
  builder.RegisterCallbackGenericService(&methods_);
  server_ = builder.BuildAndStart();
  server_->GetHealthCheckService()->SetServingStatus("concord.ledger.v1.LedgerService", true);
  address_ = absl::StrCat("127.0.0.1:", port);
}

ServicesForTest::~ServicesForTest() { server_->Shutdown(); }

Status ServicesForTest::DoWrite(const Message& request, const Write& write) {
  absl::MutexLock lock(&mutex_);
  // One answer for one id, as the services promise.
  const std::string id = GetText(request, "request_id");
  const bool repeated = std::find(request_ids_.begin(), request_ids_.end(), id) != request_ids_.end();
  request_ids_.push_back(id);
  if (writes_until_broken_ == 0) return {StatusCode::UNAVAILABLE, "broken"};
  if (writes_until_broken_ > 0) --writes_until_broken_;
  StatusCode failure = StatusCode::OK;
  if (!failures_.empty()) {
    failure = failures_.front();
    failures_.pop_front();
  }
  if (failure != StatusCode::OK && failure != StatusCode::UNAVAILABLE) return {failure, "told to fail"};
  const PlanState before = state_;
  const Status status = write(state_, absl::StrCat("etag-", ++version_), repeated);
  const std::string unsound = Unsoundness(state_);
  const auto* validate_only = request.GetDescriptor()->FindFieldByName("validate_only");
  if (!unsound.empty() || request.GetReflection()->GetBool(request, validate_only)) state_ = before;
  if (!unsound.empty()) return {StatusCode::FAILED_PRECONDITION, unsound};
  return failure == StatusCode::OK ? status : Status(failure, "the answer was lost");
}

PlanState ServicesForTest::state() const {
  absl::MutexLock lock(&mutex_);
  return state_;
}

void ServicesForTest::SetState(PlanState state) {
  absl::MutexLock lock(&mutex_);
  state_ = std::move(state);
}

void ServicesForTest::FailNextWrites(std::vector<StatusCode> codes) {
  absl::MutexLock lock(&mutex_);
  failures_.assign(codes.begin(), codes.end());
}

void ServicesForTest::BreakAfterWrites(int count) {
  absl::MutexLock lock(&mutex_);
  writes_until_broken_ = count;
}

std::vector<std::string> ServicesForTest::request_ids() const {
  absl::MutexLock lock(&mutex_);
  return request_ids_;
}

}  // namespace concord::ctl
