// A whole plan from the services.
#ifndef SERVICES_CONCORDCTL_PLAN_READING_H_
#define SERVICES_CONCORDCTL_PLAN_READING_H_

#include <string>

#include "absl/status/statusor.h"
#include "services/concordctl/plan_file.h"
#include "services/concordctl/session.h"

namespace concord::ctl {

// The plan with all objectives and actions, deleted ones included; empty if
// there is no such plan. What others change meanwhile may be in it by half: a
// change under the etags that were read is refused then.
absl::StatusOr<PlanState> ReadPlanForChange(Session& session, const std::string& plan);

// What is read of a plan.
enum class PlanParts {
  kPlanFile,          // What a plan file holds.
  kWithMeasurements,  // That, and the measurements of its indicators.
};

// The plan with its living objectives and actions, all of one moment.
// NOT_FOUND if there is no such plan.
absl::StatusOr<PlanState> ReadPlanOfOneMoment(Session& session, const std::string& plan, const std::string& as_of,
                                              PlanParts parts = PlanParts::kPlanFile);

}  // namespace concord::ctl

#endif  // SERVICES_CONCORDCTL_PLAN_READING_H_
