// What an indicator must satisfy, given all that is around it.
#ifndef SERVICES_OBJECTIVE_INDICATOR_RULES_H_
#define SERVICES_OBJECTIVE_INDICATOR_RULES_H_

#include <string>

#include "absl/status/status.h"
#include "common/rpc/context.h"
#include "common/rpc/standard_methods.h"

namespace concord::objective {

rpc::ResourceRules IndicatorRules();

// Whether an objective may go: no living indicator elsewhere is computed from one of its own. FAILED_PRECONDITION with
// INDICATOR_IN_USE.
absl::Status CheckIndicatorsUnused(rpc::Context& context, const std::string& objective);

// Whether an objective may come back: what its indicators are computed from is still there and still fits.
// FAILED_PRECONDITION with REFERENCE_BROKEN or ROLL_UP_MISMATCH.
absl::Status CheckIndicatorsFit(rpc::Context& context, const std::string& objective);

}  // namespace concord::objective

#endif  // SERVICES_OBJECTIVE_INDICATOR_RULES_H_
