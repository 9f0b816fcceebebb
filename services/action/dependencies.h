// What the completion of an action waits for.
#ifndef SERVICES_ACTION_DEPENDENCIES_H_
#define SERVICES_ACTION_DEPENDENCIES_H_

#include "absl/status/status.h"
#include "common/rpc/context.h"
#include "concord/action/v1/action.pb.h"

namespace concord::action {

// FAILED_PRECONDITION with DEPENDENCY_NOT_COMPLETED if the action depends on one that is not completed.
absl::Status CheckDependenciesCompleted(rpc::Context& context, const v1::Action& action);

}  // namespace concord::action

#endif  // SERVICES_ACTION_DEPENDENCIES_H_
