// Writes a simulated history to the services, through the public API.
#ifndef SERVICES_CONCORDCTL_PLAN_SIMULATION_H_
#define SERVICES_CONCORDCTL_PLAN_SIMULATION_H_

#include "absl/status/status.h"
#include "services/concordctl/session.h"
#include "services/concordctl/simulated_history.h"

namespace concord::ctl {

// Brings the services to what the history tells. What is there already stays, so one that was cut off can be repeated,
// and one that came to its end is left alone from then on. USAGE if there is a plan of that name that is not marked
// as simulated, or if the plan is not over yet.
absl::Status SendHistory(Session& session, const SimulatedHistory& history);

}  // namespace concord::ctl

#endif  // SERVICES_CONCORDCTL_PLAN_SIMULATION_H_
