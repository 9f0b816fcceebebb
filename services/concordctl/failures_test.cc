#include "services/concordctl/failures.h"

#include <string>

#include "concord/rpc/v1/error_reason.pb.h"
#include "gmock/gmock.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "grpcpp/support/status.h"
#include "gtest/gtest.h"

namespace concord::ctl {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

grpc::Status InvalidWithTwoViolations() {
  google::rpc::ErrorInfo info;
  info.set_domain("concord.rpc.v1");
  info.set_reason("INVALID_REQUEST");
  google::rpc::BadRequest violations;
  for (const char* field : {"action.title", "action.code"}) {
    auto* violation = violations.add_field_violations();
    violation->set_field(field);
    violation->set_description("must not be empty");
  }
  google::rpc::Status details;
  details.add_details()->PackFrom(info);
  details.add_details()->PackFrom(violations);
  return {grpc::StatusCode::INVALID_ARGUMENT, "two fields are wrong", details.SerializeAsString()};
}

TEST(FailureText, TellsWhatWhereWhyAndEveryViolation) {
  EXPECT_EQ(FailureText(FromGrpc(InvalidWithTwoViolations(), "CreateAction at 127.0.0.1:7002")),
            "concordctl: two fields are wrong (CreateAction at 127.0.0.1:7002)\n"
            "  reason: INVALID_REQUEST of concord.rpc.v1\n"
            "  - action.title: must not be empty\n"
            "  - action.code: must not be empty\n");
}

TEST(FailureText, SaysHowToRepeatAWriteWhoseOutcomeIsUnknown) {
  const absl::Status status = FromGrpc({grpc::StatusCode::UNAVAILABLE, "connection refused"}, "X at y");
  EXPECT_THAT(FailureText(WithRequestId(status, "id-7")), HasSubstr("--request-id id-7"));
  EXPECT_THAT(FailureText(status), AllOf(Not(HasSubstr("--request-id")), HasSubstr("concordctl status")));
}

TEST(FailureText, LetsNoTextOfOthersCommandTheTerminal) {
  EXPECT_THAT(FailureText(FromGrpc({grpc::StatusCode::INTERNAL, "a\033[2J\nb"}, "")), HasSubstr("a?[2J b\n"));
}

TEST(FailureJson, HoldsTheSameForPrograms) {
  const std::string json = FailureJson(FromGrpc(InvalidWithTwoViolations(), "CreateAction at a"));
  for (const char* part : {"\"code\": \"INVALID_ARGUMENT\"", "\"reason\": \"INVALID_REQUEST\"", "\"exitCode\": 2",
                           "\"where\": \"CreateAction at a\"", "\"field\": \"action.code\""}) {
    EXPECT_THAT(json, HasSubstr(part));
  }
}

TEST(FromGrpc, SurvivesDetailsThatAreNoMessage) {
  const absl::Status status = FromGrpc({grpc::StatusCode::ABORTED, "x", "\xFF\xFF"}, "w");
  EXPECT_EQ(status.message(), "x");
  EXPECT_FALSE(ReasonOf(status));
}

TEST(ExitCodeOf, FollowsTheDocumentedTable) {
  using grpc::StatusCode;
  const auto of = [](StatusCode code) { return ExitCodeOf(FromGrpc(grpc::Status(code, ""), "")); };
  EXPECT_EQ(ExitCodeOf(absl::OkStatus()), 0);
  EXPECT_EQ(ExitCodeOf(UsageError("x")), 1);
  EXPECT_EQ(of(StatusCode::INVALID_ARGUMENT), 2);
  EXPECT_EQ(of(StatusCode::FAILED_PRECONDITION), 2);
  EXPECT_EQ(of(StatusCode::PERMISSION_DENIED), 2);
  EXPECT_EQ(of(StatusCode::RESOURCE_EXHAUSTED), 2);
  EXPECT_EQ(of(StatusCode::NOT_FOUND), 3);
  EXPECT_EQ(ExitCodeOf(DamagedError("x")), 4);
  EXPECT_EQ(of(StatusCode::UNAVAILABLE), 5);
  EXPECT_EQ(of(StatusCode::DEADLINE_EXCEEDED), 5);
  EXPECT_EQ(of(StatusCode::CANCELLED), 5);
  EXPECT_EQ(of(StatusCode::ABORTED), 6);
  EXPECT_EQ(of(StatusCode::ALREADY_EXISTS), 6);
  EXPECT_EQ(ExitCodeOf(MakeError(absl::StatusCode::kResourceExhausted, rpc::v1::ERROR_REASON_OVERLOADED, "busy")), 5);
}

}  // namespace
}  // namespace concord::ctl
