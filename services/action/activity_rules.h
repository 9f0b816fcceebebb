// What an activity must satisfy. Pure.
#ifndef SERVICES_ACTION_ACTIVITY_RULES_H_
#define SERVICES_ACTION_ACTIVITY_RULES_H_

#include "absl/strings/string_view.h"
#include "common/rpc/standard_methods.h"
#include "common/status/error.h"
#include "concord/action/v1/activity.pb.h"

namespace concord::action {

rpc::ResourceRules ActivityRules();

// The limits that activity.proto states for the values of an activity.
void CheckActivityValues(const v1::Activity& activity, absl::string_view prefix, Violations& violations);

}  // namespace concord::action

#endif  // SERVICES_ACTION_ACTIVITY_RULES_H_
