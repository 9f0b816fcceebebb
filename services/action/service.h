// What the action service consists of.
#ifndef SERVICES_ACTION_SERVICE_H_
#define SERVICES_ACTION_SERVICE_H_

#include "common/app/service_definition.h"

namespace concord::action {

app::ServiceDefinition ActionServiceDefinition();

}  // namespace concord::action

#endif  // SERVICES_ACTION_SERVICE_H_
