#include "services/member/vote_rules.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "common/aip/date.h"
#include "common/aip/limits.h"
#include "common/aip/resource_name.h"
#include "common/rpc/failure.h"
#include "common/status/macros.h"
#include "services/member/ballot_rules.h"
#include "services/member/references.h"

namespace concord::member {
namespace {

using google::protobuf::Message;
using v1::Vote;

absl::Status CheckWrite(rpc::Context& context, const Vote& after) {
  const std::string name(aip::ParentOf(after.name()));
  const auto* ballot = context.Get<v1::Ballot>(name);
  if (ballot == nullptr) return rpc::NotFound(name);
  CONCORD_RETURN_IF_ERROR(CheckOpen(*ballot, after.name()));
  Violations violations;
  aip::CheckNotInFuture(after.date(), context.today(), "vote.date", violations);
  CONCORD_RETURN_IF_ERROR(violations.ToStatus());
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
    return CheckWrite(context, static_cast<const Vote&>(after));
  };
  return rules;
}

}  // namespace concord::member
