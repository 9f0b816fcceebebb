#include "services/member/participation_rules.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "common/aip/dated_periods.h"
#include "common/aip/enum_words.h"
#include "common/aip/limits.h"
#include "common/aip/resource_name.h"
#include "concord/member/v1/committee.pb.h"
#include "concord/member/v1/error_reason.pb.h"
#include "concord/member/v1/member.pb.h"
#include "services/member/committee_rules.h"
#include "services/member/record_rules.h"
#include "services/member/references.h"

namespace concord::member {
namespace {

// Whether a member of this category may take part in the role. What a member is that is not known forbids nothing.
bool MayTakePart(v1::Member::Category category, v1::Participation::Role role) {
  switch (category) {
    case v1::Member::CATEGORY_CORRESPONDENT:
      return role == v1::Participation::ROLE_OBSERVER;
    case v1::Member::CATEGORY_SUBSCRIBER:
    case v1::Member::CATEGORY_PARTNER:
    case v1::Member::CATEGORY_REGIONAL:
    case v1::Member::CATEGORY_LIAISON_ORGANIZATION:
      return false;  // Others than national bodies are in liaison.
    default:
      return true;
  }
}

void JudgeMembersEntitlement(rpc::Context& context, const v1::Participation& participation, Found& found) {
  const auto* member = context.Get<v1::Member>(participation.member());
  if (member != nullptr) JudgeEntitlement(context.today(), participation, *member, found);
}

// Who holds the secretariat stays a P-member as long.
void JudgeOwnSecretariat(rpc::Context& context, const v1::Participation& participation, Found& found) {
  const std::string committee_name(aip::ParentOf(participation.name()));
  const auto* committee = context.Get<v1::Committee>(committee_name);
  if (committee == nullptr || committee->secretariat() != participation.member()) return;
  if (participation.role() == v1::Participation::ROLE_PARTICIPANT) return;
  found.push_back(MakeError(absl::StatusCode::kFailedPrecondition, v1::ERROR_REASON_SECRETARIAT_NOT_PARTICIPANT,
                            "{member} holds the secretariat of {name} and has to be a P-member of it as long",
                            {{"name", committee_name}, {"member", participation.member()}}));
}

Found JudgeParticipation(rpc::Context& context, const v1::Participation* /*before*/, const v1::Participation& after) {
  Found found;
  JudgeReference(context, after.name(), after.member(), found);
  JudgeMembersEntitlement(context, after, found);
  JudgeOwnSecretariat(context, after, found);
  return found;
}

absl::Status CheckRemove(rpc::Context& context, const v1::Participation& participation) {
  v1::Participation gone = participation;
  gone.clear_role();
  Found found;
  JudgeOwnSecretariat(context, gone, found);
  return found.empty() ? absl::OkStatus() : found.front();
}

}  // namespace

void CheckParticipationValues(const v1::Participation& participation, absl::string_view prefix,
                              Violations& violations) {
  const auto path = [&](absl::string_view field) { return absl::StrCat(prefix, ".", field); };
  aip::CheckText(participation.title(), path("title"), 0, 200, violations);
  aip::CheckLabels(participation.labels(), path("labels"), violations);
  CheckOptionalReference(MemberPattern(), participation.member(), path("member"), violations);
  CheckNamedAfter(participation.name(), participation.member(), path("member"), violations);
  aip::CheckPeriods(participation.role_periods(), path("role_periods"), 100, violations);
}

void JudgeEntitlement(absl::CivilDay today, const v1::Participation& participation, const v1::Member& member,
                      Found& found) {
  for (const v1::RolePeriod& period : participation.role_periods()) {
    if (aip::LastDayOf(period) < today || MayTakePart(member.category(), period.role())) continue;
    found.push_back(MakeError(absl::StatusCode::kFailedPrecondition, v1::ERROR_REASON_NOT_ENTITLED_TO_PARTICIPATE,
                              "{name}: {member} is {category} and may not take part as {role}",
                              {{"name", participation.name()},
                               {"member", participation.member()},
                               {"category", aip::WordOf(member.category())},
                               {"role", aip::WordOf(period.role())}}));
  }
}

void DeriveParticipation(v1::Participation& participation) {
  const v1::RolePeriod* open = aip::OpenOneOf(participation.role_periods());
  participation.set_role(open == nullptr ? v1::Participation::ROLE_UNSPECIFIED : open->role());
}

v1::Participation::Role RoleOn(const v1::Participation& participation, absl::CivilDay day) {
  const v1::RolePeriod* period = aip::InForceOn(participation.role_periods(), day);
  return period == nullptr ? v1::Participation::ROLE_UNSPECIFIED : period->role();
}

void SetFactsOn(absl::CivilDay day, v1::Participation& participation) {
  participation.set_role(RoleOn(participation, day));
}

rpc::ResourceRules ParticipationRules() {
  return RecordRules<v1::Participation>{CheckParticipationValues, DeriveParticipation, JudgeParticipation, CheckRemove,
                                        SetFactsOn}
      .ForAnyMessage();
}

}  // namespace concord::member
