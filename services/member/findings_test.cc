#include "services/member/findings.h"

#include <string>

#include "common/status/error.h"
#include "concord/member/v1/error_reason.pb.h"
#include "gmock/gmock.h"
#include "tests/support/status_matchers.h"

namespace concord::member {
namespace {

using concord::testing::HasReason;
using concord::testing::IsOk;

absl::Status Broken(const std::string& reference) {
  return MakeError(absl::StatusCode::kFailedPrecondition, v1::ERROR_REASON_REFERENCE_BROKEN, "there is no {reference}",
                   {{"reference", reference}});
}

TEST(Findings, OfAnImportAreKeptWithReasonAndWords) {
  KeptFindings kept;
  KeepFindings({Broken("members/1"), Broken("members/2")}, kept);
  ASSERT_EQ(kept.size(), 2);
  EXPECT_EQ(kept[0].reason(), "REFERENCE_BROKEN");
  EXPECT_EQ(kept[1].detail(), "there is no members/2");
  KeepFindings({}, kept);
  EXPECT_EQ(kept.size(), 0);
}

TEST(Findings, OfAnImportAreNotEndless) {
  Found many;
  for (int i = 0; i < 1'000; ++i) many.push_back(Broken(std::to_string(i)));
  KeptFindings kept;
  KeepFindings(many, kept);
  ASSERT_EQ(kept.size(), 21);
  EXPECT_EQ(kept[20].detail(), "and 980 more");
  EXPECT_THAT(RefuseNewFindings(many, kept), IsOk()) << "none of another reason was added";
}

TEST(Findings, RefuseAnOrdinaryWriteUnlessTheyWereThereBefore) {
  KeptFindings kept;
  EXPECT_THAT(RefuseNewFindings({Broken("members/1")}, kept),
              HasReason(absl::StatusCode::kFailedPrecondition, v1::ERROR_REASON_REFERENCE_BROKEN));
  KeepFindings({Broken("members/1"), Broken("members/2")}, kept);
  EXPECT_THAT(RefuseNewFindings({Broken("members/1")}, kept), IsOk());
  EXPECT_EQ(kept.size(), 1) << "what is mended is found no more";
  EXPECT_THAT(RefuseNewFindings({Broken("members/1"), Broken("members/3")}, kept),
              HasReason(absl::StatusCode::kFailedPrecondition, v1::ERROR_REASON_REFERENCE_BROKEN));
}

}  // namespace
}  // namespace concord::member
