// What is asked of every request, whatever its method: the annotations of its
// schema and the fields that have one meaning everywhere.
#ifndef COMMON_RPC_REQUEST_CHECKS_H_
#define COMMON_RPC_REQUEST_CHECKS_H_

#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "absl/types/optional.h"
#include "common/status/error.h"
#include "concord/type/moment.pb.h"
#include "google/protobuf/message.h"
#include "google/protobuf/timestamp.pb.h"

namespace concord::rpc {

// RESOURCE_EXHAUSTED with REQUEST_TOO_LARGE.
absl::Status CheckSize(size_t bytes, size_t limit);

// REQUIRED fields of the request itself (those of a resource in it are checked by the
// method, which may complete it first), known enum values, request_id, page_size, reason,
// as_of.
void CheckRequest(const google::protobuf::Message& request, Violations& violations);

// Adds a violation for each REQUIRED field of the request itself that is not set.
void CheckRequiredFieldsOf(const google::protobuf::Message& request, Violations& violations);

// The request's field `as_of`; nothing if it has none or it is not set.
absl::optional<concord::type::Moment> MomentOf(const google::protobuf::Message& request);

// The request's field `validate_only`.
bool ValidateOnlyOf(const google::protobuf::Message& request);

absl::Time TimeOf(const google::protobuf::Timestamp& timestamp);

// The time in whole microseconds, which is what the ledger keeps.
google::protobuf::Timestamp TimestampOf(absl::Time time);

// The trace id of a W3C traceparent; empty if it is none.
std::string TraceIdOf(absl::string_view traceparent);

}  // namespace concord::rpc

#endif  // COMMON_RPC_REQUEST_CHECKS_H_
