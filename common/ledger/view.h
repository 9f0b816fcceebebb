// A scope kept in memory.
#ifndef COMMON_LEDGER_VIEW_H_
#define COMMON_LEDGER_VIEW_H_

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "common/ledger/background.h"
#include "common/ledger/checkpoints.h"
#include "common/ledger/snapshot.h"
#include "common/ledger/store.h"

namespace concord::ledger {

// Told of every change of a view, in order and without gaps. Called on the loop of
// the store while the view is locked: take what you need and return at once.
class Subscriber {
 public:
  virtual ~Subscriber() = default;
  // `after` is the state with `event` applied.
  virtual void OnEvent(const Event& event, const SnapshotPtr& after) = 0;
  // The view had to load another history, or lost the store's; nothing more will come.
  // Called without the lock, and so perhaps just after Unsubscribe has returned.
  virtual void OnDiverged() = 0;
};

// What a view works with. All of it must outlive the view.
struct ViewParts {
  Store* store = nullptr;
  const Stamper* stamper = nullptr;
  Background* background = nullptr;
  Checkpoints* checkpoints = nullptr;  // Null: none are kept.
};

// Counters since the start. Values, read at one moment.
struct ViewStatistics {
  uint64_t fences = 0;        // Sent to the store.
  uint64_t fenced_reads = 0;  // Answered by them.
  uint64_t loads = 0;
  uint64_t divergences = 0;
  int64_t revisions_behind = 0;  // Of the head, when the last fence answered.
};

// Thread-safe. Held by shared_ptr, because answers of the store may be on their
// way when the last user lets go of it.
class View : public std::enable_shared_from_this<View> {
 public:
  using Callback = std::function<void(absl::StatusOr<SnapshotPtr>)>;

  View(std::string scope, std::vector<const Collection*> collections, ViewParts parts);

  // Calls back with a snapshot that was current at some moment after this call.
  // Shares its fence with other calls, but only one that had not been sent yet.
  // Errors are those of Store; the callback runs on the store's loop or on a
  // background thread.
  void Fence(Callback callback);

  // The newest snapshot at hand, proven by nothing; null before the first load.
  SnapshotPtr Peek() const;

  // The event of an own commit. Taken if it is the next one, else passed over: a
  // fence will bring it.
  void Offer(const Event& event, const std::string& epoch);

  // Registers a subscriber and returns the state from which on it will be told.
  // Fence first, then what it returns is current. UNAVAILABLE before the first load.
  absl::StatusOr<SnapshotPtr> Subscribe(std::shared_ptr<Subscriber> subscriber);
  void Unsubscribe(const Subscriber* subscriber);
  bool subscribed() const;

  const std::string& scope() const { return scope_; }
  ViewStatistics statistics() const;
  // Whether a fence is under way.
  bool busy() const;

 private:
  void Advance();
  void Load(int tries_left);
  absl::StatusOr<SnapshotPtr> LoadOnce();
  void SendFence(std::vector<Callback> callbacks);
  void OnFence(const SnapshotPtr& base, absl::StatusOr<FenceAnswer> answer, std::vector<Callback> callbacks);
  // Brings the snapshot forward by what follows it; the rest is passed over.
  absl::Status Apply(const std::vector<Event>& events, const std::string& epoch) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  absl::Status Check(const SnapshotPtr& base, const FenceAnswer& answer) const;
  // Drops the snapshot. Whether it is worth loading again.
  bool Diverge();
  void Finish(std::vector<Callback> callbacks, const absl::StatusOr<SnapshotPtr>& result);
  void FailWaiting(const absl::Status& status);

  const std::string scope_;
  const std::vector<const Collection*> collections_;
  const ViewParts parts_;

  mutable absl::Mutex mutex_;
  SnapshotPtr snapshot_ ABSL_GUARDED_BY(mutex_);
  std::vector<Callback> waiting_ ABSL_GUARDED_BY(mutex_);  // For a fence that has not been sent.
  bool busy_ ABSL_GUARDED_BY(mutex_) = false;              // A load or a fence is under way.
  int divergences_in_a_row_ ABSL_GUARDED_BY(mutex_) = 0;
  std::vector<std::shared_ptr<Subscriber>> subscribers_ ABSL_GUARDED_BY(mutex_);  // Shared with their watches.
  ViewStatistics statistics_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace concord::ledger

#endif  // COMMON_LEDGER_VIEW_H_
