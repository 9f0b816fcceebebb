// Commits against a real redis-server.
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

using Kind = CommitOutcome::Kind;

// Each test has a scope of its own, named after it, on one server.
class CommitTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite() { server_ = std::move(*testing::RedisServer::Start()).release(); }
  static void TearDownTestSuite() { delete server_; }

  void SetUp() override { seen_ = program_.Nothing(scope_); }

  // Commits on the newest state, which it then knows.
  void Commit(Write& write) { seen_ = Must(program_, seen_, write); }
  void Commit(Write&& write) { Commit(write); }

  CommitOutcome Send(Write& write) {
    auto outcome = program_.Send(write.commit());
    EXPECT_TRUE(outcome.ok()) << outcome.status();
    return outcome.ok() ? *std::move(outcome) : CommitOutcome();
  }
  CommitOutcome Send(Write&& write) { return Send(write); }

  int64_t Head() { return program_.store().ReadHead(scope_)->revision; }

  static testing::RedisServer* server_;
  const std::string scope_ = ::testing::UnitTest::GetInstance()->current_test_info()->name();
  Program program_{server_->address()};
  SnapshotPtr seen_;
};
testing::RedisServer* CommitTest::server_ = nullptr;

TEST_F(CommitTest, CreatesUpdatesAndEndsAResource) {
  Commit(Write(seen_).Put("a", "first"));
  Commit(Write(seen_).Put("a", "second"));
  EXPECT_EQ(ContentOf(*seen_, "a"), "second");
  Commit(Write(seen_).End("a"));
  EXPECT_EQ(seen_->position().revision, 3);

  const std::shared_ptr<View> view = program_.NewView(scope_);
  auto loaded = program_.Fence(view);
  ASSERT_TRUE(loaded.ok()) << loaded.status();
  EXPECT_EQ(Print(**loaded), Print(*seen_));
  EXPECT_EQ(ItemOf(**loaded, "a"), nullptr);
}

TEST_F(CommitTest, CountsRevisionsAndItsTimesGrowStrictly) {
  const absl::Time start = *program_.store().Now();
  absl::Time last = start - absl::Microseconds(1);
  for (int i = 1; i <= 200; ++i) {
    Commit(Write(seen_).Put("a", absl::StrCat(i)));
    ASSERT_EQ(seen_->position().revision, i);
    ASSERT_GT(seen_->position().time, last);
    last = seen_->position().time;
  }
  EXPECT_LE(last, *program_.store().Now());
}

TEST_F(CommitTest, KeepsTimesGrowingWhenTheClockOfTheStoreStepsBack) {
  Commit(Write(seen_).Put("a", ""));
  const int64_t ahead = absl::ToUnixMicros(seen_->position().time + absl::Hours(1));
  program_.Raw({"HSET", absl::StrCat("concord:{", scope_, "}:head"), "time", absl::StrCat(ahead)});
  auto outcome = Send(Write(seen_).Put("b", ""));
  ASSERT_EQ(outcome.kind, Kind::kCommitted);
  EXPECT_EQ(absl::ToUnixMicros(outcome.event.time), ahead + 1);
}

TEST_F(CommitTest, ComputesTheDigestThatReadersCompute) {
  Commit(Write(seen_).Put("a", "first"));
  auto event = program_.store().ReadEvent(scope_, 1);
  ASSERT_TRUE(event.ok()) << event.status();
  EXPECT_EQ(event->digest, ChainDigest("", 1, absl::ToUnixMicros(event->time), Sha256Hex(event->raw_body)));
  EXPECT_EQ(program_.store().ReadHead(scope_)->digest, event->digest);
}

TEST_F(CommitTest, IsAConflictWhenAResourceHasMoved) {
  Commit(Write(seen_).Put("a", "first"));
  const SnapshotPtr old = seen_;
  Commit(Write(seen_).Put("a", "second"));
  const CommitOutcome outcome = Send(Write(old).Put("a", "lost"));
  EXPECT_EQ(outcome.kind, Kind::kConflict);
  EXPECT_EQ(outcome.head, seen_->position());
  EXPECT_EQ(Head(), 2);
}

TEST_F(CommitTest, IsAConflictWhenAResourceHasEnded) {
  Commit(Write(seen_).Put("a", "first"));
  const SnapshotPtr old = seen_;
  Commit(Write(seen_).End("a"));
  EXPECT_EQ(Send(Write(old).Put("a", "lost")).kind, Kind::kConflict);
}

TEST_F(CommitTest, IsAConflictWhenAResourceExistsThatWasNotSeen) {
  const SnapshotPtr old = seen_;
  Commit(Write(seen_).Put("a", "first"));
  EXPECT_EQ(Send(Write(old).Put("a", "lost")).kind, Kind::kConflict);
}

TEST_F(CommitTest, IsAConflictWhenWhatWasOnlyLookedAtHasMoved) {
  Commit(Write(seen_).Put("parent", ""));
  const SnapshotPtr old = seen_;
  Commit(Write(seen_).End("parent"));
  EXPECT_EQ(Send(Write(old).Put("child", "").LookAt("parent")).kind, Kind::kConflict);
}

TEST_F(CommitTest, RefusesAPhantom) {
  Commit(Write(seen_).Put("a", "").Put("n", "", "", "notes"));
  const SnapshotPtr old = seen_;
  Commit(Write(seen_).Put("b", ""));
  EXPECT_EQ(Send(Write(old).Put("n", "there is one item", "", "notes").LookAtAll("items")).kind, Kind::kConflict);
  EXPECT_EQ(Send(Write(seen_).Put("n", "there are two items", "", "notes").LookAtAll("items")).kind, Kind::kCommitted);
}

TEST_F(CommitTest, HoldsAlthoughTheScopeMovedWhereNothingThatWasLookedAtDid) {
  Commit(Write(seen_).Put("a", "").Put("b", "").Put("n", "", "", "notes"));
  const SnapshotPtr old = seen_;
  Commit(Write(seen_).Put("a", "moved"));
  const CommitOutcome outcome = Send(Write(old).Put("b", "second").LookAtAll("notes").LookAt("none"));
  ASSERT_EQ(outcome.kind, Kind::kCommitted);
  EXPECT_EQ(outcome.event.revision, 3);
}

TEST_F(CommitTest, RefusesAUniqueValueThatIsTaken) {
  Commit(Write(seen_).Put("a", "", "code"));
  for (const SnapshotPtr& seen : {seen_, program_.Nothing(scope_)}) {
    const CommitOutcome outcome = Send(Write(seen).Put("b", "", "code"));
    EXPECT_EQ(outcome.kind, Kind::kTaken);
    EXPECT_EQ(outcome.taken_value, "code");
    EXPECT_EQ(outcome.taken_by, "a");
  }
  EXPECT_EQ(Head(), 1);
}

TEST_F(CommitTest, RefusesOneUniqueValueForTwoOfItsOwnResources) {
  const CommitOutcome outcome = Send(Write(seen_).Put("a", "", "code").Put("b", "", "code"));
  EXPECT_EQ(outcome.kind, Kind::kTaken);
  EXPECT_EQ(outcome.taken_by, "a");
  EXPECT_EQ(Head(), 0);
}

TEST_F(CommitTest, FreesTheUniqueValueOfWhatEndsOrChanges) {
  Commit(Write(seen_).Put("a", "", "1").Put("b", "", "2"));
  Commit(Write(seen_).End("a"));
  Commit(Write(seen_).Put("b", "", "3"));
  Commit(Write(seen_).Put("c", "", "1").Put("d", "", "2"));
  EXPECT_EQ(*program_.store().ReadUnique(scope_),
            (absl::flat_hash_map<std::string, std::string>{{"1", "c"}, {"2", "d"}, {"3", "b"}}));
}

TEST_F(CommitTest, HandsAUniqueValueOverWithinOneCommit) {
  Commit(Write(seen_).Put("a", "", "1"));
  Commit(Write(seen_).End("a").Put("b", "", "1"));
  EXPECT_EQ(seen_->HolderOf("items", "1"), "b");
  EXPECT_EQ((*program_.store().ReadUnique(scope_))["1"], "b");
}

TEST_F(CommitTest, SwapsUniqueValuesWithinOneCommit) {
  Commit(Write(seen_).Put("a", "", "1").Put("b", "", "2"));
  Commit(Write(seen_).Put("a", "", "2").Put("b", "", "1"));
  EXPECT_EQ(*program_.store().ReadUnique(scope_),
            (absl::flat_hash_map<std::string, std::string>{{"1", "b"}, {"2", "a"}}));
}

TEST_F(CommitTest, DoesNotFreeAValueThatAnotherResourceHolds) {
  Commit(Write(seen_).Put("a", "", "1"));
  Write write = Write(seen_).Put("b", "");
  write.commit().releases.emplace_back("1", "b");
  Commit(write);
  EXPECT_EQ((*program_.store().ReadUnique(scope_))["1"], "a");
}

TEST_F(CommitTest, RemembersARequestAndItsFirstAnswer) {
  Write write = Write(seen_).Put("a", "first").Key("key");
  write.commit().request_record.set_fingerprint(std::string("\0\n1", 3));
  write.commit().request_record.add_answers()->set_name("a");
  Commit(write);
  Commit(Write(seen_).Put("a", "second"));

  Write again = Write(seen_).Put("a", "third").Key("key");
  const CommitOutcome outcome = Send(again);
  ASSERT_EQ(outcome.kind, Kind::kRemembered);
  EXPECT_EQ(outcome.remembered.revision, 1);
  EXPECT_EQ(outcome.remembered.record.SerializeAsString(), write.commit().request_record.SerializeAsString());
  EXPECT_EQ(Head(), 2);

  auto found = Wait<absl::optional<RememberedRequest>>(
      [&](auto callback) { program_.store().FindRequest(scope_, "key", callback); });
  ASSERT_TRUE(found.ok() && found->has_value());
  EXPECT_EQ((*found)->revision, 1);
  EXPECT_EQ((*found)->record.answers(0).name(), "a");
  auto none = Wait<absl::optional<RememberedRequest>>(
      [&](auto callback) { program_.store().FindRequest(scope_, "other", callback); });
  ASSERT_TRUE(none.ok());
  EXPECT_FALSE(none->has_value());
}

TEST_F(CommitTest, RemembersARequestForADay) {
  Commit(Write(seen_).Put("a", "").Key("key"));
  const int64_t seconds = program_.Raw({"TTL", absl::StrCat("concord:{", scope_, "}:request:key")}).integer;
  EXPECT_GT(seconds, 86'390);
  EXPECT_LE(seconds, 86'400);
}

TEST_F(CommitTest, ThatIsRefusedDoesNotRememberItsRequest) {
  const SnapshotPtr old = seen_;
  Commit(Write(seen_).Put("a", ""));
  EXPECT_EQ(Send(Write(old).Put("a", "").Key("key")).kind, Kind::kConflict);
  EXPECT_EQ(Send(Write(seen_).Put("a", "").Key("key")).kind, Kind::kCommitted);
}

TEST_F(CommitTest, WithoutAChangeRemembersItsRequestAndMakesNoEvent) {
  Commit(Write(seen_).Put("a", ""));
  Write nothing = Write(seen_).LookAt("a").Key("key");
  const CommitOutcome outcome = Send(nothing);
  EXPECT_EQ(outcome.kind, Kind::kCommitted);
  EXPECT_EQ(outcome.head, seen_->position());
  EXPECT_EQ(outcome.event.revision, 0);
  EXPECT_EQ(Head(), 1);
  const CommitOutcome again = Send(nothing);
  ASSERT_EQ(again.kind, Kind::kRemembered);
  EXPECT_EQ(again.remembered.revision, 1);
}

TEST_F(CommitTest, WithoutAChangeBeginsNoLifeOfAScope) {
  Write nothing = Write(seen_);
  const CommitOutcome outcome = Send(nothing);
  EXPECT_EQ(outcome.kind, Kind::kCommitted);
  EXPECT_EQ(outcome.head, Position());
}

TEST_F(CommitTest, HasDivergedWhenItsEpochIsAnother) {
  Commit(Write(seen_).Put("a", ""));
  Write write = Write(seen_).Put("b", "");
  write.commit().preconditions.position.epoch = "another";
  const CommitOutcome outcome = Send(write);
  EXPECT_EQ(outcome.kind, Kind::kDiverged);
  EXPECT_EQ(outcome.head, seen_->position());
}

TEST_F(CommitTest, HasDivergedWhenItSawARevisionThatIsNotThere) {
  Commit(Write(seen_).Put("a", ""));
  Write write = Write(seen_).Put("b", "");
  write.commit().preconditions.position.revision = 2;
  EXPECT_EQ(Send(write).kind, Kind::kDiverged);
}

TEST_F(CommitTest, HasDivergedWhenTheScopeIsEmptyButWasNotSeenEmpty) {
  Write write = Write(seen_).Put("b", "");
  write.commit().preconditions.position = {"epoch", 1, "digest", absl::UnixEpoch()};
  const CommitOutcome outcome = Send(write);
  EXPECT_EQ(outcome.kind, Kind::kDiverged);
  EXPECT_EQ(outcome.head, Position());
}

TEST_F(CommitTest, HasDivergedWhenItSawAnotherDigest) {
  Commit(Write(seen_).Put("a", ""));
  Write now = Write(seen_).Put("b", "");
  now.commit().preconditions.position.digest = "another";
  EXPECT_EQ(Send(now).kind, Kind::kDiverged) << "at the head";
  Write then = now;
  Commit(Write(seen_).Put("a", "second"));
  EXPECT_EQ(Send(then).kind, Kind::kDiverged) << "behind the head";
}

TEST_F(CommitTest, KeepsBytesAsTheyAre) {
  std::string all;
  for (int i = 0; i < 256; ++i) all.push_back(static_cast<char>(i));
  // A name is text, but any text.
  const std::string name = absl::StrCat("a ", all.substr(0, 128), "\u00fc\r\n");
  Commit(Write(seen_).Put(name, all, "code\r\n\x01"));
  Commit(Write(seen_).Put(name, all + all, "code\r\n\x02"));
  auto loaded = program_.Fence(program_.NewView(scope_));
  ASSERT_TRUE(loaded.ok()) << loaded.status();
  EXPECT_EQ(ContentOf(**loaded, name), all + all);
  EXPECT_EQ(Print(**loaded), Print(*seen_));
}

TEST_F(CommitTest, HoldsAfterTheStoreForgotItsScripts) {
  Commit(Write(seen_).Put("a", "first"));
  program_.Raw({"SCRIPT", "FLUSH"});
  Commit(Write(seen_).Put("a", "second"));
  EXPECT_EQ(Head(), 2);
}

TEST_F(CommitTest, TakesTheLargestChangeThatIsAllowed) {
  Write write(seen_);
  for (int i = 0; i < kCommitResourceLimit; ++i) {
    write.Put(absl::StrCat("item-", i), std::string(kCommitBytesLimit / kCommitResourceLimit, 'x'));
  }
  Commit(write);
  EXPECT_EQ(seen_->List("items").size(), static_cast<size_t>(kCommitResourceLimit));
}

TEST_F(CommitTest, LosesNoUpdateOfACounterThatEightThreadsIncrement) {
  Commit(Write(seen_).Put("counter", "0"));
  const std::shared_ptr<View> view = program_.NewView(scope_);
  constexpr int kThreads = 8;
  constexpr int kIncrements = 40;
  std::atomic<int> conflicts{0};
  std::vector<std::thread> threads;
  for (int t = 0; t < kThreads; ++t) {
    threads.emplace_back([&] {
      for (int done = 0; done < kIncrements;) {
        auto now = program_.Fence(view);
        ASSERT_TRUE(now.ok()) << now.status();
        Write write = Write(*now).Put("counter", absl::StrCat(std::stoi(ContentOf(**now, "counter")) + 1));
        auto outcome = program_.Send(write.commit());
        ASSERT_TRUE(outcome.ok()) << outcome.status();
        if (outcome->kind == Kind::kCommitted) {
          view->Offer(outcome->event, outcome->head.epoch);
          ++done;
        } else {
          ASSERT_EQ(outcome->kind, Kind::kConflict);
          ++conflicts;
        }
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  auto end = program_.Fence(view);
  ASSERT_TRUE(end.ok());
  EXPECT_EQ(ContentOf(**end, "counter"), absl::StrCat(kThreads * kIncrements));
  EXPECT_EQ(Head(), kThreads * kIncrements + 1);
  EXPECT_GT(conflicts, 0) << "they never met, so this shows nothing";
}

TEST_F(CommitTest, CrossesTheBoundaryOfALogSegment) {
  WriteMany(program_, scope_, 4200);
  EXPECT_EQ(program_.Raw({"XLEN", Store::LogKey(scope_, 4096)}).integer, 4096);
  EXPECT_EQ(program_.Raw({"XLEN", Store::LogKey(scope_, 4097)}).integer, 104);
  EXPECT_NE(Store::LogKey(scope_, 4096), Store::LogKey(scope_, 4097));

  auto last = program_.store().ReadEvents(scope_, 4090, 100);
  ASSERT_TRUE(last.ok());
  ASSERT_EQ(last->size(), 7u) << "up to the end of the segment";
  EXPECT_EQ(last->back().revision, 4096);
  auto next = program_.store().ReadEvents(scope_, 4097, 1000);
  ASSERT_TRUE(next.ok());
  EXPECT_EQ(next->size(), 104u);

  for (const int64_t revision : {4095, 4096, 4097, 4200}) {
    auto answer = Wait<FenceAnswer>([&](auto callback) { program_.store().Fence(scope_, revision, callback); });
    ASSERT_TRUE(answer.ok());
    EXPECT_EQ(answer->head.revision, 4200);
    EXPECT_EQ(answer->events.empty(), revision == 4200) << revision;
    if (revision < 4200) EXPECT_EQ(answer->events.front().revision, revision + 1);
  }
  // A commit that was decided before the boundary is checked behind it.
  auto loaded = program_.Fence(program_.NewView(scope_));
  ASSERT_TRUE(loaded.ok()) << loaded.status();
  Write write = Write(*loaded).Put("item-1", "again");
  write.commit().preconditions.position.revision = 4096;
  write.commit().preconditions.position.digest = program_.store().ReadEvent(scope_, 4096)->digest;
  EXPECT_EQ(Send(write).kind, Kind::kCommitted);
}

}  // namespace
}  // namespace concord::ledger
