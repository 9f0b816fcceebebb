#include "services/member/vote_rules.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "common/aip/date.h"
#include "common/aip/limits.h"
#include "common/aip/resource_name.h"
#include "common/rpc/failure.h"
#include "common/status/error.h"
#include "common/status/macros.h"
#include "concord/member/v1/error_reason.pb.h"
#include "services/member/ballot_rules.h"
#include "services/member/electorate.h"
#include "services/member/references.h"

namespace concord::member {
namespace {

using google::protobuf::Message;
using v1::Vote;

// A commit holds 500 resources and 1 MiB, and closing writes the ballot with its result besides the votes.
constexpr size_t kVotesLimit = 450;
constexpr size_t kVotesBytesLimit = 768 << 10;

absl::Status CheckRoom(rpc::Context& context, const std::string& ballot, const Vote& after) {
  size_t count = 1;
  size_t bytes = after.ByteSizeLong();
  for (const Vote* vote : VotesIn(context, ballot)) {
    if (vote->name() == after.name()) continue;
    ++count;
    bytes += vote->ByteSizeLong();
  }
  if (count <= kVotesLimit && bytes <= kVotesBytesLimit) return absl::OkStatus();
  return MakeError(absl::StatusCode::kFailedPrecondition, v1::ERROR_REASON_BALLOT_FULL,
                   "{name} finds no room: a ballot has at most {limit} votes, of {bytes_limit} bytes together, "
                   "so that {ballot} can be closed at once; a shorter comment may do",
                   {{"name", after.name()},
                    {"ballot", ballot},
                    {"limit", absl::StrCat(kVotesLimit)},
                    {"bytes_limit", absl::StrCat(kVotesBytesLimit)}});
}

absl::Status CheckWrite(rpc::Context& context, Vote& after) {
  const std::string name(aip::ParentOf(after.name()));
  const auto* ballot = context.Get<v1::Ballot>(name);
  if (ballot == nullptr) return rpc::NotFound(name);
  CONCORD_RETURN_IF_ERROR(CheckOpen(*ballot, after.name()));
  Violations violations;
  aip::CheckNotInFuture(after.date(), context.today(), "vote.date", violations);
  CONCORD_RETURN_IF_ERROR(violations.ToStatus());
  after.set_sealed(true);
  CONCORD_RETURN_IF_ERROR(CheckRoom(context, name, after));
  return CheckLiving(context, after.name(), after.member());
}

}  // namespace

void CheckVoteValues(const Vote& vote, absl::string_view prefix, Violations& violations) {
  const auto path = [&](absl::string_view field) { return absl::StrCat(prefix, ".", field); };
  aip::CheckText(vote.title(), path("title"), 0, 200, violations);
  aip::CheckLabels(vote.labels(), path("labels"), violations);
  if (!vote.member().empty()) CheckReference(MemberPattern(), vote.member(), path("member"), violations);
  CheckNamedAfter(vote.name(), vote.member(), path("member"), violations);
  if (vote.has_technical_reasons() && vote.position() != Vote::POSITION_NO) {
    violations.Add(path("has_technical_reasons"), "must be false unless the vote is against");
  }
  if (vote.has_date()) aip::CheckDay(vote.date(), path("date"), violations);
  aip::CheckText(vote.comment(), path("comment"), 0, 4'000, violations);
}

rpc::ResourceRules VoteRules() {
  rpc::ResourceRules rules;
  rules.values = [](const Message& vote, absl::string_view prefix, Violations& violations) {
    CheckVoteValues(static_cast<const Vote&>(vote), prefix, violations);
  };
  rules.write = [](rpc::Context& context, const Message* /*before*/, Message& after) {
    return CheckWrite(context, static_cast<Vote&>(after));
  };
  return rules;
}

}  // namespace concord::member
