#include "services/member/member_rules.h"

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

std::vector<std::string> BadMemberFields(const std::string& more) {
  return BadFieldsOf<v1::Member>(CheckMemberValues, "member", absl::StrCat("title: 'A standards body' ", more));
}

TEST(MemberValues, AreGoodUpToTheirLimits) {
  EXPECT_THAT(BadMemberFields(""), IsEmpty());
  EXPECT_THAT(BadMemberFields(absl::StrCat("title: '", std::string(300, 't'), "' acronym: '", std::string(60, 'a'),
                                           "' source_id: '1619' country_code: 'CHE' website_uri: 'https://example.org' "
                                           "labels { key: 'area' value: 'x' } group_periods { group: 'income-high' }")),
              IsEmpty());
}

TEST(MemberValues, NameWhatIsWrong) {
  EXPECT_THAT(BadMemberFields("title: ' '"), ElementsAre("member.title"));
  EXPECT_THAT(BadMemberFields(absl::StrCat("acronym: '", std::string(61, 'a'), "'")), ElementsAre("member.acronym"));
  for (const char* code : {"CH", "che", "CHEE", "C1E"}) {
    EXPECT_THAT(BadMemberFields(absl::StrCat("country_code: '", code, "'")), ElementsAre("member.country_code"))
        << code;
  }
  EXPECT_THAT(BadMemberFields("website_uri: 'ftp://example.org'"), ElementsAre("member.website_uri"));
  EXPECT_THAT(BadMemberFields("group_periods { group: 'Low income' }"), ElementsAre("member.group_periods[0].group"));
  EXPECT_THAT(BadMemberFields(
                  "category_periods { category: CATEGORY_PARTNER } category_periods { category: CATEGORY_PARTNER }"),
              ElementsAre("member.category_periods[1]"));
  EXPECT_THAT(
      BadMemberFields("group_periods { group: 'ldc' } group_periods { group: 'sids' } group_periods { group: 'ldc' }"),
      ElementsAre("member.group_periods[2]"));
}

// A correspondent until the end of 2010, then a member body; on the list of least developed countries until 2014.
constexpr char kMoved[] =
    "name: 'members/5' title: 'M' "
    "category_periods { category: CATEGORY_CORRESPONDENT end_date { year: 2010 month: 12 day: 31 } } "
    "category_periods { category: CATEGORY_MEMBER_BODY start_date { year: 2011 month: 1 day: 1 } } "
    "group_periods { group: 'sids' } group_periods { group: 'ldc' end_date { year: 2014 month: 12 day: 31 } } "
    "group_periods { group: 'income-low' start_date { year: 2012 month: 7 day: 1 } }";

TEST(Member, IsOfTheCategoryThatWasInForceOnTheDay) {
  const auto member = rpc::Parse<v1::Member>(kMoved);
  EXPECT_EQ(CategoryOn(member, absl::CivilDay(2010, 12, 31)), v1::Member::CATEGORY_CORRESPONDENT);
  EXPECT_EQ(CategoryOn(member, absl::CivilDay(2011, 1, 1)), v1::Member::CATEGORY_MEMBER_BODY);
  EXPECT_EQ(CategoryOn(v1::Member(), absl::CivilDay(2011, 1, 1)), v1::Member::CATEGORY_UNSPECIFIED);
}

TEST(Member, HasTheFactsOfADay) {
  auto member = rpc::Parse<v1::Member>(kMoved);
  SetFactsOn(absl::CivilDay(2010, 12, 31), member);
  EXPECT_EQ(member.category(), v1::Member::CATEGORY_CORRESPONDENT);
  EXPECT_THAT(member.groups(), ElementsAre("ldc", "sids"));
  SetFactsOn(absl::CivilDay(2015, 1, 1), member);
  EXPECT_EQ(member.category(), v1::Member::CATEGORY_MEMBER_BODY);
  EXPECT_THAT(member.groups(), ElementsAre("income-low", "sids"));
}

class MemberWrite : public DirectoryTest {};

TEST_F(MemberWrite, SaysWhatHasNoEnd) {
  const auto member = Write<v1::Member>(MemberRules(), kMoved);
  ASSERT_THAT(member, IsOk());
  EXPECT_EQ(member->category(), v1::Member::CATEGORY_MEMBER_BODY);
  EXPECT_THAT(member->groups(), ElementsAre("income-low", "sids"));
}

TEST_F(MemberWrite, BecomesNothingThatItsParticipationsForbid) {
  const auto before = rpc::Parse<v1::Member>("name: 'members/1' category: CATEGORY_MEMBER_BODY");
  const auto become = [&](const std::string& category) {
    return Write<v1::Member>(MemberRules(),
                             absl::StrCat("name: 'members/1' category_periods { category: CATEGORY_", category, " }"),
                             &before);
  };
  EXPECT_THAT(become("MEMBER_BODY"), IsOk());
  EXPECT_THAT(become("CORRESPONDENT"),
              HasReason(StatusCode::kFailedPrecondition, v1::ERROR_REASON_NOT_ENTITLED_TO_PARTICIPATE));
}

TEST_F(MemberWrite, CannotDeleteWhoIsNamedElsewhere) {
  EXPECT_THAT(Remove<v1::Member>(MemberRules(), "name: 'members/1'"),
              HasReason(StatusCode::kFailedPrecondition, v1::ERROR_REASON_RESOURCE_IN_USE));
  EXPECT_THAT(Remove<v1::Member>(MemberRules(), "name: 'members/2'"), IsOk());
  state_.Put(rpc::Parse<v1::Liaison>("name: 'committees/11/liaisons/l' counterpart: 'members/2'"));
  EXPECT_THAT(Remove<v1::Member>(MemberRules(), "name: 'members/2'"),
              HasReason(StatusCode::kFailedPrecondition, v1::ERROR_REASON_RESOURCE_IN_USE));
  state_.Put(rpc::Parse<v1::Vote>("name: 'ballots/b/votes/4' member: 'members/4'"));
  EXPECT_THAT(Remove<v1::Member>(MemberRules(), "name: 'members/4'"),
              HasReason(StatusCode::kFailedPrecondition, v1::ERROR_REASON_RESOURCE_IN_USE));
}

}  // namespace
}  // namespace concord::member
