#include "services/action/contribution_rules.h"

#include "concord/action/v1/error_reason.pb.h"
#include "concord/rpc/v1/error_reason.pb.h"
#include "services/action/record_fixture.h"
#include "tests/support/status_matchers.h"

namespace concord::action {
namespace {

using absl::StatusCode;
using concord::testing::HasReason;
using concord::testing::IsOk;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using v1::Contribution;

constexpr char kGoodContribution[] =
    "title: 'Two trainers' member: 'members/sn' amount { value: '2.5' } date { year: 2012 month: 2 day: 15 } ";

std::vector<std::string> BadContributionFields(const std::string& more) {
  return BadFieldsOf<Contribution>(CheckContributionValues, "contribution", absl::StrCat(kGoodContribution, more));
}

TEST(ContributionValues, AreGoodUpToTheirLimits) {
  EXPECT_THAT(BadContributionFields("kind: KIND_EXPERT_DAYS"), IsEmpty());
  EXPECT_THAT(BadContributionFields(
                  absl::StrCat("kind: KIND_SEATS note: '", std::string(4'000, 'n'), "' evidence { title: 'T' }")),
              IsEmpty());
}

TEST(ContributionValues, NameACurrencyForMoneyAndNothingElse) {
  EXPECT_THAT(BadContributionFields("kind: KIND_MONEY currency_code: 'CHF'"), IsEmpty());
  EXPECT_THAT(BadContributionFields("kind: KIND_MONEY"), ElementsAre("contribution.currency_code"));
  EXPECT_THAT(BadContributionFields("kind: KIND_MONEY currency_code: 'francs'"),
              ElementsAre("contribution.currency_code"));
  for (const char* kind : {"KIND_EXPERT_DAYS", "KIND_SEATS", "KIND_HOSTING"}) {
    EXPECT_THAT(BadContributionFields(absl::StrCat("kind: ", kind, " currency_code: 'CHF'")),
                ElementsAre("contribution.currency_code"));
  }
}

TEST(ContributionValues, NameWhatIsWrong) {
  EXPECT_THAT(BadContributionFields(
                  absl::StrCat("kind: KIND_SEATS title: ' ' member: 'sn' amount { value: '0' } date { day: 31 } ",
                               "note: '", std::string(4'001, 'n'), "' evidence { title: 'T' uri: 'x' }")),
              ElementsAre("contribution.title", "contribution.member", "contribution.amount", "contribution.date",
                          "contribution.note", "contribution.evidence[0].uri"));
}

class ContributionWrite : public RecordWrite {
 protected:
  ContributionWrite() : RecordWrite(Contribution::default_instance()) {}

  absl::StatusOr<Contribution> Create(const std::string& action, const std::string& more = "") {
    return Write<Contribution>(ContributionRules(),
                               absl::StrCat("name: '", action, "/contributions/c' ", kGoodContribution, more));
  }
};

// Books are closed by the plan, not by the action.
TEST_F(ContributionWrite, IsPossibleInEveryStateOfTheAction) {
  for (const char* action : {"proposed", "approved", "running", "held", "completed", "cancelled"}) {
    const std::string name = absl::StrCat("plans/p/actions/", action);
    EXPECT_THAT(Create(name), IsOk()) << action;
    EXPECT_THAT(Remove<Contribution>(ContributionRules(), absl::StrCat("name: '", name, "/contributions/c'")), IsOk());
  }
}

TEST_F(ContributionWrite, IsRefusedUnderAPlanThatIsOver) {
  const auto closed = HasReason(StatusCode::kFailedPrecondition, v1::ERROR_REASON_PLAN_CLOSED);
  EXPECT_THAT(Create("plans/closed/actions/running"), closed);
  EXPECT_THAT(Remove<Contribution>(ContributionRules(), "name: 'plans/closed/actions/running/contributions/c'"),
              closed);
}

TEST_F(ContributionWrite, IsNotPromisedButGiven) {
  EXPECT_THAT(Create("plans/p/actions/running", "date { year: 2012 month: 2 day: 29 }"), IsOk());
  const auto promised = Create("plans/p/actions/running", "date { year: 2012 month: 3 day: 1 }");
  EXPECT_THAT(promised, HasReason(StatusCode::kInvalidArgument, rpc::v1::ERROR_REASON_INVALID_REQUEST));
  EXPECT_EQ(ViolationsOf(promised.status()).at(0).first, "contribution.date");
}

}  // namespace
}  // namespace concord::action
