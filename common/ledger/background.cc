#include "common/ledger/background.h"

#include <utility>

namespace concord::ledger {

Background::Background(int threads, int queue_limit) : queue_limit_(static_cast<size_t>(queue_limit)) {
  for (int i = 0; i < threads; ++i) threads_.emplace_back([this] { Work(); });
}

Background::~Background() {
  {
    absl::MutexLock lock(&mutex_);
    ending_ = true;
  }
  for (std::thread& thread : threads_) thread.join();
}

bool Background::Post(std::function<void()> task) {
  absl::MutexLock lock(&mutex_);
  if (ending_ || tasks_.size() >= queue_limit_) return false;
  tasks_.push_back(std::move(task));
  return true;
}

void Background::Work() {
  while (true) {
    std::function<void()> task;
    {
      absl::MutexLock lock(&mutex_);
      mutex_.Await(absl::Condition(
          +[](Background* self) ABSL_NO_THREAD_SAFETY_ANALYSIS { return self->ending_ || !self->tasks_.empty(); },
          this));
      if (tasks_.empty()) return;
      task = std::move(tasks_.front());
      tasks_.pop_front();
    }
    task();
  }
}

}  // namespace concord::ledger
