// The plan that something belongs to.
#ifndef SERVICES_OBJECTIVE_OPEN_PLAN_H_
#define SERVICES_OBJECTIVE_OPEN_PLAN_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "common/rpc/context.h"
#include "concord/objective/v1/plan.pb.h"

namespace concord::objective {

// "plans/p" of any name under it.
std::string PlanNameOf(absl::string_view name);

// The plan of any name under it. NOT_FOUND, or FAILED_PRECONDITION with PLAN_CLOSED.
absl::StatusOr<const v1::Plan*> FindOpenPlan(rpc::Context& context, absl::string_view name);

}  // namespace concord::objective

#endif  // SERVICES_OBJECTIVE_OPEN_PLAN_H_
