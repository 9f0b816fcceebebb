// The RPC of FormulaService that gives the scorecards of members and committees.
#ifndef SERVICES_REPORTING_FORMULAS_PARTY_SCORECARD_METHODS_H_
#define SERVICES_REPORTING_FORMULAS_PARTY_SCORECARD_METHODS_H_

#include "common/app/service_definition.h"
#include "common/rpc/engine.h"

namespace concord::reporting {

void AddPartyScorecardMethods(rpc::Engine& engine, const app::MethodParts& parts);

}  // namespace concord::reporting

#endif  // SERVICES_REPORTING_FORMULAS_PARTY_SCORECARD_METHODS_H_
