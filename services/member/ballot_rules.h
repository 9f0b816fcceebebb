// What a ballot must satisfy, and how it comes to its end.
#ifndef SERVICES_MEMBER_BALLOT_RULES_H_
#define SERVICES_MEMBER_BALLOT_RULES_H_

#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "common/rpc/context.h"
#include "common/rpc/standard_methods.h"
#include "common/status/error.h"
#include "concord/member/v1/ballot.pb.h"
#include "concord/member/v1/ballot_service.pb.h"

namespace concord::member {

// The limits that ballot.proto states for the values of a ballot. Pure.
void CheckBallotValues(const v1::Ballot& ballot, absl::string_view prefix, Violations& violations);

// A ballot is open at first, changes only as long as it is, and refers to a committee and a work item that live. Its
// last day may have passed when it is created, for what was decided formerly is recorded, too; but it is moved only to
// today or later, so that no vote that came in time is late afterwards.
rpc::ResourceRules BallotRules();

// FAILED_PRECONDITION with BALLOT_ENDED if the ballot is closed or cancelled. `name` is what would be changed: the
// ballot itself, or a vote in it. Pure.
absl::Status CheckOpen(const v1::Ballot& ballot, const std::string& name);

// OPEN -> CLOSED with the result of the count; the change of CloseBallot. FAILED_PRECONDITION with BALLOT_ENDED, or
// with BALLOT_STILL_OPEN until the last day is over. What only validates is not told the result: while the ballot is
// open, votes can still come in, and nobody may know how it stands. Its votes are opened with it.
absl::Status CloseBallot(const v1::CloseBallotRequest& request, rpc::Context& context, v1::Ballot& ballot,
                         rpc::StandardMethods::Further& votes);

// OPEN -> CANCELLED; its votes are opened with it. FAILED_PRECONDITION with BALLOT_ENDED.
absl::Status CancelBallot(const v1::CancelBallotRequest& request, rpc::Context& context, v1::Ballot& ballot,
                          rpc::StandardMethods::Further& votes);

}  // namespace concord::member

#endif  // SERVICES_MEMBER_BALLOT_RULES_H_
