// The views of all scopes that a program works on.
#ifndef COMMON_LEDGER_VIEWS_H_
#define COMMON_LEDGER_VIEWS_H_

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "common/ledger/view.h"

namespace concord::ledger {

// Which collections of a scope this program holds in memory.
using CollectionsOf = std::function<std::vector<const Collection*>(absl::string_view scope)>;

// Thread-safe.
class Views {
 public:
  // About `limit` views: the ones used longest ago are dropped first, but none that
  // somebody holds, for he may be about to subscribe to it.
  Views(CollectionsOf collections_of, ViewParts parts, size_t limit);

  // The view of a scope, made if need be. Hold it for as long as you use it; a held view
  // stays the only one of its scope, and so the one that is followed and offered events.
  std::shared_ptr<View> Get(const std::string& scope, absl::Time now);

  // Drops the views that nobody has asked for since `before`, and those of scopes
  // that do not exist; but none that is held or has subscribers.
  void DropIdle(absl::Time before);

  // All views there are.
  std::vector<std::shared_ptr<View>> All() const;

  // The sum over all views that there have been.
  ViewStatistics statistics() const;

 private:
  struct Entry {
    std::shared_ptr<View> view;  // Shared with the calls that use it now.
    absl::Time used;
  };
  // Whether nobody but this map holds it, and so nobody can begin to use it.
  static bool Droppable(const Entry& entry) { return entry.view.use_count() == 1 && !entry.view->subscribed(); }
  void DropOldest() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void Drop(const std::string& scope) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  const CollectionsOf collections_of_;
  const ViewParts parts_;
  const size_t limit_;
  mutable absl::Mutex mutex_;
  absl::flat_hash_map<std::string, Entry> views_ ABSL_GUARDED_BY(mutex_);
  ViewStatistics dropped_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace concord::ledger

#endif  // COMMON_LEDGER_VIEWS_H_
