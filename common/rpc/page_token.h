// Page tokens: where a list goes on, bound to the arguments and to the history
// they were made in.
#ifndef COMMON_RPC_PAGE_TOKEN_H_
#define COMMON_RPC_PAGE_TOKEN_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "common/aip/seal.h"
#include "common/ledger/event.h"
#include "google/protobuf/message.h"

namespace concord::rpc {

inline constexpr int kDefaultPageSize = 50;
inline constexpr int kPageSizeLimit = 1000;

// Immutable; safe from any thread.
class PageTokens {
 public:
  explicit PageTokens(aip::Sealer sealer) : sealer_(std::move(sealer)) {}

  // A token for the page after the row `last_key`, of a list that `request` asked for.
  std::string Make(const google::protobuf::Message& request, absl::string_view scope, const ledger::Position& position,
                   absl::string_view last_key) const;

  // The key to go on after; empty for an empty token. `position` is where the scope
  // stands now. Errors: INVALID_ARGUMENT with TOKEN_INVALID or TOKEN_ARGUMENTS_DIFFER,
  // FAILED_PRECONDITION with HISTORY_DIVERGED.
  //
  // A token that is older than `position` is held against its epoch alone: whoever can read the log, proves the rest
  // with OpenPlace.
  absl::StatusOr<std::string> Open(const google::protobuf::Message& request, absl::string_view scope,
                                   const ledger::Position& position) const;

  // The same with where the scope stood when the token was made.
  struct Place {
    std::string last_key;
    int64_t revision = 0;
    std::string digest_piece;
  };
  absl::StatusOr<Place> OpenPlace(const google::protobuf::Message& request, absl::string_view scope,
                                  const ledger::Position& position) const;

 private:
  aip::Sealer sealer_;
};

// FAILED_PRECONDITION with HISTORY_DIVERGED.
absl::Status PageDiverged(absl::string_view scope, int64_t revision);

// The page size that a request's field `page_size` asks for.
int PageSizeOf(const google::protobuf::Message& request);

}  // namespace concord::rpc

#endif  // COMMON_RPC_PAGE_TOKEN_H_
