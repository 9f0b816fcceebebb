// The methods of ActivityService.
#ifndef SERVICES_ACTION_ACTIVITY_METHODS_H_
#define SERVICES_ACTION_ACTIVITY_METHODS_H_

#include "common/app/service_definition.h"
#include "common/rpc/engine.h"

namespace concord::action {

void AddActivityMethods(rpc::Engine& engine, const app::MethodParts& parts);

}  // namespace concord::action

#endif  // SERVICES_ACTION_ACTIVITY_METHODS_H_
