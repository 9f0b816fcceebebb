// What a contribution must satisfy. Pure.
#ifndef SERVICES_ACTION_CONTRIBUTION_RULES_H_
#define SERVICES_ACTION_CONTRIBUTION_RULES_H_

#include "absl/strings/string_view.h"
#include "common/rpc/standard_methods.h"
#include "common/status/error.h"
#include "concord/action/v1/contribution.pb.h"

namespace concord::action {

rpc::ResourceRules ContributionRules();

// The limits that contribution.proto states for the values of a contribution.
void CheckContributionValues(const v1::Contribution& contribution, absl::string_view prefix, Violations& violations);

}  // namespace concord::action

#endif  // SERVICES_ACTION_CONTRIBUTION_RULES_H_
