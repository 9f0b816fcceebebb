// Commands for what is of no plan: members, committees, the work programme, ballots.
#include <string>

#include "concord/member/v1/adoption.pb.h"
#include "concord/member/v1/ballot.pb.h"
#include "concord/member/v1/committee.pb.h"
#include "concord/member/v1/expert_delegation.pb.h"
#include "concord/member/v1/member.pb.h"
#include "concord/member/v1/participation.pb.h"
#include "concord/member/v1/work_item.pb.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/concordctl/concordctl_fixture.h"

namespace concord::ctl {
namespace {

using ::testing::AllOf;
using ::testing::ContainsRegex;
using ::testing::HasSubstr;
using ::testing::Not;

class MemberCommands : public Concordctl {
 protected:
  void Does(const std::vector<std::string>& arguments) {
    const Result result = Run(arguments);
    ASSERT_EQ(result.code, kDone) << result.err;
  }

  DirectoryForTest& directory() { return services_.directory(); }
};

TEST_F(MemberCommands, CreatesAndShowsAMemberThoughThereIsNoPlan) {
  Does({"member", "create", "1619", "--title", "Standards Council", "--category", "correspondent=..2010-12-31",
        "--category", "member-body=2011-01-01..", "--group", "ldc"});
  const auto member = directory().Get<member::v1::Member>("members/1619");
  ASSERT_EQ(member.category_periods_size(), 2);
  EXPECT_EQ(member.category_periods(0).category(), member::v1::Member::CATEGORY_CORRESPONDENT);
  EXPECT_FALSE(member.category_periods(0).has_start_date());
  EXPECT_EQ(member.category_periods(0).end_date().year(), 2010);
  EXPECT_EQ(member.category_periods(1).start_date().year(), 2011);
  EXPECT_FALSE(member.category_periods(1).has_end_date());
  EXPECT_EQ(member.group_periods(0).group(), "ldc");
  EXPECT_THAT(Run({"member", "list"}).out, ContainsRegex("1619 +Standards Council"));
  EXPECT_THAT(Run({"member", "show", "1619"}).out, HasSubstr("Standards Council"));
  EXPECT_EQ(Run({"member", "show", "7"}).code, kNotFound);
}

TEST_F(MemberCommands, RecordsWhoTakesPartUnderTheMembersId) {
  Does({"participation", "create", "45020", "1619", "--role", "participant=2011-01-01..2011-12-31", "--role",
        "observer=2012-01-01.."});
  const auto one = directory().Get<member::v1::Participation>("committees/45020/participations/1619");
  EXPECT_EQ(one.member(), "members/1619");
  EXPECT_EQ(one.role_periods(0).end_date().month(), 12);
  EXPECT_EQ(one.role_periods(1).role(), member::v1::Participation::ROLE_OBSERVER);
  EXPECT_THAT(Run({"participation", "list"}).out, HasSubstr("45020/1619"));
  EXPECT_THAT(Run({"participation", "list", "9"}).out, Not(HasSubstr("45020/1619")));
}

TEST_F(MemberCommands, TakesTheMemberOfACommandForNoAddress) {
  Does({"participation", "create", "45020", "1619", "--member", "members/1619", "--role", "observer"});
  Does({"vote", "cast", "b", "1619", "--member", "1619", "--position", "yes"});
  EXPECT_EQ(directory().Get<member::v1::Vote>("ballots/b/votes/1619").member(), "members/1619");
  const Result list = Run({"participation", "list", "--member", "members/1619"});
  EXPECT_EQ(list.code, kUsage);
  EXPECT_THAT(list.err, HasSubstr("\"members/1619\" is no address"));
}

TEST_F(MemberCommands, TakesASecretariatWithItsTwin) {
  Does({"committee", "create", "45020", "--title", "T", "--reference", "ISO/TC 1", "--kind", "technical-committee",
        "--parent", "1", "--secretariat", "1619+2064=2011-01-01.."});
  const auto committee = directory().Get<member::v1::Committee>("committees/45020");
  EXPECT_EQ(committee.parent_committee(), "committees/1");
  EXPECT_EQ(committee.secretariat_periods(0).member(), "members/1619");
  EXPECT_EQ(committee.secretariat_periods(0).twin(), "members/2064");
  EXPECT_EQ(committee.secretariat_periods(0).start_date().day(), 1);
}

TEST_F(MemberCommands, CountsExpertsOfToday) {
  Does({"expert", "create", "45020/1619", "--experts", "government=3", "--experts", "academic=1"});
  const auto one = directory().Get<member::v1::ExpertDelegation>("committees/45020/experts/1619");
  EXPECT_EQ(one.expert_counts(0).expert_count(), 3);
  EXPECT_GT(one.count_date().year(), 2000);
}

TEST_F(MemberCommands, AdvancesAWorkItem) {
  Does({"work-item", "create", "45020", "26000", "--title", "Responsibility", "--stage-event", "10.99=2011-01-31"});
  const auto item = directory().Get<member::v1::WorkItem>("committees/45020/workItems/26000");
  EXPECT_EQ(item.stage_events(0).stage(), "10.99");
  EXPECT_EQ(Run({"work-item", "advance", "45020/26000", "--stage", "40.20"}).out,
            "advanced committees/45020/workItems/26000, now 40.20\n");
  EXPECT_EQ(Run({"work-item", "advance", "45020/26000"}).code, kUsage);
}

TEST_F(MemberCommands, RecordsAnAdoptionUnderTheMembersId) {
  Does({"adoption", "create", "45020/19695/1619", "--degree", "identical", "--date", "2011-06-30", "--reference",
        "DIN EN ISO 9001"});
  const std::string name = "committees/45020/workItems/19695/adoptions/1619";
  const auto adoption = directory().Get<member::v1::Adoption>(name);
  EXPECT_EQ(adoption.member(), "members/1619");
  EXPECT_EQ(adoption.degree(), member::v1::Adoption::DEGREE_IDENTICAL);
  EXPECT_EQ(adoption.adoption_date().month(), 6);
  EXPECT_EQ(adoption.reference(), "DIN EN ISO 9001");
  EXPECT_EQ(Run({"adoption", "create", "45020/19695/2188", "--degree", "same", "--date", "2011-06-30"}).code, kUsage);
  EXPECT_EQ(Run({"adoption", "create", "45020/19695/2188", "--degree", "modified"}).code, kUsage) << "on which day?";
  Does({"adoption", "update", "45020", "19695", "1619", "--withdrawal-date", "2015-12-01"});
  EXPECT_EQ(directory().Get<member::v1::Adoption>(name).withdrawal_date().day(), 1);
  EXPECT_THAT(Run({"adoption", "list"}).out,
              ContainsRegex("45020/19695/1619 +DIN EN ISO 9001 +IDENTICAL +2011-06-30 +2015-12-01"));
  EXPECT_THAT(Run({"adoption", "list", "45020/19695"}).out, HasSubstr("45020/19695/1619"));
  EXPECT_THAT(Run({"adoption", "list", "45020", "5"}).out, Not(HasSubstr("45020/19695/1619")));
  EXPECT_THAT(Run({"adoption", "show", "45020/19695/1619"}).out, HasSubstr("DIN EN ISO 9001"));
}

TEST_F(MemberCommands, CastsAVoteToday) {
  Does({"ballot", "create", "b", "--title", "Q", "--kind", "enquiry", "--committee", "45020", "--work-item",
        "45020/26000", "--close-date", "2040-01-31"});
  const auto ballot = directory().Get<member::v1::Ballot>("ballots/b");
  EXPECT_EQ(ballot.committee(), "committees/45020");
  EXPECT_EQ(ballot.work_item(), "committees/45020/workItems/26000");
  EXPECT_TRUE(ballot.has_open_date());
  Does({"vote", "cast", "b", "1619", "--position", "no", "--technical-reasons", "yes"});
  const auto vote = directory().Get<member::v1::Vote>("ballots/b/votes/1619");
  EXPECT_EQ(vote.member(), "members/1619");
  EXPECT_TRUE(vote.has_technical_reasons());
  EXPECT_TRUE(vote.has_date());
  EXPECT_EQ(Run({"vote", "update", "b", "1619", "--pledge", "perhaps"}).code, kUsage);
  EXPECT_THAT(Run({"vote", "list", "b"}).out, AllOf(HasSubstr("b/1619"), HasSubstr("NO")));
}

TEST_F(MemberCommands, ShowsWhoMissedHisDutyToVote) {
  const Result duty = Run({"ballot", "duty", "45020", "--date", "2011-12-31"});
  EXPECT_EQ(duty.code, kDone) << duty.err;
  EXPECT_THAT(duty.out, ContainsRegex("members/1619 +BROKEN +3 +2 +0 +0  a +b\n"));
}

TEST_F(MemberCommands, FindTheHistoryOfAShortNameWithAndWithoutAPlan) {
  EXPECT_THAT(Run({"history", "45020/1619"}).out, HasSubstr("ImportParticipations"));
  Import(kPlan);
  EXPECT_THAT(Run({"history", "45020/1619"}).out, HasSubstr("ImportParticipations"));
  EXPECT_EQ(Run({"history", "members/7"}).code, kNotFound);
}

}  // namespace
}  // namespace concord::ctl
