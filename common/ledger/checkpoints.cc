#include "common/ledger/checkpoints.h"

#include <algorithm>
#include <memory>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "common/ledger/digest.h"
#include "common/ledger/encoding.h"
#include "common/status/macros.h"
#include "concord/ledger/v1/checkpoint.pb.h"

namespace concord::ledger {
namespace {

constexpr char kHeadField[] = "head";
constexpr size_t kPieceBytes = 256 << 10;  // Some tenths of a millisecond of Redis.
constexpr int kPiecesAtOnce = 8;
constexpr int64_t kSegmentsAtOnce = 64;  // That are looked for in one round trip.

std::string KeyOf(int64_t segment, const std::string& collection) {
  return absl::StrCat("checkpoint:", segment, ":", collection);
}

absl::Status Damaged(const std::string& scope, int64_t segment, const std::string& collection) {
  return absl::DataLossError(
      absl::StrCat("the checkpoint of ", collection, " of ", scope, " at segment ", segment, " is damaged"));
}

size_t BytesOf(const Snapshot& state) {
  size_t bytes = 0;
  for (const Collection* collection : state.collections()) {
    state.List(collection->id).ForEachFrom("", [&](const Resource& resource) {
      bytes += resource.bytes.size() + resource.name.size();
      return true;
    });
  }
  return bytes;
}

// A power of two, so that whoever keeps more collections keeps them where others keep theirs, too.
int64_t SegmentsBetween(size_t bytes) {
  int64_t segments = 1;
  while (static_cast<size_t>(segments) * kCheckpointBytesPerSegment < bytes) segments *= 2;
  return segments;
}

void AddRow(const Resource& resource, const Stamper& stamper, v1::CheckpointPiece& piece) {
  const std::unique_ptr<google::protobuf::Message> message(resource.message->New());
  message->CopyFrom(*resource.message);
  stamper.Remove(*message);
  v1::CheckpointRow& row = *piece.add_rows();
  row.set_name(resource.name);
  row.set_image(Encode(*message));
  row.set_revision(resource.stamp.revision);
  row.set_update_time_micros(absl::ToUnixMicros(resource.stamp.update_time));
  row.set_create_time_micros(absl::ToUnixMicros(resource.stamp.create_time));
  row.set_digest_piece(resource.stamp.digest_piece);
}

std::pair<std::string, StateRecord> RecordOf(v1::CheckpointRow& row) {
  StateRecord record;
  record.stamp.revision = row.revision();
  record.stamp.update_time = absl::FromUnixMicros(row.update_time_micros());
  record.stamp.create_time = absl::FromUnixMicros(row.create_time_micros());
  record.stamp.digest_piece = row.digest_piece();
  record.image = std::move(*row.mutable_image());
  return {row.name(), std::move(record)};
}

Position PositionOf(const v1::CheckpointHead& head) {
  Position position;
  position.epoch = head.epoch();
  position.revision = head.revision();
  position.digest = head.digest();
  position.time = absl::FromUnixMicros(head.time_micros());
  return position;
}

}  // namespace

absl::StatusOr<absl::optional<Checkpoint>> ReadCheckpoint(Store& store, const std::string& scope, int64_t segment,
                                                          const std::string& collection) {
  const std::string key = KeyOf(segment, collection);
  CONCORD_ASSIGN_OR_RETURN(const std::vector<std::string> heads, store.ReadCached(scope, {{key, kHeadField}}));
  if (heads.front().empty()) return absl::optional<Checkpoint>();
  v1::CheckpointHead head;
  if (!head.ParseFromString(heads.front())) return Damaged(scope, segment, collection);
  Checkpoint checkpoint;
  checkpoint.position = PositionOf(head);
  checkpoint.last_change = head.last_change();
  for (int begin = 0; begin < head.piece_sha256s_size(); begin += kPiecesAtOnce) {
    std::vector<CachedName> names;
    const int end = std::min(begin + kPiecesAtOnce, head.piece_sha256s_size());
    for (int i = begin; i < end; ++i) names.push_back({key, absl::StrCat(i)});
    CONCORD_ASSIGN_OR_RETURN(const std::vector<std::string> texts, store.ReadCached(scope, names));
    for (int i = begin; i < end; ++i) {
      const std::string& text = texts[static_cast<size_t>(i - begin)];
      v1::CheckpointPiece piece;
      if (Sha256Hex(text) != head.piece_sha256s(i) || !piece.ParseFromString(text)) {
        return Damaged(scope, segment, collection);
      }
      for (v1::CheckpointRow& row : *piece.mutable_rows()) checkpoint.records.push_back(RecordOf(row));
    }
  }
  return absl::make_optional(std::move(checkpoint));
}

bool Checkpoints::IsPlace(int64_t revision) { return revision > 0 && revision % kSegmentLength == 0; }

void Checkpoints::Offer(const SnapshotPtr& state) {
  if (!IsPlace(state->position().revision)) return;
  // Nobody waits for it, and who folds the log makes what is missing.
  const bool taken = background_->Post([this, state] { Keep(*state).IgnoreError(); });
  static_cast<void>(taken);
}

absl::Status Checkpoints::Keep(const Snapshot& state) {
  const int64_t segment = state.position().revision / kSegmentLength;
  if (!IsPlace(state.position().revision) || segment % SegmentsBetween(BytesOf(state)) != 0) return absl::OkStatus();
  for (const Collection* collection : state.collections()) {
    CONCORD_RETURN_IF_ERROR(KeepCollection(state, collection->id));
  }
  return absl::OkStatus();
}

absl::Status Checkpoints::KeepCollection(const Snapshot& state, const std::string& collection) {
  const Position& position = state.position();
  const std::string key = KeyOf(position.revision / kSegmentLength, collection);
  CONCORD_ASSIGN_OR_RETURN(const std::vector<std::string> heads,
                           store_->ReadCached(state.scope(), {{key, kHeadField}}));
  v1::CheckpointHead head;
  if (head.ParseFromString(heads.front()) && PositionOf(head) == position) return absl::OkStatus();
  head.Clear();
  head.set_epoch(position.epoch);
  head.set_revision(position.revision);
  head.set_digest(position.digest);
  head.set_time_micros(absl::ToUnixMicros(position.time));
  head.set_last_change(state.LastChange(collection));
  v1::CheckpointPiece piece;
  size_t bytes = 0;
  absl::Status written;
  const auto write_piece = [&] {
    const std::string text = Encode(piece);
    written = store_->WriteCached(state.scope(), {key, absl::StrCat(head.piece_sha256s_size())}, text);
    head.add_piece_sha256s(Sha256Hex(text));
    piece.Clear();
    bytes = 0;
    return written.ok();
  };
  state.List(collection).ForEachFrom("", [&](const Resource& resource) {
    AddRow(resource, *stamper_, piece);
    bytes += resource.bytes.size();
    return bytes < kPieceBytes || write_piece();
  });
  if (written.ok() && piece.rows_size() > 0) write_piece();
  CONCORD_RETURN_IF_ERROR(written);
  return store_->WriteCached(state.scope(), {key, kHeadField}, Encode(head));
}

absl::StatusOr<SnapshotPtr> Checkpoints::Latest(const std::string& scope,
                                                const std::vector<const Collection*>& collections, int64_t revision,
                                                const Position& head) {
  if (collections.empty()) return SnapshotPtr();
  for (int64_t end = revision / kSegmentLength; end > 0; end -= kSegmentsAtOnce) {
    // Only the first collection is asked of all: where it is not kept, the state is not.
    std::vector<CachedName> names;
    for (int64_t segment = end; segment > std::max<int64_t>(0, end - kSegmentsAtOnce); --segment) {
      names.push_back({KeyOf(segment, collections.front()->id), kHeadField});
    }
    CONCORD_ASSIGN_OR_RETURN(const std::vector<std::string> heads, store_->ReadCached(scope, names));
    for (size_t i = 0; i < heads.size(); ++i) {
      if (heads[i].empty()) continue;
      CONCORD_ASSIGN_OR_RETURN(SnapshotPtr state, Load(scope, collections, end - static_cast<int64_t>(i), head));
      if (state != nullptr) return state;
    }
  }
  return SnapshotPtr();
}

absl::StatusOr<SnapshotPtr> Checkpoints::Load(const std::string& scope,
                                              const std::vector<const Collection*>& collections, int64_t segment,
                                              const Position& head) {
  Position position;
  std::vector<ResourcePtr> rows;
  absl::flat_hash_map<std::string, int64_t> last_changes;
  for (const Collection* collection : collections) {
    auto read = ReadCheckpoint(*store_, scope, segment, collection->id);
    if (absl::IsDataLoss(read.status())) return SnapshotPtr();
    CONCORD_RETURN_IF_ERROR(read.status());
    if (!read->has_value()) return SnapshotPtr();
    Checkpoint& checkpoint = **read;
    if (position.revision == 0) {
      position = checkpoint.position;
      if (position.epoch != head.epoch || position.revision != segment * kSegmentLength) return SnapshotPtr();
      // The epoch alone does not tell: a store that lost its last commits and took others since has the same.
      CONCORD_ASSIGN_OR_RETURN(const Event event, store_->ReadEvent(scope, position.revision));
      if (event.digest != position.digest) return SnapshotPtr();
    }
    if (!(checkpoint.position == position)) return SnapshotPtr();
    last_changes[collection->id] = checkpoint.last_change;
    for (auto& [name, record] : checkpoint.records) {
      CONCORD_ASSIGN_OR_RETURN(ResourcePtr resource,
                               ResourceOf(name, std::move(record), scope, head.epoch, *collection, *stamper_));
      rows.push_back(std::move(resource));
    }
  }
  return Snapshot::FromState(scope, collections, std::move(position), std::move(rows), last_changes);
}

}  // namespace concord::ledger
