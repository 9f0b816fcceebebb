// Reading votes, which nobody can while their ballot is open: neither who voted how, nor how many did.
#ifndef SERVICES_MEMBER_VOTE_SECRECY_H_
#define SERVICES_MEMBER_VOTE_SECRECY_H_

#include "absl/status/status.h"
#include "common/rpc/method.h"
#include "common/rpc/page_token.h"
#include "common/rpc/standard_methods.h"
#include "concord/member/v1/ballot.pb.h"

namespace concord::member {

// FAILED_PRECONDITION with BALLOT_STILL_OPEN while the ballot is open, be it that its last day is over. The votes of a
// ballot that was called off are no secret any more. Pure.
absl::Status CheckNotSecret(const v1::Ballot& ballot);

// GetVote. Of an open ballot it does not even say whether there is such a vote.
rpc::Method GetVoteMethod(const rpc::StandardMethods& votes);

// ListVotes. Refused of an open ballot; a list of the votes of all ballots leaves out those of open ones.
rpc::Method ListVotesMethod(const rpc::StandardMethods& votes, const rpc::PageTokens& tokens);

}  // namespace concord::member

#endif  // SERVICES_MEMBER_VOTE_SECRECY_H_
