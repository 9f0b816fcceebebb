#include "services/member/ballot_count.h"

#include <algorithm>
#include <deque>
#include <random>
#include <string>

#include "absl/strings/str_cat.h"
#include "common/aip/date.h"
#include "common/aip/dated_periods.h"
#include "gmock/gmock.h"
#include "google/protobuf/descriptor.h"

namespace concord::member {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using v1::Ballot;
using v1::BallotResult;
using v1::UncountedVote;
using v1::Vote;

constexpr absl::CivilDay kOpens(2012, 1, 10);
constexpr absl::CivilDay kBefore2019(2018, 12, 31);
constexpr absl::CivilDay kSince2019(2019, 1, 1);

// A ballot that runs for a hundred days, the first included, and what is put into it by members that are numbered as
// they come.
class Poll {
 public:
  explicit Poll(Ballot::Kind kind, absl::CivilDay opens = kOpens) {
    ballot_.set_kind(kind);
    *ballot_.mutable_open_date() = aip::FromDay(opens);
    *ballot_.mutable_close_date() = aip::FromDay(opens + 99);
  }

  // A member who is entitled; his name.
  std::string Enrol(bool participates) {
    std::string name = absl::StrCat("members/", ++members_);
    electorate_.members.insert(name);
    if (participates) electorate_.participants.insert(name);
    return name;
  }

  // The vote of a member, in time and, if it is against, with reasons.
  Vote& Cast(const std::string& member, Vote::Position position) {
    Vote& vote = votes_.emplace_back();
    vote.set_member(member);
    vote.set_position(position);
    vote.set_has_technical_reasons(position == Vote::POSITION_NO);
    *vote.mutable_date() = ballot_.open_date();
    return vote;
  }

  Poll& Participants(int yes, int no) { return Many(yes, true, Vote::POSITION_YES).Many(no, true, Vote::POSITION_NO); }
  Poll& Others(int yes, int no) { return Many(yes, false, Vote::POSITION_YES).Many(no, false, Vote::POSITION_NO); }
  Poll& Abstaining(int count) { return Many(count, true, Vote::POSITION_ABSTAIN); }
  // In favour.
  Poll& Pledging(int count, bool participate = true) { return Many(count, participate, Vote::POSITION_YES, true); }

  std::vector<const Vote*> Votes() const {
    std::vector<const Vote*> votes;
    for (const Vote& vote : votes_) votes.push_back(&vote);
    return votes;
  }
  BallotResult Count(const std::vector<const Vote*>& votes) const { return CountVotes(ballot_, electorate_, votes); }
  BallotResult Count() const { return Count(Votes()); }
  bool IsApproved() const { return Count().outcome() == BallotResult::OUTCOME_APPROVED; }

 private:
  Poll& Many(int count, bool participate, Vote::Position position, bool pledge = false) {
    for (int i = 0; i < count; ++i) Cast(Enrol(participate), position).set_pledges_participation(pledge);
    return *this;
  }

  Ballot ballot_;
  Electorate electorate_;
  std::deque<Vote> votes_;
  int members_ = 0;
};

Poll Enquiry() { return Poll(Ballot::KIND_ENQUIRY); }

TEST(EnquiriesAndApprovals, ComeOutAsRealOnesDid) {
  for (const Ballot::Kind kind : {Ballot::KIND_ENQUIRY, Ballot::KIND_APPROVAL}) {
    EXPECT_EQ(Poll(kind).Participants(16, 0).Others(7, 0).Count().explanation(),
              "Approved: 16 of 16 votes of P-members in favour (at least two thirds needed) and 0 of 23 votes negative "
              "(at most a quarter allowed).");
    EXPECT_EQ(Poll(kind).Participants(13, 3).Others(5, 0).Count().explanation(),
              "Approved: 13 of 16 votes of P-members in favour (at least two thirds needed) and 3 of 21 votes negative "
              "(at most a quarter allowed).");
    // 53 % and 26 %.
    EXPECT_EQ(Poll(kind).Participants(8, 7).Others(12, 0).Count().explanation(),
              "Not approved: 8 of 15 votes of P-members in favour (at least two thirds needed) and 7 of 27 votes "
              "negative (at most a quarter allowed).");
    EXPECT_EQ(
        Poll(kind).Participants(24, 8).Others(37, 2).Abstaining(16).Count().explanation(),
        "Approved: 24 of 32 votes of P-members in favour (at least two thirds needed) and 10 of 71 votes negative "
        "(at most a quarter allowed).");
  }
}

TEST(EnquiriesAndApprovals, TellAllTheirNumbers) {
  Poll poll = Enquiry().Participants(24, 8).Others(37, 2).Abstaining(16);
  const std::string silent = poll.Enrol(false);
  const BallotResult result = poll.Count();
  EXPECT_EQ(result.outcome(), BallotResult::OUTCOME_APPROVED);
  EXPECT_EQ(result.rule_edition(), "2011-1");
  EXPECT_EQ(result.participant_yes_count(), 24);
  EXPECT_EQ(result.participant_no_count(), 8);
  EXPECT_EQ(result.yes_count(), 61);
  EXPECT_EQ(result.no_count(), 10);
  EXPECT_EQ(result.abstention_count(), 16);
  EXPECT_EQ(result.pledge_count(), 0);
  EXPECT_THAT(result.uncounted_votes(), IsEmpty());
  EXPECT_THAT(result.missing_members(), ElementsAre(silent));
  EXPECT_EQ(result.electorate_count(), 88);
}

TEST(EnquiriesAndApprovals, PassWithExactlyTwoThirdsOfTheParticipants) {
  EXPECT_TRUE(Enquiry().Participants(10, 5).Others(20, 0).IsApproved());
  EXPECT_FALSE(Enquiry().Participants(9, 5).Others(20, 0).IsApproved());
  EXPECT_FALSE(Enquiry().Participants(10, 6).Others(20, 0).IsApproved());
  EXPECT_TRUE(Enquiry().Participants(2, 1).Others(1, 0).IsApproved());
}

TEST(EnquiriesAndApprovals, PassWithExactlyAQuarterAgainst) {
  EXPECT_TRUE(Enquiry().Participants(15, 0).Others(0, 5).IsApproved());
  EXPECT_FALSE(Enquiry().Participants(15, 0).Others(0, 6).IsApproved());
  EXPECT_FALSE(Enquiry().Participants(14, 0).Others(0, 5).IsApproved());
  EXPECT_TRUE(Enquiry().Participants(10, 5).Others(5, 0).IsApproved()) << "both at once";
}

TEST(EnquiriesAndApprovals, FailWithoutAVoteOfAParticipant) {
  EXPECT_FALSE(Enquiry().IsApproved());
  EXPECT_FALSE(Enquiry().Abstaining(3).IsApproved());
  EXPECT_EQ(Enquiry().Others(9, 0).Count().explanation(),
            "Not approved: no votes of P-members for or against (at least two thirds needed) and 0 of 9 votes negative "
            "(at most a quarter allowed).");
}

TEST(EnquiriesAndApprovals, PassOverVotesAgainstWithoutTechnicalReasons) {
  Poll poll = Enquiry().Participants(10, 5);
  EXPECT_FALSE(poll.IsApproved()) << "5 of 15 are more than a quarter";
  const std::string member = poll.Enrol(true);
  poll.Cast(member, Vote::POSITION_NO).set_has_technical_reasons(false);
  const BallotResult result = poll.Others(5, 0).Count();
  EXPECT_EQ(result.outcome(), BallotResult::OUTCOME_APPROVED);
  EXPECT_EQ(result.no_count(), 5);
  ASSERT_EQ(result.uncounted_votes_size(), 1);
  EXPECT_EQ(result.uncounted_votes(0).member(), member);
  EXPECT_EQ(result.uncounted_votes(0).reason(), UncountedVote::REASON_NO_TECHNICAL_REASONS);
  EXPECT_THAT(result.missing_members(), ElementsAre(member));
}

TEST(OtherBallots, CountVotesAgainstWithoutTechnicalReasons) {
  Poll poll = Poll(Ballot::KIND_COMMITTEE).Participants(1, 0);
  poll.Cast(poll.Enrol(true), Vote::POSITION_NO).set_has_technical_reasons(false);
  EXPECT_EQ(poll.Count().no_count(), 1);
  EXPECT_FALSE(poll.IsApproved());
}

TEST(EveryBallot, CountsVotesFromTheFirstDayToTheLast) {
  const auto cast_on = [](absl::CivilDay day) {
    Poll poll(Ballot::KIND_COMMITTEE);
    *poll.Cast(poll.Enrol(true), Vote::POSITION_YES).mutable_date() = aip::FromDay(day);
    return poll.Count();
  };
  for (const absl::CivilDay day : {kOpens, kOpens + 99}) {
    EXPECT_EQ(cast_on(day).yes_count(), 1) << day;
    EXPECT_THAT(cast_on(day).missing_members(), IsEmpty());
  }
  for (const absl::CivilDay day : {kOpens - 1, kOpens + 100}) {
    const BallotResult result = cast_on(day);
    EXPECT_EQ(result.outcome(), BallotResult::OUTCOME_NOT_APPROVED) << day;
    EXPECT_EQ(result.yes_count(), 0);
    ASSERT_EQ(result.uncounted_votes_size(), 1);
    EXPECT_EQ(result.uncounted_votes(0).reason(), UncountedVote::REASON_OUT_OF_TIME);
    EXPECT_THAT(result.missing_members(), ElementsAre("members/1"));
  }
}

TEST(EveryBallot, CountsNoVotesOfThoseWhoAreNotEntitled) {
  Poll poll = Poll(Ballot::KIND_COMMITTEE).Participants(2, 1);
  for (const char* stranger : {"members/99", "members/98"}) {
    poll.Cast(stranger, Vote::POSITION_NO).set_pledges_participation(true);
  }
  const BallotResult result = poll.Count();
  EXPECT_EQ(result.outcome(), BallotResult::OUTCOME_APPROVED);
  EXPECT_EQ(result.no_count(), 1);
  ASSERT_EQ(result.uncounted_votes_size(), 2);
  EXPECT_EQ(result.uncounted_votes(0).member(), "members/98") << "in the order of names";
  EXPECT_EQ(result.uncounted_votes(1).reason(), UncountedVote::REASON_NOT_ENTITLED);
  EXPECT_THAT(result.missing_members(), IsEmpty());
  EXPECT_EQ(result.electorate_count(), 3);
}

TEST(EveryBallot, CountsPledgesOfThoseInFavour) {
  Poll poll = Poll(Ballot::KIND_NEW_WORK_ITEM).Pledging(2).Participants(3, 0);
  poll.Cast(poll.Enrol(true), Vote::POSITION_NO).set_pledges_participation(true);
  poll.Cast(poll.Enrol(true), Vote::POSITION_ABSTAIN).set_pledges_participation(true);
  EXPECT_EQ(poll.Count().pledge_count(), 2);
}

TEST(NewWorkItems, TookAMajorityAndFivePledges) {
  const auto older = [] { return Poll(Ballot::KIND_NEW_WORK_ITEM, kBefore2019); };
  EXPECT_EQ(older().Pledging(5).Participants(0, 4).Count().explanation(),
            "Approved: 5 of 9 votes of P-members in favour (more than half needed) and 5 of those in favour will take "
            "part (at least 5 needed).");
  EXPECT_EQ(older().Count().rule_edition(), "2011-1");
  EXPECT_FALSE(older().Pledging(5).Participants(0, 5).IsApproved()) << "half is no majority";
  EXPECT_FALSE(older().Pledging(4).Participants(3, 0).IsApproved());
}

TEST(NewWorkItems, TakeTwoThirdsAndFourOrFivePledges) {
  const auto today = [] { return Poll(Ballot::KIND_NEW_WORK_ITEM, kSince2019); };
  EXPECT_EQ(today().Count().rule_edition(), "2019-1");
  EXPECT_TRUE(today().Pledging(4).Participants(0, 2).IsApproved()) << "exactly two thirds";
  EXPECT_FALSE(today().Pledging(4).Participants(0, 3).IsApproved());
  EXPECT_FALSE(today().Pledging(3).Participants(3, 0).IsApproved());
  EXPECT_TRUE(today().Pledging(4).Abstaining(12).IsApproved()) << "16 P-members: a small committee";
  EXPECT_FALSE(today().Pledging(4).Abstaining(13).IsApproved());
  EXPECT_TRUE(today().Pledging(5).Abstaining(12).IsApproved());
}

TEST(CommitteesBallots, TakeTheirMajorityOfTheParticipantsWhoVote) {
  const auto technical = [] { return Poll(Ballot::KIND_TECHNICAL_SPECIFICATION); };
  EXPECT_TRUE(technical().Participants(4, 2).Abstaining(9).IsApproved());
  EXPECT_FALSE(technical().Participants(3, 2).IsApproved());
  for (const Ballot::Kind kind : {Ballot::KIND_PUBLICLY_AVAILABLE_SPECIFICATION, Ballot::KIND_COMMITTEE}) {
    EXPECT_TRUE(Poll(kind).Participants(3, 2).Abstaining(9).IsApproved()) << kind;
    EXPECT_FALSE(Poll(kind).Participants(2, 2).IsApproved()) << kind;
    EXPECT_FALSE(Poll(kind).Abstaining(2).IsApproved()) << kind;
  }
}

TEST(SystematicReviews, TakeAMajorityOfAllWhoVote) {
  const auto review = [] { return Poll(Ballot::KIND_SYSTEMATIC_REVIEW); };
  EXPECT_TRUE(review().Participants(0, 3).Others(4, 0).IsApproved());
  EXPECT_FALSE(review().Participants(3, 0).Others(0, 3).IsApproved());
  EXPECT_EQ(review().Abstaining(1).Count().explanation(),
            "Not approved: no votes for or against (more than half needed).");
}

TEST(NewCommittees, TakeTwoThirdsOfTheAnswersAndFivePledges) {
  const auto founding = [] { return Poll(Ballot::KIND_NEW_COMMITTEE); };
  EXPECT_TRUE(founding().Pledging(5, false).Others(5, 5).IsApproved()) << "exactly two thirds";
  EXPECT_FALSE(founding().Pledging(5, false).Others(5, 6).IsApproved());
  EXPECT_FALSE(founding().Pledging(4, false).Others(5, 0).IsApproved());
}

TEST(ApprovalRules, HoldOnEveryDayForEveryKind) {
  const auto& kinds = *Ballot::Kind_descriptor();
  for (int i = 0; i < kinds.value_count(); ++i) {
    const auto kind = static_cast<Ballot::Kind>(kinds.value(i)->number());
    if (kind == Ballot::KIND_UNSPECIFIED) continue;
    absl::CivilDay day = aip::kLongAgo;
    for (int editions = 1; ApprovalRuleOn(kind, day).last_day != aip::kForEver; ++editions) {
      ASSERT_LT(editions, 100) << kinds.value(i)->name();
      EXPECT_EQ(ApprovalRuleOn(kind, day).first_day, day) << kinds.value(i)->name();
      day = ApprovalRuleOn(kind, day).last_day + 1;
    }
    EXPECT_EQ(ApprovalRuleOn(kind, aip::kForEver).first_day, day) << kinds.value(i)->name();
  }
}

TEST(EveryBallot, ComesOutTheSameInWhateverOrderItsVotesCome) {
  const unsigned seed = std::random_device()();
  SCOPED_TRACE(absl::StrCat("seed ", seed));
  std::mt19937 random(seed);
  for (int round = 0; round < 50; ++round) {
    const auto some = [&random](int most) { return static_cast<int>(random() % (most + 1)); };
    Poll poll = Enquiry().Participants(some(9), some(9)).Others(some(9), some(9)).Abstaining(some(3));
    for (int i = some(5); i > 0; --i) poll.Cast(absl::StrCat("members/stranger-", i), Vote::POSITION_YES);
    for (int i = some(5); i > 0; --i)
      *poll.Cast(poll.Enrol(true), Vote::POSITION_NO).mutable_date() = aip::FromDay(kOpens - 1);
    std::vector<const Vote*> votes = poll.Votes();
    const std::string result = poll.Count(votes).SerializeAsString();
    std::shuffle(votes.begin(), votes.end(), random);
    ASSERT_EQ(poll.Count(votes).SerializeAsString(), result) << "in round " << round;
  }
}

TEST(EveryBallot, CountsEverybodyEntitledOnce) {
  Poll poll = Enquiry().Participants(3, 2).Others(1, 1).Abstaining(2);
  poll.Cast(poll.Enrol(true), Vote::POSITION_NO).set_has_technical_reasons(false);
  *poll.Cast(poll.Enrol(false), Vote::POSITION_YES).mutable_date() = aip::FromDay(kOpens - 1);
  poll.Cast("members/stranger", Vote::POSITION_YES);
  poll.Enrol(true);
  const BallotResult result = poll.Count();
  EXPECT_EQ(result.missing_members_size(), 3);
  EXPECT_EQ(result.uncounted_votes_size(), 3);
  EXPECT_EQ(result.electorate_count(),
            result.yes_count() + result.no_count() + result.abstention_count() + result.missing_members_size());
}

}  // namespace
}  // namespace concord::member
