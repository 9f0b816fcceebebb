// What a milestone must satisfy. Pure.
#ifndef SERVICES_ACTION_MILESTONE_RULES_H_
#define SERVICES_ACTION_MILESTONE_RULES_H_

#include "absl/strings/string_view.h"
#include "common/rpc/standard_methods.h"
#include "common/status/error.h"
#include "concord/action/v1/milestone.pb.h"

namespace concord::action {

rpc::ResourceRules MilestoneRules();

// The limits that milestone.proto states for the values of a milestone.
void CheckMilestoneValues(const v1::Milestone& milestone, absl::string_view prefix, Violations& violations);

}  // namespace concord::action

#endif  // SERVICES_ACTION_MILESTONE_RULES_H_
