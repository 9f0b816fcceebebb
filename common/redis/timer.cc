#include "common/redis/timer.h"

#include <algorithm>
#include <utility>

namespace concord::redis {

struct Timer::Handle {
  uv_timer_t uv;
  std::function<void()> task;
};

Timer::Timer(uv_loop_t* loop, std::function<void()> task) : handle_(new Handle{{}, std::move(task)}) {
  uv_timer_init(loop, &handle_->uv);
  handle_->uv.data = handle_;
}

Timer::~Timer() {
  uv_close(reinterpret_cast<uv_handle_t*>(&handle_->uv),
           [](uv_handle_t* handle) { delete static_cast<Handle*>(handle->data); });
}

void Timer::Start(absl::Duration delay) {
  delay = std::clamp(delay, absl::ZeroDuration(), absl::Hours(24 * 365));
  // The loop counts from a time it read earlier, in whole milliseconds: read it
  // again and add one, so that a timer is never early.
  uv_update_time(handle_->uv.loop);
  const uint64_t milliseconds = absl::ToInt64Milliseconds(absl::Ceil(delay, absl::Milliseconds(1))) + 1;
  uv_timer_start(
      &handle_->uv, [](uv_timer_t* timer) { static_cast<Handle*>(timer->data)->task(); }, milliseconds, 0);
}

void Timer::Stop() { uv_timer_stop(&handle_->uv); }

}  // namespace concord::redis
