#include "services/member/vote_secrecy.h"

#include <string>
#include <utility>

#include "common/aip/date.h"
#include "common/aip/resource_name.h"
#include "common/rpc/listing.h"
#include "common/rpc/reply.h"
#include "common/status/error.h"
#include "common/status/macros.h"
#include "concord/member/v1/ballot_service.pb.h"
#include "concord/member/v1/error_reason.pb.h"

namespace concord::member {
namespace {

using google::protobuf::Message;

// Whether the votes of a ballot are secret, for many votes one after the other.
class Secrets {
 public:
  explicit Secrets(rpc::Context& context) : context_(context) {}

  bool Holds(const std::string& vote) {
    const absl::string_view ballot = aip::ParentOf(vote);
    if (ballot != ballot_) {
      ballot_ = std::string(ballot);
      const auto* found = context_.Get<v1::Ballot>(ballot_);
      secret_ = found == nullptr || !CheckNotSecret(*found).ok();
    }
    return secret_;
  }

 private:
  rpc::Context& context_;
  std::string ballot_;
  bool secret_ = true;
};

absl::StatusOr<rpc::Reply> ListVotes(const rpc::PageTokens& tokens, const v1::ListVotesRequest& request,
                                     rpc::Context& context) {
  if (const std::string ballot(aip::AboveWildcards(request.parent())); !ballot.empty()) {
    CONCORD_ASSIGN_OR_RETURN(const ledger::Resource* found, rpc::FindOrNotFound(context, ballot));
    CONCORD_RETURN_IF_ERROR(CheckNotSecret(static_cast<const v1::Ballot&>(*found->message)));
  }
  const rpc::ResourceType& type = context.types().Of(v1::Vote::descriptor());
  const std::string scope = type.ScopeOf(request.parent());
  const ledger::SnapshotPtr snapshot = context.Scope(scope);
  if (snapshot == nullptr) return rpc::Reply();  // Comes again once it is at hand.
  CONCORD_ASSIGN_OR_RETURN(const std::string last_key, tokens.Open(request, scope, snapshot->position()));
  CONCORD_ASSIGN_OR_RETURN(rpc::Listing listing, rpc::Listing::Begin(request, *v1::Vote::descriptor(), last_key));
  Secrets secrets(context);
  context.ForEach(type, scope, request.parent(), listing.after(),
                  [&](const ledger::Resource& vote) { return secrets.Holds(vote.name) || listing.Offer(vote); });
  rpc::ListReply reply(v1::ListVotesResponse::kVotesFieldNumber);
  listing.AddTo(reply);
  v1::ListVotesResponse rest;
  if (!listing.NextKey().empty()) {
    rest.set_next_page_token(tokens.Make(request, scope, snapshot->position(), listing.NextKey()));
  }
  for (concord::type::ScopeRevision& revision : context.Revisions()) *rest.add_revisions() = std::move(revision);
  return reply.Finish(rest);
}

}  // namespace

absl::Status CheckNotSecret(const v1::Ballot& ballot) {
  if (ballot.state() != v1::Ballot::STATE_OPEN) return absl::OkStatus();
  return MakeError(absl::StatusCode::kFailedPrecondition, v1::ERROR_REASON_BALLOT_STILL_OPEN,
                   "the votes of {name} are secret until it is closed, which is after {close_date}",
                   {{"name", ballot.name()}, {"close_date", aip::FormatDate(ballot.close_date())}});
}

rpc::Method GetVoteMethod(const rpc::StandardMethods& votes) {
  rpc::Method get = votes.Get(v1::GetVoteRequest::default_instance());
  get.read = [read = std::move(get.read)](const Message& request, rpc::Context& context) -> absl::StatusOr<rpc::Reply> {
    const auto& name = static_cast<const v1::GetVoteRequest&>(request).name();
    const auto* ballot = context.Get<v1::Ballot>(aip::ParentOf(name));
    if (ballot != nullptr) CONCORD_RETURN_IF_ERROR(CheckNotSecret(*ballot));
    return read(request, context);
  };
  return get;
}

rpc::Method ListVotesMethod(const rpc::StandardMethods& votes, const rpc::PageTokens& tokens) {
  rpc::Method list = votes.List(v1::ListVotesRequest::default_instance(), v1::ListVotesResponse::default_instance());
  list.read = [&tokens](const Message& request, rpc::Context& context) {
    return ListVotes(tokens, static_cast<const v1::ListVotesRequest&>(request), context);
  };
  return list;
}

}  // namespace concord::member
