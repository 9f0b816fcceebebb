#include "services/action/risk_rules.h"

#include "concord/action/v1/error_reason.pb.h"
#include "services/action/record_fixture.h"
#include "tests/support/status_matchers.h"

namespace concord::action {
namespace {

using absl::StatusCode;
using concord::testing::HasReason;
using concord::testing::IsOk;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using v1::Risk;

std::vector<std::string> BadRiskFields(const std::string& more) {
  return BadFieldsOf<Risk>(CheckRiskValues, "risk",
                           absl::StrCat("title: 'No trainers' likelihood: 1 impact: 5 ", more));
}

TEST(RiskValues, AreGoodUpToTheirLimits) {
  EXPECT_THAT(BadRiskFields(""), IsEmpty());
  EXPECT_THAT(BadRiskFields("likelihood: 5 impact: 1 owner: 'members/sn' review_date { year: 2013 month: 1 day: 1 }"),
              IsEmpty());
}

TEST(RiskValues, NameWhatIsWrong) {
  EXPECT_THAT(BadRiskFields("likelihood: 6 impact: -1 owner: 'x' review_date { year: 2013 }"),
              ElementsAre("risk.likelihood", "risk.impact", "risk.owner", "risk.review_date"));
  const std::string long_text(4'001, 'x');
  EXPECT_THAT(BadRiskFields(absl::StrCat("title: '' description: '", long_text, "' mitigation: '", long_text, "'")),
              ElementsAre("risk.title", "risk.description", "risk.mitigation"));
}

class RiskWrite : public RecordWrite {
 protected:
  RiskWrite() : RecordWrite(Risk::default_instance()) {}
};

TEST_F(RiskWrite, IsAsSevereAsItIsLikelyAndHarmful) {
  Risk before;
  for (int likelihood = 1; likelihood <= 5; ++likelihood) {
    for (int impact = 1; impact <= 5; ++impact) {
      const std::string text = absl::StrCat(
          "name: 'plans/p/actions/running/risks/r' severity: 99 likelihood: ", likelihood, " impact: ", impact);
      const auto created = Write<Risk>(RiskRules(), text);
      ASSERT_THAT(created, IsOk());
      EXPECT_EQ(created->severity(), likelihood * impact);
      EXPECT_EQ(created->state(), Risk::STATE_OPEN);
      EXPECT_EQ(Write<Risk>(RiskRules(), text, &before)->severity(), likelihood * impact);
    }
  }
}

TEST_F(RiskWrite, IsPossibleUntilThePlanIsClosed) {
  for (const char* action : {"proposed", "approved", "running", "held", "completed", "cancelled"}) {
    EXPECT_THAT(Write<Risk>(RiskRules(), absl::StrCat("name: 'plans/p/actions/", action, "/risks/r'")), IsOk());
  }
  const auto closed = HasReason(StatusCode::kFailedPrecondition, v1::ERROR_REASON_PLAN_CLOSED);
  EXPECT_THAT(Write<Risk>(RiskRules(), "name: 'plans/closed/actions/running/risks/r'"), closed);
  EXPECT_THAT(Remove<Risk>(RiskRules(), "name: 'plans/closed/actions/running/risks/r'"), closed);
}

}  // namespace
}  // namespace concord::action
