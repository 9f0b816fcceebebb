// The methods of ObjectiveService.
#ifndef SERVICES_OBJECTIVE_OBJECTIVE_METHODS_H_
#define SERVICES_OBJECTIVE_OBJECTIVE_METHODS_H_

#include "common/app/service_definition.h"
#include "common/rpc/engine.h"

namespace concord::objective {

void AddObjectiveMethods(rpc::Engine& engine, const app::MethodParts& parts);

}  // namespace concord::objective

#endif  // SERVICES_OBJECTIVE_OBJECTIVE_METHODS_H_
