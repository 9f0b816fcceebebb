#include "common/ledger/checkpoint.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/ledger/digest.h"
#include "common/status/macros.h"

namespace concord::ledger {
namespace {

constexpr int kPiecesAtOnce = 8;

StateRecord RecordOf(v1::CheckpointRow& row) {
  StateRecord record;
  record.stamp.revision = row.revision();
  record.stamp.update_time = absl::FromUnixMicros(row.update_time_micros());
  record.stamp.create_time = absl::FromUnixMicros(row.create_time_micros());
  record.stamp.digest_piece = row.digest_piece();
  record.image = std::move(*row.mutable_image());
  return record;
}

// Of somewhere else than where it lies it is none.
absl::optional<v1::CheckpointHead> HeadIn(const std::string& text, int64_t segment) {
  v1::CheckpointHead head;
  if (text.empty() || !head.ParseFromString(text) || head.revision() != segment * kSegmentLength) return absl::nullopt;
  return head;
}

}  // namespace

std::string Checkpoint::KeyOf(int64_t segment) { return absl::StrCat("checkpoint:", segment); }

std::string Checkpoint::PieceField(const std::string& collection, int number) {
  return absl::StrCat(collection, ":", number);
}

Checkpoint::Checkpoint(Store& store, std::string scope, v1::CheckpointHead head)
    : store_(&store), scope_(std::move(scope)), head_(std::move(head)) {
  position_.epoch = head_.epoch();
  position_.revision = head_.revision();
  position_.digest = head_.digest();
  position_.time = absl::FromUnixMicros(head_.time_micros());
}

absl::StatusOr<absl::optional<Checkpoint>> Checkpoint::Read(Store& store, const std::string& scope, int64_t segment) {
  CONCORD_ASSIGN_OR_RETURN(auto read, Read(store, scope, std::vector<int64_t>{segment}));
  return std::move(read.front());
}

absl::StatusOr<std::vector<absl::optional<Checkpoint>>> Checkpoint::Read(Store& store, const std::string& scope,
                                                                         const std::vector<int64_t>& segments) {
  std::vector<CachedName> names;
  names.reserve(segments.size());
  for (const int64_t segment : segments) names.push_back({KeyOf(segment), kCheckpointHeadField});
  CONCORD_ASSIGN_OR_RETURN(const std::vector<std::string> texts, store.ReadCached(scope, names));
  std::vector<absl::optional<Checkpoint>> read;
  read.reserve(segments.size());
  for (size_t i = 0; i < texts.size(); ++i) {
    auto head = HeadIn(texts[i], segments[i]);
    read.push_back(head.has_value() ? absl::make_optional(Checkpoint(store, scope, *std::move(head))) : absl::nullopt);
  }
  return read;
}

absl::Status Checkpoint::Damaged(const std::string& collection) const {
  return absl::DataLossError(absl::StrCat("the checkpoint of ", collection, " of ", scope_, " at segment ",
                                          position_.revision / kSegmentLength, " is damaged"));
}

std::vector<std::string> Checkpoint::collections() const {
  std::vector<std::string> ids;
  for (const v1::CheckpointCollection& collection : head_.collections()) ids.push_back(collection.collection());
  return ids;
}

absl::StatusOr<CheckpointRows> Checkpoint::Rows(const std::string& collection) const {
  CheckpointRows rows;
  const auto kept = std::find_if(head_.collections().begin(), head_.collections().end(),
                                 [&](const v1::CheckpointCollection& c) { return c.collection() == collection; });
  if (kept == head_.collections().end()) return rows;
  rows.last_change = kept->last_change();
  const int64_t segment = position_.revision / kSegmentLength;
  for (int begin = 0; begin < kept->piece_sha256s_size(); begin += kPiecesAtOnce) {
    std::vector<CachedName> names;
    const int end = std::min(begin + kPiecesAtOnce, kept->piece_sha256s_size());
    for (int i = begin; i < end; ++i) names.push_back({KeyOf(segment), PieceField(collection, i)});
    CONCORD_ASSIGN_OR_RETURN(const std::vector<std::string> texts, store_->ReadCached(scope_, names));
    for (int i = begin; i < end; ++i) {
      const std::string& text = texts[static_cast<size_t>(i - begin)];
      v1::CheckpointPiece piece;
      if (Sha256Hex(text) != kept->piece_sha256s(i) || !piece.ParseFromString(text)) {
        return Damaged(collection);
      }
      for (v1::CheckpointRow& row : *piece.mutable_rows()) rows.records.emplace(row.name(), RecordOf(row));
    }
  }
  return rows;
}

}  // namespace concord::ledger
