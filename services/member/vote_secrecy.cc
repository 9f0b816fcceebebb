#include "services/member/vote_secrecy.h"

#include <functional>
#include <memory>
#include <string>
#include <utility>

#include "common/aip/date.h"
#include "common/aip/resource_name.h"
#include "common/status/error.h"
#include "common/status/macros.h"
#include "concord/member/v1/ballot_service.pb.h"
#include "concord/member/v1/error_reason.pb.h"
#include "services/member/electorate.h"

namespace concord::member {
namespace {

using google::protobuf::Message;

// The same reading method, which is refused while the ballot that the request is about is open.
rpc::Method OnceOpened(rpc::Method method, std::function<std::string(const Message&)> ballot_of) {
  method.read = [read = std::move(method.read), ballot_of = std::move(ballot_of)](
                    const Message& request, rpc::Context& context) -> absl::StatusOr<rpc::Reply> {
    const std::string name = ballot_of(request);
    const auto* ballot = name.empty() ? nullptr : context.Get<v1::Ballot>(name);
    if (ballot != nullptr) CONCORD_RETURN_IF_ERROR(CheckNotSecret(*ballot));
    return read(request, context);
  };
  return method;
}

}  // namespace

absl::Status CheckNotSecret(const v1::Ballot& ballot) {
  if (ballot.state() != v1::Ballot::STATE_OPEN) return absl::OkStatus();
  return MakeError(absl::StatusCode::kFailedPrecondition, v1::ERROR_REASON_BALLOT_STILL_OPEN,
                   "the votes of {name} are secret until it is closed, which is after {close_date}",
                   {{"name", ballot.name()}, {"close_date", aip::FormatDate(ballot.close_date())}});
}

rpc::Method GetVoteMethod(const rpc::StandardMethods& votes) {
  return OnceOpened(votes.Get(v1::GetVoteRequest::default_instance()), [](const Message& request) {
    return std::string(aip::ParentOf(static_cast<const v1::GetVoteRequest&>(request).name()));
  });
}

rpc::Method ListVotesMethod(const rpc::StandardMethods& votes) {
  return OnceOpened(votes.List(v1::ListVotesRequest::default_instance(), v1::ListVotesResponse::default_instance()),
                    [](const Message& request) {
                      const auto& parent = static_cast<const v1::ListVotesRequest&>(request).parent();
                      return std::string(aip::AboveWildcards(parent));
                    });
}

rpc::StandardMethods::Further OpenVotes(rpc::Context& context, const v1::Ballot& ballot) {
  rpc::StandardMethods::Further opened;
  for (const v1::Vote* vote : VotesIn(context, ballot.name())) {
    auto open = std::make_unique<v1::Vote>(*vote);
    open->clear_sealed();
    opened.push_back(std::move(open));
  }
  return opened;
}

}  // namespace concord::member
