#include "common/ledger/checkpoints.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/ledger/digest.h"
#include "common/ledger/encoding.h"
#include "common/ledger/scope_images.h"
#include "common/status/macros.h"

namespace concord::ledger {
namespace {

constexpr char kHeadField[] = "head";
constexpr char kClaim[] = "checkpoint-claim";
constexpr absl::Duration kClaimLimit = absl::Minutes(2);  // Of one who has died.
constexpr int kPiecesAtOnce = 8;
constexpr int64_t kSegmentsAtOnce = 64;  // That are looked for in one round trip.

std::string KeyOf(int64_t segment) { return absl::StrCat("checkpoint:", segment); }

std::string PieceField(const std::string& collection, int number) { return absl::StrCat(collection, ":", number); }

absl::Status Damaged(const std::string& scope, int64_t segment, const std::string& collection) {
  return absl::DataLossError(
      absl::StrCat("the checkpoint of ", collection, " of ", scope, " at segment ", segment, " is damaged"));
}

// At the end of which segment the next checkpoint is due after one at this place and of this size.
int64_t DueAfter(const Position& position, int64_t byte_count) {
  return position.revision / kSegmentLength + 1 + byte_count / kCheckpointBytesPerSegment;
}

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

// Writes the pieces, then the head.
absl::Status Write(Store& store, const std::string& scope, const ScopeImages& images) {
  const std::string key = KeyOf(images.position().revision / kSegmentLength);
  // What was there may have had more pieces.
  CONCORD_RETURN_IF_ERROR(store.DropCached(scope, key));
  v1::CheckpointHead head;
  const auto write_piece = [&](const std::string& collection, int number, const std::string& bytes) {
    return store.WriteCached(scope, {key, PieceField(collection, number)}, bytes);
  };
  CONCORD_RETURN_IF_ERROR(images.ToCheckpoint(head, write_piece));
  return store.WriteCached(scope, {key, kHeadField}, Encode(head));
}

}  // namespace

Checkpoint::Checkpoint(Store& store, std::string scope, v1::CheckpointHead head)
    : store_(&store), scope_(std::move(scope)), head_(std::move(head)) {
  position_.epoch = head_.epoch();
  position_.revision = head_.revision();
  position_.digest = head_.digest();
  position_.time = absl::FromUnixMicros(head_.time_micros());
}

absl::StatusOr<absl::optional<Checkpoint>> Checkpoint::Read(Store& store, const std::string& scope, int64_t segment) {
  CONCORD_ASSIGN_OR_RETURN(const std::vector<std::string> texts,
                           store.ReadCached(scope, {{KeyOf(segment), kHeadField}}));
  auto head = HeadIn(texts.front(), segment);
  if (!head.has_value()) return absl::optional<Checkpoint>();
  return absl::make_optional(Checkpoint(store, scope, *std::move(head)));
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
        return Damaged(scope_, segment, collection);
      }
      for (v1::CheckpointRow& row : *piece.mutable_rows()) rows.records.emplace(row.name(), RecordOf(row));
    }
  }
  return rows;
}

bool Checkpoints::IsPlace(int64_t revision) { return revision > 0 && revision % kSegmentLength == 0; }

void Checkpoints::Offer(const std::string& scope, int64_t revision) {
  {
    absl::MutexLock lock(&mutex_);
    if (!advancing_.insert(scope).second) return;
  }
  // Nobody waits for it, and who comes next makes what is missing.
  const auto done = [this, scope] {
    absl::MutexLock lock(&mutex_);
    advancing_.erase(scope);
  };
  const auto advance = [this, scope, revision, done] {
    // All who follow a scope come by here at once; one of them is enough.
    const absl::StatusOr<bool> claimed = store_->ClaimCached(scope, kClaim, kClaimLimit);
    if (claimed.ok() && *claimed) {
      Advance(scope, revision).IgnoreError();
      store_->DropCached(scope, kClaim).IgnoreError();
    }
    done();
  };
  if (!background_->Post(advance)) done();
}

absl::StatusOr<ScopeImages> Checkpoints::Begin(const std::string& scope, int64_t segment, const Position& head) {
  for (int64_t last = segment; last > 0;) {
    CONCORD_ASSIGN_OR_RETURN(const absl::optional<Checkpoint> found, LatestAt(scope, last, head));
    if (!found.has_value()) break;
    absl::StatusOr<ScopeImages> images = ScopeImages::From(*found);
    if (images.ok() || !absl::IsDataLoss(images.status())) return images;
    last = found->position().revision / kSegmentLength - 1;  // Damaged: the one before will do.
  }
  return ScopeImages();
}

absl::Status Checkpoints::Advance(const std::string& scope, int64_t revision) {
  CONCORD_ASSIGN_OR_RETURN(const Position head, store_->ReadHead(scope));
  const int64_t last = std::min(revision, head.revision) / kSegmentLength;
  CONCORD_ASSIGN_OR_RETURN(const absl::optional<Checkpoint> latest, LatestAt(scope, last, head));
  if (latest.has_value() && DueAfter(latest->position(), latest->byte_count()) > last) return absl::OkStatus();
  CONCORD_ASSIGN_OR_RETURN(ScopeImages images, Begin(scope, last, head));
  int64_t due = DueAfter(images.position(), images.byte_count());
  while (images.position().revision < last * kSegmentLength) {
    // Never beyond a segment's end, so no place is missed.
    CONCORD_ASSIGN_OR_RETURN(const std::vector<Event> events,
                             store_->ReadEvents(scope, images.position().revision + 1, kFenceEvents));
    if (events.empty()) return absl::DataLossError(absl::StrCat(scope, " lacks a revision"));
    for (const Event& event : events) CONCORD_RETURN_IF_ERROR(images.Take(event, head.epoch));
    if (images.position().revision < due * kSegmentLength) continue;
    CONCORD_RETURN_IF_ERROR(Write(*store_, scope, images));
    due = DueAfter(images.position(), images.byte_count());
  }
  return absl::OkStatus();
}

absl::StatusOr<absl::optional<Checkpoint>> Checkpoints::LatestAt(const std::string& scope, int64_t segment,
                                                                 const Position& head) {
  for (int64_t end = segment; end > 0; end -= kSegmentsAtOnce) {
    std::vector<CachedName> names;
    for (int64_t one = end; one > std::max<int64_t>(0, end - kSegmentsAtOnce); --one) {
      names.push_back({KeyOf(one), kHeadField});
    }
    CONCORD_ASSIGN_OR_RETURN(const std::vector<std::string> texts, store_->ReadCached(scope, names));
    for (size_t i = 0; i < texts.size(); ++i) {
      const auto found = HeadIn(texts[i], end - static_cast<int64_t>(i));
      if (!found.has_value() || found->epoch() != head.epoch || found->revision() > head.revision) continue;
      // The epoch alone does not tell: a store that lost its last commits and took others since has the same.
      CONCORD_ASSIGN_OR_RETURN(const Event event, store_->ReadEvent(scope, found->revision()));
      if (event.digest != found->digest()) continue;
      return Checkpoint::Read(*store_, scope, end - static_cast<int64_t>(i));
    }
  }
  return absl::optional<Checkpoint>();
}

absl::StatusOr<SnapshotPtr> Checkpoints::Latest(const std::string& scope,
                                                const std::vector<const Collection*>& collections, int64_t revision,
                                                const Position& head) {
  int64_t segment = revision / kSegmentLength;
  while (segment > 0) {
    CONCORD_ASSIGN_OR_RETURN(const absl::optional<Checkpoint> found, LatestAt(scope, segment, head));
    if (!found.has_value()) break;
    absl::StatusOr<SnapshotPtr> state = StateOf(*found, scope, collections);
    if (state.ok() || !absl::IsDataLoss(state.status())) return state;
    // Damaged: the one before will do, and whoever folds the log past it makes it anew.
    segment = found->position().revision / kSegmentLength;
    store_->DropCached(scope, KeyOf(segment--)).IgnoreError();
  }
  return SnapshotPtr();
}

absl::StatusOr<SnapshotPtr> Checkpoints::StateOf(const Checkpoint& checkpoint, const std::string& scope,
                                                 const std::vector<const Collection*>& collections) {
  std::vector<ResourcePtr> resources;
  absl::flat_hash_map<std::string, int64_t> last_changes;
  for (const Collection* collection : collections) {
    CONCORD_ASSIGN_OR_RETURN(CheckpointRows rows, checkpoint.Rows(collection->id));
    last_changes[collection->id] = rows.last_change;
    for (auto& [name, record] : rows.records) {
      CONCORD_ASSIGN_OR_RETURN(ResourcePtr resource, ResourceOf(name, std::move(record), scope,
                                                                checkpoint.position().epoch, *collection, *stamper_));
      resources.push_back(std::move(resource));
    }
  }
  return Snapshot::FromState(scope, collections, checkpoint.position(), std::move(resources), last_changes);
}

}  // namespace concord::ledger
