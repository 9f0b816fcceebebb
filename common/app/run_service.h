// The body of every service's main.
#ifndef COMMON_APP_RUN_SERVICE_H_
#define COMMON_APP_RUN_SERVICE_H_

#include "common/app/service_definition.h"

namespace concord::app {

// Runs until SIGTERM or SIGINT. Exit codes: 0 stopped as asked; 64 wrong flags; 69 an
// address is taken or a part could not be started; 78 the store is not fit.
int RunService(int argc, char** argv, ServiceDefinition definition);

}  // namespace concord::app

#endif  // COMMON_APP_RUN_SERVICE_H_
