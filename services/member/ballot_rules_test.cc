#include "services/member/ballot_rules.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "concord/member/v1/error_reason.pb.h"
#include "concord/rpc/v1/error_reason.pb.h"
#include "services/member/ballot_fixture.h"
#include "services/member/directory_fixture.h"
#include "tests/support/status_matchers.h"

namespace concord::member {
namespace {

using absl::StatusCode;
using concord::testing::HasReason;
using concord::testing::IsOk;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using v1::Ballot;

std::vector<std::string> BadBallotFields(const std::string& fields) {
  return BadFieldsOf<Ballot>(CheckBallotValues, "ballot", absl::StrCat("title: 'Shall it be?' ", fields));
}

constexpr char kAsked[] = "kind: KIND_COMMITTEE committee: 'committees/10' ";

TEST(BallotValues, AreGoodUpToTheirLimits) {
  EXPECT_THAT(BadBallotFields(kAsked), IsEmpty());
  EXPECT_THAT(
      BadBallotFields(absl::StrCat(kAsked, "title: '", std::string(300, 't'),
                                   "' labels { key: 'area' value: 'x' } work_item: 'committees/10/workItems/w' ",
                                   On("open_date", "2012-01-10"), On("close_date", "2012-01-10"))),
      IsEmpty());
  EXPECT_THAT(BadBallotFields(absl::StrCat(kAsked, "title: '", std::string(301, 't'), "'")),
              ElementsAre("ballot.title"));
}

TEST(BallotValues, NameWhatIsWrong) {
  EXPECT_THAT(BadBallotFields("kind: KIND_COMMITTEE committee: 'TC 10'"), ElementsAre("ballot.committee"));
  EXPECT_THAT(BadBallotFields(absl::StrCat(kAsked, "labels { key: 'Area' value: 'x' }")), ElementsAre("ballot.labels"));
  EXPECT_THAT(BadBallotFields(absl::StrCat(kAsked, "work_item: 'committees/10/w'")), ElementsAre("ballot.work_item"));
  EXPECT_THAT(BadBallotFields(absl::StrCat(kAsked, "open_date { month: 2 day: 30 } close_date { year: 2012 }")),
              ElementsAre("ballot.open_date", "ballot.close_date"));
}

TEST(BallotValues, EndNotBeforeTheyBegin) {
  EXPECT_THAT(BadBallotFields(absl::StrCat(kAsked, On("open_date", "2012-01-10"), On("close_date", "2012-01-09"))),
              ElementsAre("ballot.close_date"));
}

TEST(BallotValues, HaveACommitteeUnlessOneIsToBeFounded) {
  for (int kind = Ballot::KIND_ENQUIRY; kind <= Ballot::KIND_COMMITTEE; ++kind) {
    const std::string text = absl::StrCat("kind: ", Ballot::Kind_Name(kind));
    if (kind == Ballot::KIND_NEW_COMMITTEE) {
      EXPECT_THAT(BadBallotFields(text), IsEmpty());
    } else {
      EXPECT_THAT(BadBallotFields(text), ElementsAre("ballot.committee")) << text;
    }
  }
  EXPECT_THAT(BadBallotFields("kind: KIND_NEW_COMMITTEE committee: 'committees/10'"), IsEmpty());
}

TEST(BallotValues, HaveAWorkItemOfTheirCommittee) {
  EXPECT_THAT(BadBallotFields(absl::StrCat(kAsked, "work_item: 'committees/11/workItems/v'")),
              ElementsAre("ballot.work_item"));
  EXPECT_THAT(BadBallotFields("kind: KIND_NEW_COMMITTEE work_item: 'committees/11/workItems/v'"),
              ElementsAre("ballot.work_item"));
}

class BallotWrite : public BallotTest {
 protected:
  static Ballot NewBallot(const std::string& fields = kAsked) {
    return rpc::Parse<Ballot>(
        absl::StrCat("name: 'ballots/new' ", fields, On("open_date", "2012-01-10"), On("close_date", "2012-03-31")));
  }

  absl::StatusOr<Ballot> Create(const std::string& fields) { return Write(BallotRules(), NewBallot(fields)); }

  // What comes of moving the last day of a ballot that is there.
  absl::Status Move(const std::string& name, absl::string_view close_date) {
    const auto before = Stored<Ballot>(name);
    Ballot after = before;
    *after.mutable_close_date() = aip::ParseDate(close_date).value();
    return Write(BallotRules(), after, &before).status();
  }

  static auto IsEnded() { return HasReason(StatusCode::kFailedPrecondition, v1::ERROR_REASON_BALLOT_ENDED); }
  static auto IsBroken() { return HasReason(StatusCode::kFailedPrecondition, v1::ERROR_REASON_REFERENCE_BROKEN); }
  static auto IsStillOpen() { return HasReason(StatusCode::kFailedPrecondition, v1::ERROR_REASON_BALLOT_STILL_OPEN); }
  static auto IsInvalid() {
    return HasReason(StatusCode::kInvalidArgument, concord::rpc::v1::ERROR_REASON_INVALID_REQUEST);
  }
};

TEST_F(BallotWrite, IsOpenAtFirst) {
  const auto ballot = Create(absl::StrCat(kAsked, "work_item: 'committees/10/workItems/w' "));
  ASSERT_THAT(ballot, IsOk());
  EXPECT_EQ(ballot->state(), Ballot::STATE_OPEN);
  EXPECT_THAT(Create("kind: KIND_NEW_COMMITTEE "), IsOk());
}

TEST_F(BallotWrite, RecordsBallotsOfThePast) {
  Ballot past = NewBallot();
  *past.mutable_close_date() = past.open_date();
  EXPECT_THAT(Write(BallotRules(), past), IsOk());
}

TEST_F(BallotWrite, RefersToWhatLives) {
  EXPECT_THAT(Create("kind: KIND_COMMITTEE committee: 'committees/none' "), IsBroken());
  EXPECT_THAT(Create("kind: KIND_COMMITTEE committee: 'committees/gone' "), IsBroken());
  EXPECT_THAT(Create(absl::StrCat(kAsked, "work_item: 'committees/10/workItems/none' ")), IsBroken());
  const auto deleted = Create(absl::StrCat(kAsked, "work_item: 'committees/10/workItems/gone' "));
  EXPECT_THAT(deleted, IsBroken());
  EXPECT_EQ(MetadataOf(deleted.status(), "name"), "ballots/new");
  EXPECT_EQ(MetadataOf(deleted.status(), "reference"), "committees/10/workItems/gone");
}

TEST_F(BallotWrite, IsChangedWhileItIsOpen) {
  for (const char* id : {"open", "over"}) {
    const auto before = Stored<Ballot>(absl::StrCat("ballots/", id));
    Ballot after = before;
    after.set_title("Another question");
    const auto written = Write(BallotRules(), after, &before);
    ASSERT_THAT(written, IsOk()) << id;
    EXPECT_EQ(written->state(), Ballot::STATE_OPEN);
  }
}

TEST_F(BallotWrite, IsNotChangedOnceItHasEnded) {
  for (const char* name : {"ballots/closed", "ballots/cancelled"}) {
    const auto before = Stored<Ballot>(name);
    const auto refused = Write(BallotRules(), before, &before).status();
    EXPECT_THAT(refused, IsEnded()) << name;
    EXPECT_EQ(MetadataOf(refused, "ballot"), name);
  }
}

TEST_F(BallotWrite, MovesItsLastDayToTodayOrLater) {
  for (const char* name : {"ballots/open", "ballots/over"}) {
    EXPECT_THAT(Move(name, "2012-02-29"), IsOk()) << name;
    EXPECT_THAT(Move(name, "2012-03-31"), IsOk()) << name;
  }
  EXPECT_THAT(Move("ballots/over", "2012-02-28"), IsOk()) << "where it is already";
  EXPECT_THAT(Move("ballots/open", "2012-02-28"), IsInvalid());
  EXPECT_THAT(Move("ballots/over", "2012-02-27"), IsInvalid());
  const auto violations = ViolationsOf(Move("ballots/open", "2012-02-28"));
  ASSERT_EQ(violations.size(), 1);
  EXPECT_EQ(violations[0].first, "ballot.close_date");
}

class ClosingABallot : public BallotWrite {
 protected:
  absl::StatusOr<Ballot> Close(const std::string& name, bool validate_only = false) {
    auto ballot = Stored<Ballot>(name);
    rpc::Context context = state_.Look();
    v1::CloseBallotRequest request;
    request.set_validate_only(validate_only);
    const absl::Status status = CloseBallot(request, context, ballot, opened_);
    if (!status.ok()) return status;
    return ballot;
  }

  rpc::StandardMethods::Further opened_;
};

TEST_F(ClosingABallot, WaitsUntilItsLastDayIsOver) {
  const auto refused = Close("ballots/open").status();
  EXPECT_THAT(refused, IsStillOpen()) << "its last day is today";
  EXPECT_EQ(MetadataOf(refused, "name"), "ballots/open");
  EXPECT_EQ(MetadataOf(refused, "close_date"), "2012-02-29");
  EXPECT_THAT(Close("ballots/over"), IsOk());
}

TEST_F(ClosingABallot, CountsTheVotesOfThoseWhoWereEntitled) {
  PutVote("over", "1", "YES");
  PutVote("over", "2", "NO", "2012-02-29");
  PutVote("over", "4", "NO");
  PutVote("open", "3", "NO");
  const auto closed = Close("ballots/over");
  ASSERT_THAT(closed, IsOk());
  EXPECT_EQ(closed->state(), Ballot::STATE_CLOSED);
  const v1::BallotResult& result = closed->result();
  EXPECT_EQ(result.outcome(), v1::BallotResult::OUTCOME_APPROVED);
  EXPECT_EQ(result.participant_yes_count(), 1);
  EXPECT_EQ(result.participant_no_count(), 0);
  EXPECT_THAT(result.missing_members(), ElementsAre("members/2", "members/3"));
  ASSERT_EQ(result.uncounted_votes_size(), 2);
  EXPECT_EQ(result.uncounted_votes(0).reason(), v1::UncountedVote::REASON_OUT_OF_TIME);
  EXPECT_EQ(result.uncounted_votes(1).reason(), v1::UncountedVote::REASON_NOT_ENTITLED);
}

TEST_F(ClosingABallot, OpensItsVotes) {
  PutVote("over", "1", "YES", "2012-02-01", "sealed: true");
  PutVote("over", "4", "NO", "2012-02-01", "sealed: true");
  PutVote("open", "1", "NO", "2012-02-01", "sealed: true");
  ASSERT_THAT(Close("ballots/over"), IsOk());
  ASSERT_EQ(opened_.size(), 2);
  const auto& vote = static_cast<const v1::Vote&>(*opened_[0]);
  EXPECT_EQ(vote.name(), "ballots/over/votes/1");
  EXPECT_EQ(vote.position(), v1::Vote::POSITION_YES);
  EXPECT_FALSE(vote.sealed());
}

TEST_F(ClosingABallot, TellsNoResultWhileItCanStillChange) {
  PutVote("over", "1", "YES");
  const auto preview = Close("ballots/over", true);
  ASSERT_THAT(preview, IsOk());
  EXPECT_EQ(preview->state(), Ballot::STATE_CLOSED);
  EXPECT_FALSE(preview->has_result());
  EXPECT_THAT(opened_, IsEmpty());
  EXPECT_THAT(Close("ballots/open", true), IsStillOpen()) << "all is checked";
}

TEST_F(ClosingABallot, IsDoneOnce) {
  EXPECT_THAT(Close("ballots/closed"), IsEnded());
  EXPECT_THAT(Close("ballots/cancelled"), IsEnded());
}

TEST_F(BallotWrite, IsCancelledWhileItIsOpen) {
  for (const char* name : {"ballots/open", "ballots/over"}) {
    auto ballot = Stored<Ballot>(name);
    rpc::Context context = state_.Look();
    rpc::StandardMethods::Further votes;
    ASSERT_THAT(CancelBallot({}, context, ballot, votes), IsOk()) << name;
    EXPECT_EQ(ballot.state(), Ballot::STATE_CANCELLED);
    EXPECT_FALSE(ballot.has_result());
  }
  for (const char* name : {"ballots/closed", "ballots/cancelled"}) {
    auto ballot = Stored<Ballot>(name);
    rpc::Context context = state_.Look();
    rpc::StandardMethods::Further votes;
    EXPECT_THAT(CancelBallot({}, context, ballot, votes), IsEnded()) << name;
  }
}

}  // namespace
}  // namespace concord::member
