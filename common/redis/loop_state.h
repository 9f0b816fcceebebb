// The loop's inside. Part of common/redis; not for others.
#ifndef COMMON_REDIS_LOOP_STATE_H_
#define COMMON_REDIS_LOOP_STATE_H_

#include <uv.h>

#include <functional>
#include <map>
#include <memory>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/synchronization/mutex.h"
#include "absl/synchronization/notification.h"
#include "absl/time/time.h"
#include "common/redis/loop.h"
#include "common/redis/timer.h"

namespace concord::redis {

// Tasks are run at two points of each turn of libuv's loop: just before it looks
// for events (where it may fall asleep) and just after it has handled them. What
// an event's handler posts therefore runs in the same turn, and the thread is
// woken by a system call only when it is asleep or about to be.
class Loop::State {
 public:
  State() = default;
  ~State();

  absl::Status Start();
  void Post(std::function<void()> task);
  void PostAfter(absl::Duration delay, std::function<void()> task);
  bool IsCurrentThread() const { return std::this_thread::get_id() == thread_id_; }

  // For what runs on the loop's thread.
  uv_loop_t* uv() { return &uv_; }

 private:
  void Run();
  void RunTasks(bool before_sleep);
  // Whether there was something to run. If not, notes whether the thread is going to sleep.
  bool RunPosted(bool before_sleep);
  void CloseHandles();

  uv_loop_t uv_;
  uv_async_t wake_;
  uv_prepare_t before_sleep_;
  uv_check_t after_events_;

  absl::Mutex mutex_;
  std::vector<std::function<void()>> tasks_ ABSL_GUARDED_BY(mutex_);
  bool asleep_ ABSL_GUARDED_BY(mutex_) = false;

  // Only on the loop's thread.
  std::vector<std::function<void()>> running_;
  std::map<uint64_t, std::unique_ptr<Timer>> delayed_;
  uint64_t next_delayed_ = 0;
  bool stopping_ = false;
  bool closed_ = false;

  absl::Notification started_;
  std::thread::id thread_id_;  // Written before `started_`.
  std::thread thread_;
};

}  // namespace concord::redis

#endif  // COMMON_REDIS_LOOP_STATE_H_
