// Past states that are kept in the store, so that none need be folded from the first event of its scope.
//
// A checkpoint is a whole scope at the end of a segment of the log, whatever this program knows of it: images are
// folded, not messages. It is a cache: whoever has passed such a place on the log makes what is due, and what is
// missing, damaged, or of another history is passed over.
#ifndef COMMON_LEDGER_CHECKPOINTS_H_
#define COMMON_LEDGER_CHECKPOINTS_H_

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "absl/types/optional.h"
#include "common/ledger/background.h"
#include "common/ledger/snapshot.h"
#include "common/ledger/store.h"
#include "concord/ledger/v1/checkpoint.pb.h"

namespace concord::ledger {

// Of what is kept, for each segment of the log: a larger state is kept at fewer places. Each segment of events takes
// about as much itself.
inline constexpr int64_t kCheckpointBytesPerSegment = 1 << 20;

class ScopeImages;

// One collection as it is kept.
struct CheckpointRows {
  int64_t last_change = 0;
  std::map<std::string, StateRecord> records;  // By name.
};

// A checkpoint, read in parts. Waits for the store.
class Checkpoint {
 public:
  // The one at the end of segment `segment`, which is 1 for revisions 1 to kSegmentLength; absent if there is none.
  static absl::StatusOr<absl::optional<Checkpoint>> Read(Store& store, const std::string& scope, int64_t segment);

  const Position& position() const { return position_; }
  int64_t byte_count() const { return head_.byte_count(); }
  std::vector<std::string> collections() const;  // All that had been changed by then.

  // Of one that had not been changed: nothing. DATA_LOSS if it is damaged.
  absl::StatusOr<CheckpointRows> Rows(const std::string& collection) const;

 private:
  Checkpoint(Store& store, std::string scope, v1::CheckpointHead head);

  Store* store_;
  std::string scope_;
  v1::CheckpointHead head_;
  Position position_;
};

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
  // What to fold from: the same, or the empty scope.
  absl::StatusOr<ScopeImages> Begin(const std::string& scope, int64_t segment, const Position& head);
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
