// A thread that runs the event loop (libuv) of redis clients. Nothing of libuv
// or hiredis can be seen from here.
#ifndef COMMON_REDIS_LOOP_H_
#define COMMON_REDIS_LOOP_H_

#include <functional>
#include <memory>

#include "absl/status/statusor.h"
#include "absl/time/time.h"

namespace concord::redis {

// Thread-safe. Everything posted runs on one thread, one after the other, so
// what only runs there needs no lock.
class Loop {
 public:
  // Starts the thread.
  static absl::StatusOr<std::unique_ptr<Loop>> Create();
  // Runs what was posted, then stops. Not from the loop's own thread.
  ~Loop();
  Loop(const Loop&) = delete;
  Loop& operator=(const Loop&) = delete;

  // Runs `task` soon, in the order of posting. Never runs it inside the call.
  // Many posts between two turns of the loop wake it once.
  void Post(std::function<void()> task);

  // Runs `task` once, not before `delay` has passed. Dropped if the loop stops first.
  void PostAfter(absl::Duration delay, std::function<void()> task);

  // Whether the caller is on the loop's thread.
  bool IsCurrentThread() const;

 private:
  friend class Client;
  class State;
  explicit Loop(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace concord::redis

#endif  // COMMON_REDIS_LOOP_H_
