// The statuses of a measurement and what leads from one to the other. Pure.
#ifndef SERVICES_OBJECTIVE_MEASUREMENT_STATUS_H_
#define SERVICES_OBJECTIVE_MEASUREMENT_STATUS_H_

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "absl/types/optional.h"
#include "concord/objective/v1/indicator.pb.h"
#include "concord/objective/v1/measurement.pb.h"
#include "services/objective/measurements_in_force.h"

namespace concord::objective {

// Whether a named method leads from one status to the other.
bool LeadsTo(v1::Measurement::Status from, v1::Measurement::Status to);

// FAILED_PRECONDITION with WRONG_MEASUREMENT_STATUS unless it is still being written.
absl::Status CheckBeingWritten(const v1::Measurement& measurement);

// FAILED_PRECONDITION with MEASUREMENT_APPROVED if it is in force or was.
absl::Status CheckNeverApproved(const v1::Measurement& measurement);

// The moves. Each is refused with WRONG_MEASUREMENT_STATUS where it does not lead on, and then changes nothing.
// PERIOD_NOT_OVER, RESULT_MISSING, EVIDENCE_MISSING, CUMULATIVE_FALLS.
absl::Status Submit(const v1::Indicator& indicator, const InForce& in_force, absl::CivilDay today,
                    v1::Measurement& measurement);
absl::Status Return(const std::string& reason, v1::Measurement& measurement);

// PERIOD_NOT_OVER, MEASUREMENT_IN_FORCE, CUMULATIVE_FALLS. What the measurement takes the place of, as it becomes, if
// there is such a one.
absl::StatusOr<absl::optional<v1::Measurement>> Approve(const v1::Indicator& indicator, const InForce& in_force,
                                                        absl::CivilDay today, v1::Measurement& measurement);

}  // namespace concord::objective

#endif  // SERVICES_OBJECTIVE_MEASUREMENT_STATUS_H_
