// What a participation must satisfy.
#ifndef SERVICES_MEMBER_PARTICIPATION_RULES_H_
#define SERVICES_MEMBER_PARTICIPATION_RULES_H_

#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "common/rpc/standard_methods.h"
#include "common/status/error.h"
#include "concord/member/v1/member.pb.h"
#include "concord/member/v1/participation.pb.h"
#include "services/member/findings.h"

namespace concord::member {

void CheckParticipationValues(const v1::Participation& participation, absl::string_view prefix, Violations& violations);

// NOT_ENTITLED_TO_PARTICIPATE for every period from today on in which a member of this category, as it is without an
// end, may not take part as it would. What is over is history, of which the directory may know less than happened.
void JudgeEntitlement(absl::CivilDay today, const v1::Participation& participation, const v1::Member& member,
                      Found& found);

// Fills `role` from the periods.
void DeriveParticipation(v1::Participation& participation);

// Fills it from the period that holds on a day.
void SetFactsOn(absl::CivilDay day, v1::Participation& participation);

// How the member took part on a day; unspecified if he did not.
v1::Participation::Role RoleOn(const v1::Participation& participation, absl::CivilDay day);

rpc::ResourceRules ParticipationRules();

}  // namespace concord::member

#endif  // SERVICES_MEMBER_PARTICIPATION_RULES_H_
