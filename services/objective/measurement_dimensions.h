// The part of the whole that a measurement is about. Pure.
#ifndef SERVICES_OBJECTIVE_MEASUREMENT_DIMENSIONS_H_
#define SERVICES_OBJECTIVE_MEASUREMENT_DIMENSIONS_H_

#include "absl/strings/string_view.h"
#include "common/status/error.h"
#include "concord/objective/v1/indicator.pb.h"
#include "concord/objective/v1/measurement.pb.h"

namespace concord::objective {

// Adds a violation for each dimension of the measurement that the indicator does not declare, or not with this member.
void CheckDeclared(const v1::Indicator& indicator, const v1::Measurement& measurement, absl::string_view field,
                   Violations& violations);

// Whether both are about the same part in the same period.
bool SamePlace(const v1::Measurement& a, const v1::Measurement& b);

// Whether both are about the same part, in whatever periods.
bool SamePart(const v1::Measurement& a, const v1::Measurement& b);

}  // namespace concord::objective

#endif  // SERVICES_OBJECTIVE_MEASUREMENT_DIMENSIONS_H_
