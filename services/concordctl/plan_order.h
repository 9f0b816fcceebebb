// Brings the steps of an import into an order that works.
//
// Codes are unique among the living, references lead to the living,
// dependencies have no circle: the services hold to this at every moment, so
// the steps between two sound plans must not pass through an unsound one. Steps
// are tried against a model of these rules, in the preferred order, and wait
// while a rule forbids them. Codes that change places in a ring are solved by
// an interim code.
//
// Pure; safe from any thread.
#ifndef SERVICES_CONCORDCTL_PLAN_ORDER_H_
#define SERVICES_CONCORDCTL_PLAN_ORDER_H_

#include <vector>

#include "common/status/error.h"
#include "services/concordctl/plan_difference.h"

namespace concord::ctl {

// Orders `steps`, which are given in the preferred order. Steps that no order
// makes possible are added to `violations` and left out.
std::vector<Step> OrderSteps(std::vector<Step> steps, const PlanState& server, Violations& violations);

}  // namespace concord::ctl

#endif  // SERVICES_CONCORDCTL_PLAN_ORDER_H_
