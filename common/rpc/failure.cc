#include "common/rpc/failure.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "common/rpc/request_checks.h"
#include "common/status/error.h"
#include "concord/rpc/v1/error_reason.pb.h"

namespace concord::rpc {

absl::Status StoreFailure(const absl::Status& status) {
  if (ReasonOf(status).has_value()) return status;
  if (absl::IsUnavailable(status) || absl::IsAborted(status) || absl::IsDeadlineExceeded(status) ||
      absl::IsCancelled(status) || absl::IsResourceExhausted(status)) {
    return MakeError(absl::StatusCode::kUnavailable, v1::ERROR_REASON_STORE_UNAVAILABLE,
                     "the store does not answer: try again later");
  }
  // What went wrong inside stays inside: the edge logs it under the trace id.
  return absl::InternalError(status.message());
}

absl::Status PastFailure(const absl::Status& status, const std::string& scope, const concord::type::Moment& moment) {
  if (!absl::IsOutOfRange(status)) return status;
  if (moment.has_time()) {
    const std::string time = absl::FormatTime(TimeOf(moment.time()), absl::UTCTimeZone());
    return MakeError(absl::StatusCode::kInvalidArgument, v1::ERROR_REASON_FUTURE_MOMENT,
                     "{time} has not come yet: ask for a past time, or for none", {{"time", time}});
  }
  int64_t revision = 0;
  for (const auto& named : moment.revisions()) {
    if (named.scope() == scope) revision = named.revision();
  }
  return MakeError(absl::StatusCode::kFailedPrecondition, v1::ERROR_REASON_HISTORY_DIVERGED,
                   "{scope} has no revision {revision}: ask for revisions that an answer carried",
                   {{"scope", scope}, {"revision", absl::StrCat(revision)}});
}

absl::Status UnnamedScope(const std::string& scope) {
  Violations violations;
  violations.Add("as_of.revisions", absl::StrCat("must name a revision of ", scope, ", which the request reads"));
  return violations.ToStatus();
}

absl::Status OutcomeUnknown(const std::string& request_id) {
  return MakeError(absl::StatusCode::kUnavailable, v1::ERROR_REASON_OUTCOME_UNKNOWN,
                   "whether the write happened is not known: send it again with the request id {request_id}",
                   {{"request_id", request_id}});
}

absl::Status DeadlinePassed(const std::string& method) {
  return MakeError(absl::StatusCode::kDeadlineExceeded, v1::ERROR_REASON_DEADLINE_PASSED,
                   "the deadline passed before {method} was done", {{"method", method}});
}

absl::Status CallCancelled(const std::string& method) {
  return MakeError(absl::StatusCode::kCancelled, v1::ERROR_REASON_CALL_CANCELLED,
                   "the caller of {method} has gone away", {{"method", method}});
}

absl::Status RequestIdReused(const std::string& request_id) {
  return MakeError(absl::StatusCode::kInvalidArgument, v1::ERROR_REASON_REQUEST_ID_REUSED,
                   "the request id {request_id} was used for another request: use a new one",
                   {{"request_id", request_id}});
}

absl::Status Contention(int attempts) {
  return MakeError(absl::StatusCode::kAborted, v1::ERROR_REASON_CONTENTION,
                   "others changed what this depends on {attempts} times in a row: try again",
                   {{"attempts", absl::StrCat(attempts)}});
}

absl::Status TooManyScopes(size_t limit) {
  return MakeError(absl::StatusCode::kResourceExhausted, v1::ERROR_REASON_TOO_MANY_SCOPES,
                   "the request refers to more than {limit} scopes (plans, for example): send less at a time",
                   {{"limit", absl::StrCat(limit)}});
}

absl::Status Unreadable(const google::protobuf::Message& request) {
  return MakeError(absl::StatusCode::kInvalidArgument, v1::ERROR_REASON_UNREADABLE_REQUEST,
                   "the request is no {message_type}", {{"message_type", request.GetTypeName()}});
}

absl::Status NotFound(absl::string_view name) {
  return MakeError(absl::StatusCode::kNotFound, v1::ERROR_REASON_RESOURCE_NOT_FOUND, "there is no {name}",
                   {{"name", std::string(name.substr(0, 512))}});
}

absl::Status ResourceDeleted(const std::string& name) {
  return MakeError(absl::StatusCode::kFailedPrecondition, v1::ERROR_REASON_RESOURCE_DELETED,
                   "{name} is deleted: undelete it first", {{"name", name}});
}

}  // namespace concord::rpc
