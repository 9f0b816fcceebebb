// The RPC of ReportingService that tells what should be looked at.
#ifndef SERVICES_REPORTING_ATTENTION_METHODS_H_
#define SERVICES_REPORTING_ATTENTION_METHODS_H_

#include "common/app/service_definition.h"
#include "common/rpc/engine.h"

namespace concord::reporting {

void AddAttentionMethods(rpc::Engine& engine, const app::MethodParts& parts);

}  // namespace concord::reporting

#endif  // SERVICES_REPORTING_ATTENTION_METHODS_H_
