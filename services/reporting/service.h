// What the reporting service consists of.
#ifndef SERVICES_REPORTING_SERVICE_H_
#define SERVICES_REPORTING_SERVICE_H_

#include "common/app/service_definition.h"

namespace concord::reporting {

app::ServiceDefinition ReportingServiceDefinition();

}  // namespace concord::reporting

#endif  // SERVICES_REPORTING_SERVICE_H_
