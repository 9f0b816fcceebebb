// What auditors and operators ask, on a real redis-server: the proof of a scope, and pages of a history that is gone.
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/rpc/engine_fixture.h"
#include "concord/ledger/v1/ledger_service.pb.h"
#include "concord/rpc/v1/error_reason.pb.h"
#include "gmock/gmock.h"
#include "tests/support/redis_server.h"
#include "tests/support/status_matchers.h"

namespace concord::rpc {
namespace {

using absl::StatusCode;
using concord::testing::HasReason;
using concord::testing::IsOk;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
namespace ledger_api = ::concord::ledger::v1;

constexpr char kLedgerScope[] = "plans/p";

// Takes what comes; may hold it up.
class TestStream : public ReplyStream {
 public:
  bool Write(const Reply& reply) override {
    begun_.Notify();
    if (held_up_) go_on_.WaitForNotification();
    held_up_ = false;
    EXPECT_TRUE(last.ParseFromString(*reply));
    return true;
  }
  void HoldUp() { held_up_ = true; }
  void WaitUntilHeldUp() { begun_.WaitUntilBegun(); }
  void GoOn() { go_on_.Notify(); }

  ledger_api::VerifyScopeResponse last;

 private:
  // A notification that may be given again.
  class Begun {
   public:
    void Notify() {
      absl::MutexLock lock(&mutex_);
      begun_ = true;
    }
    void WaitUntilBegun() {
      absl::MutexLock lock(&mutex_);
      EXPECT_TRUE(mutex_.AwaitWithTimeout(absl::Condition(&begun_), absl::Seconds(20))) << "nothing was written";
    }

   private:
    absl::Mutex mutex_;
    bool begun_ = false;
  };

  bool held_up_ = false;
  Begun begun_;
  absl::Notification go_on_;
};

class LedgerMethods : public ::testing::Test {
 protected:
  void SetUp() override {
    auto redis = concord::testing::RedisServer::Start();
    ASSERT_TRUE(redis.ok()) << redis.status();
    redis_ = *std::move(redis);
    redis::ClientOptions options;
    options.address = *redis::ParseAddress(redis_->address());
    loop_ = *redis::Loop::Create();
    client_ = *redis::Client::Create(loop_.get(), options);
    program_ = std::make_unique<TestProgram>(redis_->address());
    const auto plan = Parse<objective::v1::CreatePlanRequest>(
        "plan_id: 'p' plan { title: 'P' organization { title: 'O' } period { start_date { year: 2011 } end_date { "
        "year: 2012 } } }");
    ASSERT_THAT(program_->Send(plan), IsOk());
    ASSERT_THAT(program_->Send(NewAction("a")), IsOk());
    ASSERT_THAT(program_->Send(NewAction("b")), IsOk());
  }
  void TearDown() override { client_->Close(); }

  static action::v1::CreateActionRequest NewAction(const std::string& id) {
    auto request = Parse<action::v1::CreateActionRequest>(
        "parent: 'plans/p' action { title: 'T' objective_links { objective: 'plans/p/objectives/o' kind: "
        "KIND_SUPPORTS } }");
    request.set_action_id(id);
    request.mutable_action()->set_code(id);
    return request;
  }

  void Retitle(const std::string& id, int times) {
    for (int i = 0; i < times; ++i) {
      action::v1::UpdateActionRequest request;
      request.mutable_action()->set_name("plans/p/actions/" + id);
      request.mutable_action()->set_title(absl::StrCat(id, program_->Revision(kLedgerScope)));
      ASSERT_THAT(program_->Send(request), IsOk());
    }
  }

  redis::Reply Raw(std::vector<std::string> arguments) {
    auto replies =
        redis::SendAndWait(*client_, {.commands = {redis::Command(std::move(arguments))}, .routing_key = ""});
    EXPECT_TRUE(replies.ok()) << replies.status();
    if (!replies.ok()) return {};
    EXPECT_FALSE(replies->front().is_error()) << replies->front().text;
    return replies->front();
  }

  // Everything that is stored: key and dump.
  std::vector<std::pair<std::string, std::string>> Backup() {
    std::vector<std::pair<std::string, std::string>> backup;
    for (const redis::Reply& key : Raw({"KEYS", "*"}).elements) {
      backup.emplace_back(key.text, Raw({"DUMP", key.text}).text);
    }
    return backup;
  }
  void Restore(const std::vector<std::pair<std::string, std::string>>& backup) {
    Raw({"FLUSHALL"});
    for (const auto& [key, dump] : backup) Raw({"RESTORE", key, "0", dump});
  }

  // Calls VerifyScope.
  absl::Status Verify(const ledger_api::VerifyScopeRequest& request, TestStream& stream) {
    Invocation invocation;
    invocation.method = "concord.ledger.v1.LedgerService/VerifyScope";
    const std::string bytes = request.SerializeAsString();
    invocation.parse = [bytes](google::protobuf::Message& message) { return message.ParseFromString(bytes); };
    invocation.metadata = [](absl::string_view) -> absl::optional<std::string> { return absl::nullopt; };
    invocation.stream = &stream;
    absl::Notification done;
    absl::Status status;
    invocation.done = [&](const absl::StatusOr<Reply>& reply, const std::string& /*trace_id*/) {
      status = reply.status();
      done.Notify();
    };
    program_->engine().Handle(std::move(invocation));
    done.WaitForNotification();
    return status;
  }
  std::vector<std::string> FindingsOf(const ledger_api::VerifyScopeRequest& request) {
    TestStream stream;
    EXPECT_THAT(Verify(request, stream), IsOk());
    EXPECT_TRUE(stream.last.finished());
    return {stream.last.findings().begin(), stream.last.findings().end()};
  }
  static ledger_api::VerifyScopeRequest Scope(const std::string& scope = kLedgerScope) {
    ledger_api::VerifyScopeRequest request;
    request.set_scope(scope);
    return request;
  }

  std::unique_ptr<concord::testing::RedisServer> redis_;
  std::unique_ptr<redis::Loop> loop_;
  std::unique_ptr<redis::Client> client_;
  std::unique_ptr<TestProgram> program_;
};

TEST_F(LedgerMethods, FindNothingInASoundScopeAndItsAnchors) {
  auto request = Scope();
  const ledger::Event event = *program_->store().ReadEvent(kLedgerScope, 2);
  request.add_anchors()->set_revision(2);
  request.mutable_anchors(0)->set_digest(event.digest);
  EXPECT_THAT(FindingsOf(request), IsEmpty());
}

TEST_F(LedgerMethods, FindThatAScopeIsLostOrNeverWas) {
  EXPECT_THAT(FindingsOf(Scope("plans/none")), ElementsAre(HasSubstr("plans/none has no head")));
  Raw({"FLUSHALL"});
  EXPECT_THAT(FindingsOf(Scope()), ElementsAre(HasSubstr("plans/p has no head")));
}

TEST_F(LedgerMethods, FindThatAnAnchorIsNotInTheLog) {
  auto request = Scope();
  request.add_anchors()->set_revision(2);
  request.mutable_anchors(0)->set_digest(std::string(40, 'a'));
  EXPECT_THAT(FindingsOf(request), ElementsAre(HasSubstr("the anchor at revision 2")));
}

TEST_F(LedgerMethods, RefuseWhatIsNoAnchor) {
  auto request = Scope();
  request.add_anchors()->set_digest("0123456789ABCDEF");
  TestStream stream;
  const absl::Status status = Verify(request, stream);
  EXPECT_THAT(status, HasReason(StatusCode::kInvalidArgument, v1::ERROR_REASON_INVALID_REQUEST));
  std::vector<std::string> fields;
  for (const auto& [field, description] : ViolationsOf(status)) fields.push_back(field);
  EXPECT_THAT(fields, Contains("anchors[0].revision"));
  EXPECT_THAT(fields, Contains("anchors[0].digest"));
}

// Clients accept 4 MiB at a time by default.
TEST_F(LedgerMethods, EndAPageOfAHistoryEarlyWhereItsRevisionsAreLarge) {
  action::v1::UpdateActionRequest update;
  update.mutable_action()->set_name("plans/p/actions/a");
  for (const char letter : {'1', '2', '3', '4', '5'}) {
    update.mutable_action()->set_description(std::string(700'000, letter));
    ASSERT_THAT(program_->Send(update), IsOk());
  }
  auto request = Parse<ledger_api::ListResourceRevisionsRequest>("name: 'plans/p/actions/a' page_size: 1000");
  std::vector<int> sizes;
  std::string letters;
  do {
    const auto page = program_->SendFor<ledger_api::ListResourceRevisionsResponse>(request);
    ASSERT_THAT(page, IsOk());
    sizes.push_back(page->resource_revisions_size());
    for (const ledger_api::ResourceRevision& revision : page->resource_revisions()) {
      action::v1::Action action;
      ASSERT_TRUE(revision.resource().UnpackTo(&action));
      letters += action.description().empty() ? '0' : action.description()[0];
    }
    request.set_page_token(page->next_page_token());
  } while (!request.page_token().empty());
  EXPECT_THAT(sizes, ElementsAre(2, 2, 2));
  EXPECT_EQ(letters, "543210");
}

// An entry that nobody has would refuse a value for ever, and "others changed what this depends on" would be no help.
TEST_F(LedgerMethods, FindAnIndexThatDoesNotMatchAndSoDoesWhoeverMeetsIt) {
  Raw({"HSET", "concord:{plans/p}:unique", "actions.code=9.9", "plans/p/actions/a"});
  Raw({"HDEL", "concord:{plans/p}:unique", "actions.code=a"});
  EXPECT_THAT(FindingsOf(Scope()), ::testing::UnorderedElementsAre(
                                       "the unique value actions.code=9.9 is reserved for plans/p/actions/a, which "
                                       "does not have it",
                                       "plans/p/actions/a has the unique value actions.code=a, which is reserved for "
                                       "nobody"));
  auto request = NewAction("c");
  request.mutable_action()->set_code("9.9");
  const absl::Status status = program_->Send(request).status();
  EXPECT_EQ(status.code(), StatusCode::kInternal) << status;
  EXPECT_THAT(std::string(status.message()), HasSubstr("the index of unique values of plans/p does not match"));
  auto twice = NewAction("d");
  twice.mutable_action()->set_code("b");
  EXPECT_THAT(program_->Send(twice), HasReason(StatusCode::kAlreadyExists, v1::ERROR_REASON_VALUE_TAKEN))
      << "a value that somebody has is no such error";
}

TEST_F(LedgerMethods, VerifyOneScopeAtATimeSoThatHistoriesNeedNotWait) {
  TestStream slow;
  slow.HoldUp();
  std::thread first([&] { EXPECT_THAT(Verify(Scope(), slow), IsOk()); });
  slow.WaitUntilHeldUp();
  TestStream second;
  EXPECT_THAT(Verify(Scope(), second), HasReason(StatusCode::kResourceExhausted, v1::ERROR_REASON_OVERLOADED));
  ledger_api::ListResourceRevisionsRequest history;
  history.set_name("plans/p/actions/a");
  EXPECT_THAT(program_->Send(history), IsOk());
  slow.GoOn();
  first.join();
  EXPECT_THAT(FindingsOf(Scope()), IsEmpty()) << "there is room again";
}

TEST_F(LedgerMethods, GoOnWithAHistoryWhileItGrows) {
  Retitle("a", 4);
  ledger_api::ListResourceRevisionsRequest request;
  request.set_name("plans/p/actions/a");
  request.set_page_size(2);
  const auto first = program_->SendFor<ledger_api::ListResourceRevisionsResponse>(request);
  ASSERT_THAT(first, IsOk());
  Retitle("a", 1);
  request.set_page_token(first->next_page_token());
  const auto second = program_->SendFor<ledger_api::ListResourceRevisionsResponse>(request);
  ASSERT_THAT(second, IsOk());
  EXPECT_EQ(second->resource_revisions(0).revision(), first->resource_revisions(1).revision() - 1);
}

// A restore from a backup keeps the epoch, and what is committed since takes the revisions that were lost.
TEST_F(LedgerMethods, RefusePagesOfALostFuture) {
  const auto backup = Backup();
  Retitle("a", 4);
  ledger_api::ListResourceRevisionsRequest request;
  request.set_name("plans/p/actions/a");
  request.set_page_size(1);
  const auto first = program_->SendFor<ledger_api::ListResourceRevisionsResponse>(request);
  ASSERT_THAT(first, IsOk());
  request.set_page_token(first->next_page_token());
  const int64_t lost = program_->Revision(kLedgerScope);
  Restore(backup);
  program_ = std::make_unique<TestProgram>(redis_->address());
  EXPECT_THAT(program_->Send(request), HasReason(StatusCode::kFailedPrecondition, v1::ERROR_REASON_HISTORY_DIVERGED))
      << "before the head";
  Retitle("b", 6);
  Retitle("a", 1);
  ASSERT_GT(program_->Revision(kLedgerScope), lost);
  EXPECT_THAT(program_->Send(request), HasReason(StatusCode::kFailedPrecondition, v1::ERROR_REASON_HISTORY_DIVERGED));
  request.clear_page_token();
  EXPECT_THAT(program_->Send(request), IsOk());
}

}  // namespace
}  // namespace concord::rpc
