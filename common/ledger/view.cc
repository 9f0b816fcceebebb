#include "common/ledger/view.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/status/macros.h"

namespace concord::ledger {
namespace {

constexpr int kLoadTries = 3;
constexpr int kReloads = 2;  // In a row, before readers are told.

}  // namespace

View::View(std::string scope, std::vector<const Collection*> collections, ViewParts parts)
    : scope_(std::move(scope)), collections_(std::move(collections)), parts_(parts) {}

SnapshotPtr View::Peek() const {
  absl::MutexLock lock(&mutex_);
  return snapshot_;
}

bool View::busy() const {
  absl::MutexLock lock(&mutex_);
  return busy_;
}

bool View::subscribed() const {
  absl::MutexLock lock(&mutex_);
  return !subscribers_.empty();
}

ViewStatistics View::statistics() const {
  absl::MutexLock lock(&mutex_);
  return statistics_;
}

void View::Fence(Callback callback) {
  {
    absl::MutexLock lock(&mutex_);
    waiting_.push_back(std::move(callback));
    if (busy_) return;
    busy_ = true;
  }
  Advance();
}

// Works for whoever waits, and lets go when nobody does. Called only by the one
// who set `busy_`.
void View::Advance() {
  std::vector<Callback> callbacks;
  bool load = false;
  {
    absl::MutexLock lock(&mutex_);
    if (waiting_.empty()) {
      busy_ = false;
      return;
    }
    if (snapshot_ == nullptr) {
      load = true;
    } else {
      // From here on nobody can join: whoever comes later waits for the next.
      callbacks.swap(waiting_);
    }
  }
  if (load) {
    Load(kLoadTries);
  } else {
    SendFence(std::move(callbacks));
  }
}

void View::Load(int tries_left) {
  auto work = [self = shared_from_this(), tries_left] {
    absl::StatusOr<SnapshotPtr> loaded = self->LoadOnce();
    if (!loaded.ok() && absl::IsAborted(loaded.status()) && tries_left > 1) return self->Load(tries_left - 1);
    if (!loaded.ok()) {
      self->FailWaiting(loaded.status());
    } else {
      absl::MutexLock lock(&self->mutex_);
      self->snapshot_ = *std::move(loaded);
      ++self->statistics_.loads;
    }
    self->Advance();
  };
  if (parts_.background->Post(std::move(work))) return;
  FailWaiting(absl::UnavailableError("too many scopes are being loaded"));
  Advance();
}

// A scan shows each record at some moment of the scan. Events since its begin bring
// every record to the same revision: one that is older than what was scanned
// has already been seen.
absl::StatusOr<SnapshotPtr> View::LoadOnce() {
  std::vector<std::string> ids;
  ids.reserve(collections_.size());
  for (const Collection* collection : collections_) ids.push_back(collection->id);
  CONCORD_ASSIGN_OR_RETURN(StoredState state, parts_.store->ReadState(scope_, ids));
  CONCORD_ASSIGN_OR_RETURN(const Position after, parts_.store->ReadHead(scope_));
  if (after.revision < state.before.revision || (state.before.revision > 0 && after.epoch != state.before.epoch)) {
    return absl::AbortedError("the scope was replaced while it was loaded");
  }
  absl::flat_hash_map<std::string, ResourcePtr> resources;
  for (size_t i = 0; i < state.records.size(); ++i) {
    const Collection* collection = *std::find_if(collections_.begin(), collections_.end(),
                                                 [&](const Collection* c) { return c->id == state.collections[i]; });
    auto& [name, record] = state.records[i];
    CONCORD_ASSIGN_OR_RETURN(ResourcePtr resource,
                             ResourceOf(name, std::move(record), scope_, after.epoch, *collection, *parts_.stamper));
    resources[name] = std::move(resource);
  }
  Position position = state.before;
  position.epoch = after.epoch;
  while (position.revision < after.revision) {
    CONCORD_ASSIGN_OR_RETURN(std::vector<Event> events,
                             parts_.store->ReadEvents(scope_, position.revision + 1, kFenceEvents));
    if (events.empty()) return absl::DataLossError(absl::StrCat(scope_, " lacks revision ", position.revision + 1));
    for (const Event& event : events) {
      if (event.revision > after.revision) break;
      if (!Follows(event, position)) return absl::DataLossError(absl::StrCat("the chain of ", scope_, " is broken"));
      for (const v1::Change& change : event.body.changes()) {
        auto collection = std::find_if(collections_.begin(), collections_.end(),
                                       [&](const Collection* c) { return c->id == change.collection(); });
        if (collection == collections_.end()) continue;
        state.last_changes[change.collection()] = std::max(state.last_changes[change.collection()], event.revision);
        auto known = resources.find(change.name());
        if (known != resources.end() && known->second->stamp.revision >= event.revision) continue;
        CONCORD_ASSIGN_OR_RETURN(ResourcePtr resource,
                                 ResourceAfter(change, event, scope_, after.epoch, **collection, *parts_.stamper));
        if (resource == nullptr) {
          resources.erase(change.name());
        } else {
          resources[change.name()] = std::move(resource);
        }
      }
      position.revision = event.revision;
      position.digest = event.digest;
      position.time = event.time;
    }
  }
  std::vector<ResourcePtr> rows;
  rows.reserve(resources.size());
  for (auto& [name, resource] : resources) {
    // A record may be newer than the head that was read last; such a state has to be loaded again.
    if (resource->stamp.revision > position.revision) return absl::AbortedError("the scope moved while it was loaded");
    rows.push_back(std::move(resource));
  }
  return Snapshot::FromState(scope_, collections_, position, std::move(rows), state.last_changes);
}

void View::SendFence(std::vector<Callback> callbacks) {
  SnapshotPtr base;
  {
    absl::MutexLock lock(&mutex_);
    base = snapshot_;
    ++statistics_.fences;
  }
  // Shared because a std::function must be copyable.
  auto shared = std::make_shared<std::vector<Callback>>(std::move(callbacks));
  parts_.store->Fence(scope_, base->position().revision,
                      [self = shared_from_this(), base, shared](absl::StatusOr<FenceAnswer> answer) {
                        self->OnFence(base, std::move(answer), std::move(*shared));
                      });
}

// Whether the answer continues the history that `base` is part of.
absl::Status View::Check(const SnapshotPtr& base, const FenceAnswer& answer) const {
  const Position& had = base->position();
  const Position& head = answer.head;
  const auto diverged = [&] { return absl::DataLossError(absl::StrCat(scope_, " has another history")); };
  if (head.revision < had.revision) return diverged();
  if (had.revision > 0 && head.epoch != had.epoch) return diverged();
  if (head.revision == had.revision && head.digest != had.digest) return diverged();
  if (head.revision > had.revision && answer.events.empty()) return diverged();
  for (const Event& event : answer.events) {
    if (event.revision == head.revision && event.digest != head.digest) return diverged();
  }
  return absl::OkStatus();
}

absl::Status View::Apply(const std::vector<Event>& events, const std::string& epoch) {
  for (const Event& event : events) {
    if (event.revision <= snapshot_->position().revision) continue;
    CONCORD_ASSIGN_OR_RETURN(snapshot_, snapshot_->After(event, epoch, *parts_.stamper));
    for (const auto& subscriber : subscribers_) subscriber->OnEvent(event, snapshot_);
    if (parts_.checkpoints != nullptr && Checkpoints::IsPlace(event.revision)) {
      parts_.checkpoints->Offer(scope_, event.revision);
    }
  }
  return absl::OkStatus();
}

void View::OnFence(const SnapshotPtr& base, absl::StatusOr<FenceAnswer> answer, std::vector<Callback> callbacks) {
  if (!answer.ok() && !absl::IsDataLoss(answer.status())) {
    Finish(std::move(callbacks), answer.status());
    return Advance();
  }
  absl::Status sound = answer.ok() ? Check(base, *answer) : answer.status();
  SnapshotPtr reached;
  if (sound.ok()) {
    // An event that begins the scope may come with a head from before it.
    const bool first = answer->head.epoch.empty() && !answer->events.empty();
    absl::MutexLock lock(&mutex_);
    statistics_.revisions_behind = answer->head.revision - base->position().revision;
    if (!first) sound = Apply(answer->events, answer->head.epoch);
    reached = snapshot_;
    if (sound.ok()) divergences_in_a_row_ = 0;
  }
  if (!sound.ok()) {
    if (!Diverge()) {
      Finish(std::move(callbacks), sound);
      return Advance();
    }
    absl::MutexLock lock(&mutex_);
    waiting_.insert(waiting_.begin(), std::make_move_iterator(callbacks.begin()),
                    std::make_move_iterator(callbacks.end()));
  } else if (reached->position().revision < answer->head.revision) {
    return SendFence(std::move(callbacks));  // There is more than one answer holds.
  } else {
    Finish(std::move(callbacks), reached);
  }
  Advance();
}

bool View::Diverge() {
  std::vector<std::shared_ptr<Subscriber>> subscribers;
  bool again = false;
  {
    absl::MutexLock lock(&mutex_);
    snapshot_ = nullptr;
    ++statistics_.divergences;
    again = ++divergences_in_a_row_ <= kReloads;
    if (!again) divergences_in_a_row_ = 0;
    subscribers.swap(subscribers_);
  }
  for (const auto& subscriber : subscribers) subscriber->OnDiverged();
  return again;
}

void View::Finish(std::vector<Callback> callbacks, const absl::StatusOr<SnapshotPtr>& result) {
  {
    absl::MutexLock lock(&mutex_);
    statistics_.fenced_reads += callbacks.size();
  }
  for (Callback& callback : callbacks) callback(result);
}

void View::FailWaiting(const absl::Status& status) {
  std::vector<Callback> callbacks;
  {
    absl::MutexLock lock(&mutex_);
    callbacks.swap(waiting_);
  }
  Finish(std::move(callbacks), status);
}

void View::Offer(const Event& event, const std::string& epoch) {
  absl::MutexLock lock(&mutex_);
  if (snapshot_ == nullptr || event.revision != snapshot_->position().revision + 1) return;
  // What does not follow is left to the next fence, which tells why.
  Apply({event}, epoch).IgnoreError();
}

absl::StatusOr<SnapshotPtr> View::Subscribe(std::shared_ptr<Subscriber> subscriber) {
  absl::MutexLock lock(&mutex_);
  if (snapshot_ == nullptr) return absl::UnavailableError(absl::StrCat(scope_, " is not loaded"));
  subscribers_.push_back(std::move(subscriber));
  return snapshot_;
}

void View::Unsubscribe(const Subscriber* subscriber) {
  absl::MutexLock lock(&mutex_);
  subscribers_.erase(std::remove_if(subscribers_.begin(), subscribers_.end(),
                                    [&](const auto& held) { return held.get() == subscriber; }),
                     subscribers_.end());
}

}  // namespace concord::ledger
