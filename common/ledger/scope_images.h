// A scope as its log leaves it, whatever a program knows of its collections: images, not messages.
#ifndef COMMON_LEDGER_SCOPE_IMAGES_H_
#define COMMON_LEDGER_SCOPE_IMAGES_H_

#include <cstdint>
#include <map>
#include <string>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/ledger/checkpoint.h"
#include "common/ledger/event.h"
#include "concord/ledger/v1/checkpoint.pb.h"

namespace concord::ledger {

// A value, of one thread at a time. Empty at first: revision 0.
class ScopeImages {
 public:
  // All that a checkpoint has. Waits for the store. DATA_LOSS if it is damaged.
  static absl::StatusOr<ScopeImages> From(const Checkpoint& checkpoint);

  // The state after `event`. DATA_LOSS if it does not follow.
  absl::Status Take(const Event& event, const std::string& epoch);

  const Position& position() const { return position_; }
  int64_t byte_count() const { return byte_count_; }  // Of names and images.

  // Hands out the pieces, numbered within their collection, and fills the head that belongs to them.
  using WritePiece =
      absl::FunctionRef<absl::Status(const std::string& collection, int number, const std::string& bytes)>;
  absl::Status ToCheckpoint(v1::CheckpointHead& head, WritePiece write) const;

 private:
  void Forget(CheckpointRows& rows, const std::string& name);
  void Put(CheckpointRows& rows, const std::string& name, StateRecord record);

  Position position_;
  std::map<std::string, CheckpointRows> collections_;
  int64_t byte_count_ = 0;
};

}  // namespace concord::ledger

#endif  // COMMON_LEDGER_SCOPE_IMAGES_H_
