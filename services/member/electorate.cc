#include "services/member/electorate.h"

#include "common/aip/date.h"
#include "common/aip/dated_periods.h"
#include "concord/member/v1/committee.pb.h"

namespace concord::member {
namespace {

using v1::Ballot;

bool AllMemberBodiesVote(Ballot::Kind kind) {
  return kind == Ballot::KIND_ENQUIRY || kind == Ballot::KIND_APPROVAL || kind == Ballot::KIND_SYSTEMATIC_REVIEW ||
         kind == Ballot::KIND_NEW_COMMITTEE;
}

bool IsMemberBodyOn(const v1::Member& member, absl::CivilDay day) {
  const v1::CategoryPeriod* period = aip::InForceOn(member.category_periods(), day);
  return period != nullptr && period->category() == v1::Member::CATEGORY_MEMBER_BODY;
}

bool Lives(rpc::Context& context, const std::string& name) {
  const ledger::Resource* resource = context.Find(name);
  return resource != nullptr && !resource->deleted;
}

// All living records of one type, of one parent if `parent` is not empty.
template <typename Record>
std::vector<const Record*> Living(rpc::Context& context, const std::string& parent) {
  std::vector<const Record*> living;
  const rpc::ResourceType& type = context.types().Of(Record::descriptor());
  context.ForEach(type, "directory", parent, "", [&](const ledger::Resource& resource) {
    if (!resource.deleted) living.push_back(static_cast<const Record*>(resource.message.get()));
    return true;
  });
  return living;
}

}  // namespace

ElectoralRoll ReadRoll(rpc::Context& context, const std::string& committee) {
  ElectoralRoll roll;
  roll.members = Living<v1::Member>(context, "");
  if (committee.empty() || !Lives(context, committee)) return roll;
  for (const v1::Participation* participation : Living<v1::Participation>(context, committee)) {
    if (Lives(context, participation->member())) roll.participations.push_back(participation);
  }
  return roll;
}

std::vector<const v1::Vote*> VotesIn(rpc::Context& context, const std::string& ballot) {
  return Living<v1::Vote>(context, ballot);
}

std::set<std::string> ParticipantsOn(const ElectoralRoll& roll, absl::CivilDay day) {
  std::set<std::string> participants;
  for (const v1::Participation* participation : roll.participations) {
    const v1::RolePeriod* period = aip::InForceOn(participation->role_periods(), day);
    if (period == nullptr || period->role() != v1::Participation::ROLE_PARTICIPANT) continue;
    participants.insert(participation->member());
  }
  return participants;
}

Electorate ElectorateOf(const Ballot& ballot, const ElectoralRoll& roll) {
  const absl::CivilDay day = aip::ToDay(ballot.open_date());
  const std::set<std::string> participants = ParticipantsOn(roll, day);
  if (!AllMemberBodiesVote(ballot.kind())) return {participants, participants};
  Electorate electorate;
  for (const v1::Member* member : roll.members) {
    if (!IsMemberBodyOn(*member, day)) continue;
    electorate.members.insert(member->name());
    if (participants.contains(member->name())) electorate.participants.insert(member->name());
  }
  return electorate;
}

}  // namespace concord::member
