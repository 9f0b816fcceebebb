// The methods of IndicatorService.
#ifndef SERVICES_OBJECTIVE_INDICATOR_METHODS_H_
#define SERVICES_OBJECTIVE_INDICATOR_METHODS_H_

#include "common/app/service_definition.h"
#include "common/rpc/engine.h"

namespace concord::objective {

void AddIndicatorMethods(rpc::Engine& engine, const app::MethodParts& parts);

}  // namespace concord::objective

#endif  // SERVICES_OBJECTIVE_INDICATOR_METHODS_H_
