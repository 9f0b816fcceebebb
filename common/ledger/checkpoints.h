// Past states that are kept in the store, so that none need be folded from the first event of its scope.
//
// They are a cache: whoever has passed such a place on the log has made what is due, and what is missing, damaged, or
// of another history is passed over.
#ifndef COMMON_LEDGER_CHECKPOINTS_H_
#define COMMON_LEDGER_CHECKPOINTS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_set.h"
#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "absl/types/optional.h"
#include "common/ledger/background.h"
#include "common/ledger/checkpoint.h"
#include "common/ledger/snapshot.h"
#include "common/ledger/store.h"

namespace concord::ledger {

// Of what is kept, for each segment of the log: a larger state is kept at fewer places. Each segment of events takes
// about as much itself.
inline constexpr int64_t kCheckpointBytesPerSegment = 1 << 20;

// Thread-safe. What it is made with must outlive it, and it the tasks of `background`.
class Checkpoints {
 public:
  Checkpoints(Store* store, const Stamper* stamper, Background* background)
      : store_(store), stamper_(stamper), background_(background) {}

  // Whether a state may be kept at this revision.
  static bool IsPlace(int64_t revision);

  // Makes what is due up to `revision`, soon: somebody has just been there. Returns at once.
  void Offer(const std::string& scope, int64_t revision) ABSL_LOCKS_EXCLUDED(mutex_);

  // The same, and waits for the store.
  absl::Status Advance(const std::string& scope, int64_t revision);

  // The latest state at or before `revision` of the history that ends in `head`, with these collections; null if none
  // is kept. Waits for the store.
  absl::StatusOr<SnapshotPtr> Latest(const std::string& scope, const std::vector<const Collection*>& collections,
                                     int64_t revision, const Position& head);

 private:
  // The latest at or before segment `segment` that is part of the history that ends in `head`.
  absl::StatusOr<absl::optional<Checkpoint>> LatestAt(const std::string& scope, int64_t segment, const Position& head);
  // What `use` makes of that one; of the one before, if it is damaged, which is dropped then. Nothing without any.
  template <typename T>
  absl::StatusOr<absl::optional<T>> FromLatest(const std::string& scope, int64_t segment, const Position& head,
                                               absl::FunctionRef<absl::StatusOr<T>(const Checkpoint&)> use);
  absl::StatusOr<SnapshotPtr> StateOf(const Checkpoint& checkpoint, const std::string& scope,
                                      const std::vector<const Collection*>& collections);

  Store* const store_;
  const Stamper* const stamper_;
  Background* const background_;
  absl::Mutex mutex_;
  absl::flat_hash_set<std::string> advancing_ ABSL_GUARDED_BY(mutex_);  // Scopes.
};

}  // namespace concord::ledger

#endif  // COMMON_LEDGER_CHECKPOINTS_H_
