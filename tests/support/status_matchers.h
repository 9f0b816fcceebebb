// Matchers for absl::Status and absl::StatusOr that say, when they fail, what
// the error was.
//
//   EXPECT_THAT(Do(), IsOk());
//   EXPECT_THAT(Count(), IsOkAndHolds(Gt(3)));
//   EXPECT_THAT(Do(), HasReason(absl::StatusCode::kNotFound, rpc::v1::ERROR_REASON_RESOURCE_NOT_FOUND));
#ifndef TESTS_SUPPORT_STATUS_MATCHERS_H_
#define TESTS_SUPPORT_STATUS_MATCHERS_H_

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/status/error.h"
#include "gmock/gmock.h"

namespace concord::testing {
namespace internal {

inline const absl::Status& StatusOf(const absl::Status& status) { return status; }

template <typename T>
const absl::Status& StatusOf(const absl::StatusOr<T>& value) {
  return value.status();
}

}  // namespace internal

MATCHER(IsOk, negation ? "is an error" : "is OK") {
  const absl::Status& status = internal::StatusOf(arg);
  if (!status.ok()) *result_listener << "which is " << status.ToString();
  return status.ok();
}

// Of an absl::StatusOr: it is OK and its value matches.
MATCHER_P(IsOkAndHolds, inner, "is OK and holds a value that matches") {
  if (!arg.ok()) {
    *result_listener << "which is " << arg.status().ToString();
    return false;
  }
  return ::testing::ExplainMatchResult(inner, *arg, result_listener);
}

// The canonical code and the one reason, an enum value or a concord::Reason.
MATCHER_P2(HasReason, code, reason, "has the code and the reason") {
  const absl::Status& status = internal::StatusOf(arg);
  const concord::Reason expected(reason);
  const absl::optional<concord::Reason> actual = concord::ReasonOf(status);
  *result_listener << "which is " << status.ToString() << " with "
                   << (actual.has_value() ? actual->domain + "/" + actual->name : "no reason") << ", wanted "
                   << absl::StatusCodeToString(code) << " with " << expected.domain << "/" << expected.name;
  return status.code() == code && actual.has_value() && *actual == expected;
}

}  // namespace concord::testing

#endif  // TESTS_SUPPORT_STATUS_MATCHERS_H_
