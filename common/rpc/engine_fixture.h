// An engine with all that it needs, on a real store and without gRPC.
#ifndef COMMON_RPC_ENGINE_FIXTURE_H_
#define COMMON_RPC_ENGINE_FIXTURE_H_

#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/notification.h"
#include "absl/time/clock.h"
#include "common/ledger/as_of.h"
#include "common/ledger/background.h"
#include "common/ledger/store.h"
#include "common/ledger/views.h"
#include "common/redis/client.h"
#include "common/redis/loop.h"
#include "common/rpc/engine.h"
#include "common/rpc/ledger_methods.h"
#include "common/rpc/standard_methods.h"
#include "common/rpc/state_fixture.h"
#include "concord/action/v1/action_service.pb.h"
#include "concord/member/v1/member_service.pb.h"
#include "concord/objective/v1/plan_service.pb.h"
#include "gtest/gtest.h"

namespace concord::rpc {

// How a call is sent.
struct Sending {
  std::string principal;
  absl::Time deadline = absl::InfiniteFuture();
};

// The time, or as much later as a test wants it to be. Thread-safe.
class ShiftedClock : public Clock {
 public:
  absl::Time Now() const override { return absl::Now() + absl::Seconds(seconds_.load()); }
  void Shift(absl::Duration later) { seconds_ += absl::ToInt64Seconds(later); }

 private:
  std::atomic<int64_t> seconds_{0};
};

// One program with plans, actions and members, but none of their rules. Thread-safe but for its end.
class TestProgram {
 public:
  explicit TestProgram(const std::string& address, EngineOptions options = {},
                       absl::Duration timeout = absl::Seconds(10))
      : types_({{objective::v1::Plan::default_instance(), "plans/{plan}"},
                {action::v1::Action::default_instance(), "plans/{plan}"},
                {member::v1::Member::default_instance(), "directory"}}),
        stamper_(TestSealer()),
        tokens_(TestSealer()),
        loop_(*redis::Loop::Create()) {
    redis::ClientOptions client_options;
    client_options.address = *redis::ParseAddress(address);
    client_options.timeout = timeout;
    client_options.reconnect_pause_limit = absl::Milliseconds(50);
    client_ = *redis::Client::Create(loop_.get(), client_options);
    store_ = std::make_unique<ledger::Store>(client_.get(), ledger::StoreOptions());
    background_ = std::make_unique<ledger::Background>(2, 100);
    const ledger::ViewParts view_parts = {store_.get(), &stamper_, background_.get(), nullptr};
    const auto collections_of = [this](absl::string_view scope) { return types_.InScope(scope); };
    views_ = std::make_unique<ledger::Views>(collections_of, view_parts, 100);
    as_of_ = std::make_unique<ledger::AsOf>(collections_of, view_parts, 4);
    engine_ = std::make_unique<Engine>(Parts(), options);
    AddMethods();
    for (const absl::Time end = absl::Now() + absl::Seconds(20); !client_->connected() && absl::Now() < end;) {
      absl::SleepFor(absl::Milliseconds(1));
    }
  }
  ~TestProgram() {
    client_->Close();
    engine_->Drain(absl::Seconds(10));
  }

  // Calls back when it has ended.
  void Start(const std::string& method, const google::protobuf::Message& request, const Sending& sending,
             std::function<void(absl::StatusOr<Reply>)> done) {
    Invocation invocation;
    invocation.method = method;
    invocation.deadline = sending.deadline;
    const std::string bytes = request.SerializeAsString();
    invocation.request_bytes = bytes.size();
    invocation.parse = [bytes](google::protobuf::Message& message) { return message.ParseFromString(bytes); };
    invocation.metadata = [principal = sending.principal](absl::string_view key) -> absl::optional<std::string> {
      if (key != "concord-principal" || principal.empty()) return absl::nullopt;
      return principal;
    };
    invocation.done = [done = std::move(done)](absl::StatusOr<Reply> reply, const std::string& /*trace_id*/) {
      done(std::move(reply));
    };
    engine_->Handle(std::move(invocation));
  }

  // The bytes of the answer.
  absl::StatusOr<std::string> Send(const google::protobuf::Message& request, const Sending& sending = {}) {
    struct Outcome {
      absl::Notification done;
      absl::StatusOr<std::string> bytes;
    };
    auto outcome = std::make_shared<Outcome>();  // Shared with an answer that comes too late.
    Start(FullNameOf(request), request, sending, [outcome](absl::StatusOr<Reply> reply) {
      outcome->bytes = reply.ok() ? absl::StatusOr<std::string>(**reply) : reply.status();
      outcome->done.Notify();
    });
    if (!outcome->done.WaitForNotificationWithTimeout(absl::Seconds(30))) {
      ADD_FAILURE() << "no answer";
      return absl::UnknownError("no answer");
    }
    return outcome->bytes;
  }

  template <typename Response>
  absl::StatusOr<Response> SendFor(const google::protobuf::Message& request, const Sending& sending = {}) {
    auto bytes = Send(request, sending);
    if (!bytes.ok()) return bytes.status();
    Response response;
    EXPECT_TRUE(response.ParseFromString(*bytes));
    return response;
  }

  static std::string FullNameOf(const google::protobuf::Message& request) {
    return absl::StrCat(request.GetDescriptor()->file()->service(0)->full_name(), "/", MethodNameOf(request));
  }

  Engine& engine() { return *engine_; }
  HidingAccess& access() { return access_; }  // Change it only while nothing is called.
  ShiftedClock& clock() { return clock_; }
  ledger::Store& store() { return *store_; }
  int64_t Revision(const std::string& scope) { return store_->ReadHead(scope)->revision; }

 private:
  EngineParts Parts() {
    EngineParts parts;
    parts.store = store_.get();
    parts.views = views_.get();
    parts.as_of = as_of_.get();
    parts.background = background_.get();
    parts.handling = background_.get();
    parts.types = &types_;
    parts.access = &access_;
    parts.stamper = &stamper_;
    parts.clock = &clock_;
    return parts;
  }

  void AddMethods() {
    namespace api = action::v1;
    const std::string actions_service = "concord.action.v1.ActionService";
    const StandardMethods actions({&types_.Of(api::Action::descriptor()), ResourceRules(), &stamper_, &tokens_});
    engine_->Add(actions_service, actions.Get(api::GetActionRequest::default_instance()));
    engine_->Add(actions_service, actions.List(api::ListActionsRequest::default_instance(),
                                               api::ListActionsResponse::default_instance()));
    engine_->Add(actions_service, actions.Create(api::CreateActionRequest::default_instance()));
    engine_->Add(actions_service, actions.BatchCreate(api::BatchCreateActionsRequest::default_instance(),
                                                      api::BatchCreateActionsResponse::default_instance()));
    engine_->Add(actions_service, actions.Update(api::UpdateActionRequest::default_instance()));
    engine_->Add(actions_service, actions.Delete(api::DeleteActionRequest::default_instance()));
    const StandardMethods plans({&types_.Of(objective::v1::Plan::descriptor()), ResourceRules(), &stamper_, &tokens_});
    engine_->Add("concord.objective.v1.PlanService",
                 plans.Create(objective::v1::CreatePlanRequest::default_instance()));
    const StandardMethods members({&types_.Of(member::v1::Member::descriptor()), ResourceRules(), &stamper_, &tokens_});
    engine_->Add("concord.member.v1.MemberService",
                 members.Import(member::v1::ImportMembersRequest::default_instance(),
                                member::v1::ImportMembersResponse::default_instance()));
    AddLedgerMethods(*engine_, &tokens_);
  }

  const ResourceTypes types_;
  const EtagStamper stamper_;
  const PageTokens tokens_;
  ShiftedClock clock_;
  HidingAccess access_;
  const std::unique_ptr<redis::Loop> loop_;
  std::unique_ptr<redis::Client> client_;
  std::unique_ptr<ledger::Store> store_;
  std::unique_ptr<ledger::Views> views_;
  std::unique_ptr<ledger::AsOf> as_of_;
  std::unique_ptr<Engine> engine_;
  std::unique_ptr<ledger::Background> background_;
};

}  // namespace concord::rpc

#endif  // COMMON_RPC_ENGINE_FIXTURE_H_
