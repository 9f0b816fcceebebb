// What an action must satisfy. Pure.
#ifndef SERVICES_ACTION_ACTION_RULES_H_
#define SERVICES_ACTION_ACTION_RULES_H_

#include "absl/strings/string_view.h"
#include "common/rpc/standard_methods.h"
#include "common/status/error.h"
#include "concord/action/v1/action.pb.h"

namespace concord::action {

rpc::ResourceRules ActionRules();

// The limits that action.proto states for the values of an action. Its name must be set.
void CheckActionValues(const v1::Action& action, absl::string_view prefix, Violations& violations);

}  // namespace concord::action

#endif  // SERVICES_ACTION_ACTION_RULES_H_
