#include "services/member/committee_rules.h"

#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/aip/cycle.h"
#include "common/aip/date.h"
#include "common/aip/dated_periods.h"
#include "common/aip/limits.h"
#include "common/status/macros.h"
#include "concord/member/v1/ballot.pb.h"
#include "concord/member/v1/error_reason.pb.h"
#include "concord/member/v1/liaison.pb.h"
#include "concord/member/v1/participation.pb.h"
#include "services/member/participation_rules.h"
#include "services/member/record_rules.h"
#include "services/member/references.h"

namespace concord::member {
namespace {

using google::protobuf::Message;

constexpr int kPeriodsLimit = 100;
constexpr int kLevelsLimit = 20;  // A working group of a subcommittee is on the third.

void CheckSecretariats(const v1::Committee& committee, const std::string& field, Violations& violations) {
  aip::CheckPeriods(committee.secretariat_periods(), field, kPeriodsLimit, violations);
  for (int i = 0; i < std::min(committee.secretariat_periods_size(), kPeriodsLimit); ++i) {
    const v1::SecretariatPeriod& period = committee.secretariat_periods(i);
    const std::string path = absl::StrCat(field, "[", i, "]");
    CheckOptionalReference(MemberPattern(), period.member(), absl::StrCat(path, ".member"), violations);
    CheckOptionalReference(MemberPattern(), period.twin(), absl::StrCat(path, ".twin"), violations);
    if (!period.twin().empty() && period.twin() == period.member()) {
      violations.Add(absl::StrCat(path, ".twin"), "must be another member than the secretariat itself");
    }
  }
}

void CheckChairs(const v1::Committee& committee, const std::string& field, Violations& violations) {
  aip::CheckPeriods(committee.chair_periods(), field, kPeriodsLimit, violations);
  for (int i = 0; i < std::min(committee.chair_periods_size(), kPeriodsLimit); ++i) {
    CheckOptionalReference(MemberPattern(), committee.chair_periods(i).member(),
                           absl::StrCat(field, "[", i, "].member"), violations);
  }
}

void CheckLife(const v1::Committee& committee, absl::string_view prefix, Violations& violations) {
  const std::string last = absl::StrCat(prefix, ".disbanding_date");
  if (committee.has_creation_date()) {
    aip::CheckDay(committee.creation_date(), absl::StrCat(prefix, ".creation_date"), violations);
  }
  if (committee.has_disbanding_date()) aip::CheckDay(committee.disbanding_date(), last, violations);
  if (aip::IsDay(committee.creation_date()) && aip::IsDay(committee.disbanding_date()) &&
      aip::ToDay(committee.disbanding_date()) < aip::ToDay(committee.creation_date())) {
    violations.Add(last, "must not be before creation_date");
  }
}

void JudgeTree(rpc::Context& context, const v1::Committee& committee, Found& found) {
  if (committee.parent_committee().empty()) return;
  JudgeReference(context, committee.name(), committee.parent_committee(), found);
  int levels = 1;
  const auto cycle = aip::FindCycle(committee.name(), {committee.parent_committee()}, [&](const std::string& name) {
    const auto* other = context.Get<v1::Committee>(name);
    if (other == nullptr || other->parent_committee().empty() || ++levels > kLevelsLimit) {
      return std::vector<std::string>();
    }
    return std::vector<std::string>{other->parent_committee()};
  });
  if (levels > kLevelsLimit) {
    found.push_back(MakeError(absl::StatusCode::kFailedPrecondition, v1::ERROR_REASON_COMMITTEE_TOO_DEEP,
                              "{name} would be more than {limit} levels below the top",
                              {{"name", committee.name()}, {"limit", absl::StrCat(kLevelsLimit)}}));
  }
  if (cycle.empty()) return;
  found.push_back(MakeError(absl::StatusCode::kFailedPrecondition, v1::ERROR_REASON_COMMITTEE_CYCLE,
                            "{name} would be above itself: {cycle}",
                            {{"name", committee.name()}, {"cycle", absl::StrJoin(cycle, " -> ")}}));
}

Found JudgeCommittee(rpc::Context& context, const v1::Committee* /*before*/, const v1::Committee& after) {
  Found found;
  JudgeTree(context, after, found);
  for (const v1::SecretariatPeriod& period : after.secretariat_periods()) {
    JudgeReference(context, after.name(), period.member(), found);
    JudgeReference(context, after.name(), period.twin(), found);
  }
  for (const v1::ChairPeriod& period : after.chair_periods()) {
    JudgeReference(context, after.name(), period.member(), found);
  }
  JudgeSecretariat(context, after, found);
  return found;
}

// A committee that others refer to is not deleted: it is disbanded.
absl::Status CheckRemove(rpc::Context& context, const v1::Committee& committee) {
  const std::string& name = committee.name();
  CONCORD_RETURN_IF_ERROR(CheckUnused(context, v1::Committee::descriptor(), "", name, [&](const Message& m) {
    return static_cast<const v1::Committee&>(m).parent_committee() == name;
  }));
  CONCORD_RETURN_IF_ERROR(CheckUnused(context, v1::Liaison::descriptor(), "committees/-", name, [&](const Message& m) {
    return static_cast<const v1::Liaison&>(m).counterpart() == name;
  }));
  return CheckUnused(context, v1::Ballot::descriptor(), "", name,
                     [&](const Message& m) { return static_cast<const v1::Ballot&>(m).committee() == name; });
}

}  // namespace

void CheckCommitteeValues(const v1::Committee& committee, absl::string_view prefix, Violations& violations) {
  const auto path = [&](absl::string_view field) { return absl::StrCat(prefix, ".", field); };
  aip::CheckText(committee.title(), path("title"), 1, 500, violations);
  aip::CheckLabels(committee.labels(), path("labels"), violations);
  aip::CheckText(committee.reference(), path("reference"), 1, 60, violations);
  CheckOptionalReference(CommitteePattern(), committee.parent_committee(), path("parent_committee"), violations);
  aip::CheckText(committee.description(), path("description"), 0, 20'000, violations);
  CheckLife(committee, prefix, violations);
  CheckSecretariats(committee, path("secretariat_periods"), violations);
  CheckChairs(committee, path("chair_periods"), violations);
  aip::CheckText(committee.source_id(), path("source_id"), 0, 60, violations);
}

void DeriveCommittee(v1::Committee& committee) {
  const v1::SecretariatPeriod* open = aip::OpenOneOf(committee.secretariat_periods());
  committee.set_secretariat(open == nullptr ? "" : open->member());
}

void SetFactsOn(absl::CivilDay day, v1::Committee& committee) {
  const v1::SecretariatPeriod* period = aip::InForceOn(committee.secretariat_periods(), day);
  committee.set_secretariat(period == nullptr ? "" : period->member());
}

void JudgeSecretariat(rpc::Context& context, const v1::Committee& committee, Found& found) {
  for (const v1::SecretariatPeriod& period : committee.secretariat_periods()) {
    if (aip::LastDayOf(period) < context.today()) continue;
    const absl::CivilDay day = std::max(context.today(), aip::FirstDayOf(period));
    const std::string name = absl::StrCat(committee.name(), "/participations/", aip::LastIdOf(period.member()));
    const ledger::Resource* resource = context.Find(name);
    if (resource != nullptr && !resource->deleted &&
        RoleOn(static_cast<const v1::Participation&>(*resource->message), day) == v1::Participation::ROLE_PARTICIPANT) {
      continue;
    }
    found.push_back(MakeError(absl::StatusCode::kFailedPrecondition, v1::ERROR_REASON_SECRETARIAT_NOT_PARTICIPANT,
                              "{member} holds the secretariat of {name} and has to be a P-member of it as long",
                              {{"name", committee.name()}, {"member", period.member()}}));
  }
}

rpc::ResourceRules CommitteeRules() {
  return RecordRules<v1::Committee>{CheckCommitteeValues, DeriveCommittee, JudgeCommittee, CheckRemove, SetFactsOn}
      .ForAnyMessage();
}

}  // namespace concord::member
