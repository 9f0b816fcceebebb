// The methods of RiskService.
#ifndef SERVICES_ACTION_RISK_METHODS_H_
#define SERVICES_ACTION_RISK_METHODS_H_

#include "common/app/service_definition.h"
#include "common/rpc/engine.h"

namespace concord::action {

void AddRiskMethods(rpc::Engine& engine, const app::MethodParts& parts);

}  // namespace concord::action

#endif  // SERVICES_ACTION_RISK_METHODS_H_
