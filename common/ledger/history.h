// The history of one resource: a walk from commit to commit, not a scan.
#ifndef COMMON_LEDGER_HISTORY_H_
#define COMMON_LEDGER_HISTORY_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "common/ledger/store.h"

namespace concord::ledger {

// One step of the walk: the commit and which of its changes is meant.
struct HistoryStep {
  Event event;
  int change = 0;  // Index into event.body.changes().

  int64_t previous_revision() const { return event.body.changes(change).previous_revision(); }
};

// At most `limit` commits that changed `name`, newest first, beginning with `revision`,
// which must have changed it. Waits for the store: never call it on a thread of gRPC.
absl::StatusOr<std::vector<HistoryStep>> WalkHistory(Store& store, const std::string& scope, const std::string& name,
                                                     int64_t revision, int limit);

}  // namespace concord::ledger

#endif  // COMMON_LEDGER_HISTORY_H_
