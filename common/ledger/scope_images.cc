#include "common/ledger/scope_images.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "common/ledger/digest.h"
#include "common/ledger/encoding.h"
#include "common/status/macros.h"

namespace concord::ledger {
namespace {

constexpr size_t kPieceBytes = 256 << 10;  // So that no piece holds Redis up for long.

int64_t BytesOf(const std::string& name, const StateRecord& record) {
  return static_cast<int64_t>(name.size() + record.image.size());
}

void AddRow(const std::string& name, const StateRecord& record, v1::CheckpointPiece& piece) {
  v1::CheckpointRow& row = *piece.add_rows();
  row.set_name(name);
  row.set_image(record.image);
  row.set_revision(record.stamp.revision);
  row.set_update_time_micros(absl::ToUnixMicros(record.stamp.update_time));
  row.set_create_time_micros(absl::ToUnixMicros(record.stamp.create_time));
  row.set_digest_piece(record.stamp.digest_piece);
}

}  // namespace

absl::StatusOr<ScopeImages> ScopeImages::From(const Checkpoint& checkpoint) {
  ScopeImages images;
  images.position_ = checkpoint.position();
  for (const std::string& collection : checkpoint.collections()) {
    CONCORD_ASSIGN_OR_RETURN(CheckpointRows rows, checkpoint.Rows(collection));
    for (const auto& [name, record] : rows.records) images.byte_count_ += BytesOf(name, record);
    images.collections_.emplace(collection, std::move(rows));
  }
  return images;
}

void ScopeImages::Forget(CheckpointRows& rows, const std::string& name) {
  const auto known = rows.records.find(name);
  if (known == rows.records.end()) return;
  byte_count_ -= BytesOf(name, known->second);
  rows.records.erase(known);
}

void ScopeImages::Put(CheckpointRows& rows, const std::string& name, StateRecord record) {
  Forget(rows, name);
  byte_count_ += BytesOf(name, record);
  rows.records.emplace(name, std::move(record));
}

absl::Status ScopeImages::Take(const Event& event, const std::string& epoch) {
  if (!Follows(event, position_)) {
    return absl::DataLossError(
        absl::StrCat("revision ", event.revision, " does not follow revision ", position_.revision));
  }
  for (const v1::Change& change : event.body.changes()) {
    CheckpointRows& rows = collections_[change.collection()];
    rows.last_change = event.revision;
    if (change.end()) {
      Forget(rows, change.name());
      continue;
    }
    StateRecord record;
    record.stamp = StampAfter(change, event);
    record.image = change.image();
    Put(rows, change.name(), std::move(record));
  }
  position_ = Position{epoch, event.revision, event.digest, event.time};
  return absl::OkStatus();
}

absl::Status ScopeImages::ToCheckpoint(v1::CheckpointHead& head, WritePiece write) const {
  head.set_epoch(position_.epoch);
  head.set_revision(position_.revision);
  head.set_digest(position_.digest);
  head.set_time_micros(absl::ToUnixMicros(position_.time));
  head.set_byte_count(byte_count_);
  for (const auto& [id, rows] : collections_) {
    v1::CheckpointCollection& collection = *head.add_collections();
    collection.set_collection(id);
    collection.set_last_change(rows.last_change);
    v1::CheckpointPiece piece;
    size_t bytes = 0;
    const auto finish_piece = [&, &id = id]() {
      const std::string text = Encode(piece);
      CONCORD_RETURN_IF_ERROR(write(id, collection.piece_sha256s_size(), text));
      collection.add_piece_sha256s(Sha256Hex(text));
      piece.Clear();
      bytes = 0;
      return absl::OkStatus();
    };
    for (const auto& [name, record] : rows.records) {
      AddRow(name, record, piece);
      bytes += record.image.size();
      if (bytes >= kPieceBytes) CONCORD_RETURN_IF_ERROR(finish_piece());
    }
    if (piece.rows_size() > 0) CONCORD_RETURN_IF_ERROR(finish_piece());
  }
  return absl::OkStatus();
}

}  // namespace concord::ledger
