// That ThreadSanitizer still finds races where thread_sanitizer.cc speaks for
// Abseil's locks, and reports none where they protect. Without the first half a
// mistake there could order everything, and all other tests would pass for nothing.
//
// Only in a build with ThreadSanitizer.
#include <gtest/gtest.h>

#include <atomic>
#include <cstdlib>
#include <functional>
#include <thread>

#include "absl/synchronization/mutex.h"
#include "absl/synchronization/notification.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"

namespace concord::testing {
namespace {

constexpr int kRounds = 1000;
// Far more than any wait here takes; a wait that reaches it fails its test.
constexpr absl::Duration kLimit = absl::Minutes(1);

void OnTwoThreads(const std::function<void()>& first, const std::function<void()>& second) {
  std::thread one(first);
  std::thread two(second);
  one.join();
  two.join();
}

// `second` follows `first` in time, while nothing orders them: a relaxed access
// does not. Two accesses at the very same moment could escape the sanitizer.
void OneAfterTheOther(const std::function<void()>& first, const std::function<void()>& second) {
  std::atomic<bool> passed{false};
  OnTwoThreads(
      [&] {
        first();
        passed.store(true, std::memory_order_relaxed);
      },
      [&] {
        while (!passed.load(std::memory_order_relaxed)) std::this_thread::yield();
        second();
      });
}

// Runs `race` in a process of its own and expects the report of a data race.
// 66 is ThreadSanitizer's exit code unless its options say otherwise.
void ExpectReport(const std::function<void()>& race) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  EXPECT_EXIT(
      {
        race();
        std::exit(0);
      },
      ::testing::ExitedWithCode(66), "data race");
}

TEST(ThreadSanitizer, ReportsARaceWithoutAnyLock) {
  ExpectReport([] {
    int shared = 0;
    const auto add = [&] { ++shared; };
    OneAfterTheOther(add, add);
  });
}

TEST(ThreadSanitizer, ReportsARaceBesideAMutex) {
  ExpectReport([] {
    absl::Mutex mutex;
    int shared = 0;
    const auto add = [&] {
      for (int i = 0; i < kRounds; ++i) {
        absl::MutexLock lock(&mutex);
        ++shared;
      }
      ++shared;
    };
    OneAfterTheOther(add, add);
  });
}

TEST(ThreadSanitizer, ReportsARaceUnderTwoMutexes) {
  ExpectReport([] {
    absl::Mutex one, two;
    int shared = 0;
    const auto add = [&](absl::Mutex& mutex) {
      absl::MutexLock lock(&mutex);
      ++shared;
    };
    OneAfterTheOther([&] { add(one); }, [&] { add(two); });
  });
}

TEST(ThreadSanitizer, ReportsAWriteAfterANotification) {
  ExpectReport([] {
    absl::Notification done;
    int shared = 0;
    OneAfterTheOther(
        [&] {
          done.Notify();
          ++shared;
        },
        [&] {
          done.WaitForNotification();
          ++shared;
        });
  });
}

TEST(ThreadSanitizer, ReportsAWriteAfterAWaitThatTimedOut) {
  ExpectReport([] {
    absl::Notification never;
    int shared = 0;
    OneAfterTheOther([&] { ++shared; },
                     [&] {
                       if (!never.WaitForNotificationWithTimeout(absl::Microseconds(1))) ++shared;
                     });
  });
}

TEST(ThreadSanitizer, IsSilentUnderAMutex) {
  absl::Mutex mutex;
  int shared = 0;
  OnTwoThreads(
      [&] {
        for (int i = 0; i < kRounds; ++i) {
          absl::MutexLock lock(&mutex);
          ++shared;
        }
      },
      [&] {
        for (int i = 0; i < kRounds;) {
          if (!mutex.TryLock()) continue;
          ++shared;
          ++i;
          mutex.Unlock();
        }
      });
  EXPECT_EQ(shared, 2 * kRounds);
}

TEST(ThreadSanitizer, IsSilentUnderAMutexThatIsSharedForReading) {
  absl::Mutex mutex;
  int shared = 0;
  OnTwoThreads(
      [&] {
        for (int i = 0; i < kRounds; ++i) {
          absl::WriterMutexLock lock(&mutex);
          ++shared;
        }
      },
      [&] {
        int last = 0;
        while (last < kRounds) {
          absl::ReaderMutexLock lock(&mutex);
          last = shared;
        }
      });
  EXPECT_EQ(shared, kRounds);
}

TEST(ThreadSanitizer, IsSilentAboutWhatAConditionReads) {
  absl::Mutex mutex;
  int shared = 0;
  // Each thread waits for the other one's step, so each unlock evaluates the
  // condition of the thread that waits.
  const auto step = [&](int remainder) {
    const auto ours = [&shared, remainder] { return shared % 2 == remainder; };
    for (int i = 0; i < kRounds; ++i) {
      absl::MutexLock lock(&mutex);
      EXPECT_TRUE(mutex.AwaitWithTimeout(absl::Condition(&ours), kLimit));
      ++shared;
    }
  };
  OnTwoThreads([&] { step(0); }, [&] { step(1); });
  EXPECT_EQ(shared, 2 * kRounds);
}

TEST(ThreadSanitizer, IsSilentAfterLockingOnACondition) {
  absl::Mutex mutex;
  bool ready = false;
  int shared = 0;
  OnTwoThreads(
      [&] {
        shared = 1;
        absl::MutexLock lock(&mutex);
        ready = true;
      },
      [&] {
        mutex.LockWhen(absl::Condition(&ready));
        mutex.Unlock();
        ++shared;
      });
  EXPECT_EQ(shared, 2);
}

TEST(ThreadSanitizer, IsSilentAfterAConditionVariable) {
  absl::Mutex mutex;
  absl::CondVar changed;
  bool ready = false;
  int shared = 0;
  OnTwoThreads(
      [&] {
        shared = 1;
        absl::MutexLock lock(&mutex);
        ready = true;
        changed.SignalAll();
      },
      [&] {
        mutex.Lock();
        while (!ready) changed.Wait(&mutex);
        mutex.Unlock();
        ++shared;
      });
  EXPECT_EQ(shared, 2);
}

TEST(ThreadSanitizer, IsSilentAfterANotification) {
  const std::function<bool(const absl::Notification&)> waits[] = {
      [](const absl::Notification& done) {
        done.WaitForNotification();
        return true;
      },
      [](const absl::Notification& done) { return done.WaitForNotificationWithTimeout(kLimit); },
      [](const absl::Notification& done) { return done.WaitForNotificationWithDeadline(absl::Now() + kLimit); },
      [](const absl::Notification& done) {
        while (!done.HasBeenNotified()) std::this_thread::yield();
        return true;
      }};
  for (const auto& wait : waits) {
    absl::Notification done;
    int shared = 0;
    OnTwoThreads(
        [&] {
          shared = 1;
          done.Notify();
        },
        [&] {
          EXPECT_TRUE(wait(done));
          ++shared;
        });
    EXPECT_EQ(shared, 2);
  }
}

// A lock given back before its memory is: the mutex dies on the thread that was
// last told it may.
TEST(ThreadSanitizer, IsSilentAboutAMutexThatGoesWithWhatItProtects) {
  struct Shared {
    absl::Mutex mutex;
    int holders = 2;
  };
  for (int i = 0; i < kRounds / 10; ++i) {
    auto* const shared = new Shared;
    const auto release = [shared] {
      shared->mutex.Lock();
      const bool last = --shared->holders == 0;
      shared->mutex.Unlock();
      if (last) delete shared;
    };
    OnTwoThreads(release, release);
  }
}

}  // namespace
}  // namespace concord::testing
