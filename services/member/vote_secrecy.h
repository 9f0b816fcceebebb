// Votes, which nobody can read while their ballot is open: neither who voted how, nor how many did. They are sealed
// (standard_methods.h), so that the engine shows them nowhere; here they are opened, and whoever asks too early is
// told.
#ifndef SERVICES_MEMBER_VOTE_SECRECY_H_
#define SERVICES_MEMBER_VOTE_SECRECY_H_

#include "absl/status/status.h"
#include "common/rpc/context.h"
#include "common/rpc/method.h"
#include "common/rpc/standard_methods.h"
#include "concord/member/v1/ballot.pb.h"

namespace concord::member {

// FAILED_PRECONDITION with BALLOT_STILL_OPEN while the ballot is open, be it that its last day is over. The votes of a
// ballot that was called off are no secret any more. Pure.
absl::Status CheckNotSecret(const v1::Ballot& ballot);

// GetVote. Of an open ballot it says that it is open, and not even whether there is such a vote.
rpc::Method GetVoteMethod(const rpc::StandardMethods& votes);

// ListVotes. Refused of an open ballot, for an empty list would say that nobody voted; a list of the votes of all
// ballots leaves out those of open ones.
rpc::Method ListVotesMethod(const rpc::StandardMethods& votes);

// The votes of a ballot as they are once everybody may see them.
rpc::StandardMethods::Further OpenVotes(rpc::Context& context, const v1::Ballot& ballot);

}  // namespace concord::member

#endif  // SERVICES_MEMBER_VOTE_SECRECY_H_
