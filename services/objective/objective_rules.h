// What an objective must satisfy. Pure.
#ifndef SERVICES_OBJECTIVE_OBJECTIVE_RULES_H_
#define SERVICES_OBJECTIVE_OBJECTIVE_RULES_H_

#include "absl/strings/string_view.h"
#include "common/rpc/standard_methods.h"
#include "common/status/error.h"
#include "concord/objective/v1/objective.pb.h"

namespace concord::objective {

rpc::ResourceRules ObjectiveRules();

// The limits that objective.proto states for the values of an objective.
void CheckObjectiveValues(const v1::Objective& objective, absl::string_view prefix, Violations& violations);

}  // namespace concord::objective

#endif  // SERVICES_OBJECTIVE_OBJECTIVE_RULES_H_
