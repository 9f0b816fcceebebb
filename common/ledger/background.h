// A few threads for rare, long work, so that it never holds up the quick kind.
#ifndef COMMON_LEDGER_BACKGROUND_H_
#define COMMON_LEDGER_BACKGROUND_H_

#include <deque>
#include <functional>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"

namespace concord::ledger {

// Thread-safe. Everything that was taken is run, if need be before the destructor
// returns: somebody waits for its outcome. Close the client first, then tasks that need the store fail at once.
class Background {
 public:
  // `queue_limit`: tasks that may wait.
  Background(int threads, int queue_limit);
  ~Background();
  Background(const Background&) = delete;
  Background& operator=(const Background&) = delete;

  // False, and the task is not run, if too many wait already or it is ending.
  [[nodiscard]] bool Post(std::function<void()> task);

 private:
  void Work();

  const size_t queue_limit_;
  absl::Mutex mutex_;
  std::deque<std::function<void()>> tasks_ ABSL_GUARDED_BY(mutex_);
  bool ending_ ABSL_GUARDED_BY(mutex_) = false;
  std::vector<std::thread> threads_;
};

}  // namespace concord::ledger

#endif  // COMMON_LEDGER_BACKGROUND_H_
