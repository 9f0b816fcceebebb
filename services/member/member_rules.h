// What a member must satisfy.
#ifndef SERVICES_MEMBER_MEMBER_RULES_H_
#define SERVICES_MEMBER_MEMBER_RULES_H_

#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "common/rpc/standard_methods.h"
#include "common/status/error.h"
#include "concord/member/v1/member.pb.h"

namespace concord::member {

void CheckMemberValues(const v1::Member& member, absl::string_view prefix, Violations& violations);

// Fills `category` and `groups` from the periods.
void DeriveMember(v1::Member& member);

// Fills them from the periods that hold on a day.
void SetFactsOn(absl::CivilDay day, v1::Member& member);

// What a member was on a day; unspecified if that is not known.
v1::Member::Category CategoryOn(const v1::Member& member, absl::CivilDay day);

rpc::ResourceRules MemberRules();

}  // namespace concord::member

#endif  // SERVICES_MEMBER_MEMBER_RULES_H_
