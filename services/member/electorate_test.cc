#include "services/member/electorate.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "services/member/ballot_fixture.h"

namespace concord::member {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using v1::Ballot;

constexpr Ballot::Kind kOfCommittee[] = {Ballot::KIND_NEW_WORK_ITEM, Ballot::KIND_TECHNICAL_SPECIFICATION,
                                         Ballot::KIND_PUBLICLY_AVAILABLE_SPECIFICATION, Ballot::KIND_COMMITTEE};
constexpr Ballot::Kind kOfMembers[] = {Ballot::KIND_ENQUIRY, Ballot::KIND_APPROVAL, Ballot::KIND_SYSTEMATIC_REVIEW,
                                       Ballot::KIND_NEW_COMMITTEE};

class ElectorateTest : public BallotTest {
 protected:
  Electorate Of(Ballot::Kind kind, absl::string_view open_date = "2012-01-10",
                const std::string& committee = "committees/10") {
    auto ballot = rpc::Parse<Ballot>(On("open_date", open_date));
    ballot.set_kind(kind);
    rpc::Context context = state_.Look();
    return ElectorateOf(ballot, ReadRoll(context, committee));
  }
};

TEST_F(ElectorateTest, OfWhatACommitteeDecidesIsItsParticipants) {
  for (const Ballot::Kind kind : kOfCommittee) {
    const Electorate electorate = Of(kind);
    EXPECT_THAT(electorate.members, ElementsAre("members/1", "members/2", "members/3")) << kind;
    EXPECT_EQ(electorate.participants, electorate.members) << kind;
    EXPECT_THAT(Of(kind, "2012-01-10", "committees/11").members, IsEmpty()) << "they take part in another committee";
  }
}

TEST_F(ElectorateTest, OfWhatTheMembersDecideIsEveryMemberBody) {
  for (const Ballot::Kind kind : kOfMembers) {
    const Electorate electorate = Of(kind);
    EXPECT_THAT(electorate.members, ElementsAre("members/1", "members/2", "members/3", "members/4", "members/5"))
        << kind;
    EXPECT_THAT(electorate.participants, ElementsAre("members/1", "members/2", "members/3")) << kind;
  }
}

TEST_F(ElectorateTest, OfANewCommitteeUnderNoneHasNoParticipants) {
  const Electorate electorate = Of(Ballot::KIND_NEW_COMMITTEE, "2012-01-10", "");
  EXPECT_EQ(electorate.members.size(), 5);
  EXPECT_THAT(electorate.participants, IsEmpty());
}

TEST_F(ElectorateTest, IsWhoParticipatedOnTheOpeningDay) {
  PutParticipation("11", "5",
                   absl::StrCat("role_periods { role: ROLE_OBSERVER ", On("end_date", "2011-05-31"), "} ",
                                "role_periods { role: ROLE_PARTICIPANT ", On("start_date", "2011-06-01"),
                                On("end_date", "2011-12-31"), "}"));
  const auto participants = [this](absl::string_view day) {
    return Of(Ballot::KIND_COMMITTEE, day, "committees/11").members;
  };
  EXPECT_THAT(participants("2011-05-31"), IsEmpty());
  EXPECT_THAT(participants("2011-06-01"), ElementsAre("members/5"));
  EXPECT_THAT(participants("2011-12-31"), ElementsAre("members/5"));
  EXPECT_THAT(participants("2012-01-01"), IsEmpty());
}

TEST_F(ElectorateTest, IsWhoWasAMemberBodyOnTheOpeningDay) {
  PutMember("2",
            absl::StrCat("category_periods { category: CATEGORY_CORRESPONDENT ", On("end_date", "2011-12-31"),
                         "} category_periods { category: CATEGORY_MEMBER_BODY ", On("start_date", "2012-01-01"), "}"));
  const Electorate before = Of(Ballot::KIND_ENQUIRY, "2011-12-31");
  EXPECT_FALSE(before.members.contains("members/2"));
  EXPECT_FALSE(before.participants.contains("members/2")) << "who may not vote does not vote as a P-member";
  const Electorate after = Of(Ballot::KIND_ENQUIRY, "2012-01-01");
  EXPECT_TRUE(after.members.contains("members/2"));
  EXPECT_TRUE(after.participants.contains("members/2"));
}

TEST_F(ElectorateTest, HasNobodyWhoseRecordIsDeleted) {
  PutParticipation("10", "2", "role_periods { role: ROLE_PARTICIPANT } delete_time { seconds: 1 }");
  PutParticipation("10", "gone", "role_periods { role: ROLE_PARTICIPANT }");
  PutParticipation("gone", "1", "role_periods { role: ROLE_PARTICIPANT }");
  EXPECT_THAT(Of(Ballot::KIND_COMMITTEE).members, ElementsAre("members/1", "members/3"));
  EXPECT_FALSE(Of(Ballot::KIND_ENQUIRY).members.contains("members/gone"));
  EXPECT_THAT(Of(Ballot::KIND_COMMITTEE, "2012-01-10", "committees/gone").members, IsEmpty());
}

TEST_F(ElectorateTest, VotesThroughRecordsOfTheBallotAlone) {
  PutVote("open", "2", "YES");
  PutVote("open", "1", "NO");
  PutVote("over", "3", "YES");
  rpc::Context context = state_.Look();
  const auto votes = VotesIn(context, "ballots/open");
  ASSERT_EQ(votes.size(), 2);
  EXPECT_EQ(votes[0]->member(), "members/1");
  EXPECT_EQ(votes[1]->member(), "members/2");
}

}  // namespace
}  // namespace concord::member
