#include "common/ledger/history.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "common/status/macros.h"

namespace concord::ledger {

absl::StatusOr<std::vector<HistoryStep>> WalkHistory(Store& store, const std::string& scope, const std::string& name,
                                                     int64_t revision, int limit) {
  std::vector<HistoryStep> steps;
  while (revision > 0 && static_cast<int>(steps.size()) < limit) {
    HistoryStep step;
    CONCORD_ASSIGN_OR_RETURN(step.event, store.ReadEvent(scope, revision));
    const auto& changes = step.event.body.changes();
    while (step.change < changes.size() && changes[step.change].name() != name) ++step.change;
    if (step.change == changes.size()) {
      return absl::DataLossError(absl::StrCat("revision ", revision, " of ", scope, " did not change ", name));
    }
    if (step.previous_revision() >= revision) {
      return absl::DataLossError(
          absl::StrCat("revision ", revision, " of ", scope, " names no earlier one for ", name));
    }
    revision = step.previous_revision();
    steps.push_back(std::move(step));
  }
  return steps;
}

}  // namespace concord::ledger
