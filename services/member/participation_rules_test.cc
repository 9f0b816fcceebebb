#include "services/member/participation_rules.h"

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

std::vector<std::string> BadParticipationFields(const std::string& text) {
  return BadFieldsOf<v1::Participation>(CheckParticipationValues, "participation",
                                        absl::StrCat("name: 'committees/10/participations/1' ", text));
}

TEST(ParticipationValues, AreNamedAfterTheMember) {
  EXPECT_THAT(BadParticipationFields("member: 'members/1' role_periods { role: ROLE_OBSERVER }"), IsEmpty());
  EXPECT_THAT(BadParticipationFields("member: 'members/2' role_periods { role: ROLE_OBSERVER }"),
              ElementsAre("participation.member"));
  EXPECT_THAT(BadParticipationFields("member: 'Anna'"), ElementsAre("participation.member"));
}

TEST(ParticipationValues, HaveOneRoleAtATime) {
  EXPECT_THAT(BadParticipationFields(
                  "member: 'members/1' role_periods { role: ROLE_OBSERVER } role_periods { role: ROLE_PARTICIPANT }"),
              ElementsAre("participation.role_periods[1]"));
}

class ParticipationWrite : public DirectoryTest {
 protected:
  static std::string Text(const std::string& member, const std::string& role, const std::string& committee = "11") {
    return absl::StrCat("name: 'committees/", committee, "/participations/", member, "' member: 'members/", member,
                        "' role_periods { role: ROLE_", role, " }");
  }
  absl::StatusOr<v1::Participation> Take(const std::string& member, const std::string& role) {
    return Write<v1::Participation>(ParticipationRules(), Text(member, role));
  }
};

TEST_F(ParticipationWrite, IsOpenToNationalBodiesByTheirCategory) {
  EXPECT_THAT(Take("2", "PARTICIPANT"), IsOk());
  EXPECT_THAT(Take("2", "OBSERVER"), IsOk());
  EXPECT_THAT(Take("3", "OBSERVER"), IsOk());
  const auto refused = HasReason(StatusCode::kFailedPrecondition, v1::ERROR_REASON_NOT_ENTITLED_TO_PARTICIPATE);
  EXPECT_THAT(Take("3", "PARTICIPANT"), refused) << "correspondents observe";
  EXPECT_THAT(Take("4", "OBSERVER"), refused) << "subscribers are kept informed";
  EXPECT_THAT(Take("9", "OBSERVER"), refused) << "organisations are in liaison";
}

TEST_F(ParticipationWrite, IsJudgedInEveryPeriodThatIsNotOver) {
  const auto until = [&](const std::string& end) {
    return Write<v1::Participation>(
        ParticipationRules(),
        absl::StrCat("name: 'committees/11/participations/3' member: 'members/3' role_periods { role: ROLE_PARTICIPANT "
                     "end_date ",
                     end, " }"));
  };
  EXPECT_THAT(until("{ year: 2012 month: 2 day: 28 }"), IsOk()) << "it was over yesterday";
  EXPECT_THAT(until("{ year: 2012 month: 2 day: 29 }"),
              HasReason(StatusCode::kFailedPrecondition, v1::ERROR_REASON_NOT_ENTITLED_TO_PARTICIPATE));
}

TEST_F(ParticipationWrite, RefersToAMemberThatLives) {
  EXPECT_THAT(Take("gone", "OBSERVER"), HasReason(StatusCode::kFailedPrecondition, v1::ERROR_REASON_REFERENCE_BROKEN));
}

TEST_F(ParticipationWrite, SaysTheRoleThatHasNoEnd) {
  EXPECT_EQ(Take("2", "PARTICIPANT")->role(), v1::Participation::ROLE_PARTICIPANT);
  const auto left = Write<v1::Participation>(
      ParticipationRules(),
      "name: 'committees/11/participations/2' member: 'members/2' role_periods { role: ROLE_OBSERVER end_date { year: "
      "2011 month: 1 day: 1 } }");
  ASSERT_THAT(left, IsOk());
  EXPECT_EQ(left->role(), v1::Participation::ROLE_UNSPECIFIED);
  EXPECT_EQ(RoleOn(*left, absl::CivilDay(2011, 1, 1)), v1::Participation::ROLE_OBSERVER);
  EXPECT_EQ(RoleOn(*left, absl::CivilDay(2011, 1, 2)), v1::Participation::ROLE_UNSPECIFIED);
}

TEST_F(ParticipationWrite, StaysAsLongAsTheSecretariatIsHeld) {
  const auto refused = HasReason(StatusCode::kFailedPrecondition, v1::ERROR_REASON_SECRETARIAT_NOT_PARTICIPANT);
  EXPECT_THAT(Write<v1::Participation>(ParticipationRules(), Text("1", "OBSERVER", "10")), refused);
  EXPECT_THAT(Remove<v1::Participation>(ParticipationRules(), Text("1", "PARTICIPANT", "10")), refused);
  EXPECT_THAT(Remove<v1::Participation>(ParticipationRules(), Text("2", "PARTICIPANT", "10")), IsOk());
}

TEST_F(ParticipationWrite, KeepsWithAnImportWhatIsWrong) {
  const auto participation = Import<v1::Participation>(ParticipationRules(), Text("3", "PARTICIPANT"));
  EXPECT_THAT(ReasonsOf(participation), ElementsAre("NOT_ENTITLED_TO_PARTICIPATE"));
  EXPECT_EQ(participation.role(), v1::Participation::ROLE_PARTICIPANT);
}

}  // namespace
}  // namespace concord::member
