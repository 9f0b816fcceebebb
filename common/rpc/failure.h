// The engine's own errors, each with its reason.
#ifndef COMMON_RPC_FAILURE_H_
#define COMMON_RPC_FAILURE_H_

#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "concord/type/moment.pb.h"
#include "google/protobuf/message.h"

namespace concord::rpc {

// An error of the ledger as callers are told it; errors that have a reason pass as they are.
absl::Status StoreFailure(const absl::Status& status);

// The same, for a past state of `scope` at `moment`.
absl::Status PastFailure(const absl::Status& status, const std::string& scope, const concord::type::Moment& moment);

// A moment that names revisions, but not this scope's.
absl::Status UnnamedScope(const std::string& scope);

absl::Status OutcomeUnknown(const std::string& request_id);
absl::Status DeadlinePassed(const std::string& method);
absl::Status CallCancelled(const std::string& method);
absl::Status RequestIdReused(const std::string& request_id);
absl::Status Contention(int attempts);
absl::Status TooManyScopes(size_t limit);
absl::Status Unreadable(const google::protobuf::Message& request);

// The error of a name that names nothing.
absl::Status NotFound(absl::string_view name);

// The error of a change to what is softly deleted, or lies under it: `name` is the topmost deleted one.
absl::Status ResourceDeleted(const std::string& name);

}  // namespace concord::rpc

#endif  // COMMON_RPC_FAILURE_H_
