#include "services/member/voting_duty.h"

#include <algorithm>
#include <deque>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/aip/date.h"
#include "common/aip/dated_periods.h"
#include "common/aip/resource_name.h"
#include "services/member/ballot_fixture.h"

namespace concord::member {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using v1::Ballot;
using v1::MemberVotingDuty;
using v1::Vote;

constexpr absl::CivilDay kToday(2020, 6, 30);
constexpr absl::CivilDay kFormerly(2012, 6, 30);

// Committee 10 with the P-members 1 and 2, of whom 1 votes always; its ballots last 30 days.
class VotingDutyTest : public ::testing::Test {
 protected:
  VotingDutyTest() {
    Enrol("1", "role_periods { role: ROLE_PARTICIPANT }");
    Enrol("2", "role_periods { role: ROLE_PARTICIPANT }");
  }

  void Enrol(const std::string& id, const std::string& roles) {
    members_.push_back(rpc::Parse<v1::Member>(
        absl::StrCat("name: 'members/", id, "' category_periods { category: CATEGORY_MEMBER_BODY }")));
    participations_.push_back(rpc::Parse<v1::Participation>(absl::StrCat("member: 'members/", id, "' ", roles)));
  }

  // A closed ballot in which those vote in time; the one who votes late votes on the day after.
  Ballot& Held(Ballot::Kind kind, absl::CivilDay closed, const std::set<std::string>& voters = {"1"},
               const std::string& late = "") {
    Ballot& ballot = ballots_.emplace_back();
    ballot.set_name(absl::StrCat("ballots/", ballots_.size() + 100));
    ballot.set_kind(kind);
    ballot.set_committee("committees/10");
    ballot.set_state(Ballot::STATE_CLOSED);
    *ballot.mutable_open_date() = aip::FromDay(closed - 29);
    *ballot.mutable_close_date() = aip::FromDay(closed);
    for (const std::string& id : voters) Cast(ballot, id, Vote::POSITION_YES, closed);
    if (!late.empty()) Cast(ballot, late, Vote::POSITION_YES, closed + 1);
    return ballot;
  }
  // So many of the committee's other ballots, and how many of them member 2 missed.
  void HeldOthers(int count, int missed, absl::CivilDay closed = kToday) {
    for (int i = 0; i < count; ++i) {
      const bool votes = i >= missed;
      Held(Ballot::KIND_COMMITTEE, closed, votes ? std::set<std::string>{"1", "2"} : std::set<std::string>{"1"});
    }
  }
  Vote& Cast(const Ballot& ballot, const std::string& id, Vote::Position position, absl::CivilDay day) {
    Vote& vote = votes_.emplace_back();
    vote.set_name(absl::StrCat(ballot.name(), "/votes/", id));
    vote.set_member(absl::StrCat("members/", id));
    vote.set_position(position);
    *vote.mutable_date() = aip::FromDay(day);
    return vote;
  }

  v1::VotingDuty DutyOn(absl::CivilDay day) const {
    ElectoralRoll roll;
    for (const v1::Member& member : members_) roll.members.push_back(&member);
    for (const v1::Participation& participation : participations_) roll.participations.push_back(&participation);
    std::vector<BallotWithVotes> ballots;
    for (const Ballot& ballot : ballots_) {
      BallotWithVotes& each = ballots.emplace_back();
      each.ballot = &ballot;
      for (const Vote& vote : votes_) {
        if (aip::ParentOf(vote.name()) == ballot.name()) each.votes.push_back(&vote);
      }
    }
    std::reverse(ballots.begin(), ballots.end());
    return ComputeVotingDuty("committees/10", day, roll, ballots);
  }
  // Of member 2.
  MemberVotingDuty SecondOn(absl::CivilDay day) const {
    const v1::VotingDuty duty = DutyOn(day);
    EXPECT_GE(duty.members_size(), 2);
    EXPECT_EQ(duty.members(1).member(), "members/2");
    return duty.members(1);
  }
  MemberVotingDuty::Standing StandingOn(absl::CivilDay day) const { return SecondOn(day).standing(); }

  std::deque<v1::Member> members_;
  std::deque<v1::Participation> participations_;
  std::deque<Ballot> ballots_;
  std::deque<Vote> votes_;
};

TEST_F(VotingDutyTest, IsToldOfEveryParticipantOfTheDay) {
  Enrol("3", "role_periods { role: ROLE_OBSERVER }");
  Enrol("4", absl::StrCat("role_periods { role: ROLE_PARTICIPANT ", On("end_date", "2020-06-29"), "}"));
  const v1::VotingDuty duty = DutyOn(kToday);
  EXPECT_EQ(duty.committee(), "committees/10");
  EXPECT_EQ(aip::ToDay(duty.date()), kToday);
  EXPECT_EQ(duty.rule_edition(), "2019-1");
  ASSERT_EQ(duty.members_size(), 2);
  for (const MemberVotingDuty& member : duty.members()) {
    EXPECT_EQ(member.standing(), MemberVotingDuty::STANDING_KEPT) << "without ballots there is nothing to miss";
  }
  EXPECT_EQ(DutyOn(kToday - 1).members_size(), 3);
}

TEST_F(VotingDutyTest, CountsWhatWasMissed) {
  Held(Ballot::KIND_ENQUIRY, kToday, {"1", "2"});
  Held(Ballot::KIND_APPROVAL, kToday);
  Held(Ballot::KIND_SYSTEMATIC_REVIEW, kToday);
  Held(Ballot::KIND_COMMITTEE, kToday);
  Held(Ballot::KIND_NEW_WORK_ITEM, kToday, {"1", "2"});
  const MemberVotingDuty duty = SecondOn(kToday);
  EXPECT_EQ(duty.major_ballot_count(), 3);
  EXPECT_EQ(duty.major_missed_count(), 2);
  EXPECT_EQ(duty.other_ballot_count(), 2);
  EXPECT_EQ(duty.other_missed_count(), 1);
  EXPECT_THAT(duty.missed_ballots(), ElementsAre("ballots/102", "ballots/103", "ballots/104"));
  const MemberVotingDuty first = DutyOn(kToday).members(0);
  EXPECT_EQ(first.major_ballot_count(), 3);
  EXPECT_THAT(first.missed_ballots(), IsEmpty());
  EXPECT_EQ(first.standing(), MemberVotingDuty::STANDING_KEPT);
}

TEST_F(VotingDutyTest, IsDoneByAnAbstentionAndNotByALateVote) {
  Cast(Held(Ballot::KIND_ENQUIRY, kToday), "2", Vote::POSITION_ABSTAIN, kToday);
  EXPECT_THAT(SecondOn(kToday).missed_ballots(), IsEmpty());
  Held(Ballot::KIND_ENQUIRY, kToday, {"1"}, "2");
  EXPECT_THAT(SecondOn(kToday).missed_ballots(), ElementsAre("ballots/102"));
}

TEST_F(VotingDutyTest, LooksBackOverAYear) {
  Held(Ballot::KIND_COMMITTEE, absl::CivilDay(2019, 7, 1));
  EXPECT_EQ(SecondOn(absl::CivilDay(2019, 6, 30)).other_ballot_count(), 0) << "its last day is still to come";
  EXPECT_EQ(SecondOn(absl::CivilDay(2019, 7, 1)).other_ballot_count(), 1);
  EXPECT_EQ(SecondOn(absl::CivilDay(2020, 6, 30)).other_ballot_count(), 1);
  EXPECT_EQ(SecondOn(absl::CivilDay(2020, 7, 1)).other_ballot_count(), 0);
}

TEST_F(VotingDutyTest, LooksBackOverAYearFromALeapDay) {
  Held(Ballot::KIND_COMMITTEE, absl::CivilDay(2019, 3, 1));
  EXPECT_EQ(SecondOn(absl::CivilDay(2020, 2, 28)).other_ballot_count(), 1);
  EXPECT_EQ(SecondOn(absl::CivilDay(2020, 2, 29)).other_ballot_count(), 1);
  EXPECT_EQ(SecondOn(absl::CivilDay(2020, 3, 1)).other_ballot_count(), 0);
  ballots_[0].mutable_close_date()->set_day(28);
  ballots_[0].mutable_close_date()->set_month(2);
  EXPECT_EQ(SecondOn(absl::CivilDay(2020, 2, 27)).other_ballot_count(), 1);
  EXPECT_EQ(SecondOn(absl::CivilDay(2020, 2, 28)).other_ballot_count(), 0);
}

TEST_F(VotingDutyTest, CountsClosedBallotsOfTheCommittee) {
  Ballot& ballot = Held(Ballot::KIND_COMMITTEE, kToday);
  EXPECT_EQ(SecondOn(kToday).other_ballot_count(), 1);
  for (const Ballot::State state : {Ballot::STATE_OPEN, Ballot::STATE_CANCELLED}) {
    ballot.set_state(state);
    EXPECT_EQ(SecondOn(kToday).other_ballot_count(), 0);
  }
  ballot.set_state(Ballot::STATE_CLOSED);
  ballot.set_committee("committees/11");
  EXPECT_EQ(SecondOn(kToday).other_ballot_count(), 0);
}

TEST_F(VotingDutyTest, IsOfBallotsInWhichTheMemberVotesAsAParticipant) {
  participations_[1] = rpc::Parse<v1::Participation>(
      absl::StrCat("member: 'members/2' role_periods { role: ROLE_PARTICIPANT ", On("start_date", "2020-06-01"), "}"));
  Held(Ballot::KIND_ENQUIRY, kToday - 1);  // Opened on 31 May.
  EXPECT_EQ(SecondOn(kToday).major_ballot_count(), 0);
  Held(Ballot::KIND_ENQUIRY, kToday);  // Opened on 1 June.
  EXPECT_EQ(SecondOn(kToday).major_ballot_count(), 1);
}

TEST_F(VotingDutyTest, IsBrokenByOneMajorBallot) {
  for (const Ballot::Kind kind : {Ballot::KIND_ENQUIRY, Ballot::KIND_APPROVAL, Ballot::KIND_SYSTEMATIC_REVIEW}) {
    ballots_.clear();
    votes_.clear();
    Held(kind, kToday, {"1", "2"});
    EXPECT_EQ(StandingOn(kToday), MemberVotingDuty::STANDING_KEPT) << kind;
    Held(kind, kToday);
    EXPECT_EQ(StandingOn(kToday), MemberVotingDuty::STANDING_BROKEN) << kind;
  }
}

TEST_F(VotingDutyTest, IsBrokenByMoreThanAFifthOfTheOthers) {
  HeldOthers(10, 2);
  EXPECT_EQ(StandingOn(kToday), MemberVotingDuty::STANDING_WARNED) << "exactly a fifth";
  Held(Ballot::KIND_COMMITTEE, kToday);
  EXPECT_EQ(StandingOn(kToday), MemberVotingDuty::STANDING_BROKEN) << "3 of 11";
}

TEST_F(VotingDutyTest, WarnsWhoeverWouldBreakItWithOneMore) {
  HeldOthers(9, 1);
  EXPECT_EQ(StandingOn(kToday), MemberVotingDuty::STANDING_KEPT) << "2 of 10 would be a fifth";
  ballots_.clear();
  votes_.clear();
  HeldOthers(8, 1);
  EXPECT_EQ(StandingOn(kToday), MemberVotingDuty::STANDING_WARNED) << "2 of 9 would be more";
}

TEST_F(VotingDutyTest, DoesNotWarnWhoeverHasMissedNone) {
  HeldOthers(1, 0);
  Held(Ballot::KIND_ENQUIRY, kToday, {"1", "2"});
  EXPECT_EQ(StandingOn(kToday), MemberVotingDuty::STANDING_KEPT);
}

TEST_F(VotingDutyTest, WarnsOfWhatIsDueAndNotVotedInYet) {
  Ballot& ballot = Held(Ballot::KIND_ENQUIRY, kToday + 14, {"1"});
  ballot.set_state(Ballot::STATE_OPEN);
  const MemberVotingDuty early = SecondOn(kToday - 1);
  EXPECT_THAT(early.due_ballots(), IsEmpty()) << "15 days are left";
  EXPECT_EQ(early.standing(), MemberVotingDuty::STANDING_KEPT);
  for (const absl::CivilDay day : {kToday, kToday + 14}) {
    const MemberVotingDuty due = SecondOn(day);
    EXPECT_THAT(due.due_ballots(), ElementsAre("ballots/101"));
    EXPECT_EQ(due.standing(), MemberVotingDuty::STANDING_WARNED) << "one miss breaks the rule";
    EXPECT_EQ(due.major_ballot_count(), 0);
  }
  EXPECT_THAT(DutyOn(kToday).members(0).due_ballots(), ElementsAre("ballots/101")) << "he votes on the last day";
  EXPECT_THAT(DutyOn(kToday + 14).members(0).due_ballots(), IsEmpty());
  EXPECT_EQ(DutyOn(kToday + 14).members(0).standing(), MemberVotingDuty::STANDING_KEPT);
  EXPECT_THAT(SecondOn(kToday + 15).due_ballots(), IsEmpty()) << "its last day is over";
}

TEST_F(VotingDutyTest, WarnsOfADueBallotAsItWasSeenOnThatDay) {
  Held(Ballot::KIND_ENQUIRY, kToday, {"1"});
  EXPECT_THAT(SecondOn(kToday - 1).due_ballots(), ElementsAre("ballots/101")) << "it has been closed since";
  EXPECT_THAT(SecondOn(kToday).due_ballots(), IsEmpty());
  EXPECT_EQ(SecondOn(kToday).standing(), MemberVotingDuty::STANDING_BROKEN);
  ballots_[0].set_state(Ballot::STATE_CANCELLED);
  EXPECT_THAT(SecondOn(kToday - 1).due_ballots(), IsEmpty());
}

TEST_F(VotingDutyTest, DoesNotWarnOfWhatMayBeMissed) {
  HeldOthers(9, 0);
  Held(Ballot::KIND_COMMITTEE, kToday + 3).set_state(Ballot::STATE_OPEN);
  const MemberVotingDuty duty = SecondOn(kToday);
  EXPECT_THAT(duty.due_ballots(), ElementsAre("ballots/110"));
  EXPECT_EQ(duty.standing(), MemberVotingDuty::STANDING_KEPT) << "1 of 10 may be missed";
}

TEST_F(VotingDutyTest, WasFormerlyBrokenByTwoMajorBallots) {
  EXPECT_EQ(DutyOn(kFormerly).rule_edition(), "2011-1");
  HeldOthers(3, 3, kFormerly);
  EXPECT_EQ(StandingOn(kFormerly), MemberVotingDuty::STANDING_KEPT);
  Held(Ballot::KIND_ENQUIRY, kFormerly);
  EXPECT_EQ(StandingOn(kFormerly), MemberVotingDuty::STANDING_WARNED);
  Held(Ballot::KIND_APPROVAL, kFormerly);
  EXPECT_EQ(StandingOn(kFormerly), MemberVotingDuty::STANDING_BROKEN);
}

TEST(DutyRules, HoldOnEveryDay) {
  EXPECT_EQ(DutyRuleOn(aip::kLongAgo).edition, "2011-1");
  EXPECT_EQ(DutyRuleOn(absl::CivilDay(2018, 12, 31)).edition, "2011-1");
  EXPECT_EQ(DutyRuleOn(absl::CivilDay(2019, 1, 1)).edition, "2019-1");
  EXPECT_EQ(DutyRuleOn(aip::kForEver).edition, "2019-1");
}

}  // namespace
}  // namespace concord::member
