// The methods of WorkProgrammeService.
#ifndef SERVICES_MEMBER_WORK_ITEM_METHODS_H_
#define SERVICES_MEMBER_WORK_ITEM_METHODS_H_

#include "common/app/service_definition.h"
#include "common/rpc/engine.h"
#include "common/rpc/method.h"
#include "common/rpc/standard_methods.h"

namespace concord::member {

void AddWorkItemMethods(rpc::Engine& engine, const app::MethodParts& parts);

// AdvanceWorkItem alone, of the standard methods of work items.
rpc::Method AdvanceWorkItemMethod(const rpc::StandardMethods& work_items);

}  // namespace concord::member

#endif  // SERVICES_MEMBER_WORK_ITEM_METHODS_H_
