// The states of a risk. Pure.
#ifndef SERVICES_ACTION_RISK_STATES_H_
#define SERVICES_ACTION_RISK_STATES_H_

#include "absl/status/status.h"
#include "concord/action/v1/risk.pb.h"

namespace concord::action {

// FAILED_PRECONDITION with WRONG_RISK_STATE.
absl::Status MoveRisk(v1::Risk::State to, v1::Risk& risk);

}  // namespace concord::action

#endif  // SERVICES_ACTION_RISK_STATES_H_
