// What a participation must satisfy.
#ifndef SERVICES_MEMBER_PARTICIPATION_RULES_H_
#define SERVICES_MEMBER_PARTICIPATION_RULES_H_

#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "common/rpc/standard_methods.h"
#include "common/status/error.h"
#include "concord/member/v1/participation.pb.h"

namespace concord::member {

void CheckParticipationValues(const v1::Participation& participation, absl::string_view prefix, Violations& violations);

// Fills `role` from the periods.
void DeriveParticipation(v1::Participation& participation);

// How the member took part on a day; unspecified if he did not.
v1::Participation::Role RoleOn(const v1::Participation& participation, absl::CivilDay day);

rpc::ResourceRules ParticipationRules();

}  // namespace concord::member

#endif  // SERVICES_MEMBER_PARTICIPATION_RULES_H_
