#include "services/member/vote_rules.h"

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
using v1::Vote;

std::vector<std::string> BadVoteFields(const std::string& fields) {
  return BadFieldsOf<Vote>(
      CheckVoteValues, "vote",
      absl::StrCat("name: 'ballots/b/votes/1' member: 'members/1' position: POSITION_NO ", fields));
}

TEST(VoteValues, AreGoodUpToTheirLimits) {
  EXPECT_THAT(BadVoteFields(""), IsEmpty());
  EXPECT_THAT(BadVoteFields(absl::StrCat("title: '", std::string(200, 't'), "' labels { key: 'area' value: 'x' } ",
                                         "has_technical_reasons: true pledges_participation: true comment: '",
                                         std::string(4'000, 'c'), "' ", On("date", "2012-02-29"))),
              IsEmpty());
  EXPECT_THAT(BadVoteFields(absl::StrCat("title: '", std::string(201, 't'), "'")), ElementsAre("vote.title"));
  EXPECT_THAT(BadVoteFields(absl::StrCat("comment: '", std::string(4'001, 'c'), "'")), ElementsAre("vote.comment"));
}

TEST(VoteValues, NameWhatIsWrong) {
  EXPECT_THAT(BadVoteFields("labels { key: 'Area' value: 'x' }"), ElementsAre("vote.labels"));
  EXPECT_THAT(BadVoteFields("member: 'Anna'"), ElementsAre("vote.member"));
  EXPECT_THAT(BadVoteFields("date { month: 2 day: 30 }"), ElementsAre("vote.date"));
}

TEST(VoteValues, AreOfTheMemberThatTheVoteIsNamedAfter) {
  EXPECT_THAT(BadVoteFields("member: 'members/2'"), ElementsAre("vote.member"));
  EXPECT_THAT(BadVoteFields("name: 'ballots/b/votes/2' member: 'members/2'"), IsEmpty());
}

TEST(VoteValues, HaveTechnicalReasonsAgainstOnly) {
  for (const char* position : {"YES", "ABSTAIN"}) {
    const std::string text = absl::StrCat("position: POSITION_", position);
    EXPECT_THAT(BadVoteFields(text), IsEmpty()) << text;
    EXPECT_THAT(BadVoteFields(absl::StrCat(text, " has_technical_reasons: true")),
                ElementsAre("vote.has_technical_reasons"));
  }
}

class VoteWrite : public BallotTest {
 protected:
  static Vote VoteOf(const std::string& member, const std::string& ballot, absl::string_view date = "2012-02-01") {
    return rpc::Parse<Vote>(absl::StrCat("name: 'ballots/", ballot, "/votes/", member, "' member: 'members/", member,
                                         "' position: POSITION_YES ", On("date", date)));
  }
  absl::Status Cast(const Vote& vote, const Vote* before = nullptr) {
    return Write(VoteRules(), vote, before).status();
  }
};

TEST_F(VoteWrite, IsTakenWhileTheBallotIsOpen) {
  EXPECT_THAT(Cast(VoteOf("1", "open")), IsOk());
  EXPECT_THAT(Cast(VoteOf("1", "over")), IsOk()) << "its last day is over, but it is not closed";
}

TEST_F(VoteWrite, IsSealedWhileTheBallotIsOpen) {
  const auto vote = Write(VoteRules(), VoteOf("1", "open"));
  ASSERT_THAT(vote, IsOk());
  EXPECT_TRUE(vote->sealed());
}

TEST_F(VoteWrite, FindsRoomInWhatOneCommitCanOpen) {
  const std::string comment = absl::StrCat("comment: '", std::string(3'000, 'c'), "'");
  for (int i = 1; i <= 250; ++i) PutVote("open", absl::StrCat("m", i), "YES", "2012-02-01", comment);
  Vote vote = VoteOf("1", "open");
  EXPECT_THAT(Cast(vote), IsOk());
  vote.set_comment(std::string(4'000, 'c'));
  for (int i = 251; i <= 258; ++i) PutVote("open", absl::StrCat("m", i), "YES", "2012-02-01", comment);
  const auto full = HasReason(StatusCode::kFailedPrecondition, v1::ERROR_REASON_BALLOT_FULL);
  EXPECT_THAT(Cast(vote), full);
  EXPECT_THAT(Cast(VoteOf("1", "over")), IsOk()) << "another ballot";
  for (int i = 1; i <= 449; ++i) PutVote("over", absl::StrCat("m", i), "YES");
  EXPECT_THAT(Cast(VoteOf("1", "over")), IsOk());
  PutVote("over", "m450", "YES");
  const absl::Status refused = Cast(VoteOf("1", "over"));
  EXPECT_THAT(refused, full);
  EXPECT_EQ(MetadataOf(refused, "limit"), "450");
  EXPECT_THAT(Cast(VoteOf("m450", "over")),
              HasReason(StatusCode::kFailedPrecondition, v1::ERROR_REASON_REFERENCE_BROKEN))
      << "a vote that is there already has its room";
}

TEST_F(VoteWrite, IsTakenAlsoWhereItWillNotCount) {
  EXPECT_THAT(Cast(VoteOf("1", "over", "2012-02-29")), IsOk()) << "too late";
  EXPECT_THAT(Cast(VoteOf("1", "open", "2012-01-09")), IsOk()) << "too early";
  EXPECT_THAT(Cast(VoteOf("6", "open")), IsOk()) << "not entitled";
}

TEST_F(VoteWrite, IsChangedUntilTheBallotEnds) {
  const Vote before = VoteOf("1", "open");
  Vote after = before;
  after.set_position(Vote::POSITION_ABSTAIN);
  EXPECT_THAT(Cast(after, &before), IsOk());
}

TEST_F(VoteWrite, IsRefusedOnceTheBallotHasEnded) {
  for (const char* ballot : {"closed", "cancelled"}) {
    const Vote vote = VoteOf("1", ballot);
    for (const Vote* before : {static_cast<const Vote*>(nullptr), &vote}) {
      const absl::Status refused = Cast(vote, before);
      EXPECT_THAT(refused, HasReason(StatusCode::kFailedPrecondition, v1::ERROR_REASON_BALLOT_ENDED)) << ballot;
      EXPECT_EQ(MetadataOf(refused, "name"), vote.name());
      EXPECT_EQ(MetadataOf(refused, "ballot"), absl::StrCat("ballots/", ballot));
    }
  }
}

TEST_F(VoteWrite, IsRefusedWithoutABallot) {
  EXPECT_THAT(Cast(VoteOf("1", "none")),
              HasReason(StatusCode::kNotFound, concord::rpc::v1::ERROR_REASON_RESOURCE_NOT_FOUND));
}

TEST_F(VoteWrite, IsOfAMemberThatLives) {
  for (const char* member : {"none", "gone"}) {
    EXPECT_THAT(Cast(VoteOf(member, "open")),
                HasReason(StatusCode::kFailedPrecondition, v1::ERROR_REASON_REFERENCE_BROKEN))
        << member;
  }
}

TEST_F(VoteWrite, IsNotCastInTheFuture) {
  EXPECT_THAT(Cast(VoteOf("1", "open", "2012-02-29")), IsOk());
  const auto violations = ViolationsOf(Cast(VoteOf("1", "open", "2012-03-01")));
  ASSERT_EQ(violations.size(), 1);
  EXPECT_EQ(violations[0].first, "vote.date");
}

}  // namespace
}  // namespace concord::member
