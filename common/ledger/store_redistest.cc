// Stores that are full, damaged or not durable.
#include <memory>
#include <string>
#include <utility>

#include "common/ledger/ledger_fixture.h"
#include "common/ledger/store.h"
#include "gtest/gtest.h"
#include "tests/support/redis_server.h"

namespace concord::ledger {
namespace {

using Kind = CommitOutcome::Kind;

TEST(FullStore, RefusesACommitAndKeepsNothingOfIt) {
  auto server = testing::RedisServer::Start();
  ASSERT_TRUE(server.ok()) << server.status();
  Program program((*server)->address());
  SnapshotPtr seen = program.Nothing("scope");
  seen = Must(program, seen, Write(seen).Put("a", "first", "1"));
  program.Raw({"CONFIG", "SET", "maxmemory", "1mb"});
  auto refused = program.Send(Write(seen).Put("a", std::string(100'000, 'x'), "2").Key("key").commit());
  EXPECT_TRUE(absl::IsResourceExhausted(refused.status())) << refused.status();
  auto nothing = program.Send(Write(seen).Key("other").commit());
  EXPECT_TRUE(absl::IsResourceExhausted(nothing.status())) << nothing.status();

  auto still = program.Fence(program.NewView("scope"));
  ASSERT_TRUE(still.ok()) << still.status();
  EXPECT_EQ(Print(**still), Print(*seen));
  EXPECT_EQ(program.Raw({"XLEN", Store::LogKey("scope", 1)}).integer, 1);
  EXPECT_EQ(program.Raw({"EXISTS", "concord:{scope}:request:key"}).integer, 0);
  EXPECT_EQ((*program.store().ReadUnique("scope")).size(), 1u);

  program.Raw({"CONFIG", "SET", "maxmemory", "0"});
  EXPECT_EQ(program.Send(Write(seen).Put("a", "second", "2").Key("key").commit())->kind, Kind::kCommitted);
}

TEST(DamagedStore, LeavesTheOutcomeOpenWhenAScriptFailsHalfWay) {
  auto server = testing::RedisServer::Start();
  ASSERT_TRUE(server.ok()) << server.status();
  Program program((*server)->address());
  program.Raw({"SET", "concord:{scope}:collections", "not a hash"});
  auto outcome = program.Send(Write(program.Nothing("scope")).Put("a", "").commit());
  EXPECT_TRUE(absl::IsAborted(outcome.status())) << outcome.status();
}

struct Setting {
  const char* name;
  const char* value;
};

class SettingsTest : public ::testing::TestWithParam<Setting> {};

TEST_P(SettingsTest, AreRefusedByNameWhereAcknowledgedWritesCouldBeLost) {
  auto server = testing::RedisServer::Start({absl::StrCat("--", GetParam().name), GetParam().value});
  ASSERT_TRUE(server.ok()) << server.status();
  Program program((*server)->address());
  const absl::Status refused = program.store().CheckSettings();
  EXPECT_TRUE(absl::IsFailedPrecondition(refused)) << refused;
  EXPECT_NE(refused.message().find(GetParam().name), absl::string_view::npos) << refused;
  EXPECT_NE(refused.message().find(GetParam().value), absl::string_view::npos) << refused;

  Store careless(&program.client(), {.accept_data_loss = true});
  EXPECT_TRUE(careless.CheckSettings().ok());
}

INSTANTIATE_TEST_SUITE_P(Redis, SettingsTest,
                         ::testing::Values(Setting{"appendfsync", "everysec"}, Setting{"appendonly", "no"},
                                           Setting{"maxmemory-policy", "allkeys-lru"}));

TEST(DurableStore, IsAcceptedButForTooFewReplicas) {
  auto server = testing::RedisServer::Start();
  ASSERT_TRUE(server.ok()) << server.status();
  Program program((*server)->address());
  EXPECT_TRUE(program.store().CheckSettings().ok());
  Store store(&program.client(), {.replicas = 1});
  const absl::Status refused = store.CheckSettings();
  EXPECT_TRUE(absl::IsUnavailable(refused)) << refused;
  EXPECT_NE(refused.message().find("replicas"), absl::string_view::npos) << refused;
}

TEST(ReplicatedStore, IsRefusedFromTheVersionOnWhoseWaitProvesNothingOfReads) {
  for (const char* good : {"6.2.14", "7.0.15", "7.1.242"}) EXPECT_TRUE(Store::CheckVersion(good).ok()) << good;
  for (const char* bad : {"7.2.0", "7.4.1", "8.0.0", "10.1.0", "", "new"}) {
    const absl::Status refused = Store::CheckVersion(bad);
    EXPECT_TRUE(absl::IsFailedPrecondition(refused)) << bad;
    EXPECT_NE(refused.message().find("before 7.2"), absl::string_view::npos) << refused;
  }
}

}  // namespace
}  // namespace concord::ledger
