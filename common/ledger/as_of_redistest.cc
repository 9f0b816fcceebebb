// Past states and the history of one resource.
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "common/ledger/as_of.h"
#include "common/ledger/history.h"
#include "common/ledger/ledger_fixture.h"
#include "gtest/gtest.h"
#include "tests/support/redis_server.h"

namespace concord::ledger {
namespace {

class PastTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite() { server_ = std::move(*testing::RedisServer::Start()).release(); }
  static void TearDownTestSuite() { delete server_; }

  void SetUp() override { states_.push_back(program_.Nothing(scope_)); }

  void Commit(Write write) { states_.push_back(Must(program_, states_.back(), write)); }

  // Twelve revisions in which resources come, change and go.
  void Live() {
    for (int i = 0; i < 3; ++i) {
      Commit(Write(states_.back()).Put("a", absl::StrCat(i), "code"));
      Commit(Write(states_.back()).Put("b", absl::StrCat(i)).Put("n", absl::StrCat(i), "", "notes"));
      Commit(Write(states_.back()).End("a"));
      Commit(Write(states_.back()).Put("c", absl::StrCat(i), "code").End("b"));
      Commit(Write(states_.back()).End("c"));
    }
  }

  AsOf NewAsOf(size_t cache_limit) {
    return AsOf([this](absl::string_view) { return program_.kinds().all(); }, program_.parts(), cache_limit);
  }
  absl::StatusOr<SnapshotPtr> AtRevision(AsOf& as_of, int64_t revision) {
    return Wait<SnapshotPtr>([&](auto callback) { as_of.AtRevision(scope_, revision, callback); });
  }
  absl::StatusOr<SnapshotPtr> AtTime(AsOf& as_of, absl::Time time) {
    return Wait<SnapshotPtr>([&](auto callback) { as_of.AtTime(scope_, time, callback); });
  }

  static testing::RedisServer* server_;
  const std::string scope_ = ::testing::UnitTest::GetInstance()->current_test_info()->name();
  Program program_{server_->address()};
  std::vector<SnapshotPtr> states_;  // By revision.
};
testing::RedisServer* PastTest::server_ = nullptr;

using AsOfTest = PastTest;

TEST_F(AsOfTest, EachRevisionIsWhatItWas) {
  Live();
  for (const size_t cache_limit : {0, 1, 2, 100}) {
    AsOf as_of = NewAsOf(cache_limit);
    // Forwards, then backwards: what is kept may lie before or behind.
    for (size_t step = 0; step < 2 * states_.size(); ++step) {
      const size_t revision = step < states_.size() ? step : 2 * states_.size() - 1 - step;
      auto state = AtRevision(as_of, static_cast<int64_t>(revision));
      ASSERT_TRUE(state.ok()) << state.status();
      EXPECT_EQ(Print(**state), Print(*states_[revision])) << cache_limit;
    }
  }
}

TEST_F(AsOfTest, AMomentShowsWhatWasCommittedAtOrBeforeIt) {
  Live();
  AsOf as_of = NewAsOf(2);
  EXPECT_EQ((*AtTime(as_of, states_[1]->position().time - absl::Microseconds(1)))->position(), Position());
  EXPECT_EQ((*AtTime(as_of, absl::UnixEpoch()))->position().revision, 0);
  for (size_t revision = 1; revision < states_.size(); ++revision) {
    const absl::Time time = states_[revision]->position().time;
    EXPECT_EQ(Print(**AtTime(as_of, time)), Print(*states_[revision])) << "exactly then";
    EXPECT_EQ((*AtTime(as_of, time - absl::Microseconds(1)))->position().revision < static_cast<int64_t>(revision),
              true);
  }
  EXPECT_EQ(Print(**AtTime(as_of, *program_.store().Now())), Print(*states_.back()));
}

TEST_F(AsOfTest, RefusesWhatHasNotComeYet) {
  Live();
  AsOf as_of = NewAsOf(2);
  EXPECT_TRUE(absl::IsOutOfRange(AtTime(as_of, *program_.store().Now() + absl::Minutes(1)).status()));
  EXPECT_TRUE(absl::IsOutOfRange(AtTime(as_of, absl::InfiniteFuture()).status()));
  EXPECT_TRUE(absl::IsOutOfRange(AtRevision(as_of, static_cast<int64_t>(states_.size())).status()));
  EXPECT_TRUE(absl::IsOutOfRange(AtRevision(as_of, -1).status()));
}

TEST_F(AsOfTest, AScopeThatDoesNotExistWasAlwaysEmpty) {
  AsOf as_of = NewAsOf(2);
  EXPECT_EQ((*AtTime(as_of, *program_.store().Now()))->position(), Position());
  EXPECT_EQ((*AtRevision(as_of, 0))->position(), Position());
}

TEST_F(AsOfTest, ReachesOverTheBoundariesOfLogSegments) {
  WriteMany(program_, scope_, 8200);
  AsOf as_of = NewAsOf(1);
  for (const int64_t revision : {1, 2, 4095, 4096, 4097, 4098, 8192, 8193, 8200}) {
    const absl::Time time = program_.store().ReadEvent(scope_, revision)->time;
    EXPECT_EQ(*program_.store().RevisionAt(scope_, time), revision);
    EXPECT_EQ(
        *program_.store().RevisionAt(scope_, time - absl::Microseconds(1)),
        revision - 1 -
            (revision > 1 && program_.store().ReadEvent(scope_, revision - 1)->time > time - absl::Microseconds(1)));
  }
  EXPECT_EQ((*AtRevision(as_of, 4097))->List("items").size(), 4097u);
  EXPECT_EQ(Print(**AtRevision(as_of, 8200)), Print(*FoldLog(program_, scope_, 8200)));
}

TEST_F(AsOfTest, KeepsNoMoreResourcesThanItMay) {
  for (int i = 1; i <= 12; ++i) Commit(Write(states_.back()).Put(absl::StrCat("item-", i), "x"));
  AsOf as_of([this](absl::string_view) { return program_.kinds().all(); }, program_.parts(), 100, 25);
  const auto reads_for = [&](int64_t revision) {
    const int64_t before = CallsOf(program_, "xrange");
    EXPECT_EQ(Print(**AtRevision(as_of, revision)), Print(*states_[static_cast<size_t>(revision)]));
    return CallsOf(program_, "xrange") - before;
  };
  for (const int64_t revision : {12, 11, 10}) reads_for(revision);
  EXPECT_EQ(reads_for(10), 1) << "that it is still part of the history";
  EXPECT_EQ(reads_for(11), 1);
  EXPECT_EQ(reads_for(12), 2) << "12, 11 and 10 are more than 25: this one had to go and is folded on from 11";
}

TEST_F(AsOfTest, DoesNotAnswerFromAHistoryThatWasReplaced) {
  Live();
  AsOf as_of = NewAsOf(10);
  ASSERT_TRUE(AtRevision(as_of, 5).ok());
  ASSERT_TRUE(AtRevision(as_of, 3).ok());
  program_.Raw({"FLUSHALL"});
  states_ = {program_.Nothing(scope_)};
  for (int i = 0; i < 6; ++i) Commit(Write(states_.back()).Put("z", "of the second life"));
  for (const int64_t revision : {5, 4, 3, 6}) {
    EXPECT_EQ(Print(**AtRevision(as_of, revision)), Print(*states_[static_cast<size_t>(revision)]));
  }
}

// A store that lost its last commits and took others since has the same epoch.
TEST_F(AsOfTest, DoesNotAnswerFromRevisionsThatWereLost) {
  for (int i = 0; i < 3; ++i) Commit(Write(states_.back()).Put("a", absl::StrCat(i)));
  AsOf as_of = NewAsOf(10);
  ASSERT_TRUE(AtRevision(as_of, 3).ok());
  const std::string prefix = absl::StrCat("concord:{", scope_, "}");
  const Position& back = states_[2]->position();
  program_.Raw({"XDEL", Store::LogKey(scope_, 3), "3-0"});
  program_.Raw({"XSETID", Store::LogKey(scope_, 3), "2-0"});
  program_.Raw({"HSET", prefix + ":head", "revision", "2", "digest", back.digest});
  program_.Raw({"DEL", prefix + ":state:items"});
  states_.pop_back();
  Commit(Write(states_.back()).Put("b", "instead"));
  EXPECT_EQ(Print(**AtRevision(as_of, 3)), Print(*states_[3]));
}

TEST_F(AsOfTest, MayGoWhileItsAnswersAreOnTheWay) {
  Live();
  std::atomic<int> answered{0};
  constexpr int kReads = 50;
  {
    AsOf as_of = NewAsOf(3);
    for (int i = 0; i < kReads; ++i) {
      as_of.AtRevision(scope_, i % 10, [&](const absl::StatusOr<SnapshotPtr>& state) {
        EXPECT_TRUE(state.ok()) << state.status();
        ++answered;
      });
    }
  }
  EXPECT_TRUE(Until([&] { return answered == kReads; }));
}

using HistoryTest = PastTest;

std::vector<int64_t> RevisionsOf(const absl::StatusOr<std::vector<HistoryStep>>& steps) {
  EXPECT_TRUE(steps.ok()) << steps.status();
  std::vector<int64_t> revisions;
  if (!steps.ok()) return revisions;
  for (const HistoryStep& step : *steps) revisions.push_back(step.event.revision);
  return revisions;
}

TEST_F(HistoryTest, WalksFromTheNewestChangeToTheCreation) {
  for (int i = 1; i <= 6; ++i) Commit(Write(states_.back()).Put(i % 2 == 0 ? "a" : "b", absl::StrCat(i)));
  EXPECT_EQ(RevisionsOf(WalkHistory(program_.store(), scope_, "a", 6, 100)), (std::vector<int64_t>{6, 4, 2}));
  EXPECT_EQ(RevisionsOf(WalkHistory(program_.store(), scope_, "a", 4, 100)), (std::vector<int64_t>{4, 2}));
  EXPECT_EQ(RevisionsOf(WalkHistory(program_.store(), scope_, "a", 6, 2)), (std::vector<int64_t>{6, 4}));
}

TEST_F(HistoryTest, ShowsTheEndOfAResourceAndItsEarlierLifeWhereTheWriterKnewOfIt) {
  Commit(Write(states_.back()).Put("a", "first life"));
  Commit(Write(states_.back()).End("a"));
  EXPECT_EQ(RevisionsOf(WalkHistory(program_.store(), scope_, "a", 2, 100)), (std::vector<int64_t>{2, 1}));

  Write knowing = Write(states_.back()).Put("a", "second life");
  knowing.commit().body.mutable_changes(0)->set_previous_revision(2);
  Commit(knowing);
  EXPECT_EQ(RevisionsOf(WalkHistory(program_.store(), scope_, "a", 3, 100)), (std::vector<int64_t>{3, 2, 1}));

  Commit(Write(states_.back()).End("a"));
  Commit(Write(states_.back()).Put("a", "third life, which knows of none before"));
  Commit(Write(states_.back()).Put("a", "changed"));
  EXPECT_EQ(RevisionsOf(WalkHistory(program_.store(), scope_, "a", 6, 100)), (std::vector<int64_t>{6, 5}));
}

TEST_F(HistoryTest, RefusesARevisionThatDidNotChangeTheResource) {
  Commit(Write(states_.back()).Put("a", ""));
  EXPECT_TRUE(absl::IsDataLoss(WalkHistory(program_.store(), scope_, "b", 1, 100).status()));
  EXPECT_TRUE(absl::IsNotFound(WalkHistory(program_.store(), scope_, "a", 2, 100).status()));
}

TEST_F(HistoryTest, DoesNotWalkInACircle) {
  Write circle = Write(states_.back()).Put("a", "");
  circle.commit().body.mutable_changes(0)->set_previous_revision(1);
  Commit(circle);
  EXPECT_TRUE(absl::IsDataLoss(WalkHistory(program_.store(), scope_, "a", 1, 100).status()));
}

}  // namespace
}  // namespace concord::ledger
