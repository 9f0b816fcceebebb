// Past states that are kept in the store, so that none need be folded from the first event of its scope.
//
// A checkpoint is one collection at the end of a segment of the log. It is a cache: whoever folds or follows the log
// past such a place keeps one, and what is missing, damaged, or of another history is passed over.
#ifndef COMMON_LEDGER_CHECKPOINTS_H_
#define COMMON_LEDGER_CHECKPOINTS_H_

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/optional.h"
#include "common/ledger/background.h"
#include "common/ledger/snapshot.h"
#include "common/ledger/store.h"

namespace concord::ledger {

// Of what is kept, for each segment of the log: a larger state is kept at fewer places. Each segment of events takes
// about as much itself.
inline constexpr size_t kCheckpointBytesPerSegment = 1 << 20;

// One collection at the end of a segment.
struct Checkpoint {
  Position position;
  int64_t last_change = 0;
  std::vector<std::pair<std::string, StateRecord>> records;  // Name and record, in the order of names.
};

// The checkpoint of a collection at the end of segment `segment`, which is 1 for revisions 1 to kSegmentLength; absent
// if there is none. DATA_LOSS if it is damaged. Waits for the store.
absl::StatusOr<absl::optional<Checkpoint>> ReadCheckpoint(Store& store, const std::string& scope, int64_t segment,
                                                          const std::string& collection);

// Thread-safe. What it is made with must outlive it, and it the tasks of `background`.
class Checkpoints {
 public:
  Checkpoints(Store* store, const Stamper* stamper, Background* background)
      : store_(store), stamper_(stamper), background_(background) {}

  // Whether a state that stands at `revision` may be kept.
  static bool IsPlace(int64_t revision);

  // Keeps the state soon, if it stands at such a place and its like is not there yet. Returns at once; a state that
  // could not be kept is left out.
  void Offer(const SnapshotPtr& state);

  // The same, and waits for the store.
  absl::Status Keep(const Snapshot& state);

  // The latest state at or before `revision` of the history that ends in `head`; null if none is kept. Waits for the
  // store.
  absl::StatusOr<SnapshotPtr> Latest(const std::string& scope, const std::vector<const Collection*>& collections,
                                     int64_t revision, const Position& head);

 private:
  absl::Status KeepCollection(const Snapshot& state, const std::string& collection);
  // Null if what is kept cannot be used.
  absl::StatusOr<SnapshotPtr> Load(const std::string& scope, const std::vector<const Collection*>& collections,
                                   int64_t segment, const Position& head);

  Store* const store_;
  const Stamper* const stamper_;
  Background* const background_;
};

}  // namespace concord::ledger

#endif  // COMMON_LEDGER_CHECKPOINTS_H_
