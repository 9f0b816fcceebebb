// Who may vote in a ballot, and who did. The day on which the ballot opened decides.
#ifndef SERVICES_MEMBER_ELECTORATE_H_
#define SERVICES_MEMBER_ELECTORATE_H_

#include <set>
#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "common/rpc/context.h"
#include "concord/member/v1/ballot.pb.h"
#include "concord/member/v1/member.pb.h"
#include "concord/member/v1/participation.pb.h"

namespace concord::member {

// What of the directory tells who may vote; nothing deleted is in it.
struct ElectoralRoll {
  std::vector<const v1::Member*> members;
  std::vector<const v1::Participation*> participations;  // Of one committee, and of those members.
};

// Names of members.
struct Electorate {
  std::set<std::string> members;       // All who are entitled.
  std::set<std::string> participants;  // Those of them who are P-members of the committee.
};

// Valid as long as the context's states are. Without a committee, or with a deleted one, nobody participates.
ElectoralRoll ReadRoll(rpc::Context& context, const std::string& committee);

// The votes cast in a ballot, whether they count or not, in the order of their names; valid as long as the states.
std::vector<const v1::Vote*> VotesIn(rpc::Context& context, const std::string& ballot);

// Who is a P-member on a day. Pure.
std::set<std::string> ParticipantsOn(const ElectoralRoll& roll, absl::CivilDay day);

// Who may vote: what a committee decides, its P-members; what the members decide, all that are member bodies on the
// first day. `roll` is that of the ballot's committee. Pure.
//
// Of a P-member it is not asked what category he is of: only member bodies can become one, and where a record that
// was imported says otherwise, it is its findings that tell.
Electorate ElectorateOf(const v1::Ballot& ballot, const ElectoralRoll& roll);

}  // namespace concord::member

#endif  // SERVICES_MEMBER_ELECTORATE_H_
