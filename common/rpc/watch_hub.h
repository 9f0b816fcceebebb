// All watches of a service.
#ifndef COMMON_RPC_WATCH_HUB_H_
#define COMMON_RPC_WATCH_HUB_H_

#include <atomic>
#include <memory>
#include <string>
#include <thread>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/status/status.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "absl/types/optional.h"
#include "common/rpc/answer_watch.h"
#include "common/rpc/engine.h"
#include "common/rpc/watch_channel.h"
#include "common/rpc/watch_messages.h"
#include "common/rpc/watch_start.h"
#include "common/rpc/watch_stream.h"
#include "common/rpc/watch_token.h"

namespace concord::rpc {

struct WatchOptions {
  int watches_limit = 2000;
  size_t queue_bytes = 4 << 20;  // Of messages that wait for one watcher.
  // Of commits that one channel has yet to tell; with more its watchers are brought up from the log.
  size_t untold_bytes = 4 << 20;
  // Between messages to a watcher who has nothing to be told; a quarter more if the store is silent.
  absl::Duration heartbeat = absl::Seconds(10);
  // Between two answers to a watch of one; what happened meanwhile is told as one.
  absl::Duration answer_pace = absl::Milliseconds(250);
};

// Since the start, but for `open` and `most_waiting_bytes`. Values, read at one moment.
struct WatchStatistics {
  int64_t open = 0;
  uint64_t begun = 0;
  uint64_t messages = 0;  // Handed to live watchers.
  uint64_t cut_off = 0;   // With WATCH_TOO_SLOW.
  uint64_t refused = 0;   // With WATCHES_EXHAUSTED.
  uint64_t lagged = 0;    // Channels that gave up telling, because commits came faster.
  // The most bytes that ever waited for one of those who are watching now.
  uint64_t most_waiting_bytes = 0;
};

// Thread-safe. One thread tells all watchers of changes, and one timer is for all heartbeats; two more threads
// send states and read the log.
class WatchHub {
 public:
  // The parts and tokens must outlive the hub. The store's client must be closed before the hub is destroyed.
  WatchHub(const EngineParts& parts, const WatchTokens* tokens, WatchOptions options);
  ~WatchHub();
  WatchHub(const WatchHub&) = delete;
  WatchHub& operator=(const WatchHub&) = delete;

  // Begins a watch, from `place` or, without one, with the state `fenced`. Returns at once. RESOURCE_EXHAUSTED with
  // WATCHES_EXHAUSTED, UNAVAILABLE with SHUTTING_DOWN; then the opening is not touched.
  absl::Status Open(WatchedPart part, const absl::optional<WatchPlace>& place, ledger::SnapshotPtr fenced,
                    WatchOpening opening);

  // Begins a watch of an answer. As Open.
  absl::Status OpenAnswer(AnswerWatch watch, WatchOpening opening);

  // Ends all watches with SHUTTING_DOWN and takes no new ones. Does not wait for what is on its way. Idempotent.
  void Stop();

  WatchStatistics statistics() const;
  const WatchOptions& options() const { return options_; }
  const WatchTokens& tokens() const { return *tokens_; }

 private:
  void Run();
  void Tick();
  absl::StatusOr<std::shared_ptr<WatchStream>> NewStream(WatchOpening opening) ABSL_LOCKS_EXCLUDED(mutex_);
  // Those that are watched; the others are closed.
  std::vector<std::shared_ptr<WatchChannel>> Channels() ABSL_LOCKS_EXCLUDED(channels_mutex_);
  void Tell(const WatchNews& news);
  // Those who stood on a history that is gone, perhaps, or whose channel lags behind.
  void Rejoin(const std::shared_ptr<WatchChannel>& channel);
  absl::StatusOr<std::shared_ptr<WatchChannel>> ChannelOf(const std::shared_ptr<const WatchMessages>& messages);
  std::shared_ptr<WatchChannel> FindChannel(const std::shared_ptr<const WatchMessages>& messages, absl::Status& heard)
      ABSL_LOCKS_EXCLUDED(channels_mutex_);
  WatchStart::Helpers Helpers();
  void OnEnd(const WatchStream* stream, const absl::Status& status) ABSL_LOCKS_EXCLUDED(mutex_);
  std::vector<std::shared_ptr<WatchStream>> Streams() const ABSL_LOCKS_EXCLUDED(mutex_);

  const EngineParts parts_;
  const WatchTokens* const tokens_;
  const WatchOptions options_;
  const std::shared_ptr<WatchInbox> inbox_;  // Shared with channels that views still hold.
  std::atomic<uint64_t> messages_{0};

  // Taken before a channel's.
  absl::Mutex channels_mutex_;
  absl::flat_hash_map<std::string, std::shared_ptr<WatchChannel>> channels_ ABSL_GUARDED_BY(channels_mutex_);

  // Taken after all others.
  mutable absl::Mutex mutex_;
  absl::flat_hash_map<const WatchStream*, std::shared_ptr<WatchStream>> streams_ ABSL_GUARDED_BY(mutex_);
  WatchStatistics statistics_ ABSL_GUARDED_BY(mutex_);
  bool stopped_ ABSL_GUARDED_BY(mutex_) = false;

  std::unique_ptr<ledger::Background> starting_;
  AnswerWatches answers_;
  std::thread telling_;
};

}  // namespace concord::rpc

#endif  // COMMON_RPC_WATCH_HUB_H_
