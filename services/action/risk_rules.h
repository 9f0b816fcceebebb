// What a risk must satisfy, and how severe it is. Pure.
#ifndef SERVICES_ACTION_RISK_RULES_H_
#define SERVICES_ACTION_RISK_RULES_H_

#include "absl/strings/string_view.h"
#include "common/rpc/standard_methods.h"
#include "common/status/error.h"
#include "concord/action/v1/risk.pb.h"

namespace concord::action {

rpc::ResourceRules RiskRules();

// The limits that risk.proto states for the values of a risk.
void CheckRiskValues(const v1::Risk& risk, absl::string_view prefix, Violations& violations);

}  // namespace concord::action

#endif  // SERVICES_ACTION_RISK_RULES_H_
