// What a measurement must satisfy.
#ifndef SERVICES_OBJECTIVE_MEASUREMENT_RULES_H_
#define SERVICES_OBJECTIVE_MEASUREMENT_RULES_H_

#include "absl/strings/string_view.h"
#include "common/rpc/standard_methods.h"
#include "common/status/error.h"
#include "concord/objective/v1/measurement.pb.h"

namespace concord::objective {

rpc::ResourceRules MeasurementRules();

// The limits that measurement.proto states, but for those that depend on other resources.
void CheckMeasurementValues(const v1::Measurement& measurement, absl::string_view prefix, Violations& violations);

}  // namespace concord::objective

#endif  // SERVICES_OBJECTIVE_MEASUREMENT_RULES_H_
