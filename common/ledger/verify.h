// The proof of a scope: folds its whole log again and holds the outcome against
// what is stored.
#ifndef COMMON_LEDGER_VERIFY_H_
#define COMMON_LEDGER_VERIFY_H_

#include <functional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "common/ledger/collection.h"
#include "common/ledger/store.h"

namespace concord::ledger {

struct Verification {
  int64_t revision = 0;       // Folded so far.
  int64_t head_revision = 0;  // Where the fold ends.
  int64_t resources = 0;      // In the state at `revision`.
  std::string digest;         // At `revision`.
  // Sentences, each about one thing that is wrong; at most kFindingsLimit.
  std::vector<std::string> findings;
};
inline constexpr size_t kFindingsLimit = 100;

// A point of the history as it was noted elsewhere: in a backup, in a published report.
struct Anchor {
  int64_t revision = 0;  // From 1 on.
  std::string digest;    // Hexadecimal: all of it, or its first digits.
};

// What a scope is held against besides itself.
struct VerifyOptions {
  std::vector<Anchor> anchors;  // Each must be in the log.
  // Those whose unique values are known; who holds values in any other collection must only exist.
  std::vector<const Collection*> collections;
};

// ABORTED if the scope is replaced meanwhile; otherwise errors are those of Store but
// DATA_LOSS, which is a finding.
// Checks: revisions without gaps, times that grow, the chain of digests, every change's
// previous revision and creation time, every stored record byte for byte, records that no event
// explains, the last change of every collection, the unique values that living resources hold against those that are
// reserved, both ways, the checkpoints, the head, that nothing lies beyond it, and the anchors. A
// scope without a head is a finding, too: either nothing was ever committed to it, or all of it is lost. Commits may go
// on meanwhile; what they change is compared at the revision they made. Calls `progress` about every kProgressEvents
// events and between the parts of the comparison; it returns false to give up (CANCELLED). Waits for the store: never
// call it on a thread of gRPC.
absl::StatusOr<Verification> VerifyScope(Store& store, const std::string& scope, const VerifyOptions& options,
                                         const std::function<bool(const Verification&)>& progress);
inline constexpr int64_t kProgressEvents = 1'000;

}  // namespace concord::ledger

#endif  // COMMON_LEDGER_VERIFY_H_
