#include "services/member/ballot_rules.h"

#include "absl/strings/str_cat.h"
#include "common/aip/date.h"
#include "common/aip/enum_words.h"
#include "common/aip/limits.h"
#include "common/aip/resource_name.h"
#include "common/status/macros.h"
#include "concord/member/v1/error_reason.pb.h"
#include "services/member/ballot_count.h"
#include "services/member/electorate.h"
#include "services/member/references.h"
#include "services/member/vote_secrecy.h"

namespace concord::member {
namespace {

using google::protobuf::Message;
using v1::Ballot;

const aip::NamePattern& WorkItemPattern() {
  static const auto& pattern = *new aip::NamePattern("committees/{committee}/workItems/{work_item}");
  return pattern;
}

void CheckWorkItem(const Ballot& ballot, const std::string& field, Violations& violations) {
  if (ballot.work_item().empty()) return;
  CheckReference(WorkItemPattern(), ballot.work_item(), field, violations);
  if (!WorkItemPattern().Matches(ballot.work_item())) return;
  if (aip::ParentOf(ballot.work_item()) != ballot.committee()) {
    violations.Add(field, "must be one of the ballot's own committee");
  }
}

// A ballot that is put to members has a committee that asks; which kind that is, an absent kind does not tell.
void CheckCommittee(const Ballot& ballot, const std::string& field, Violations& violations) {
  CheckOptionalReference(CommitteePattern(), ballot.committee(), field, violations);
  const bool may_have_none = ballot.kind() == Ballot::KIND_NEW_COMMITTEE || ballot.kind() == Ballot::KIND_UNSPECIFIED;
  if (ballot.committee().empty() && !may_have_none) {
    violations.AddMissing(field, "must be set: only a ballot on a new committee may do without");
  }
}

absl::Status CheckMove(const rpc::Context& context, const Ballot& before, const Ballot& after) {
  const absl::CivilDay day = aip::ToDay(after.close_date());
  if (day == aip::ToDay(before.close_date()) || day >= context.today()) return absl::OkStatus();
  Violations violations;
  violations.Add("ballot.close_date",
                 absl::StrCat("is moved to today or later, so that no vote that came in time is late afterwards: today "
                              "is ",
                              aip::FormatDate(aip::FromDay(context.today())), " in UTC"));
  return violations.ToStatus();
}

absl::Status CheckWrite(rpc::Context& context, const Ballot* before, Ballot& after) {
  if (before != nullptr) {
    CONCORD_RETURN_IF_ERROR(CheckOpen(*before, after.name()));
    CONCORD_RETURN_IF_ERROR(CheckMove(context, *before, after));
  } else {
    after.set_state(Ballot::STATE_OPEN);
  }
  if (!after.committee().empty()) CONCORD_RETURN_IF_ERROR(CheckLiving(context, after.name(), after.committee()));
  if (!after.work_item().empty()) CONCORD_RETURN_IF_ERROR(CheckLiving(context, after.name(), after.work_item()));
  return absl::OkStatus();
}

absl::Status CheckOver(const Ballot& ballot, absl::CivilDay today) {
  if (today > aip::ToDay(ballot.close_date())) return absl::OkStatus();
  return MakeError(absl::StatusCode::kFailedPrecondition, v1::ERROR_REASON_BALLOT_STILL_OPEN,
                   "{name} cannot be closed before its last day is over, {close_date} in UTC",
                   {{"name", ballot.name()}, {"close_date", aip::FormatDate(ballot.close_date())}});
}

}  // namespace

void CheckBallotValues(const Ballot& ballot, absl::string_view prefix, Violations& violations) {
  const auto path = [&](absl::string_view field) { return absl::StrCat(prefix, ".", field); };
  aip::CheckText(ballot.title(), path("title"), 1, 300, violations);
  aip::CheckLabels(ballot.labels(), path("labels"), violations);
  CheckCommittee(ballot, path("committee"), violations);
  CheckWorkItem(ballot, path("work_item"), violations);
  if (ballot.has_open_date()) aip::CheckDay(ballot.open_date(), path("open_date"), violations);
  if (ballot.has_close_date()) aip::CheckDay(ballot.close_date(), path("close_date"), violations);
  if (aip::IsDay(ballot.open_date()) && aip::IsDay(ballot.close_date()) &&
      aip::ToDay(ballot.close_date()) < aip::ToDay(ballot.open_date())) {
    violations.Add(path("close_date"), "must not be before open_date");
  }
}

rpc::ResourceRules BallotRules() {
  rpc::ResourceRules rules;
  rules.values = [](const Message& ballot, absl::string_view prefix, Violations& violations) {
    CheckBallotValues(static_cast<const Ballot&>(ballot), prefix, violations);
  };
  rules.write = [](rpc::Context& context, const Message* before, Message& after) {
    return CheckWrite(context, static_cast<const Ballot*>(before), static_cast<Ballot&>(after));
  };
  return rules;
}

absl::Status CheckOpen(const Ballot& ballot, const std::string& name) {
  if (ballot.state() == Ballot::STATE_OPEN) return absl::OkStatus();
  return MakeError(absl::StatusCode::kFailedPrecondition, v1::ERROR_REASON_BALLOT_ENDED,
                   "{name} can no longer be written: {ballot} is {state}",
                   {{"name", name}, {"ballot", ballot.name()}, {"state", aip::WordOf(ballot.state())}});
}

absl::Status CloseBallot(const v1::CloseBallotRequest& request, rpc::Context& context, Ballot& ballot,
                         rpc::StandardMethods::Further& votes) {
  CONCORD_RETURN_IF_ERROR(CheckOpen(ballot, ballot.name()));
  CONCORD_RETURN_IF_ERROR(CheckOver(ballot, context.today()));
  ballot.set_state(Ballot::STATE_CLOSED);
  if (request.validate_only()) return absl::OkStatus();
  const Electorate electorate = ElectorateOf(ballot, ReadRoll(context, ballot.committee()));
  *ballot.mutable_result() = CountVotes(ballot, electorate, VotesIn(context, ballot.name()));
  votes = OpenVotes(context, ballot);
  return absl::OkStatus();
}

absl::Status CancelBallot(const v1::CancelBallotRequest& /*request*/, rpc::Context& context, Ballot& ballot,
                          rpc::StandardMethods::Further& votes) {
  CONCORD_RETURN_IF_ERROR(CheckOpen(ballot, ballot.name()));
  ballot.set_state(Ballot::STATE_CANCELLED);
  votes = OpenVotes(context, ballot);
  return absl::OkStatus();
}

}  // namespace concord::member
