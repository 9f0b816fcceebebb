// Resume tokens: where a watch goes on, bound to what is watched and to the
// history it was made in.
#ifndef COMMON_RPC_WATCH_TOKEN_H_
#define COMMON_RPC_WATCH_TOKEN_H_

#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/optional.h"
#include "common/aip/seal.h"
#include "common/ledger/event.h"

namespace concord::rpc {

// How far a watcher has come.
struct WatchPlace {
  std::string epoch;
  int64_t revision = 0;
  std::string digest_piece;
  // Set while the state at `revision` is being sent: the last name that was.
  absl::optional<std::string> last_name;
};

// Immutable; safe from any thread.
class WatchTokens {
 public:
  explicit WatchTokens(aip::Sealer sealer) : sealer_(std::move(sealer)) {}

  // `arguments`: what is watched, in any text that is the same whenever the same is watched.
  std::string Make(absl::string_view arguments, absl::string_view scope, const ledger::Position& position,
                   const absl::optional<std::string>& last_name) const;

  // Errors: INVALID_ARGUMENT with TOKEN_INVALID or TOKEN_ARGUMENTS_DIFFER. Whether the place is one of
  // this history only the store can tell.
  absl::StatusOr<WatchPlace> Open(absl::string_view text, absl::string_view arguments, absl::string_view scope) const;

 private:
  aip::Sealer sealer_;
};

// The error of a place that is not part of the scope's history.
absl::Status WatchDiverged(absl::string_view scope, int64_t revision);

}  // namespace concord::rpc

#endif  // COMMON_RPC_WATCH_TOKEN_H_
