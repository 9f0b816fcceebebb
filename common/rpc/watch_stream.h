// One watcher's way out: a bounded queue in front of a transport that takes one
// message at a time.
#ifndef COMMON_RPC_WATCH_STREAM_H_
#define COMMON_RPC_WATCH_STREAM_H_

#include <deque>
#include <functional>
#include <memory>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "common/rpc/reply.h"

namespace concord::rpc {

// What the transport tells a watch.
class WatchSource {
 public:
  virtual ~WatchSource() = default;
  // The message has been taken; false: nobody takes any more.
  virtual void OnWritten(bool taken) = 0;
  // The caller has gone away, or his deadline has passed.
  virtual void OnGone() = 0;
};

// What a watch tells the transport. Valid until the watch has told its end.
class WatchOutlet {
 public:
  virtual ~WatchOutlet() = default;
  // From now on `source` is told. Once, before anything is written.
  virtual void Attach(std::shared_ptr<WatchSource> source) = 0;
  // Sends a message without waiting; the next one only after OnWritten, which is never called from inside.
  // `more`: another one follows at once, so it is worth waiting with the system call.
  virtual void Write(const Reply& message, bool more) = 0;
  // Gives up on a caller that takes nothing: OnWritten(false) follows.
  virtual void Abort() = 0;
};

// How a watch begins and ends.
struct WatchOpening {
  WatchOutlet* outlet = nullptr;
  std::function<void(absl::Status)> end;  // Called exactly once, with no message on its way.
};

// Thread-safe. Held by shared_ptr by the transport, the hub and whoever pushes.
class WatchStream : public WatchSource {
 public:
  // `limit_bytes`: of the messages that wait; one message may always wait. `on_end` is told when it is all
  // over, before `opening.end` is.
  WatchStream(WatchOpening opening, size_t limit_bytes,
              std::function<void(const WatchStream*, const absl::Status&)> on_end);

  // Queues a piece of the state. What is sent to bring somebody up waits as long as it takes: whoever sends it waits
  // for it to be written.
  void Send(const Reply& message) ABSL_LOCKS_EXCLUDED(mutex_);

  // The same with a change that came before he lived on the changes; passed over if its revision has been reached.
  void SendMissed(const Reply& message, int64_t revision) ABSL_LOCKS_EXCLUDED(mutex_);

  // The same with a change as it comes. More than the limit waiting ends the stream with WATCH_TOO_SLOW.
  void SendChange(const Reply& message, int64_t revision) ABSL_LOCKS_EXCLUDED(mutex_);

  // The same with a message that says where the scope stands; passed over, too, while something waits that says more.
  void SendHeartbeat(const Reply& message, int64_t revision) ABSL_LOCKS_EXCLUDED(mutex_);

  // The caller knows everything up to this revision.
  void Reach(int64_t revision) ABSL_LOCKS_EXCLUDED(mutex_);

  // Calls `then` once, when all that was pushed has been taken; perhaps at once. Never if the stream ends
  // before. One at a time.
  void WhenWritten(std::function<void()> then) ABSL_LOCKS_EXCLUDED(mutex_);

  // Ends it; what waits is dropped. Only the first end counts.
  void End(absl::Status status) ABSL_LOCKS_EXCLUDED(mutex_);
  bool ended() const ABSL_LOCKS_EXCLUDED(mutex_);

  // The most bytes that ever waited behind the message that was on its way.
  size_t most_waiting_bytes() const ABSL_LOCKS_EXCLUDED(mutex_);

  // Looked at from time to time. Whoever is still being brought up and has not taken a message
  // for a whole `patience` is cut off; one that has ended and takes not even what was on its way is given up.
  void CheckProgress(absl::Time now, absl::Duration patience) ABSL_LOCKS_EXCLUDED(mutex_);

  void OnWritten(bool taken) override ABSL_LOCKS_EXCLUDED(mutex_);
  void OnGone() override;

 private:
  void SendAfter(const Reply& message, int64_t revision, size_t limit_bytes) ABSL_LOCKS_EXCLUDED(mutex_);
  // Whether the caller is now to write the message, without the lock.
  bool Enqueue(const Reply& message, size_t limit_bytes) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  // Whether the caller is now to call Finish, without the lock.
  bool Close(absl::Status status) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void Finish() ABSL_LOCKS_EXCLUDED(mutex_);

  const WatchOpening opening_;
  const size_t limit_bytes_;
  const std::function<void(const WatchStream*, const absl::Status&)> on_end_;

  mutable absl::Mutex mutex_;
  std::deque<Reply> waiting_ ABSL_GUARDED_BY(mutex_);
  size_t waiting_bytes_ ABSL_GUARDED_BY(mutex_) = 0;
  size_t most_waiting_bytes_ ABSL_GUARDED_BY(mutex_) = 0;
  bool writing_ ABSL_GUARDED_BY(mutex_) = false;
  absl::Time stuck_since_ ABSL_GUARDED_BY(mutex_) = absl::InfiniteFuture();  // When the look before found it writing.
  uint64_t written_ ABSL_GUARDED_BY(mutex_) = 0;
  uint64_t written_at_look_ ABSL_GUARDED_BY(mutex_) = 0;
  int64_t revision_ ABSL_GUARDED_BY(mutex_) = -1;
  bool ended_ ABSL_GUARDED_BY(mutex_) = false;
  absl::Status status_ ABSL_GUARDED_BY(mutex_);
  std::function<void()> then_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace concord::rpc

#endif  // COMMON_RPC_WATCH_STREAM_H_
