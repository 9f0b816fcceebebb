// What a watch is about, and the messages that it consists of. Every message is
// encoded once, whoever and however many it is for.
#ifndef COMMON_RPC_WATCH_MESSAGES_H_
#define COMMON_RPC_WATCH_MESSAGES_H_

#include <functional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "common/ledger/snapshot.h"
#include "common/rpc/access.h"
#include "common/rpc/reply.h"
#include "common/rpc/watch_token.h"
#include "concord/ledger/v1/ledger_service.pb.h"

namespace concord::rpc {

// Which part of a scope is watched, and by whom.
struct WatchedPart {
  std::string scope;
  std::string parent;                                  // A resource's name, or the scope itself: all of it.
  std::vector<const ledger::Collection*> collections;  // In the order of their ids.
  std::string arguments;                               // What was asked for, for tokens.
  Caller caller;
  std::string method;  // By whose right.

  // The collection; null if a resource of this name and collection is not of the part.
  const ledger::Collection* Find(absl::string_view collection, absl::string_view name) const;

  // Equal for watches that are sent the same bytes.
  std::string Key() const;
};

// One resource that a commit changed.
struct WatchedChange {
  std::string name;
  const ledger::Resource* after = nullptr;  // Null if it ended.
  // Whether the caller could see it before; asked only if he cannot see it now.
  std::function<bool()> was_visible;
};

// Immutable; thread-safe. What it is given must outlive it.
class WatchMessages {
 public:
  WatchMessages(WatchedPart part, const AccessPolicy* access, const WatchTokens* tokens);

  const WatchedPart& part() const { return part_; }
  bool Visible(const ledger::Resource& resource) const {
    return !resource.sealed && access_->Visible(part_.caller, resource);
  }

  // The next piece of a state, of about `bytes` and at least one resource. Null after the last one.
  // `last_name`: the last of the piece before, empty for the first; becomes that of this one.
  Reply PieceOfState(const ledger::Snapshot& state, size_t bytes, std::string& last_name) const;

  // The end of a state.
  Reply EndOfState(const ledger::Position& position) const;

  // Where the scope stands.
  Reply Heartbeat(const ledger::Position& position, bool current) const;

  // What one commit changed, which led to `position`; null if there is nothing to tell of it.
  Reply Changes(const ledger::Position& position, const std::vector<WatchedChange>& changes) const;

 private:
  ledger::v1::WatchResourcesResponse At(const ledger::Position& position) const;

  const WatchedPart part_;
  const AccessPolicy* const access_;
  const WatchTokens* const tokens_;
};

}  // namespace concord::rpc

#endif  // COMMON_RPC_WATCH_MESSAGES_H_
