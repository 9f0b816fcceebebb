// Past states of scopes.
#ifndef COMMON_LEDGER_AS_OF_H_
#define COMMON_LEDGER_AS_OF_H_

#include <functional>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/ledger/view.h"
#include "common/ledger/views.h"

namespace concord::ledger {

// Thread-safe. Folds the log, from the nearest past state that is still at hand;
// those are a cache and may be dropped at any time. It may be destroyed while
// answers are on their way; the parts, and what `collections_of` uses, must outlive those.
class AsOf {
 public:
  using Callback = std::function<void(absl::StatusOr<SnapshotPtr>)>;

  // Keeps at most `cache_limit` past states, and together at most `rows_limit` resources: two of them may share all
  // of theirs, or none. The one used last is kept however large it is.
  AsOf(CollectionsOf collections_of, ViewParts parts, size_t cache_limit, size_t rows_limit = kRowsLimit);
  static constexpr size_t kRowsLimit = 100'000;
  ~AsOf();

  // The state at `revision`; OUT_OF_RANGE if there is no such revision.
  void AtRevision(const std::string& scope, int64_t revision, Callback callback);

  // Has a state at hand for whoever asks for it, or a later one, soon.
  void Keep(const SnapshotPtr& state);

  // The state at `time`: with everything that was committed at or before it. A time ahead of the store's clock is
  // OUT_OF_RANGE. Asked again, the same time gives the same state unless that clock has been set back behind it in
  // between (README.md): who needs exactly this state keeps its revision.
  void AtTime(const std::string& scope, absl::Time time, Callback callback);

 private:
  class Past;
  std::shared_ptr<Past> past_;  // Shared with the work that is on its way.
};

}  // namespace concord::ledger

#endif  // COMMON_LEDGER_AS_OF_H_
