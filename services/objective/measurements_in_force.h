// Measurements beside those that are in force. Pure.
#ifndef SERVICES_OBJECTIVE_MEASUREMENTS_IN_FORCE_H_
#define SERVICES_OBJECTIVE_MEASUREMENTS_IN_FORCE_H_

#include <vector>

#include "absl/status/status.h"
#include "concord/objective/v1/indicator.pb.h"
#include "concord/objective/v1/measurement.pb.h"

namespace concord::objective {

// The approved measurements of one indicator, in any order. At most one of each period and part.
using InForce = std::vector<const v1::Measurement*>;

// The one in force for the period and part of this one; null if there is none.
const v1::Measurement* InForceFor(const InForce& in_force, const v1::Measurement& measurement);

// FAILED_PRECONDITION with CUMULATIVE_FALLS if the indicator is cumulative and the value is less than the baseline.
// Baselines are of the whole, so parts are not held against them.
absl::Status CheckNotBelowBaseline(const v1::Indicator& indicator, const v1::Measurement& measurement);

// FAILED_PRECONDITION with CUMULATIVE_FALLS if the indicator is cumulative and the value is less than one in force of
// an earlier period, or more than one of a later period, or less than the baseline.
absl::Status CheckNotFalling(const v1::Indicator& indicator, const InForce& in_force,
                             const v1::Measurement& measurement);

}  // namespace concord::objective

#endif  // SERVICES_OBJECTIVE_MEASUREMENTS_IN_FORCE_H_
