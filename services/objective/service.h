// What the objective service consists of.
#ifndef SERVICES_OBJECTIVE_SERVICE_H_
#define SERVICES_OBJECTIVE_SERVICE_H_

#include "common/app/service_definition.h"

namespace concord::objective {

app::ServiceDefinition ObjectiveServiceDefinition();

}  // namespace concord::objective

#endif  // SERVICES_OBJECTIVE_SERVICE_H_
