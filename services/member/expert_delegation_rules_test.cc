#include "services/member/expert_delegation_rules.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "concord/member/v1/error_reason.pb.h"
#include "concord/rpc/v1/error_reason.pb.h"
#include "services/member/directory_fixture.h"
#include "tests/support/status_matchers.h"

namespace concord::member {
namespace {

using absl::StatusCode;
using concord::testing::HasReason;
using concord::testing::IsOk;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr char kSound[] =
    "name: 'committees/10/experts/2' member: 'members/2' count_date { year: 2012 month: 2 day: 29 } ";

std::vector<std::string> BadExpertDelegationFields(const std::string& more) {
  return BadFieldsOf<v1::ExpertDelegation>(CheckExpertDelegationValues, "expert_delegation",
                                           absl::StrCat(kSound, more));
}

TEST(ExpertDelegationValues, CountEachCategoryOnce) {
  EXPECT_THAT(BadExpertDelegationFields("expert_counts { category: STAKEHOLDER_CATEGORY_LABOUR expert_count: 10000 } "
                                        "expert_counts { category: STAKEHOLDER_CATEGORY_CONSUMERS expert_count: 1 }"),
              IsEmpty());
  EXPECT_THAT(BadExpertDelegationFields("expert_counts { category: STAKEHOLDER_CATEGORY_LABOUR expert_count: 1 } "
                                        "expert_counts { category: STAKEHOLDER_CATEGORY_LABOUR expert_count: 1 }"),
              ElementsAre("expert_delegation.expert_counts[1].category"));
  for (const char* count : {"-1", "10001"}) {
    EXPECT_THAT(BadExpertDelegationFields(
                    absl::StrCat("expert_counts { category: STAKEHOLDER_CATEGORY_LABOUR expert_count: ", count, " }")),
                ElementsAre("expert_delegation.expert_counts[0].expert_count"));
  }
}

TEST(ExpertDelegationValues, AreNamedAfterTheMember) {
  EXPECT_THAT(BadExpertDelegationFields("member: 'members/1'"), ElementsAre("expert_delegation.member"));
}

class ExpertDelegationWrite : public DirectoryTest {};

TEST_F(ExpertDelegationWrite, CountsNoFutureAndRefersToWhoLives) {
  EXPECT_THAT(Write<v1::ExpertDelegation>(ExpertDelegationRules(), kSound), IsOk());
  EXPECT_THAT(Write<v1::ExpertDelegation>(
                  ExpertDelegationRules(),
                  "name: 'committees/10/experts/2' member: 'members/2' count_date { year: 2012 month: 3 day: 1 }"),
              HasReason(StatusCode::kInvalidArgument, rpc::v1::ERROR_REASON_INVALID_REQUEST));
  EXPECT_THAT(
      Write<v1::ExpertDelegation>(
          ExpertDelegationRules(),
          "name: 'committees/10/experts/gone' member: 'members/gone' count_date { year: 2012 month: 1 day: 1 }"),
      HasReason(StatusCode::kFailedPrecondition, v1::ERROR_REASON_REFERENCE_BROKEN));
}

}  // namespace
}  // namespace concord::member
