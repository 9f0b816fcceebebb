// What comes before a watcher lives on the changes of his channel: the state, or
// what he missed.
#ifndef COMMON_RPC_WATCH_START_H_
#define COMMON_RPC_WATCH_START_H_

#include <functional>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "absl/types/optional.h"
#include "common/rpc/engine.h"
#include "common/rpc/watch_channel.h"
#include "common/rpc/watch_messages.h"
#include "common/rpc/watch_stream.h"
#include "common/rpc/watch_token.h"

namespace concord::rpc {

// Goes in steps, each on a background thread, and the next only when what the last one
// sent has been taken. So a watcher holds no thread, and no more than one piece of memory.
// At most one step at a time; held by shared_ptr by whoever runs the next one.
class WatchStart : public std::enable_shared_from_this<WatchStart> {
 public:
  // What the hub does for it.
  struct Helpers {
    std::function<bool(std::function<void()>)> post;  // Runs a step; false if it is too late for that.
    // The channel of these messages, listening.
    std::function<absl::StatusOr<std::shared_ptr<WatchChannel>>(const std::shared_ptr<const WatchMessages>&)> channel;
    absl::Duration heartbeat;
  };

  // With the state, from a snapshot that a fence has proven.
  WatchStart(const EngineParts& parts, Helpers helpers, std::shared_ptr<const WatchMessages> messages,
             std::shared_ptr<WatchStream> stream, ledger::SnapshotPtr state);
  // From a place where somebody stood, which need not be one of this history.
  WatchStart(const EngineParts& parts, Helpers helpers, std::shared_ptr<const WatchMessages> messages,
             std::shared_ptr<WatchStream> stream, WatchPlace place);

  // Comes soon, on another thread.
  void Begin() { Next(); }

 private:
  enum class Phase { kPastState, kState, kPlace, kLog };

  void Next();
  void Step();
  // Whether the watcher lives on its channel now.
  absl::StatusOr<bool> Advance();
  absl::Status FetchPastState();
  void SendState();
  absl::Status CheckPlace();
  absl::StatusOr<bool> Join();
  absl::Status ReadLog();

  absl::StatusOr<ledger::SnapshotPtr> Fenced() const;
  absl::StatusOr<Reply> MessageOf(const ledger::Event& event);
  bool WasVisible(const ledger::v1::Change& change, const ledger::Collection& collection, absl::Status& problem) const;

  const EngineParts parts_;
  const Helpers helpers_;
  const std::shared_ptr<const WatchMessages> messages_;  // Shared with the channel.
  const std::shared_ptr<WatchStream> stream_;

  Phase phase_;
  WatchPlace place_;
  ledger::SnapshotPtr state_;
  std::string last_name_;
  ledger::Position position_;  // What the watcher knows, once the state has been sent.
  int page_events_;
  bool greet_ = true;                       // Nothing has told him yet that he is listened to.
  absl::Time told_ = absl::InfinitePast();  // When something was sent last.
};

}  // namespace concord::rpc

#endif  // COMMON_RPC_WATCH_START_H_
