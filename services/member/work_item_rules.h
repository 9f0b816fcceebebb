// What a work item must satisfy. Pure.
#ifndef SERVICES_MEMBER_WORK_ITEM_RULES_H_
#define SERVICES_MEMBER_WORK_ITEM_RULES_H_

#include "absl/strings/string_view.h"
#include "common/rpc/standard_methods.h"
#include "common/status/error.h"
#include "concord/member/v1/work_item.pb.h"

namespace concord::member {

// How many stages the history of a work item may have.
inline constexpr int kStageEventsLimit = 500;

rpc::ResourceRules WorkItemRules();

// The limits that work_item.proto states for the values of a work item.
void CheckWorkItemValues(const v1::WorkItem& item, absl::string_view prefix, Violations& violations);

}  // namespace concord::member

#endif  // SERVICES_MEMBER_WORK_ITEM_RULES_H_
