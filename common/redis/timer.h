// One timer of the loop. Part of common/redis; not for others.
#ifndef COMMON_REDIS_TIMER_H_
#define COMMON_REDIS_TIMER_H_

#include <uv.h>

#include <functional>

#include "absl/time/time.h"

namespace concord::redis {

// Everything on the loop's thread, construction and destruction too.
class Timer {
 public:
  Timer(uv_loop_t* loop, std::function<void()> task);
  // The task does not run after this. The task itself may destroy its timer.
  ~Timer();
  Timer(const Timer&) = delete;
  Timer& operator=(const Timer&) = delete;

  // Runs the task once, not before `delay` has passed. An earlier start that has
  // not come to its end is forgotten.
  void Start(absl::Duration delay);
  void Stop();

 private:
  struct Handle;
  Handle* handle_;  // Outlives this object until libuv has closed it.
};

}  // namespace concord::redis

#endif  // COMMON_REDIS_TIMER_H_
