#include "common/ledger/checkpoints.h"

#include <algorithm>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "common/ledger/encoding.h"
#include "common/ledger/scope_images.h"
#include "common/status/macros.h"

namespace concord::ledger {
namespace {

constexpr char kClaim[] = "checkpoint-claim";
constexpr absl::Duration kClaimLimit = absl::Minutes(2);  // Of one who has died.
constexpr int64_t kSegmentsAtOnce = 64;                   // That are looked for in one round trip.

// At the end of which segment the next checkpoint is due after one at this place and of this size.
int64_t DueAfter(const Position& position, int64_t byte_count) {
  return position.revision / kSegmentLength + 1 + byte_count / kCheckpointBytesPerSegment;
}

// Writes the pieces, then the head.
absl::Status Write(Store& store, const std::string& scope, const ScopeImages& images) {
  const std::string key = Checkpoint::KeyOf(images.position().revision / kSegmentLength);
  // What was there may have had more pieces.
  CONCORD_RETURN_IF_ERROR(store.DropCached(scope, key));
  v1::CheckpointHead head;
  const auto write_piece = [&](const std::string& collection, int number, const std::string& bytes) {
    return store.WriteCached(scope, {key, Checkpoint::PieceField(collection, number)}, bytes);
  };
  CONCORD_RETURN_IF_ERROR(images.ToCheckpoint(head, write_piece));
  return store.WriteCached(scope, {key, kCheckpointHeadField}, Encode(head));
}

}  // namespace

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

template <typename T>
absl::StatusOr<absl::optional<T>> Checkpoints::FromLatest(const std::string& scope, int64_t segment,
                                                          const Position& head,
                                                          absl::FunctionRef<absl::StatusOr<T>(const Checkpoint&)> use) {
  while (segment > 0) {
    CONCORD_ASSIGN_OR_RETURN(const absl::optional<Checkpoint> found, LatestAt(scope, segment, head));
    if (!found.has_value()) break;
    absl::StatusOr<T> made = use(*found);
    if (made.ok()) return absl::make_optional(*std::move(made));
    if (!absl::IsDataLoss(made.status())) return made.status();
    // The one before will do, and whoever folds the log past it makes it anew.
    segment = found->position().revision / kSegmentLength;
    store_->DropCached(scope, Checkpoint::KeyOf(segment--)).IgnoreError();
  }
  return absl::optional<T>();
}

absl::Status Checkpoints::Advance(const std::string& scope, int64_t revision) {
  CONCORD_ASSIGN_OR_RETURN(const Position head, store_->ReadHead(scope));
  const int64_t last = std::min(revision, head.revision) / kSegmentLength;
  CONCORD_ASSIGN_OR_RETURN(const absl::optional<Checkpoint> latest, LatestAt(scope, last, head));
  if (latest.has_value() && DueAfter(latest->position(), latest->byte_count()) > last) return absl::OkStatus();
  CONCORD_ASSIGN_OR_RETURN(absl::optional<ScopeImages> from,
                           FromLatest<ScopeImages>(scope, last, head, ScopeImages::From));
  ScopeImages images = std::move(from).value_or(ScopeImages());
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
    std::vector<int64_t> segments;
    for (int64_t one = end; one > std::max<int64_t>(0, end - kSegmentsAtOnce); --one) segments.push_back(one);
    CONCORD_ASSIGN_OR_RETURN(const auto kept, Checkpoint::Read(*store_, scope, segments));
    for (const absl::optional<Checkpoint>& found : kept) {
      if (!found.has_value()) continue;
      const Position& position = found->position();
      if (position.epoch != head.epoch || position.revision > head.revision) continue;
      // The epoch alone does not tell: a store that lost its last commits and took others since has the same.
      CONCORD_ASSIGN_OR_RETURN(const Event event, store_->ReadEvent(scope, position.revision));
      if (event.digest == position.digest) return found;
    }
  }
  return absl::optional<Checkpoint>();
}

absl::StatusOr<SnapshotPtr> Checkpoints::Latest(const std::string& scope,
                                                const std::vector<const Collection*>& collections, int64_t revision,
                                                const Position& head) {
  const auto state_of = [&](const Checkpoint& checkpoint) { return StateOf(checkpoint, scope, collections); };
  CONCORD_ASSIGN_OR_RETURN(absl::optional<SnapshotPtr> state,
                           FromLatest<SnapshotPtr>(scope, revision / kSegmentLength, head, state_of));
  return std::move(state).value_or(nullptr);
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
