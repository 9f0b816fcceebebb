#include "common/redis/loop.h"

#include <atomic>
#include <memory>
#include <thread>
#include <vector>

#include "absl/synchronization/notification.h"
#include "absl/time/clock.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace concord::redis {
namespace {

std::unique_ptr<Loop> MakeLoop() {
  absl::StatusOr<std::unique_ptr<Loop>> loop = Loop::Create();
  EXPECT_TRUE(loop.ok()) << loop.status();
  return loop.ok() ? *std::move(loop) : nullptr;
}

TEST(Loop, RunsInTheOrderOfPosting) {
  std::vector<int> order;  // Only touched on the loop's thread until it has ended.
  {
    std::unique_ptr<Loop> loop = MakeLoop();
    for (int i = 0; i < 1000; ++i) loop->Post([&order, i] { order.push_back(i); });
  }
  ASSERT_EQ(order.size(), 1000u);
  for (int i = 0; i < 1000; ++i) EXPECT_EQ(order[i], i);
}

TEST(Loop, RunsWhatItsOwnTasksPostWithoutBeingWokenFromOutside) {
  std::unique_ptr<Loop> loop = MakeLoop();
  absl::Notification done;
  int left = 100;  // More than are run in one turn.
  std::function<void()> task = [&] {
    EXPECT_TRUE(loop->IsCurrentThread());
    if (--left == 0) return done.Notify();
    loop->Post(task);
  };
  loop->Post(task);
  EXPECT_TRUE(done.WaitForNotificationWithTimeout(absl::Seconds(10)));
}

TEST(Loop, NeverRunsATaskInsideThePost) {
  std::unique_ptr<Loop> loop = MakeLoop();
  absl::Notification done;
  loop->Post([&] {
    bool inside = true;
    auto is_inside = std::make_shared<bool*>(&inside);
    loop->Post([is_inside, &done] {
      EXPECT_EQ(*is_inside, nullptr);
      done.Notify();
    });
    *is_inside = nullptr;
  });
  EXPECT_TRUE(done.WaitForNotificationWithTimeout(absl::Seconds(10)));
}

TEST(Loop, KnowsItsThread) {
  std::unique_ptr<Loop> loop = MakeLoop();
  EXPECT_FALSE(loop->IsCurrentThread());
}

TEST(Loop, RunsWhatWasPostedByManyThreadsOnceEach) {
  constexpr int kThreads = 8;
  constexpr int kPosts = 5000;
  int count = 0;  // Only touched on the loop's thread until it has ended.
  {
    std::unique_ptr<Loop> loop = MakeLoop();
    std::vector<std::thread> threads;
    for (int t = 0; t < kThreads; ++t) {
      threads.emplace_back([&] {
        for (int i = 0; i < kPosts; ++i) loop->Post([&count] { ++count; });
      });
    }
    for (std::thread& thread : threads) thread.join();
  }
  EXPECT_EQ(count, kThreads * kPosts);
}

TEST(Loop, DelaysATaskForNotLessThanItsDelay) {
  std::unique_ptr<Loop> loop = MakeLoop();
  const absl::Time start = absl::Now();
  absl::Duration waited;
  absl::Notification done;
  loop->PostAfter(absl::Milliseconds(20), [&] {
    waited = absl::Now() - start;
    done.Notify();
  });
  ASSERT_TRUE(done.WaitForNotificationWithTimeout(absl::Seconds(10)));
  EXPECT_GE(waited, absl::Milliseconds(20));
}

TEST(Loop, DropsDelayedTasksAtItsEnd) {
  auto held = std::make_shared<int>(0);
  std::atomic<bool> ran = false;
  {
    std::unique_ptr<Loop> loop = MakeLoop();
    loop->PostAfter(absl::Hours(1), [held, &ran] { ran = true; });
    loop->PostAfter(absl::InfiniteDuration(), [held, &ran] { ran = true; });
  }
  EXPECT_FALSE(ran);
  EXPECT_EQ(held.use_count(), 1);
}

}  // namespace
}  // namespace concord::redis
