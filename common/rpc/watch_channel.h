// What all watchers of the same thing share: one subscription to a view, and each
// commit encoded once.
#ifndef COMMON_RPC_WATCH_CHANNEL_H_
#define COMMON_RPC_WATCH_CHANNEL_H_

#include <atomic>
#include <deque>
#include <memory>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "common/ledger/view.h"
#include "common/rpc/watch_messages.h"
#include "common/rpc/watch_stream.h"

namespace concord::rpc {

class WatchChannel;

// Something that has to be told to the watchers of a channel.
struct WatchNews {
  // Lagging: commits that came after it were not put down.
  enum class Kind { kCommit, kHeartbeat, kDiverged, kLagging };
  std::shared_ptr<WatchChannel> channel;
  Kind kind = Kind::kCommit;
  ledger::SnapshotPtr state;             // After a commit; what a heartbeat proves; null if it proves nothing.
  std::vector<ledger::v1::Change> what;  // Of a commit: name, collection and end of each change; no images.
  size_t bytes = 0;                      // Of a commit: about what the state holds in memory only for its sake.
};

// Where views leave the news and the hub's thread takes it. Thread-safe.
class WatchInbox {
 public:
  void Put(WatchNews news) ABSL_LOCKS_EXCLUDED(mutex_);
  // Waits for news, at most for so long.
  std::deque<WatchNews> Take(absl::Duration limit) ABSL_LOCKS_EXCLUDED(mutex_);
  // Nothing is taken or waited for any more.
  void Close() ABSL_LOCKS_EXCLUDED(mutex_);

 private:
  absl::Mutex mutex_;
  std::deque<WatchNews> news_ ABSL_GUARDED_BY(mutex_);
  bool closed_ ABSL_GUARDED_BY(mutex_) = false;
};

// Thread-safe. Shared by its view, the hub, and the news about it.
class WatchChannel : public ledger::Subscriber, public std::enable_shared_from_this<WatchChannel> {
 public:
  // `recent_bytes`: of the last messages that are kept for whoever is about to join. `untold_bytes`: of commits that
  // are yet to be told; one may always wait. With more the channel says kLagging, and no more.
  WatchChannel(std::shared_ptr<const WatchMessages> messages, std::shared_ptr<ledger::View> view,
               std::shared_ptr<WatchInbox> inbox, size_t recent_bytes, size_t untold_bytes);

  // Begins to listen; once. UNAVAILABLE if the view has nothing loaded.
  absl::Status Listen() ABSL_LOCKS_EXCLUDED(mutex_);

  enum class Joined { kYes, kTooFarBehind, kDiverged, kClosed };
  // From now on the stream is sent every change after `position`, without gap or repetition. Too far behind: what
  // lies between is not at hand, read it from the log. Diverged: the position is of another history. Closed: take
  // a new channel. `greet`: tell him where the scope stands, although nothing is new.
  Joined Join(const std::shared_ptr<WatchStream>& stream, const ledger::Position& position, bool greet)
      ABSL_LOCKS_EXCLUDED(mutex_);

  // Tells the watchers. Called by one thread, in the order of the news. Returns how many messages were handed out.
  size_t Tell(const WatchNews& news) ABSL_LOCKS_EXCLUDED(mutex_);

  // Leaves the view. The watchers that there were, and where they stand.
  std::vector<std::shared_ptr<WatchStream>> Close(ledger::Position& position) ABSL_LOCKS_EXCLUDED(mutex_);

  // The same if nobody watches; whether it is closed now.
  bool CloseIfEmpty() ABSL_LOCKS_EXCLUDED(mutex_);

  // Ends all watches of it.
  void EndAll(const absl::Status& status) ABSL_LOCKS_EXCLUDED(mutex_);

  // Asks for a heartbeat, which comes as news.
  void Fence();

  // If it has not come yet, one that proves nothing takes its place.
  void StopWaiting();

  const std::shared_ptr<const WatchMessages>& messages() const { return messages_; }

  void OnEvent(const ledger::Event& event, const ledger::SnapshotPtr& after) override;
  void OnDiverged() override;

 private:
  Reply MessageOf(const WatchNews& news) const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void Remember(int64_t revision, const Reply& message) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  // Whoever read the log further than the channel has come is held against what the channel then finds.
  void CheckAhead(const ledger::Position& reached) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void DropEnded() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  const std::shared_ptr<const WatchMessages> messages_;  // Shared with the watchers' beginnings.
  const std::shared_ptr<ledger::View> view_;
  const std::shared_ptr<WatchInbox> inbox_;
  const size_t recent_bytes_limit_;
  const size_t untold_bytes_limit_;

  std::atomic<bool> fencing_{false};
  std::atomic<size_t> untold_bytes_{0};
  bool lagging_ = false;  // Of OnEvent alone, which is called by one thread at a time.

  absl::Mutex mutex_;
  bool closed_ ABSL_GUARDED_BY(mutex_) = false;
  ledger::SnapshotPtr told_ ABSL_GUARDED_BY(mutex_);  // The state that the watchers know.
  std::vector<std::shared_ptr<WatchStream>> streams_ ABSL_GUARDED_BY(mutex_);
  std::vector<std::pair<ledger::Position, std::shared_ptr<WatchStream>>> ahead_ ABSL_GUARDED_BY(mutex_);
  // The last messages, for whoever is about to join: all there are after `recent_after_`.
  std::deque<std::pair<int64_t, Reply>> recent_ ABSL_GUARDED_BY(mutex_);
  size_t recent_bytes_ ABSL_GUARDED_BY(mutex_) = 0;
  int64_t recent_after_ ABSL_GUARDED_BY(mutex_) = 0;
};

}  // namespace concord::rpc

#endif  // COMMON_RPC_WATCH_CHANNEL_H_
