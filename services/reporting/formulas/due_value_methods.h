// The RPC of FormulaService that tells which values are to be recorded.
#ifndef SERVICES_REPORTING_FORMULAS_DUE_VALUE_METHODS_H_
#define SERVICES_REPORTING_FORMULAS_DUE_VALUE_METHODS_H_

#include "common/app/service_definition.h"
#include "common/rpc/engine.h"

namespace concord::reporting {

void AddDueValueMethods(rpc::Engine& engine, const app::MethodParts& parts);

}  // namespace concord::reporting

#endif  // SERVICES_REPORTING_FORMULAS_DUE_VALUE_METHODS_H_
