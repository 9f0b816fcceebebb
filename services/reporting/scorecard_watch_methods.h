// WatchScorecard.
#ifndef SERVICES_REPORTING_SCORECARD_WATCH_METHODS_H_
#define SERVICES_REPORTING_SCORECARD_WATCH_METHODS_H_

#include "common/app/service_definition.h"
#include "common/rpc/engine.h"

namespace concord::reporting {

void AddScorecardWatchMethods(rpc::Engine& engine, const app::MethodParts& parts);

}  // namespace concord::reporting

#endif  // SERVICES_REPORTING_SCORECARD_WATCH_METHODS_H_
