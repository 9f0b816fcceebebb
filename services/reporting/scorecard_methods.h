// GetScorecard and ListActionScores.
#ifndef SERVICES_REPORTING_SCORECARD_METHODS_H_
#define SERVICES_REPORTING_SCORECARD_METHODS_H_

#include "common/aip/resource_name.h"
#include "common/app/service_definition.h"
#include "common/rpc/engine.h"

namespace concord::reporting {

// "plans/{plan}/scorecard".
const aip::NamePattern& ScorecardPattern();

void AddScorecardMethods(rpc::Engine& engine, const app::MethodParts& parts);

}  // namespace concord::reporting

#endif  // SERVICES_REPORTING_SCORECARD_METHODS_H_
