// What of an indicator can no longer change once it is measured. Pure.
#ifndef SERVICES_OBJECTIVE_MEASURED_INDICATOR_H_
#define SERVICES_OBJECTIVE_MEASURED_INDICATOR_H_

#include "absl/status/status.h"
#include "concord/objective/v1/indicator.pb.h"
#include "concord/objective/v1/measurement.pb.h"

namespace concord::objective {

// Whether the change touches anything that measurements depend on; if not, none has to be looked at.
bool MightMatterToMeasurements(const v1::Indicator& before, const v1::Indicator& after);

// Whether one living measurement of any status keeps its meaning. FAILED_PRECONDITION with INDICATOR_MEASURED, or with
// CUMULATIVE_FALLS if a new baseline is above a value in force.
absl::Status CheckStillMeans(const v1::Indicator& before, const v1::Indicator& after,
                             const v1::Measurement& measurement);

}  // namespace concord::objective

#endif  // SERVICES_OBJECTIVE_MEASURED_INDICATOR_H_
