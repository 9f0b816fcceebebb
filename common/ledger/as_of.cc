#include "common/ledger/as_of.h"

#include <algorithm>
#include <list>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/strings/str_cat.h"
#include "absl/synchronization/mutex.h"
#include "common/status/macros.h"

namespace concord::ledger {

class AsOf::Past : public std::enable_shared_from_this<AsOf::Past> {
 public:
  Past(CollectionsOf collections_of, ViewParts parts, size_t cache_limit, size_t rows_limit)
      : collections_of_(std::move(collections_of)), parts_(parts), cache_limit_(cache_limit), rows_limit_(rows_limit) {}

  void Post(std::function<absl::StatusOr<SnapshotPtr>(Past&)> work, Callback callback) {
    if (!parts_.background->Post(
            [self = shared_from_this(), work = std::move(work), callback] { callback(work(*self)); })) {
      callback(absl::UnavailableError("too many past states are being read"));
    }
  }

  absl::StatusOr<SnapshotPtr> Resolve(const std::string& scope, absl::Time time);
  absl::StatusOr<SnapshotPtr> Fold(const std::string& scope, int64_t revision);
  void Keep(const SnapshotPtr& snapshot);

 private:
  // A kept state at or before `revision`, the latest; null if there is none.
  SnapshotPtr NearestKept(const std::string& scope, int64_t revision);
  absl::StatusOr<bool> IsOf(const Snapshot& snapshot, const Position& head);
  void Forget(const SnapshotPtr& snapshot);

  const CollectionsOf collections_of_;
  const ViewParts parts_;
  const size_t cache_limit_;
  const size_t rows_limit_;
  absl::Mutex mutex_;
  std::list<SnapshotPtr> kept_ ABSL_GUARDED_BY(mutex_);  // Used last first.
};

AsOf::AsOf(CollectionsOf collections_of, ViewParts parts, size_t cache_limit, size_t rows_limit)
    : past_(std::make_shared<Past>(std::move(collections_of), parts, cache_limit, rows_limit)) {}
AsOf::~AsOf() = default;

void AsOf::AtRevision(const std::string& scope, int64_t revision, Callback callback) {
  past_->Post([scope, revision](Past& past) { return past.Fold(scope, revision); }, std::move(callback));
}

void AsOf::Keep(const SnapshotPtr& state) { past_->Keep(state); }

void AsOf::AtTime(const std::string& scope, absl::Time time, Callback callback) {
  past_->Post([scope, time](Past& past) { return past.Resolve(scope, time); }, std::move(callback));
}

absl::StatusOr<SnapshotPtr> AsOf::Past::Resolve(const std::string& scope, absl::Time time) {
  CONCORD_ASSIGN_OR_RETURN(const absl::Time now, parts_.store->Now());
  if (time > now)
    return absl::OutOfRangeError(absl::StrCat(absl::FormatTime(time, absl::UTCTimeZone()), " has not come yet"));
  CONCORD_ASSIGN_OR_RETURN(const int64_t revision, parts_.store->RevisionAt(scope, time));
  return Fold(scope, revision);
}

SnapshotPtr AsOf::Past::NearestKept(const std::string& scope, int64_t revision) {
  absl::MutexLock lock(&mutex_);
  auto best = kept_.end();
  for (auto it = kept_.begin(); it != kept_.end(); ++it) {
    const Snapshot& snapshot = **it;
    if (snapshot.scope() != scope || snapshot.position().revision > revision) continue;
    if (best == kept_.end() || snapshot.position().revision > (*best)->position().revision) best = it;
  }
  if (best == kept_.end()) return nullptr;
  kept_.splice(kept_.begin(), kept_, best);
  return kept_.front();
}

void AsOf::Past::Keep(const SnapshotPtr& snapshot) {
  absl::MutexLock lock(&mutex_);
  kept_.remove(snapshot);
  kept_.push_front(snapshot);
  size_t rows = 0;
  auto last = kept_.begin();
  for (; last != kept_.end(); ++last) {
    rows += (*last)->size();
    if (last != kept_.begin() && rows > rows_limit_) break;
  }
  kept_.erase(last, kept_.end());
  if (kept_.size() > cache_limit_) kept_.pop_back();
}

void AsOf::Past::Forget(const SnapshotPtr& snapshot) {
  absl::MutexLock lock(&mutex_);
  kept_.remove(snapshot);
}

// Whether a kept state lies on the history that ends in `head`. The epoch alone does
// not tell: a store that lost its last commits and took others since has the same.
absl::StatusOr<bool> AsOf::Past::IsOf(const Snapshot& snapshot, const Position& head) {
  const Position& position = snapshot.position();
  if (position.revision == 0) return true;
  if (position.epoch != head.epoch) return false;
  CONCORD_ASSIGN_OR_RETURN(const Event event, parts_.store->ReadEvent(snapshot.scope(), position.revision));
  return event.digest == position.digest;
}

absl::StatusOr<SnapshotPtr> AsOf::Past::Fold(const std::string& scope, int64_t revision) {
  CONCORD_ASSIGN_OR_RETURN(const Position head, parts_.store->ReadHead(scope));
  if (revision < 0 || revision > head.revision) {
    return absl::OutOfRangeError(absl::StrCat(scope, " has ", head.revision, " revisions, none is ", revision));
  }
  SnapshotPtr snapshot = NearestKept(scope, revision);
  while (snapshot != nullptr) {
    CONCORD_ASSIGN_OR_RETURN(const bool sound, IsOf(*snapshot, head));
    if (sound) break;
    Forget(snapshot);
    snapshot = NearestKept(scope, revision);
  }
  const int64_t kept_revision = snapshot == nullptr ? 0 : snapshot->position().revision;
  if (parts_.checkpoints != nullptr && revision - kept_revision > kSegmentLength) {
    CONCORD_ASSIGN_OR_RETURN(SnapshotPtr stored,
                             parts_.checkpoints->Latest(scope, collections_of_(scope), revision, head));
    if (stored != nullptr && stored->position().revision > kept_revision) snapshot = std::move(stored);
  }
  if (snapshot == nullptr) snapshot = std::make_shared<Snapshot>(scope, collections_of_(scope));
  if (snapshot->position().revision == revision) {
    Keep(snapshot);
    return snapshot;
  }
  const int64_t folded = revision - snapshot->position().revision;
  while (snapshot->position().revision < revision) {
    const int64_t next = snapshot->position().revision + 1;
    const int limit = static_cast<int>(std::min<int64_t>(revision - next + 1, kFenceEvents));
    CONCORD_ASSIGN_OR_RETURN(std::vector<Event> events, parts_.store->ReadEvents(scope, next, limit));
    if (events.empty()) return absl::DataLossError(absl::StrCat(scope, " lacks revision ", next));
    for (const Event& event : events) {
      CONCORD_ASSIGN_OR_RETURN(snapshot, snapshot->After(event, head.epoch, *parts_.stamper));
    }
  }
  // Whoever comes next need not go so far.
  if (parts_.checkpoints != nullptr && folded > kSegmentLength) parts_.checkpoints->Offer(scope, head.revision);
  Keep(snapshot);
  return snapshot;
}

}  // namespace concord::ledger
