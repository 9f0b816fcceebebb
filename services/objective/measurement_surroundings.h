// What a move of a measurement depends on.
#ifndef SERVICES_OBJECTIVE_MEASUREMENT_SURROUNDINGS_H_
#define SERVICES_OBJECTIVE_MEASUREMENT_SURROUNDINGS_H_

#include "absl/status/statusor.h"
#include "common/rpc/context.h"
#include "concord/objective/v1/indicator.pb.h"
#include "concord/objective/v1/measurement.pb.h"
#include "concord/objective/v1/plan.pb.h"
#include "services/objective/measurements_in_force.h"

namespace concord::objective {

// Valid as long as the context's states are.
struct Surroundings {
  const v1::Plan* plan = nullptr;
  const v1::Indicator* indicator = nullptr;
  InForce in_force;  // Those of the indicator.
};

// NOT_FOUND, or FAILED_PRECONDITION with PLAN_CLOSED.
absl::StatusOr<Surroundings> LookAround(rpc::Context& context, const v1::Measurement& measurement);

}  // namespace concord::objective

#endif  // SERVICES_OBJECTIVE_MEASUREMENT_SURROUNDINGS_H_
