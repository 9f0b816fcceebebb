// Whether what was measured lies within the time of its plan.
#ifndef SERVICES_OBJECTIVE_MEASURED_PERIODS_H_
#define SERVICES_OBJECTIVE_MEASURED_PERIODS_H_

#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "common/rpc/context.h"
#include "concord/objective/v1/plan.pb.h"

namespace concord::objective {

// Whether every living measurement under `parent`, a pattern of indicators like "plans/p/objectives/-/indicators/-", is
// of a period that the plan's overlaps; what is under something deleted is left out, unless that is `returning`, an
// objective or an indicator that is about to come back. FAILED_PRECONDITION with PERIOD_BREAKS_MEASUREMENT.
absl::Status CheckMeasurementsFit(rpc::Context& context, const v1::Plan& plan, absl::string_view parent,
                                  const std::string& returning = "");

}  // namespace concord::objective

#endif  // SERVICES_OBJECTIVE_MEASURED_PERIODS_H_
