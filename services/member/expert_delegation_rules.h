// What a count of experts must satisfy.
#ifndef SERVICES_MEMBER_EXPERT_DELEGATION_RULES_H_
#define SERVICES_MEMBER_EXPERT_DELEGATION_RULES_H_

#include "absl/strings/string_view.h"
#include "common/rpc/standard_methods.h"
#include "common/status/error.h"
#include "concord/member/v1/expert_delegation.pb.h"

namespace concord::member {

void CheckExpertDelegationValues(const v1::ExpertDelegation& delegation, absl::string_view prefix,
                                 Violations& violations);

rpc::ResourceRules ExpertDelegationRules();

}  // namespace concord::member

#endif  // SERVICES_MEMBER_EXPERT_DELEGATION_RULES_H_
