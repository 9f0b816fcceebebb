// Views against a real redis-server that works.
#include <map>
#include <memory>
#include <random>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "common/ledger/view_fixture.h"
#include "gtest/gtest.h"
#include "tests/support/redis_server.h"

namespace concord::ledger {
namespace {

using Kind = CommitOutcome::Kind;

TEST_F(ViewTest, LoadsWithItsFirstFence) {
  EXPECT_EQ(view_->Peek(), nullptr);
  Commit(Write(seen_).Put("a", "first", "1").Put("n", "", "", "notes"));
  EXPECT_EQ(Print(*Fence()), Print(*seen_));
  EXPECT_EQ(view_->statistics().loads, 1u);
  EXPECT_EQ(view_->statistics().fences, 1u);
  EXPECT_EQ(view_->Peek()->position(), seen_->position());
  EXPECT_TRUE(Until([&] { return !view_->busy(); })) << "which is just after the answer";
}

TEST_F(ViewTest, OfAScopeThatDoesNotExistIsEmptyUntilItBegins) {
  EXPECT_EQ(Fence()->position(), Position());
  Commit(Write(seen_).Put("a", "first"));
  EXPECT_EQ(Print(*Fence()), Print(*seen_));
  EXPECT_EQ(view_->statistics().loads, 1u);
  EXPECT_EQ(view_->statistics().divergences, 0u);
}

TEST_F(ViewTest, IsBroughtForwardByTheEventsOfOthers) {
  Fence();
  for (int i = 0; i < 20; ++i) {
    Commit(Write(seen_).Put("a", absl::StrCat(i), absl::StrCat(i)));
    EXPECT_EQ(Print(*Fence()), Print(*seen_));
  }
  EXPECT_EQ(view_->statistics().loads, 1u);
}

TEST_F(ViewTest, ComesForwardThroughMoreEventsThanOneAnswerHolds) {
  Fence();
  WriteMany(other_, scope_, 3 * kFenceEvents + 7);
  const SnapshotPtr now = Fence();
  EXPECT_EQ(now->position().revision, 3 * kFenceEvents + 7);
  EXPECT_EQ(Print(*now), Print(*FoldLog(other_, scope_, now->position().revision)));
  EXPECT_EQ(view_->statistics().loads, 1u);
  EXPECT_EQ(view_->statistics().fences, 1u + 4u);
}

TEST_F(ViewTest, ComesForwardOverTheBoundaryOfALogSegment) {
  WriteMany(other_, scope_, 4090);
  EXPECT_EQ(Fence()->position().revision, 4090);
  WriteMany(other_, scope_, 10, 4091);
  EXPECT_EQ(Fence()->position().revision, 4100);
  EXPECT_EQ(view_->statistics().divergences, 0u);
  EXPECT_EQ(program_.Fence(program_.NewView(scope_)).value()->position().revision, 4100) << "a fresh load";
}

TEST_F(ViewTest, SharesOneFenceAmongAllReadsThatWaitForIt) {
  Fence();
  const ViewStatistics before = view_->statistics();
  constexpr int kReads = 50;
  std::atomic<int> answered{0};
  absl::Notification all;
  const auto count = [&](const absl::StatusOr<SnapshotPtr>& snapshot) {
    EXPECT_TRUE(snapshot.ok()) << snapshot.status();
    if (++answered == kReads + 1) all.Notify();
  };
  absl::Notification asked;
  program_.loop().Post([&] {
    // Nothing is answered while this task holds up the loop.
    for (int i = 0; i < kReads + 1; ++i) view_->Fence(count);
    asked.Notify();
  });
  asked.WaitForNotification();
  all.WaitForNotification();
  EXPECT_EQ(view_->statistics().fences - before.fences, 2u) << "the first read's, and one for all others";
  EXPECT_EQ(view_->statistics().fenced_reads - before.fenced_reads, static_cast<uint64_t>(kReads + 1));
}

TEST_F(ViewTest, NeverLetsAReadJoinAFenceThatWasSent) {
  Fence();
  const int64_t fences = CallsOf(other_, "xrange");
  absl::Notification first_answered;
  absl::Notification go_on;
  SnapshotPtr first;
  program_.loop().Post([&] {
    view_->Fence([&](const absl::StatusOr<SnapshotPtr>& snapshot) {
      first = snapshot.value_or(nullptr);
      first_answered.Notify();
    });
    // Runs behind the task that writes the fence to the connection, and keeps
    // the loop from reading its answer.
    program_.loop().Post([&] { go_on.WaitForNotification(); });
  });
  ASSERT_TRUE(Until([&] { return CallsOf(other_, "xrange") > fences; }));
  Commit(Write(seen_).Put("a", "committed after the first fence"));

  absl::Notification second_answered;
  SnapshotPtr second;
  view_->Fence([&](const absl::StatusOr<SnapshotPtr>& snapshot) {
    second = snapshot.value_or(nullptr);
    second_answered.Notify();
  });
  go_on.Notify();
  first_answered.WaitForNotification();
  second_answered.WaitForNotification();
  ASSERT_NE(first, nullptr);
  ASSERT_NE(second, nullptr);
  EXPECT_EQ(first->position().revision, 0) << "the first fence was not where the test needs it";
  EXPECT_EQ(second->position().revision, 1);
}

TEST_F(ViewTest, ShowsEveryReadWhatWasAcknowledgedBeforeItBegan) {
  const unsigned seed = Seed();
  SCOPED_TRACE(absl::StrCat("seed ", seed));
  std::atomic<int64_t> acknowledged{0};
  std::atomic<int> writing{2};
  std::vector<std::thread> threads;
  for (int w = 0; w < 2; ++w) {
    threads.emplace_back([&, w] {
      const std::shared_ptr<View> own = other_.NewView(scope_);
      for (int i = 0; i < 300; ++i) {
        auto now = other_.Fence(own);
        ASSERT_TRUE(now.ok());
        auto outcome = other_.Send(Write(*now).Put(absl::StrCat("item-", w), absl::StrCat(i)).commit());
        ASSERT_TRUE(outcome.ok() && outcome->kind == Kind::kCommitted);
        // Half of them are told to the readers' view, as an own commit would be.
        if (i % 2 == 0) view_->Offer(outcome->event, outcome->head.epoch);
        int64_t known = acknowledged.load();
        while (known < outcome->event.revision && !acknowledged.compare_exchange_weak(known, outcome->event.revision)) {
        }
      }
      --writing;
    });
  }
  std::atomic<int64_t> reads{0};
  for (int r = 0; r < 6; ++r) {
    threads.emplace_back([&, r] {
      std::mt19937 random(seed + static_cast<unsigned>(r));
      int64_t last = 0;
      while (writing > 0) {
        const int64_t floor = acknowledged.load();
        auto snapshot = program_.Fence(view_);
        ASSERT_TRUE(snapshot.ok());
        ASSERT_GE((*snapshot)->position().revision, floor);
        ASSERT_GE((*snapshot)->position().revision, last) << "a later read went back";
        last = (*snapshot)->position().revision;
        ++reads;
        if (random() % 4 == 0) std::this_thread::yield();
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_GT(reads, 100);
  EXPECT_EQ(Print(*Fence()), Print(*FoldLog(other_, scope_, 600)));
  EXPECT_EQ(view_->statistics().divergences, 0u);
}

TEST_F(ViewTest, LoadsWhatTheLogSaysWhileWritesGoOn) {
  const unsigned seed = Seed();
  SCOPED_TRACE(absl::StrCat("seed ", seed));
  for (int batch = 0; batch < 10; ++batch) {
    Write write(seen_);
    for (int i = 0; i < 500; ++i)
      write.Put(absl::StrCat("item-", batch * 500 + i), "first", absl::StrCat("c", batch * 500 + i));
    Commit(write);
  }
  std::atomic<bool> ending{false};
  std::thread writer([&] {
    std::mt19937 random(seed);
    while (!ending) {
      const bool note = random() % 5 == 0;
      const std::string name = absl::StrCat(note ? "note-" : "item-", random() % 6000);
      const std::string collection = note ? "notes" : "items";
      const bool exists = seen_->Find(collection, name) != nullptr;
      if (exists && random() % 3 == 0) {
        Commit(Write(seen_).End(name, collection));
      } else {
        Commit(Write(seen_).Put(name, absl::StrCat(random()), "", collection));
      }
    }
  });
  std::map<int64_t, std::string> loaded;
  for (int i = 0; i < 12; ++i) {
    const std::shared_ptr<View> fresh = program_.NewView(scope_);
    auto snapshot = program_.Fence(fresh);
    EXPECT_TRUE(snapshot.ok()) << snapshot.status();
    if (snapshot.ok()) loaded[(*snapshot)->position().revision] = Print(**snapshot);
    EXPECT_EQ(fresh->statistics().divergences, 0u);
  }
  ending = true;
  writer.join();
  EXPECT_GT(loaded.size(), 5u) << "no write went on";
  SnapshotPtr folded = nullptr;
  for (const auto& [revision, text] : loaded) {
    folded = FoldLog(other_, scope_, revision, folded);
    ASSERT_EQ(Print(*folded), text) << revision;
  }
}

TEST_F(ViewTest, TakesTheEventOfAnOwnCommitIfItIsTheNext) {
  Fence();
  const Event first = program_.Send(Write(seen_).Put("a", "1").commit())->event;
  seen_ = FoldLog(program_, scope_, 1);
  const std::string epoch = seen_->position().epoch;
  const Event second = program_.Send(Write(seen_).Put("a", "2").commit())->event;

  view_->Offer(second, epoch);
  EXPECT_EQ(view_->Peek()->position().revision, 0) << "it is not the next";
  view_->Offer(first, epoch);
  view_->Offer(first, epoch);
  EXPECT_EQ(Print(*view_->Peek()), Print(*seen_));
  view_->Offer(second, "another epoch");
  EXPECT_EQ(view_->Peek()->position().revision, 1);
  view_->Offer(second, epoch);
  EXPECT_EQ(view_->Peek()->position().revision, 2);
  EXPECT_EQ(Fence()->position().revision, 2);
  EXPECT_EQ(view_->statistics().divergences, 0u);
}

TEST_F(ViewTest, BeforeItsFirstLoadPassesOverOffersAndRefusesSubscribers) {
  Commit(Write(seen_).Put("a", "1"));
  view_->Offer(*other_.store().ReadEvent(scope_, 1), seen_->position().epoch);
  EXPECT_EQ(view_->Peek(), nullptr);
  EXPECT_TRUE(absl::IsUnavailable(view_->Subscribe(nullptr).status()));
}

TEST_F(ViewTest, TellsSubscribersOfEachEventOnceAndInOrder) {
  Commit(Write(seen_).Put("a", "0"));
  Fence();
  auto recorder = std::make_shared<Recorder>();
  auto from = view_->Subscribe(recorder);
  ASSERT_TRUE(from.ok());
  EXPECT_EQ((*from)->position().revision, 1);
  EXPECT_TRUE(view_->subscribed());
  // Offers and fences race for the same events.
  std::vector<std::thread> threads;
  std::atomic<bool> ending{false};
  for (int i = 0; i < 3; ++i) {
    threads.emplace_back([&] {
      while (!ending) Fence();
    });
  }
  for (int i = 0; i < 300; ++i) {
    Commit(Write(seen_).Put("a", absl::StrCat(i)));
    view_->Offer(*other_.store().ReadEvent(scope_, seen_->position().revision), seen_->position().epoch);
  }
  ending = true;
  for (std::thread& thread : threads) thread.join();
  Fence();
  std::vector<int64_t> expected;
  for (int64_t revision = 2; revision <= 301; ++revision) expected.push_back(revision);
  EXPECT_EQ(recorder->revisions(), expected);

  view_->Unsubscribe(recorder.get());
  EXPECT_FALSE(view_->subscribed());
  Commit(Write(seen_).Put("a", "unheard"));
  Fence();
  EXPECT_EQ(recorder->revisions(), expected);
  EXPECT_EQ(recorder->divergences(), 0);
}

}  // namespace
}  // namespace concord::ledger
