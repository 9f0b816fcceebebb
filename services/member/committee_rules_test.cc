#include "services/member/committee_rules.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "concord/member/v1/error_reason.pb.h"
#include "services/member/directory_fixture.h"
#include "tests/support/status_matchers.h"

namespace concord::member {
namespace {

using absl::StatusCode;
using concord::testing::HasReason;
using concord::testing::IsOk;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> BadCommitteeFields(const std::string& more) {
  return BadFieldsOf<v1::Committee>(CheckCommitteeValues, "committee",
                                    absl::StrCat("title: 'Food products' reference: 'TC 34' ", more));
}

TEST(CommitteeValues, AreGoodUpToTheirLimits) {
  EXPECT_THAT(BadCommitteeFields(""), IsEmpty());
  EXPECT_THAT(
      BadCommitteeFields(absl::StrCat("description: '", std::string(20'000, 'd'),
                                      "' creation_date { year: 1947 month: 1 day: 1 } disbanding_date { year: 1947 "
                                      "month: 1 day: 1 } parent_committee: 'committees/1' chair_periods {} "
                                      "secretariat_periods { member: 'members/1' twin: 'members/2' }")),
      IsEmpty());
}

TEST(CommitteeValues, NameWhatIsWrong) {
  EXPECT_THAT(BadCommitteeFields(absl::StrCat("reference: '", std::string(61, 'r'), "'")),
              ElementsAre("committee.reference"));
  EXPECT_THAT(BadCommitteeFields("parent_committee: 'TC 1'"), ElementsAre("committee.parent_committee"));
  EXPECT_THAT(
      BadCommitteeFields("creation_date { year: 1947 month: 1 day: 2 } disbanding_date { year: 1947 month: 1 day: 1 }"),
      ElementsAre("committee.disbanding_date"));
  EXPECT_THAT(BadCommitteeFields("secretariat_periods { member: 'Anna' }"),
              ElementsAre("committee.secretariat_periods[0].member"));
  EXPECT_THAT(BadCommitteeFields("secretariat_periods { member: 'members/1' twin: 'members/1' }"),
              ElementsAre("committee.secretariat_periods[0].twin"));
  EXPECT_THAT(
      BadCommitteeFields("secretariat_periods { member: 'members/1' } secretariat_periods { member: 'members/2' }"),
      ElementsAre("committee.secretariat_periods[1]"))
      << "there is one secretariat at a time";
  EXPECT_THAT(BadCommitteeFields("chair_periods { member: 'x' }"), ElementsAre("committee.chair_periods[0].member"));
}

class CommitteeWrite : public DirectoryTest {
 protected:
  absl::StatusOr<v1::Committee> WriteTen(const std::string& more) {
    return Write<v1::Committee>(CommitteeRules(), absl::StrCat("name: 'committees/10' ", more));
  }
};

TEST_F(CommitteeWrite, SaysWhoHoldsTheSecretariatNow) {
  const auto committee = WriteTen(
      "secretariat_periods { member: 'members/2' end_date { year: 2010 month: 1 day: 1 } } "
      "secretariat_periods { member: 'members/1' start_date { year: 2010 month: 1 day: 2 } }");
  ASSERT_THAT(committee, IsOk());
  EXPECT_EQ(committee->secretariat(), "members/1");
}

TEST(Committee, HasTheSecretariatOfADay) {
  auto committee = rpc::Parse<v1::Committee>(
      "secretariat_periods { member: 'members/2' end_date { year: 2010 month: 1 day: 1 } } "
      "secretariat_periods { member: 'members/1' start_date { year: 2010 month: 3 day: 1 } }");
  const auto on = [&](absl::CivilDay day) {
    SetFactsOn(day, committee);
    return committee.secretariat();
  };
  EXPECT_EQ(on(absl::CivilDay(2010, 1, 1)), "members/2");
  EXPECT_EQ(on(absl::CivilDay(2010, 2, 1)), "");
  EXPECT_EQ(on(absl::CivilDay(2010, 3, 1)), "members/1");
}

TEST_F(CommitteeWrite, GivesTheSecretariatToAParticipantOnly) {
  EXPECT_THAT(WriteTen("secretariat_periods { member: 'members/2' }"),
              HasReason(StatusCode::kFailedPrecondition, v1::ERROR_REASON_SECRETARIAT_NOT_PARTICIPANT));
  EXPECT_THAT(WriteTen("secretariat_periods { member: 'members/2' end_date { year: 2010 month: 1 day: 1 } }"), IsOk())
      << "what was is history";
}

TEST_F(CommitteeWrite, RefersToWhatLives) {
  for (const char* broken : {"parent_committee: 'committees/none'", "parent_committee: 'committees/gone'",
                             "chair_periods { member: 'members/gone' }",
                             "secretariat_periods { member: 'members/none' end_date { year: 2010 month: 1 day: 1 } }",
                             "secretariat_periods { member: 'members/1' twin: 'members/none' }"}) {
    EXPECT_THAT(WriteTen(broken), HasReason(StatusCode::kFailedPrecondition, v1::ERROR_REASON_REFERENCE_BROKEN))
        << broken;
  }
}

TEST_F(CommitteeWrite, IsNeverAboveItself) {
  EXPECT_THAT(WriteTen("parent_committee: 'committees/11'"),
              HasReason(StatusCode::kFailedPrecondition, v1::ERROR_REASON_COMMITTEE_CYCLE));
  EXPECT_THAT(WriteTen("parent_committee: 'committees/10'"),
              HasReason(StatusCode::kFailedPrecondition, v1::ERROR_REASON_COMMITTEE_CYCLE));
}

TEST_F(CommitteeWrite, IsNotTooFarBelowTheTop) {
  for (int i = 100; i < 130; ++i) {
    state_.Put(rpc::Parse<v1::Committee>(
        absl::StrCat("name: 'committees/", i, "' parent_committee: 'committees/", i == 100 ? 11 : i - 1, "'")));
  }
  const auto under = [&](int parent) {
    return Write<v1::Committee>(CommitteeRules(),
                                absl::StrCat("name: 'committees/new' parent_committee: 'committees/", parent, "'"));
  };
  EXPECT_THAT(under(116), IsOk());
  EXPECT_THAT(under(129), HasReason(StatusCode::kFailedPrecondition, v1::ERROR_REASON_COMMITTEE_TOO_DEEP));
}

TEST_F(CommitteeWrite, KeepsWithAnImportWhatIsWrong) {
  const auto committee = Import<v1::Committee>(
      CommitteeRules(),
      "name: 'committees/10' parent_committee: 'committees/none' secretariat_periods { member: 'members/2' }");
  EXPECT_THAT(ReasonsOf(committee), ElementsAre("REFERENCE_BROKEN", "SECRETARIAT_NOT_PARTICIPANT"));
  EXPECT_EQ(committee.secretariat(), "members/2");
}

TEST_F(CommitteeWrite, CannotDeleteWhatOthersReferTo) {
  EXPECT_THAT(Remove<v1::Committee>(CommitteeRules(), "name: 'committees/10'"),
              HasReason(StatusCode::kFailedPrecondition, v1::ERROR_REASON_RESOURCE_IN_USE));
  EXPECT_THAT(Remove<v1::Committee>(CommitteeRules(), "name: 'committees/11'"), IsOk());
  state_.Put(rpc::Parse<v1::Ballot>("name: 'ballots/b' committee: 'committees/11'"));
  EXPECT_THAT(Remove<v1::Committee>(CommitteeRules(), "name: 'committees/11'"),
              HasReason(StatusCode::kFailedPrecondition, v1::ERROR_REASON_RESOURCE_IN_USE));
}

}  // namespace
}  // namespace concord::member
