// Follows the scopes that somebody watches: one blocking read over all of them
// wakes their views the moment something is committed.
#ifndef COMMON_LEDGER_FOLLOWER_H_
#define COMMON_LEDGER_FOLLOWER_H_

#include <atomic>
#include <memory>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "common/ledger/views.h"
#include "common/redis/client.h"

namespace concord::ledger {

// Owns a turn of work that repeats itself until the follower is destroyed. The
// blocking read is only a wake-up: what is new is then fetched by the view's own
// fence, which proves order, completeness and, with replicas, survival.
class Follower {
 public:
  // `client` must be the follower's own, for a blocking read holds its
  // connection; its batch timeout must be longer than kBlock. Both must outlive the follower.
  Follower(redis::Client* client, redis::Loop* loop, Views* views);
  // Returns when nothing of it runs any more. Close the client first.
  ~Follower();

  // A scope that is subscribed to is looked at from the next read on: the one that is
  // under way is not disturbed, and ends within this time.
  static constexpr absl::Duration kBlock = absl::Milliseconds(200);

 private:
  class Turn;
  std::shared_ptr<Turn> turn_;  // Shared with the answers that are on their way.
};

}  // namespace concord::ledger

#endif  // COMMON_LEDGER_FOLLOWER_H_
