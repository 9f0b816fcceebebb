#include "services/member/ballot_methods.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "concord/member/v1/ballot_service.pb.h"
#include "concord/member/v1/error_reason.pb.h"
#include "concord/rpc/v1/error_reason.pb.h"
#include "services/member/ballot_fixture.h"
#include "tests/support/status_matchers.h"

namespace concord::member {
namespace {

using absl::StatusCode;
using concord::testing::HasReason;
using concord::testing::IsOk;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class BallotMethods : public BallotTest {
 protected:
  BallotMethods() : engine_({}, {}) {
    AddBallotMethods(engine_, {&state_.types(), &state_.stamper(), &state_.tokens()});
  }

  const rpc::Method& Of(const std::string& method) {
    const rpc::Method* found = engine_.Find(absl::StrCat("concord.member.v1.BallotService/", method));
    EXPECT_NE(found, nullptr) << method;
    return *found;
  }

  absl::StatusOr<v1::VotingDuty> DutyOf(const std::string& fields) {
    rpc::Context context = state_.Look();
    const auto reply = Of("GetVotingDuty").read(rpc::Parse<v1::GetVotingDutyRequest>(fields), context);
    if (!reply.ok()) return reply.status();
    v1::VotingDuty duty;
    EXPECT_TRUE(duty.ParseFromString(**reply));
    return duty;
  }

  // The ballot that a named method would write.
  template <typename Request>
  v1::Ballot WrittenBy(const std::string& method, const std::string& fields) {
    rpc::Context context = state_.Look();
    const auto change = Of(method).write(rpc::Parse<Request>(fields), context);
    EXPECT_THAT(change, IsOk()) << method;
    return change.ok() ? static_cast<const v1::Ballot&>(*change->puts.front().message) : v1::Ballot();
  }

  rpc::Engine engine_;
};

TEST_F(BallotMethods, AreAllThatTheServicePromises) {
  const auto& service = *v1::GetBallotRequest::descriptor()->file()->service(0);
  for (int i = 0; i < service.method_count(); ++i) {
    const auto& method = Of(service.method(i)->name());
    EXPECT_EQ(method.prototype->GetDescriptor(), service.method(i)->input_type()) << service.method(i)->name();
  }
}

TEST_F(BallotMethods, KeepVotesSecret) {
  PutVote("open", "1", "YES");
  const auto secret = HasReason(StatusCode::kFailedPrecondition, v1::ERROR_REASON_BALLOT_STILL_OPEN);
  rpc::Context context = state_.Look();
  EXPECT_THAT(Of("GetVote").read(rpc::Parse<v1::GetVoteRequest>("name: 'ballots/open/votes/1'"), context), secret);
  EXPECT_THAT(Of("ListVotes").read(rpc::Parse<v1::ListVotesRequest>("parent: 'ballots/open'"), context), secret);
}

TEST_F(BallotMethods, EndABallot) {
  const auto closed = WrittenBy<v1::CloseBallotRequest>("CloseBallot", "name: 'ballots/over'");
  EXPECT_EQ(closed.state(), v1::Ballot::STATE_CLOSED);
  EXPECT_EQ(closed.result().missing_members_size(), 3);
  const auto cancelled = WrittenBy<v1::CancelBallotRequest>("CancelBallot", "name: 'ballots/open'");
  EXPECT_EQ(cancelled.state(), v1::Ballot::STATE_CANCELLED);
}

TEST_F(BallotMethods, TellWhoMissedHisDuty) {
  for (const char* member : {"1", "2"}) PutVote("closed", member, "ABSTAIN");
  PutVote("closed", "3", "YES", "2012-02-29");
  const auto duty = DutyOf("committee: 'committees/10'");
  ASSERT_THAT(duty, IsOk());
  EXPECT_EQ(aip::FormatDate(duty->date()), "2012-02-29") << "today, if nothing is said";
  EXPECT_EQ(duty->revisions(0).scope(), "directory");
  ASSERT_EQ(duty->members_size(), 3);
  EXPECT_THAT(duty->members(0).missed_ballots(), IsEmpty());
  EXPECT_THAT(duty->members(2).missed_ballots(), ElementsAre("ballots/closed")) << "the others are not closed";
  const auto before = DutyOf(absl::StrCat("committee: 'committees/10' ", On("date", "2012-02-27")));
  ASSERT_THAT(before, IsOk());
  EXPECT_EQ(before->members(2).other_ballot_count(), 0);
}

TEST_F(BallotMethods, KnowOfNoDutyInTheFutureOrWithoutACommittee) {
  const auto future = DutyOf(absl::StrCat("committee: 'committees/10' ", On("date", "2012-03-01"))).status();
  EXPECT_EQ(ViolationsOf(future).at(0).first, "date");
  EXPECT_THAT(DutyOf("committee: 'committees/none'"),
              HasReason(StatusCode::kNotFound, concord::rpc::v1::ERROR_REASON_RESOURCE_NOT_FOUND));
  Violations violations;
  Of("GetVotingDuty")
      .validate(rpc::Parse<v1::GetVotingDutyRequest>("committee: 'TC 10' date { month: 2 day: 30 }"), violations);
  const auto wrong = ViolationsOf(violations.ToStatus());
  ASSERT_EQ(wrong.size(), 2);
  EXPECT_EQ(wrong[0].first, "committee");
  EXPECT_EQ(wrong[1].first, "date");
}

}  // namespace
}  // namespace concord::member
