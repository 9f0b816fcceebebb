#include "services/member/vote_secrecy.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "concord/member/v1/ballot_service.pb.h"
#include "concord/member/v1/error_reason.pb.h"
#include "concord/rpc/v1/error_reason.pb.h"
#include "services/member/ballot_fixture.h"
#include "services/member/vote_rules.h"
#include "tests/support/status_matchers.h"

namespace concord::member {
namespace {

using absl::StatusCode;
using concord::testing::HasReason;
using concord::testing::IsOk;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

// Every ballot has votes of members 1 and 2.
class VoteSecrecy : public BallotTest {
 protected:
  VoteSecrecy()
      : votes_({&state_.types().Of(v1::Vote::descriptor()), VoteRules(), &state_.stamper(), &state_.tokens()}) {
    for (const char* member : {"1", "2"}) {
      for (const char* ballot : {"open", "over"}) PutVote(ballot, member, "YES", "2012-02-01", "sealed: true");
      for (const char* ballot : {"closed", "cancelled"}) PutVote(ballot, member, "YES");
    }
  }

  template <typename Response, typename Request>
  absl::StatusOr<Response> Read(const rpc::Method& method, const Request& request) {
    rpc::Context context = state_.Look();
    const auto reply = method.read(request, context);
    if (!reply.ok()) return reply.status();
    Response response;
    EXPECT_TRUE(response.ParseFromString(**reply));
    return response;
  }
  absl::StatusOr<v1::Vote> Get(const std::string& name) {
    v1::GetVoteRequest request;
    request.set_name(name);
    return Read<v1::Vote>(GetVoteMethod(votes_), request);
  }
  absl::StatusOr<v1::ListVotesResponse> List(const std::string& fields) {
    return Read<v1::ListVotesResponse>(ListVotesMethod(votes_), rpc::Parse<v1::ListVotesRequest>(fields));
  }
  static std::vector<std::string> NamesIn(const v1::ListVotesResponse& response) {
    std::vector<std::string> names;
    for (const v1::Vote& vote : response.votes()) names.push_back(vote.name());
    return names;
  }

  static auto IsSecret() { return HasReason(StatusCode::kFailedPrecondition, v1::ERROR_REASON_BALLOT_STILL_OPEN); }
  static auto IsNotFound() {
    return HasReason(StatusCode::kNotFound, concord::rpc::v1::ERROR_REASON_RESOURCE_NOT_FOUND);
  }

  rpc::StandardMethods votes_;
};

TEST_F(VoteSecrecy, RefusesAVoteWhileTheBallotIsOpen) {
  for (const char* ballot : {"open", "over"}) {
    const auto refused = Get(absl::StrCat("ballots/", ballot, "/votes/1")).status();
    EXPECT_THAT(refused, IsSecret()) << ballot;
    EXPECT_EQ(MetadataOf(refused, "name"), absl::StrCat("ballots/", ballot));
  }
  for (const char* ballot : {"closed", "cancelled"}) {
    const auto vote = Get(absl::StrCat("ballots/", ballot, "/votes/1"));
    ASSERT_THAT(vote, IsOk()) << ballot;
    EXPECT_EQ(vote->member(), "members/1");
  }
}

TEST_F(VoteSecrecy, DoesNotTellWhetherSomebodyHasVoted) {
  EXPECT_THAT(Get("ballots/open/votes/3"), IsSecret());
  EXPECT_THAT(Get("ballots/closed/votes/3"), IsNotFound());
  EXPECT_THAT(Get("ballots/none/votes/1"), IsNotFound());
}

TEST_F(VoteSecrecy, RefusesTheListOfABallotThatIsOpen) {
  for (const char* ballot : {"open", "over"}) {
    EXPECT_THAT(List(absl::StrCat("parent: 'ballots/", ballot, "'")), IsSecret()) << ballot;
  }
  EXPECT_THAT(List("parent: 'ballots/none'"), IsNotFound());
  const auto list = List("parent: 'ballots/closed'");
  ASSERT_THAT(list, IsOk());
  EXPECT_THAT(NamesIn(*list), ElementsAre("ballots/closed/votes/1", "ballots/closed/votes/2"));
  ASSERT_EQ(list->revisions_size(), 1);
  EXPECT_EQ(list->revisions(0).scope(), "directory");
}

TEST_F(VoteSecrecy, LeavesVotesOfOpenBallotsOutOfTheListOfAll) {
  const auto list = List("parent: 'ballots/-'");
  ASSERT_THAT(list, IsOk());
  EXPECT_THAT(NamesIn(*list), ElementsAre("ballots/cancelled/votes/1", "ballots/cancelled/votes/2",
                                          "ballots/closed/votes/1", "ballots/closed/votes/2"));
  const auto filtered = List("parent: 'ballots/-' filter: 'member = \"members/2\"' order_by: 'name desc'");
  ASSERT_THAT(filtered, IsOk());
  EXPECT_THAT(NamesIn(*filtered), ElementsAre("ballots/closed/votes/2", "ballots/cancelled/votes/2"));
}

TEST_F(VoteSecrecy, ListsPageByPage) {
  std::vector<std::string> names;
  std::string token;
  for (int page = 0; page < 2; ++page) {
    const auto list = List(absl::StrCat("parent: 'ballots/-' page_size: 3 page_token: '", token, "'"));
    ASSERT_THAT(list, IsOk());
    for (const std::string& name : NamesIn(*list)) names.push_back(name);
    token = list->next_page_token();
  }
  EXPECT_THAT(token, IsEmpty()) << "what is secret makes no further page";
  EXPECT_THAT(names, ElementsAre("ballots/cancelled/votes/1", "ballots/cancelled/votes/2", "ballots/closed/votes/1",
                                 "ballots/closed/votes/2"));
}

TEST_F(VoteSecrecy, EndsWithTheBallot) {
  rpc::Context context = state_.Look();
  const auto opened = OpenVotes(context, Stored<v1::Ballot>("ballots/open"));
  ASSERT_EQ(opened.size(), 2);
  for (const auto& vote : opened) state_.Put(static_cast<const v1::Vote&>(*vote));
  PutBallot("open", "2012-02-29", "state: STATE_CLOSED");
  EXPECT_THAT(Get("ballots/open/votes/1"), IsOk());
  EXPECT_THAT(List("parent: 'ballots/open'"), IsOk());
}

}  // namespace
}  // namespace concord::member
