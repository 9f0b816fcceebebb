#include "services/concordctl/retry.h"

#include <algorithm>

#include "absl/strings/cord.h"
#include "absl/types/optional.h"
#include "common/status/error.h"
#include "concord/rpc/v1/error_reason.pb.h"
#include "google/rpc/error_details.pb.h"

namespace concord::ctl {
namespace {

absl::Duration DelayAskedFor(const absl::Status& status) {
  const absl::optional<absl::Cord> payload = status.GetPayload("type.googleapis.com/google.rpc.RetryInfo");
  google::rpc::RetryInfo info;
  if (!payload || !info.ParseFromString(std::string(*payload))) return absl::ZeroDuration();
  return absl::Seconds(info.retry_delay().seconds()) + absl::Nanoseconds(info.retry_delay().nanos());
}

}  // namespace

bool MayRetry(const absl::Status& status) {
  return absl::IsUnavailable(status) || absl::IsDeadlineExceeded(status) ||
         HasReason(status, rpc::v1::ERROR_REASON_OVERLOADED);
}

absl::Status CallWithRetry(const RetryPolicy& policy, const Sleeper& sleep,
                           const std::function<absl::Status()>& attempt) {
  absl::Duration delay = policy.first_delay;
  for (int number = 1;; ++number) {
    absl::Status status = attempt();
    if (status.ok() || !MayRetry(status) || number >= policy.maximum_attempts) return status;
    sleep(std::min(std::max(delay, DelayAskedFor(status)), policy.maximum_delay));
    delay *= 2;
  }
}

}  // namespace concord::ctl
