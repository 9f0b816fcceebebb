// What a vote must satisfy.
#ifndef SERVICES_MEMBER_VOTE_RULES_H_
#define SERVICES_MEMBER_VOTE_RULES_H_

#include "absl/strings/string_view.h"
#include "common/rpc/standard_methods.h"
#include "common/status/error.h"
#include "concord/member/v1/ballot.pb.h"

namespace concord::member {

// The limits that ballot.proto states for the values of a vote. Pure.
void CheckVoteValues(const v1::Vote& vote, absl::string_view prefix, Violations& violations);

// A vote is cast and changed by a member that lives, as long as the ballot is open. One that comes too late, or of a
// member who is not entitled, is taken: that it does not count is found, and told, when the votes are counted.
rpc::ResourceRules VoteRules();

}  // namespace concord::member

#endif  // SERVICES_MEMBER_VOTE_RULES_H_
