// A change made into a commit, and a remembered request made into its answer.
#ifndef COMMON_RPC_COMMITTING_H_
#define COMMON_RPC_COMMITTING_H_

#include <functional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "common/ledger/commit.h"
#include "common/ledger/snapshot.h"
#include "common/ledger/store.h"
#include "common/rpc/change.h"
#include "common/rpc/context.h"
#include "google/protobuf/message.h"

namespace concord::rpc {

// The fields of a request that say how it is sent, not what it asks for, do not count:
// SHA-256 of the rest.
std::string FingerprintOf(const std::string& method, const google::protobuf::Message& request);

// Where the store remembers a request.
std::string RequestKeyOf(const std::string& principal, const std::string& method, const std::string& request_id);

// The commit for a change that was decided in `context`. Puts that change nothing are
// left out. RESOURCE_EXHAUSTED with CHANGE_TOO_LARGE.
absl::StatusOr<ledger::Commit> MakeCommit(const Change& change, const std::string& fingerprint, Context& context);

// The resources of the answer of a commit, in order: what the event that it became made of them, or where it left one
// as it was, what the handler saw of it in `seen`. DATA_LOSS if one is in neither.
absl::StatusOr<std::vector<ledger::ResourcePtr>> AnswersOf(const ledger::Commit& commit, const ledger::Event& event,
                                                           const std::string& epoch, const ledger::Snapshot& seen,
                                                           const ResourceTypes& types, const ledger::Stamper& stamper);

// The resources of a remembered answer, read from the events that wrote them and
// called back in order. Errors are those of the store.
void RecallAnswers(ledger::Store& store, const std::string& scope, const ledger::RememberedRequest& remembered,
                   const ResourceTypes& types, const ledger::Stamper& stamper,
                   std::function<void(absl::StatusOr<std::vector<ledger::ResourcePtr>>)> callback);

}  // namespace concord::rpc

#endif  // COMMON_RPC_COMMITTING_H_
