// The engine on a real redis-server: what it promises where several write, stores fail and callers repeat themselves.
#include <atomic>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "common/rpc/engine.h"
#include "common/rpc/engine_scene_fixture.h"
#include "concord/ledger/v1/ledger_service.pb.h"
#include "concord/rpc/v1/error_reason.pb.h"
#include "gmock/gmock.h"
#include "google/rpc/error_details.pb.h"
#include "tests/support/status_matchers.h"

namespace concord::rpc {
namespace {

using absl::StatusCode;
using action::v1::Action;
using concord::testing::HasReason;
using concord::testing::IsOk;
using ::testing::HasSubstr;
using ::testing::Not;
namespace api = ::concord::action::v1;

constexpr char kScope[] = "plans/p";

api::UpdateActionRequest Retitled(const std::string& id, const std::string& title, const std::string& request_id = "") {
  api::UpdateActionRequest request;
  request.mutable_action()->set_name("plans/p/actions/" + id);
  request.mutable_action()->set_title(title);
  request.set_request_id(request_id);
  return request;
}

TEST_F(EngineTest, GivesARepeatedCreateItsFirstAnswerInEveryProgram) {
  const auto program = NewProgram();
  const auto first = program->Send(NewAction("n", "id"));
  ASSERT_THAT(first, IsOk());
  ASSERT_THAT(program->Send(Retitled("n", "Later")), IsOk());
  const int64_t revision = program->Revision(kScope);
  EXPECT_EQ(*program->Send(NewAction("n", "id")), *first);
  EXPECT_EQ(*NewProgram()->Send(NewAction("n", "id")), *first) << "one that has never looked at the scope";
  EXPECT_EQ(program->Revision(kScope), revision);
  EXPECT_THAT(program->Send(NewAction("n")),
              HasReason(StatusCode::kAlreadyExists, v1::ERROR_REASON_RESOURCE_ALREADY_EXISTS));
}

TEST_F(EngineTest, KeepsRequestIdsApartByCallerMethodAndBody) {
  const auto program = NewProgram();
  ASSERT_THAT(program->Send(Retitled("a", "One", "id")), IsOk());
  EXPECT_THAT(program->Send(Retitled("a", "Two", "id")),
              HasReason(StatusCode::kInvalidArgument, v1::ERROR_REASON_REQUEST_ID_REUSED));
  EXPECT_THAT(program->Send(Retitled("none", "Two", "id")),
              HasReason(StatusCode::kInvalidArgument, v1::ERROR_REASON_REQUEST_ID_REUSED));
  EXPECT_THAT(program->Send(Retitled("a", "Two", "id"), {.principal = "anna"}), IsOk());
  auto remove = Named<api::DeleteActionRequest>("a");
  remove.set_request_id("id");
  EXPECT_THAT(program->Send(remove), IsOk());
}

TEST_F(EngineTest, RemembersAWriteThatChangedNothing) {
  const auto program = NewProgram();
  const int64_t revision = program->Revision(kScope);
  const auto first = program->Send(Retitled("a", "T", "id"));
  ASSERT_THAT(first, IsOk());
  EXPECT_EQ(program->Revision(kScope), revision);
  ASSERT_THAT(program->Send(Retitled("a", "Now")), IsOk());
  EXPECT_EQ(*program->Send(Retitled("a", "T", "id")), *first);
  EXPECT_EQ(program->SendFor<Action>(Named<api::GetActionRequest>("a"))->title(), "Now") << "not applied late";
}

// The title counts; two programs add one each time, deciding on what they see.
Method AddOne() {
  return WriteMethod<api::HoldActionRequest>(
      "HoldAction", [](const api::HoldActionRequest& request, Context& context) -> absl::StatusOr<Change> {
        const auto* before = context.Get<Action>(request.name());
        if (before == nullptr) return absl::NotFoundError("no action");
        auto after = std::make_unique<Action>(*before);
        int64_t count = 0;
        (void)absl::SimpleAtoi(before->title(), &count);
        after->set_title(absl::StrCat(count + 1));
        Change change;
        change.scope = kScope;
        change.answers = {request.name()};
        change.puts.push_back({request.name(), std::move(after)});
        return change;
      });
}

Method About(Method method) {
  method.about = [](const google::protobuf::Message& request) { return StringField(request, "name"); };
  return method;
}

TEST_F(EngineTest, LosesNoUpdateOfManyAtOnce) {
  constexpr int kThreads = 4, kRounds = 50;
  std::vector<std::unique_ptr<TestProgram>> programs;
  for (int i = 0; i < 2; ++i) {
    programs.push_back(NewProgram());
    programs.back()->engine().Add("concord.action.v1.ActionService", About(AddOne()));
  }
  std::atomic<int> added{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < kThreads; ++i) {
    threads.emplace_back([&, i] {
      for (int round = 0; round < kRounds; ++round) {
        const auto answer = programs[static_cast<size_t>(i % 2)]->SendFor<Action>(Named<api::HoldActionRequest>("a"));
        if (answer.ok()) {
          ++added;
        } else {
          EXPECT_THAT(answer, HasReason(StatusCode::kAborted, v1::ERROR_REASON_CONTENTION));
        }
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(programs[0]->SendFor<Action>(Named<api::GetActionRequest>("a"))->title(), absl::StrCat(added.load()));
  EXPECT_GT(added, kThreads * kRounds / 2);
}

// A handler in whose back somebody else writes, each time.
TEST_F(EngineTest, GivesUpWhereOthersAreAlwaysFaster) {
  const auto other = NewProgram();
  const auto program = NewProgram();
  int calls = 0;
  Method method = About(AddOne());
  method.write = [&, write = method.write](const Method::Request& request, Context& context) {
    EXPECT_THAT(other->Send(Retitled("a", absl::StrCat(1'000 * ++calls))), IsOk());
    return write(request, context);
  };
  program->engine().Add("concord.action.v1.ActionService", std::move(method));
  const auto answer = program->Send(Named<api::HoldActionRequest>("a"));
  EXPECT_THAT(answer, HasReason(StatusCode::kAborted, v1::ERROR_REASON_CONTENTION));
  EXPECT_EQ(MetadataOf(answer.status(), "attempts"), absl::StrCat(calls));
  EXPECT_GT(calls, 5);
  EXPECT_LT(calls, 100);
  EXPECT_EQ(program->SendFor<Action>(Named<api::GetActionRequest>("a"))->title(), absl::StrCat(1'000 * calls))
      << "nothing of it was written";
}

TEST_F(EngineTest, SaysSoWhereItDoesNotKnowTheOutcomeAndARepetitionIsSafe) {
  const auto program = NewProgram({}, absl::Milliseconds(200));
  ASSERT_THAT(program->Send(Retitled("a", "Seen")), IsOk());  // So that the view is at hand.
  const int64_t revision = program->Revision(kScope);
  redis_->Freeze();
  const auto lost = program->Send(Retitled("a", "Lost?", "id"));
  EXPECT_THAT(lost, HasReason(StatusCode::kUnavailable, v1::ERROR_REASON_OUTCOME_UNKNOWN));
  EXPECT_EQ(MetadataOf(lost.status(), "request_id"), "id");
  redis_->Thaw();
  absl::StatusOr<Action> again = absl::UnknownError("not sent");
  for (int i = 0; i < 200 && !again.ok(); ++i) again = program->SendFor<Action>(Retitled("a", "Lost?", "id"));
  ASSERT_THAT(again, IsOk());
  EXPECT_EQ(again->title(), "Lost?");
  EXPECT_EQ(program->Revision(kScope), revision + 1) << "once, whether the first one was lost or not";
}

TEST_F(EngineTest, FailsFastWithoutAStoreAndRecovers) {
  const auto program = NewProgram({}, absl::Milliseconds(200));
  redis_->Kill();
  EXPECT_THAT(program->Send(Named<api::GetActionRequest>("a")),
              HasReason(StatusCode::kUnavailable, v1::ERROR_REASON_STORE_UNAVAILABLE));
  ASSERT_THAT(redis_->Restart(), IsOk());
  absl::Status last = absl::UnknownError("not sent");
  for (const absl::Time end = absl::Now() + absl::Seconds(20); !last.ok() && absl::Now() < end;) {
    last = program->Send(Named<api::GetActionRequest>("a")).status();
  }
  EXPECT_THAT(last, IsOk());
}

// A call that is under way for as long as the store is frozen.
class PendingRead {
 public:
  PendingRead(TestProgram& program, const std::string& id) {
    program.Start("concord.action.v1.ActionService/GetAction", Named<api::GetActionRequest>(id), {},
                  [this](absl::StatusOr<Reply> reply) {
                    status_ = reply.status();
                    done_.Notify();
                  });
  }
  const absl::Status& Wait() {
    done_.WaitForNotification();
    return status_;
  }

 private:
  absl::Notification done_;
  absl::Status status_;
};

TEST_F(EngineTest, RefusesCallsBeyondItsLimitEarly) {
  EngineOptions options;
  options.calls_limit = 1;
  const auto program = NewProgram(options);
  redis_->Freeze();
  PendingRead pending(*program, "a");
  const absl::Status refused = program->Send(Named<api::GetActionRequest>("a")).status();
  EXPECT_THAT(refused, HasReason(StatusCode::kResourceExhausted, v1::ERROR_REASON_OVERLOADED));
  google::rpc::RetryInfo retry;
  const auto payload = refused.GetPayload(absl::StrCat("type.googleapis.com/", retry.GetTypeName()));
  ASSERT_TRUE(payload.has_value());
  ASSERT_TRUE(retry.ParseFromString(std::string(*payload)));
  EXPECT_GT(retry.retry_delay().nanos(), 0);
  redis_->Thaw();
  EXPECT_THAT(pending.Wait(), IsOk());
  EXPECT_THAT(program->Send(Named<api::GetActionRequest>("a")), IsOk());
}

TEST_F(EngineTest, LetsCallsEndAndTakesNoNewOnesWhileItDrains) {
  const auto program = NewProgram();
  redis_->Freeze();
  PendingRead pending(*program, "a");
  EXPECT_FALSE(program->engine().Drain(absl::Milliseconds(20)));
  EXPECT_EQ(program->engine().calls(), 1);
  EXPECT_THAT(program->Send(Named<api::GetActionRequest>("a")),
              HasReason(StatusCode::kUnavailable, v1::ERROR_REASON_SHUTTING_DOWN));
  redis_->Thaw();
  EXPECT_TRUE(program->engine().Drain(absl::Seconds(20)));
  EXPECT_THAT(pending.Wait(), IsOk());
}

TEST_F(EngineTest, DoesNothingAfterTheDeadline) {
  const auto program = NewProgram();
  const int64_t revision = program->Revision(kScope);
  EXPECT_THAT(program->Send(Retitled("a", "Late"), {.principal = "", .deadline = absl::Now() - absl::Seconds(1)}),
              HasReason(StatusCode::kDeadlineExceeded, v1::ERROR_REASON_DEADLINE_PASSED));
  EXPECT_EQ(program->Revision(kScope), revision);
}

TEST_F(EngineTest, ShowsNothingOfWhatIsHidden) {
  const auto program = NewProgram();
  ASSERT_THAT(program->Send(NewAction("b")), IsOk());
  program->access().hidden = {"plans/p/actions/a"};
  const int64_t revision = program->Revision(kScope);
  const auto like_nothing = [&](const google::protobuf::Message& hidden, const google::protobuf::Message& none) {
    const absl::Status of_hidden = program->Send(hidden).status();
    const absl::Status of_none = program->Send(none).status();
    EXPECT_EQ(of_hidden.code(), StatusCode::kNotFound) << of_hidden;
    EXPECT_EQ(of_none.code(), StatusCode::kNotFound) << of_none;
    std::string message(of_hidden.message());
    message.replace(message.find("actions/a"), 9, "actions/z");
    EXPECT_EQ(message, of_none.message()) << "no difference";
  };
  like_nothing(Named<api::GetActionRequest>("a"), Named<api::GetActionRequest>("z"));
  like_nothing(Named<api::DeleteActionRequest>("a"), Named<api::DeleteActionRequest>("z"));
  like_nothing(Retitled("a", "X"), Retitled("z", "X"));
  like_nothing(Named<ledger::v1::ListResourceRevisionsRequest>("a"),
               Named<ledger::v1::ListResourceRevisionsRequest>("z"));
  const auto list = program->SendFor<api::ListActionsResponse>(
      Parse<api::ListActionsRequest>("parent: 'plans/p' show_deleted: true"));
  ASSERT_EQ(list->actions_size(), 1);
  EXPECT_EQ(list->actions(0).code(), "b");
  auto same_code = NewAction("c");
  same_code.mutable_action()->set_code("a");
  const absl::Status taken = program->Send(same_code).status();
  EXPECT_THAT(taken, HasReason(StatusCode::kAlreadyExists, v1::ERROR_REASON_VALUE_TAKEN));
  EXPECT_THAT(taken.ToString(), Not(HasSubstr("plans/p/actions/a")));
  auto same_name = NewAction("a");
  same_name.mutable_action()->set_code("new");
  EXPECT_THAT(program->Send(same_name),
              HasReason(StatusCode::kAlreadyExists, v1::ERROR_REASON_RESOURCE_ALREADY_EXISTS));
  EXPECT_EQ(program->Revision(kScope), revision) << "nothing hidden was overwritten";
}

// Its past is judged by what may be seen now.
TEST_F(EngineTest, ShowsNoPastOfWhatIsHiddenNow) {
  const auto program = NewProgram();
  auto request = Named<api::GetActionRequest>("a");
  auto& moment = *request.mutable_as_of()->add_revisions();
  moment.set_scope(kScope);
  moment.set_revision(program->Revision(kScope));
  ASSERT_THAT(program->Send(Retitled("a", "Later")), IsOk());
  EXPECT_EQ(program->SendFor<Action>(request)->title(), "T");
  program->access().hidden = {"plans/p/actions/a"};
  EXPECT_THAT(program->Send(request), HasReason(StatusCode::kNotFound, v1::ERROR_REASON_RESOURCE_NOT_FOUND));
}

// A policy that knows nobody but "anna", and lets her read.
class StrictAccess : public DevelopmentAccess {
 public:
  absl::StatusOr<Caller> Authenticate(const TransportMetadata& metadata) const override {
    if (metadata("concord-principal").value_or("") == "anna") return Caller{"anna"};
    return MakeError(StatusCode::kUnauthenticated, v1::ERROR_REASON_IDENTITY_MISSING, "nobody knows you");
  }
  absl::Status Authorize(const Caller& caller, absl::string_view method, absl::string_view name) const override {
    if (method == "concord.action.v1.ActionService/GetAction") return absl::OkStatus();
    return MakeError(StatusCode::kPermissionDenied, v1::ERROR_REASON_PERMISSION_MISSING,
                     "{principal} may not {method} {name}",
                     {{"principal", caller.principal}, {"method", std::string(method)}, {"name", std::string(name)}});
  }
};

TEST_F(EngineTest, AsksItsPolicyBeforeItDoesAnything) {
  const StrictAccess strict;
  const auto program = NewProgram();
  EngineParts parts = program->engine().parts();
  parts.access = &strict;
  Engine engine(parts, EngineOptions());
  engine.Add("s", *program->engine().Find("concord.action.v1.ActionService/UpdateAction"));
  engine.Add("concord.action.v1.ActionService", *program->engine().Find("concord.action.v1.ActionService/GetAction"));
  const int64_t revision = program->Revision(kScope);
  const auto send = [&](const std::string& method, const google::protobuf::Message& request,
                        const std::string& principal) {
    absl::Notification done;
    absl::Status status;
    Invocation invocation;
    invocation.method = method;
    const std::string bytes = request.SerializeAsString();
    invocation.parse = [bytes](google::protobuf::Message& message) { return message.ParseFromString(bytes); };
    invocation.metadata = [principal](absl::string_view key) -> absl::optional<std::string> {
      if (key != "concord-principal") return absl::nullopt;
      return principal;
    };
    invocation.done = [&](absl::StatusOr<Reply> reply, const std::string& /*trace_id*/) {
      status = reply.status();
      done.Notify();
    };
    engine.Handle(std::move(invocation));
    done.WaitForNotification();
    return status;
  };
  EXPECT_THAT(send("s/UpdateAction", Retitled("a", "X"), "eve"),
              HasReason(StatusCode::kUnauthenticated, v1::ERROR_REASON_IDENTITY_MISSING));
  EXPECT_THAT(send("s/UpdateAction", Retitled("a", "X"), "anna"),
              HasReason(StatusCode::kPermissionDenied, v1::ERROR_REASON_PERMISSION_MISSING));
  EXPECT_THAT(send("concord.action.v1.ActionService/GetAction", Named<api::GetActionRequest>("a"), "anna"), IsOk());
  EXPECT_EQ(program->Revision(kScope), revision);
  EXPECT_TRUE(engine.Drain(absl::Seconds(10)));
}

}  // namespace
}  // namespace concord::rpc
