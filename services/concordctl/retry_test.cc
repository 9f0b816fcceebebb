#include "services/concordctl/retry.h"

#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "common/status/error.h"
#include "concord/rpc/v1/error_reason.pb.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace concord::ctl {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// Answers with the given outcomes one after the other, and notes the waiting.
struct Trial {
  std::vector<absl::Status> outcomes;
  RetryPolicy policy = {};
  int attempts = 0;
  std::vector<absl::Duration> waits = {};

  absl::Status Run() {
    return CallWithRetry(
        policy, [this](absl::Duration wait) { waits.push_back(wait); }, [this] { return outcomes.at(attempts++); });
  }
};

TEST(CallWithRetry, CallsOnceWhatSucceeds) {
  Trial trial{{absl::OkStatus()}};
  EXPECT_TRUE(trial.Run().ok());
  EXPECT_THAT(trial.waits, IsEmpty());
}

TEST(CallWithRetry, WaitsTwiceAsLongEachTimeUntilItSucceeds) {
  Trial trial{
      {absl::UnavailableError(""), absl::DeadlineExceededError(""), absl::UnavailableError(""), absl::OkStatus()}};
  EXPECT_TRUE(trial.Run().ok());
  EXPECT_THAT(trial.waits, ElementsAre(absl::Milliseconds(200), absl::Milliseconds(400), absl::Milliseconds(800)));
}

TEST(CallWithRetry, GivesUpAfterTheLastAttemptWithItsOutcome) {
  Trial trial{{absl::UnavailableError("1"), absl::UnavailableError("2"), absl::UnavailableError("3")}};
  trial.policy.maximum_attempts = 3;
  EXPECT_EQ(trial.Run().message(), "3");
  EXPECT_EQ(trial.attempts, 3);
  EXPECT_EQ(trial.waits.size(), 2u);
}

TEST(CallWithRetry, DoesNotRepeatWhatWasRefused) {
  for (const absl::Status& refused : {absl::AbortedError(""), absl::InvalidArgumentError(""), absl::NotFoundError(""),
                                      absl::ResourceExhaustedError("too large"), absl::InternalError("")}) {
    Trial trial{{refused}};
    EXPECT_EQ(trial.Run(), refused);
    EXPECT_EQ(trial.attempts, 1);
  }
}

TEST(CallWithRetry, WaitsAsLongAsAnOverloadedServiceAsks) {
  const absl::Status overloaded = WithRetryDelay(
      MakeError(absl::StatusCode::kResourceExhausted, rpc::v1::ERROR_REASON_OVERLOADED, "busy"), absl::Seconds(2));
  const absl::Status endless = WithRetryDelay(overloaded, absl::Hours(1));
  Trial trial{{overloaded, endless, absl::OkStatus()}};
  EXPECT_TRUE(trial.Run().ok());
  EXPECT_THAT(trial.waits, ElementsAre(absl::Seconds(2), absl::Seconds(5)));
}

}  // namespace
}  // namespace concord::ctl
