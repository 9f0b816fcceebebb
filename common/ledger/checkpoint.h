// One past state as the store keeps it: a whole scope at the end of a segment of the log, whatever this program knows
// of its collections.
#ifndef COMMON_LEDGER_CHECKPOINT_H_
#define COMMON_LEDGER_CHECKPOINT_H_

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/optional.h"
#include "common/ledger/event.h"
#include "common/ledger/store.h"
#include "concord/ledger/v1/checkpoint.pb.h"

namespace concord::ledger {

// One collection of it.
struct CheckpointRows {
  int64_t last_change = 0;
  std::map<std::string, StateRecord> records;  // By name.
};

// Its head, from which the rest is read. Immutable; the store must outlive it. Reading waits for the store.
class Checkpoint {
 public:
  // The one at the end of segment `segment`, which is 1 for revisions 1 to kSegmentLength; absent if there is none.
  static absl::StatusOr<absl::optional<Checkpoint>> Read(Store& store, const std::string& scope, int64_t segment);

  // The same of each of these segments, in one round trip.
  static absl::StatusOr<std::vector<absl::optional<Checkpoint>>> Read(Store& store, const std::string& scope,
                                                                      const std::vector<int64_t>& segments);

  // The key of it beside the scope, and a field of it.
  static std::string KeyOf(int64_t segment);
  static std::string PieceField(const std::string& collection, int number);

  // Where the state stands.
  const Position& position() const { return position_; }
  int64_t byte_count() const { return head_.byte_count(); }
  std::vector<std::string> collections() const;  // All that had been changed by then.

  // Of a collection that had not been changed: nothing. DATA_LOSS if it is damaged.
  absl::StatusOr<CheckpointRows> Rows(const std::string& collection) const;

 private:
  Checkpoint(Store& store, std::string scope, v1::CheckpointHead head);
  absl::Status Damaged(const std::string& collection) const;

  Store* store_;
  std::string scope_;
  v1::CheckpointHead head_;
  Position position_;
};
inline constexpr char kCheckpointHeadField[] = "head";

}  // namespace concord::ledger

#endif  // COMMON_LEDGER_CHECKPOINT_H_
