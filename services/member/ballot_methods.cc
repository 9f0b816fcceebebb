#include "services/member/ballot_methods.h"

#include <string>
#include <utility>
#include <vector>

#include "common/aip/date.h"
#include "common/rpc/reply.h"
#include "common/rpc/standard_methods.h"
#include "common/rpc/standard_service.h"
#include "common/status/macros.h"
#include "concord/member/v1/ballot.pb.h"
#include "concord/member/v1/ballot_service.pb.h"
#include "services/member/ballot_rules.h"
#include "services/member/electorate.h"
#include "services/member/references.h"
#include "services/member/vote_rules.h"
#include "services/member/vote_secrecy.h"
#include "services/member/voting_duty.h"

namespace concord::member {
namespace {

using google::protobuf::Message;

// Those that count for the duty to vote, or are due, with their votes.
std::vector<BallotWithVotes> ReadBallots(rpc::Context& context, const std::string& committee, absl::CivilDay day) {
  std::vector<BallotWithVotes> ballots;
  const rpc::ResourceType& type = context.types().Of(v1::Ballot::descriptor());
  context.ForEach(type, "directory", "", "", [&](const ledger::Resource& resource) {
    const auto& ballot = static_cast<const v1::Ballot&>(*resource.message);
    if (CountsForDuty(ballot, committee, day) || IsDueSoon(ballot, committee, day)) ballots.push_back({&ballot, {}});
    return true;
  });
  for (BallotWithVotes& each : ballots) each.votes = VotesIn(context, each.ballot->name());
  return ballots;
}

absl::StatusOr<rpc::Reply> GetVotingDuty(const v1::GetVotingDutyRequest& request, rpc::Context& context) {
  Violations violations;
  if (request.has_date()) aip::CheckNotInFuture(request.date(), context.today(), "date", violations);
  CONCORD_RETURN_IF_ERROR(violations.ToStatus());
  const std::string& committee = request.committee();
  CONCORD_RETURN_IF_ERROR(rpc::FindOrNotFound(context, committee).status());
  const absl::CivilDay day = request.has_date() ? aip::ToDay(request.date()) : context.today();
  v1::VotingDuty duty =
      ComputeVotingDuty(committee, day, ReadRoll(context, committee), ReadBallots(context, committee, day));
  for (concord::type::ScopeRevision& revision : context.Revisions()) *duty.add_revisions() = std::move(revision);
  return rpc::ReplyWith(duty);
}

rpc::Method VotingDutyMethod() {
  rpc::Method method = rpc::ReadMethod<v1::GetVotingDutyRequest>("GetVotingDuty", GetVotingDuty);
  method.about = [](const Message& request) {
    return static_cast<const v1::GetVotingDutyRequest&>(request).committee();
  };
  method.validate = [](const Message& message, Violations& violations) {
    const auto& request = static_cast<const v1::GetVotingDutyRequest&>(message);
    CheckReference(CommitteePattern(), request.committee(), "committee", violations);
    if (request.has_date()) aip::CheckDay(request.date(), "date", violations);
  };
  return method;
}

}  // namespace

void AddBallotMethods(rpc::Engine& engine, const app::MethodParts& parts) {
  const auto& service = *v1::GetBallotRequest::descriptor()->file()->service(0);
  const rpc::StandardMethods ballots(
      {&parts.types->Of(v1::Ballot::descriptor()), BallotRules(), parts.stamper, parts.tokens});
  rpc::AddStandardMethods(service, ballots, engine);
  engine.Add(service.full_name(), ballots.Change<v1::CloseBallotRequest, v1::Ballot>(CloseBallot));
  engine.Add(service.full_name(), ballots.Change<v1::CancelBallotRequest, v1::Ballot>(CancelBallot));
  const rpc::StandardMethods votes(
      {&parts.types->Of(v1::Vote::descriptor()), VoteRules(), parts.stamper, parts.tokens});
  engine.Add(service.full_name(), GetVoteMethod(votes));
  engine.Add(service.full_name(), ListVotesMethod(votes));
  engine.Add(service.full_name(), votes.Create(v1::CreateVoteRequest::default_instance()));
  engine.Add(service.full_name(), votes.Update(v1::UpdateVoteRequest::default_instance()));
  engine.Add(service.full_name(), VotingDutyMethod());
}

}  // namespace concord::member
