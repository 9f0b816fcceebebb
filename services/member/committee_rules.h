// What a committee must satisfy.
#ifndef SERVICES_MEMBER_COMMITTEE_RULES_H_
#define SERVICES_MEMBER_COMMITTEE_RULES_H_

#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "common/rpc/context.h"
#include "common/rpc/standard_methods.h"
#include "common/status/error.h"
#include "concord/member/v1/committee.pb.h"
#include "services/member/findings.h"

namespace concord::member {

void CheckCommitteeValues(const v1::Committee& committee, absl::string_view prefix, Violations& violations);

// Fills `secretariat` from the periods.
void DeriveCommittee(v1::Committee& committee);

// Fills it from the period that holds on a day.
void SetFactsOn(absl::CivilDay day, v1::Committee& committee);

// SECRETARIAT_NOT_PARTICIPANT for whoever holds the secretariat today or later and is no P-member then, at the first of
// these days. What is over is history.
void JudgeSecretariat(rpc::Context& context, const v1::Committee& committee, Found& found);

rpc::ResourceRules CommitteeRules();

}  // namespace concord::member

#endif  // SERVICES_MEMBER_COMMITTEE_RULES_H_
