// The methods of PlanService.
#ifndef SERVICES_OBJECTIVE_PLAN_METHODS_H_
#define SERVICES_OBJECTIVE_PLAN_METHODS_H_

#include "common/app/service_definition.h"
#include "common/rpc/engine.h"

namespace concord::objective {

void AddPlanMethods(rpc::Engine& engine, const app::MethodParts& parts);

}  // namespace concord::objective

#endif  // SERVICES_OBJECTIVE_PLAN_METHODS_H_
