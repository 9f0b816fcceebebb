// Views of a redis-server that freezes, dies and comes back, and programs that end.
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "common/ledger/ledger_fixture.h"
#include "gtest/gtest.h"
#include "tests/support/redis_server.h"

namespace concord::ledger {
namespace {

constexpr absl::Duration kTimeout = absl::Milliseconds(200);

class RecoveryTest : public ::testing::Test {
 protected:
  void SetUp() override {
    seen_ = program_.Nothing("scope");
    seen_ = Must(program_, seen_, Write(seen_).Put("a", "first", "code"));
  }

  // A fence that is tried until it succeeds.
  SnapshotPtr FenceAtLast(const std::shared_ptr<View>& view) {
    SnapshotPtr found;
    EXPECT_TRUE(Until([&] {
      auto snapshot = program_.Fence(view);
      if (snapshot.ok()) found = *snapshot;
      return snapshot.ok();
    }));
    return found != nullptr ? found : program_.Nothing("scope");
  }

  const std::unique_ptr<testing::RedisServer> server_ = *testing::RedisServer::Start();
  Program program_{server_->address(), {}, kTimeout};
  SnapshotPtr seen_;
};

TEST_F(RecoveryTest, ViewsGoOnAfterTheStoreWasKilledAndStartedAgain) {
  const std::shared_ptr<View> loaded = program_.NewView("scope");
  EXPECT_EQ(Print(*FenceAtLast(loaded)), Print(*seen_));
  server_->Kill();
  const std::shared_ptr<View> fresh = program_.NewView("scope");
  EXPECT_FALSE(program_.Fence(loaded).ok());
  EXPECT_FALSE(program_.Fence(fresh).ok());
  EXPECT_NE(loaded->Peek(), nullptr) << "a store that is away is no other history";
  ASSERT_TRUE(server_->Restart().ok());
  EXPECT_EQ(Print(*FenceAtLast(loaded)), Print(*seen_));
  EXPECT_EQ(Print(*FenceAtLast(fresh)), Print(*seen_));
  EXPECT_EQ(loaded->statistics().loads, 1u);
  EXPECT_EQ(loaded->statistics().divergences, 0u);
  seen_ = Must(program_, seen_, Write(seen_).Put("a", "second", "code"));
  EXPECT_EQ(Print(*FenceAtLast(loaded)), Print(*seen_));
}

TEST_F(RecoveryTest, FencesOfAFrozenStoreFailInTimeAndSucceedAfterwards) {
  const std::shared_ptr<View> loaded = program_.NewView("scope");
  const std::shared_ptr<View> fresh = program_.NewView("scope");
  FenceAtLast(loaded);
  server_->Freeze();
  const absl::Time start = absl::Now();
  const absl::Status failed = program_.Fence(loaded).status();
  EXPECT_TRUE(absl::IsDeadlineExceeded(failed) || absl::IsAborted(failed)) << failed;
  EXPECT_LT(absl::Now() - start, 10 * kTimeout);
  EXPECT_FALSE(program_.Fence(fresh).ok());
  EXPECT_TRUE(Until([&] { return !loaded->busy() && !fresh->busy(); }));
  server_->Thaw();
  EXPECT_EQ(Print(*FenceAtLast(loaded)), Print(*seen_));
  EXPECT_EQ(Print(*FenceAtLast(fresh)), Print(*seen_));
}

TEST_F(RecoveryTest, ACommitThatWasNotAnsweredIsNeitherLostNorDoubledByARetry) {
  server_->Freeze();
  Write write = Write(seen_).Put("a", "second", "code");
  const absl::Status open = program_.Send(write.commit()).status();
  EXPECT_TRUE(absl::IsDeadlineExceeded(open) || absl::IsAborted(open)) << open;
  server_->Thaw();
  absl::StatusOr<CommitOutcome> outcome;
  ASSERT_TRUE(Until([&] {
    outcome = program_.Send(write.commit());
    return outcome.ok();
  }));
  EXPECT_TRUE(outcome->kind == CommitOutcome::Kind::kCommitted || outcome->kind == CommitOutcome::Kind::kRemembered);
  EXPECT_EQ(program_.store().ReadHead("scope")->revision, 2);
}

TEST_F(RecoveryTest, AcknowledgedCommitsSurviveAKill) {
  for (int round = 0; round < 5; ++round) {
    for (int i = 0; i < 20; ++i) seen_ = Must(program_, seen_, Write(seen_).Put("a", absl::StrCat(round, " ", i)));
    server_->Kill();
    ASSERT_TRUE(server_->Restart().ok());
    EXPECT_EQ(Print(*FenceAtLast(program_.NewView("scope"))), Print(*seen_));
  }
}

// What is read of a scope is never put together from two connections, be the break between two of its collections.
TEST_F(RecoveryTest, AScanBeginsAgainWhenItsConnectionBreaks) {
  const std::vector<std::string> collections(5'000, "items");
  Program other(server_->address());
  const auto scans = [&] { return CallsOf(other, "hscan"); };
  for (int round = 0; round < 20; ++round) {
    const int64_t before = scans();
    absl::StatusOr<StoredState> state = absl::UnknownError("not read");
    std::thread reading([&] { state = program_.store().ReadState("scope", collections); });
    EXPECT_TRUE(Until([&] { return scans() > before + 100; }));
    other.Raw({"CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes"});
    const int64_t seen = scans() - before;
    reading.join();
    ASSERT_LT(seen, 5'000) << "it was over before the break";
    EXPECT_TRUE(absl::IsAborted(state.status())) << state.status();
  }
  auto again = program_.store().ReadState("scope", {"items"});
  ASSERT_TRUE(again.ok()) << again.status();
  EXPECT_EQ(again->records.size(), 1u);
}

TEST_F(RecoveryTest, EveryReaderIsAnsweredWhenAProgramEnds) {
  std::atomic<int> answered{0};
  constexpr int kReads = 40;
  std::vector<std::shared_ptr<View>> views;
  {
    Program ending(server_->address());
    server_->Freeze();
    for (int i = 0; i < kReads; ++i) {
      // More loads than background threads, so that most still wait.
      views.push_back(ending.NewView(absl::StrCat("scope-", i)));
      views.back()->Fence([&](const absl::StatusOr<SnapshotPtr>& snapshot) {
        EXPECT_FALSE(snapshot.ok());
        ++answered;
      });
    }
  }
  EXPECT_EQ(answered, kReads);
  server_->Thaw();
}

TEST_F(RecoveryTest, ViewsMayBeLetGoOfWhileTheirAnswersAreOnTheWay) {
  std::atomic<int> answered{0};
  constexpr int kReads = 100;
  for (int i = 0; i < kReads; ++i) {
    program_.NewView("scope")->Fence([&](const absl::StatusOr<SnapshotPtr>&) { ++answered; });
  }
  EXPECT_TRUE(Until([&] { return answered == kReads; }));
}

TEST_F(RecoveryTest, RefusesMoreLoadsThanMayWait) {
  Background narrow(1, 1);
  absl::Notification go_on;
  absl::Notification started;
  ASSERT_TRUE(narrow.Post([&] {
    started.Notify();
    go_on.WaitForNotification();
  }));
  started.WaitForNotification();
  ASSERT_TRUE(narrow.Post([] {}));
  ViewParts parts = program_.parts();
  parts.background = &narrow;
  const auto view = std::make_shared<View>("scope", program_.kinds().all(), parts);
  EXPECT_TRUE(absl::IsUnavailable(program_.Fence(view).status()));
  EXPECT_TRUE(Until([&] { return !view->busy(); }));
  go_on.Notify();
  EXPECT_EQ(Print(*FenceAtLast(view)), Print(*seen_));
}

}  // namespace
}  // namespace concord::ledger
