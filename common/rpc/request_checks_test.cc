#include "common/rpc/request_checks.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/rpc/state_fixture.h"
#include "concord/action/v1/action_service.pb.h"
#include "concord/rpc/v1/error_reason.pb.h"
#include "gmock/gmock.h"
#include "tests/support/status_matchers.h"

namespace concord::rpc {
namespace {

using action::v1::ApproveActionRequest;
using action::v1::CreateActionRequest;
using action::v1::ListActionsRequest;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

template <typename Request>
std::vector<std::string> BadFields(const std::string& text) {
  Violations violations;
  CheckRequest(Parse<Request>(text), violations);
  std::vector<std::string> fields;
  for (const auto& [field, description] : ViolationsOf(violations.ToStatus())) fields.push_back(field);
  return fields;
}

TEST(RequestChecks, WantEveryRequiredField) {
  EXPECT_THAT(BadFields<CreateActionRequest>(""), ElementsAre("parent", "action", "action_id"));
  EXPECT_THAT(BadFields<CreateActionRequest>("parent: 'p' action { } action_id: 'a'"), IsEmpty());
}

TEST(RequestChecks, WantKnownEnumValues) {
  EXPECT_THAT(BadFields<CreateActionRequest>("parent: 'p' action_id: 'a' action { objective_links { kind: 77 } }"),
              ElementsAre("action.objective_links[0].kind"));
}

TEST(RequestChecks, WantPrintableRequestIds) {
  const auto bad = [](const std::string& id) {
    return !BadFields<ApproveActionRequest>(absl::StrCat("name: 'n' request_id: '", id, "'")).empty();
  };
  EXPECT_FALSE(bad(""));
  EXPECT_FALSE(bad(std::string(128, '~')));
  EXPECT_TRUE(bad(std::string(129, '~')));
  for (const char* id : {"a b", "\\t", "\\000", "\\177", "\\303\\251"}) EXPECT_TRUE(bad(id)) << id;
}

TEST(RequestChecks, BoundTheReasonAndThePageSize) {
  EXPECT_THAT(BadFields<ApproveActionRequest>(absl::StrCat("name: 'n' reason: '", std::string(1'000, 'r'), "'")),
              IsEmpty());
  EXPECT_THAT(BadFields<ApproveActionRequest>(absl::StrCat("name: 'n' reason: '", std::string(1'001, 'r'), "'")),
              ElementsAre("reason"));
  EXPECT_THAT(BadFields<ListActionsRequest>("parent: 'p' page_size: -1"), ElementsAre("page_size"));
  EXPECT_THAT(BadFields<ListActionsRequest>("parent: 'p' page_size: 2147483647"), IsEmpty());
}

TEST(RequestChecks, WantOneMomentOrNone) {
  const auto bad = [](const std::string& as_of) {
    return BadFields<ListActionsRequest>("parent: 'p' as_of { " + as_of + " }");
  };
  EXPECT_THAT(bad("time { seconds: 1 nanos: 999999999 }"), IsEmpty());
  EXPECT_THAT(bad("revisions { scope: 's' revision: 0 }"), IsEmpty());
  EXPECT_THAT(bad(""), ElementsAre("as_of"));
  EXPECT_THAT(bad("time { } revisions { }"), ElementsAre("as_of"));
  for (const char* time : {"seconds: -1", "nanos: -1", "nanos: 1000000000", "seconds: 253402300800"}) {
    EXPECT_THAT(bad(absl::StrCat("time { ", time, " }")), ElementsAre("as_of.time")) << time;
  }
  EXPECT_THAT(bad("revisions { } revisions { revision: -5 }"), ElementsAre("as_of.revisions[1].revision"));
}

TEST(CheckSize, AllowsUpToTheLimit) {
  EXPECT_TRUE(CheckSize(10, 10).ok());
  const absl::Status status = CheckSize(11, 10);
  EXPECT_THAT(status,
              concord::testing::HasReason(absl::StatusCode::kResourceExhausted, v1::ERROR_REASON_REQUEST_TOO_LARGE));
  EXPECT_EQ(MetadataOf(status, "size_bytes"), "11");
}

TEST(TraceId, IsTakenFromATraceparentAndNothingElse) {
  EXPECT_EQ(TraceIdOf("00-0AF7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"), "0af7651916cd43dd8448eb211c80319c");
  for (const char* other :
       {"", "00", "00-0af7651916cd43dd8448eb211c80319c", "00-0af7651916cd43dd8448eb211c80319x-b7ad6b7169203331-01",
        "00 0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"}) {
    EXPECT_EQ(TraceIdOf(other), "") << other;
  }
}

}  // namespace
}  // namespace concord::rpc
