// Tries again what may succeed a moment later.
#ifndef SERVICES_CONCORDCTL_RETRY_H_
#define SERVICES_CONCORDCTL_RETRY_H_

#include <functional>

#include "absl/status/status.h"
#include "absl/time/time.h"

namespace concord::ctl {

struct RetryPolicy {
  int maximum_attempts = 5;
  absl::Duration first_delay = absl::Milliseconds(200);  // Doubled after each attempt.
  absl::Duration maximum_delay = absl::Seconds(5);       // Also of what a service asks for.
};

// Waits for so long.
using Sleeper = std::function<void(absl::Duration)>;

// Whether the same call, with the same request id, may be sent again: the
// service did not answer (UNAVAILABLE, DEADLINE_EXCEEDED), or had too much to
// do (OVERLOADED).
bool MayRetry(const absl::Status& status);

// Calls `attempt` until it succeeds, fails for good, or the attempts are used
// up; waits in between, and no shorter than the RetryInfo of an error says.
// Returns the last outcome.
absl::Status CallWithRetry(const RetryPolicy& policy, const Sleeper& sleep,
                           const std::function<absl::Status()>& attempt);

}  // namespace concord::ctl

#endif  // SERVICES_CONCORDCTL_RETRY_H_
