// What went wrong, for people, for programs and for the shell.
//
// Pure; safe from any thread.
#ifndef SERVICES_CONCORDCTL_FAILURES_H_
#define SERVICES_CONCORDCTL_FAILURES_H_

#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "common/status/error.h"

namespace grpc {
class Status;
}

namespace concord::ctl {

// What the shell is told. Part of the interface: scripts rely on the numbers.
enum ExitCode {
  kDone = 0,
  kUsage = 1,    // The command line, or a file that cannot be read.
  kRefused = 2,  // Invalid, or not allowed as things are: change something first.
  kNotFound = 3,
  kDamaged = 4,      // A ledger did not pass its verification.
  kUnavailable = 5,  // No answer, or the outcome is unknown: repeating is safe.
  kConflict = 6,     // Somebody else was first: read again and decide again.
};

// A mistake in the command line; `format` as in MakeError.
absl::Status UsageError(absl::string_view format, const ErrorMetadata& metadata = {});

// The verification of a ledger failed.
absl::Status DamagedError(absl::string_view format, const ErrorMetadata& metadata = {});

// An error of gRPC with all details that came with it. `where` says for people
// which call failed, for example "GetAction at 127.0.0.1:7002".
absl::Status FromGrpc(const grpc::Status& status, absl::string_view where);

// Adds the id with which a write whose outcome is unknown can be repeated.
absl::Status WithRequestId(absl::Status status, absl::string_view request_id);

ExitCode ExitCodeOf(const absl::Status& status);

// What to print on stderr: one line with what is wrong and where, then the
// reason, then each violation, then what to do. Ends with a line end.
std::string FailureText(const absl::Status& status);

// The same as a JSON document: {"error": {"code", "message", "reason", "domain",
// "where", "requestId", "advice", "exitCode", "violations": [{"field", "description"}]}}.
std::string FailureJson(const absl::Status& status);

}  // namespace concord::ctl

#endif  // SERVICES_CONCORDCTL_FAILURES_H_
