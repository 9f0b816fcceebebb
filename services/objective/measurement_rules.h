// What a measurement must satisfy.
#ifndef SERVICES_OBJECTIVE_MEASUREMENT_RULES_H_
#define SERVICES_OBJECTIVE_MEASUREMENT_RULES_H_

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "common/rpc/context.h"
#include "common/rpc/standard_methods.h"
#include "common/status/error.h"
#include "concord/objective/v1/indicator.pb.h"
#include "concord/objective/v1/measurement.pb.h"
#include "concord/objective/v1/plan.pb.h"

namespace concord::objective {

rpc::ResourceRules MeasurementRules();

// The limits that measurement.proto states, but for those that depend on other resources.
void CheckMeasurementValues(const v1::Measurement& measurement, absl::string_view prefix, Violations& violations);

// That its value, its dimensions and its period are such as the indicator has. INVALID_ARGUMENT, or FAILED_PRECONDITION
// with PERIOD_UNKNOWN.
absl::Status CheckPlace(rpc::Context& context, const v1::Plan& plan, const v1::Indicator& indicator,
                        const v1::Measurement& measurement);

}  // namespace concord::objective

#endif  // SERVICES_OBJECTIVE_MEASUREMENT_RULES_H_
