#include "services/member/liaison_rules.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/aip/date.h"
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

std::vector<std::string> BadLiaisonFields(const std::string& text) {
  return BadFieldsOf<v1::Liaison>(CheckLiaisonValues, "liaison",
                                  absl::StrCat("name: 'committees/10/liaisons/l' ", text));
}

TEST(LiaisonValues, NameWhatIsWrong) {
  EXPECT_THAT(BadLiaisonFields("counterpart: 'members/9' category: CATEGORY_A given_count: 0 received_count: 1000000"),
              IsEmpty());
  EXPECT_THAT(BadLiaisonFields("counterpart: 'committees/11'"), IsEmpty());
  EXPECT_THAT(BadLiaisonFields("counterpart: 'plans/p'"), ElementsAre("liaison.counterpart"));
  EXPECT_THAT(BadLiaisonFields("counterpart: 'committees/10'"), ElementsAre("liaison.counterpart")) << "with itself";
  EXPECT_THAT(BadLiaisonFields("counterpart: 'committees/11' category: CATEGORY_B"), ElementsAre("liaison.category"));
  EXPECT_THAT(BadLiaisonFields("counterpart: 'members/9' given_count: -1 received_count: 1000001"),
              ElementsAre("liaison.given_count", "liaison.received_count"));
  EXPECT_THAT(
      BadLiaisonFields("counterpart: 'members/9' start_date { year: 2012 month: 1 day: 2 } end_date { year: 2012 "
                       "month: 1 day: 1 }"),
      ElementsAre("liaison.end_date"));
}

std::string DueOf(const std::string& text) {
  auto liaison = rpc::Parse<v1::Liaison>(text);
  DeriveLiaison(liaison);
  return liaison.has_review_due_date() ? aip::FormatDate(liaison.review_due_date()) : "";
}

TEST(Liaison, IsToBeReviewedTwoYearsAfterItsLastReviewOrItsBeginning) {
  EXPECT_EQ(DueOf(""), "");
  EXPECT_EQ(DueOf("start_date { year: 2010 month: 5 day: 1 }"), "2012-05-01");
  EXPECT_EQ(DueOf("start_date { year: 2010 month: 5 day: 1 } review_date { year: 2012 month: 2 day: 29 }"),
            "2014-03-01");
  EXPECT_EQ(DueOf("start_date { year: 2010 month: 5 day: 1 } end_date { year: 2011 month: 1 day: 1 }"), "");
}

class LiaisonWrite : public DirectoryTest {};

TEST_F(LiaisonWrite, RefersToWhatLivesAndKeepsTheRestWithAnImport) {
  const std::string text = "name: 'committees/10/liaisons/99' counterpart: 'committees/99'";
  EXPECT_THAT(Write<v1::Liaison>(LiaisonRules(), text),
              HasReason(StatusCode::kFailedPrecondition, v1::ERROR_REASON_REFERENCE_BROKEN));
  EXPECT_THAT(ReasonsOf(Import<v1::Liaison>(LiaisonRules(), text)), ElementsAre("REFERENCE_BROKEN"));
  EXPECT_THAT(Write<v1::Liaison>(LiaisonRules(), "name: 'committees/10/liaisons/9' counterpart: 'members/9'"), IsOk());
}

TEST_F(LiaisonWrite, WasNotReviewedInTheFuture) {
  EXPECT_THAT(Write<v1::Liaison>(LiaisonRules(),
                                 "name: 'committees/10/liaisons/9' counterpart: 'members/9' review_date { year: 2012 "
                                 "month: 3 day: 1 }"),
              HasReason(StatusCode::kInvalidArgument, rpc::v1::ERROR_REASON_INVALID_REQUEST));
}

}  // namespace
}  // namespace concord::member
