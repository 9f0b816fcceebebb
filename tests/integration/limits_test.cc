// Limits and losses as a client of the real services meets them.
#include <chrono>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/redis/client.h"
#include "common/redis/loop.h"
#include "concord/rpc/v1/error_reason.pb.h"
#include "gmock/gmock.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "grpcpp/grpcpp.h"
#include "tests/integration/small_plan.h"
#include "tests/integration/watching.h"
#include "tests/support/status_matchers.h"

namespace concord::testing {
namespace {

using ::testing::AllOf;
using ::testing::ContainsRegex;
using ::testing::HasSubstr;

std::unique_ptr<RunningSystem> SystemWith(std::vector<std::string> flags) {
  SystemOptions options;
  options.flags = std::move(flags);
  auto system = RunningSystem::Start(std::move(options));
  EXPECT_TRUE(system.ok()) << system.status();
  if (!system.ok()) return nullptr;
  CreatePlan(**system, "p");
  CreateObjective(**system, "p", "o1");
  CreateAction(**system, "p", "a1");
  return *std::move(system);
}

// The reason and the metadata of an error as they were sent.
google::rpc::ErrorInfo InfoOf(const grpc::Status& status) {
  google::rpc::Status details;
  google::rpc::ErrorInfo info;
  EXPECT_TRUE(details.ParseFromString(status.error_details()));
  for (const auto& detail : details.details()) {
    if (detail.UnpackTo(&info)) return info;
  }
  ADD_FAILURE() << "no reason in " << status.error_message();
  return info;
}

TEST(Watches, AreRefusedBeyondTheirLimitAndTakenWhenThereIsRoomAgain) {
  const auto system = SystemWith({"--watches_limit=2"});
  ASSERT_NE(system, nullptr);
  Watching first(*system, "action", "plans/p");
  auto second = std::make_unique<Watching>(*system, "action", "plans/p");
  ASSERT_TRUE(first.ReadState());
  ASSERT_TRUE(second->ReadState());
  Watching third(*system, "action", "plans/p");
  const grpc::Status end = third.End();
  EXPECT_EQ(end.error_code(), grpc::StatusCode::RESOURCE_EXHAUSTED);
  const google::rpc::ErrorInfo info = InfoOf(end);
  EXPECT_EQ(info.reason(), "WATCHES_EXHAUSTED");
  EXPECT_EQ(info.domain(), "concord.rpc.v1");
  EXPECT_EQ(info.metadata().at("limit"), "2");
  second->Leave();
  // When the service has learnt that he left, the client cannot know.
  bool taken = false;
  for (const absl::Time limit = absl::Now() + kServiceLimit; !taken && absl::Now() < limit;) {
    Watching fourth(*system, "action", "plans/p");
    taken = fourth.ReadState();
    fourth.Leave();
  }
  EXPECT_TRUE(taken);
  first.Leave();
}

TEST(Watches, OfWhoDoesNotReadAreCutOffAndGoOnWithoutALoss) {
  constexpr int kChanges = 400;
  const auto system = SystemWith({"--watch_queue_bytes=20000"});
  ASSERT_NE(system, nullptr);
  Watching slow(*system, "action", "plans/p");
  ASSERT_TRUE(slow.ReadState());
  slow.with_resources = 0;
  for (int i = 0; i < kChanges; ++i) {
    Do(*system, "UpdateAction",
       absl::StrCat("action { name: 'plans/p/actions/a1' description: '", i, std::string(2000, 'x'), "' }"));
  }
  const grpc::Status end = slow.End();
  EXPECT_EQ(end.error_code(), grpc::StatusCode::RESOURCE_EXHAUSTED) << end.error_message();
  const google::rpc::ErrorInfo info = InfoOf(end);
  EXPECT_EQ(info.reason(), "WATCH_TOO_SLOW");
  EXPECT_EQ(info.metadata().at("limit_bytes"), "20000");
  EXPECT_LT(slow.with_resources, kChanges);
  Watching again(*system, "action", "plans/p", slow.message.resume_token());
  while (slow.with_resources + again.with_resources < kChanges && again.Read()) continue;
  EXPECT_EQ(slow.with_resources + again.with_resources, kChanges);
  EXPECT_THAT(again.message.ShortDebugString(), HasSubstr(absl::StrCat(kChanges - 1, "xxx")));
  again.Leave();
}

// The command line tells the loss of a whole ledger, which no list of plans shows.
TEST(LedgerVerify, TellsLossAndADamagedIndex) {
  const auto system = SystemWith({});
  ASSERT_NE(system, nullptr);
  const auto verify = [&](std::vector<std::string> more) {
    more.insert(more.begin(), {"ledger", "verify"});
    auto finished = system->Ctl(more);
    EXPECT_TRUE(finished.ok()) << finished.status();
    return finished.ok() ? *std::move(finished) : Finished();
  };
  const auto loop = *redis::Loop::Create();
  redis::ClientOptions client_options;
  client_options.address = *redis::ParseAddress(system->redis().address());
  const auto client = *redis::Client::Create(loop.get(), client_options);
  const auto store = [&](std::vector<std::string> command) {
    const auto replies =
        redis::SendAndWait(*client, {.commands = {redis::Command(std::move(command))}, .routing_key = ""});
    ASSERT_THAT(replies, IsOk());
    EXPECT_FALSE(replies->front().is_error()) << replies->front().text;
  };
  EXPECT_EQ(verify({}).exit_code, 0);
  EXPECT_EQ(verify({"plans/nonexistent"}).exit_code, 4);
  EXPECT_EQ(verify({"plans/p", "--anchor", "1:0123456789abcdef"}).exit_code, 4);
  store({"HSET", "concord:{plans/p}:unique", "actions.code=9.9", "plans/p/actions/a1"});
  store({"HDEL", "concord:{plans/p}:unique", "actions.code=a1"});
  const Finished damaged = verify({});
  EXPECT_EQ(damaged.exit_code, 4);
  EXPECT_THAT(damaged.output, AllOf(HasSubstr("actions.code=9.9 is reserved for plans/p/actions/a1, which does not"),
                                    HasSubstr("actions.code=a1, which is reserved for nobody")));
  store({"EVAL", "for _, key in ipairs(redis.call('KEYS', 'concord:{plans/p}*')) do redis.call('DEL', key) end", "0"});
  const Finished lost = verify({});
  EXPECT_EQ(lost.exit_code, 4);
  EXPECT_THAT(lost.output, AllOf(ContainsRegex("catalog .*sound"), ContainsRegex("plans/p .*MISSING")));
  client->Close();
}

}  // namespace
}  // namespace concord::testing
