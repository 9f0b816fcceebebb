#include "services/action/milestone_methods.h"

#include <string>

#include "common/rpc/standard_methods.h"
#include "common/rpc/standard_service.h"
#include "common/status/macros.h"
#include "concord/action/v1/milestone.pb.h"
#include "concord/action/v1/milestone_service.pb.h"
#include "services/action/dated_requests.h"
#include "services/action/milestone_rules.h"
#include "services/action/milestone_states.h"
#include "services/action/records.h"

namespace concord::action {
namespace {

using google::protobuf::Message;

absl::Status Reach(const v1::ReachMilestoneRequest& request, rpc::Context& context, v1::Milestone& milestone) {
  CONCORD_ASSIGN_OR_RETURN(const v1::Action* action, OpenActionOf(context, milestone.name()));
  CONCORD_ASSIGN_OR_RETURN(const absl::CivilDay day, DayOf(request, context));
  return ReachMilestone(*action, day, milestone);
}

}  // namespace

void AddMilestoneMethods(rpc::Engine& engine, const app::MethodParts& parts) {
  const rpc::StandardMethods methods(
      {&parts.types->Of(v1::Milestone::descriptor()), MilestoneRules(), parts.stamper, parts.tokens});
  const auto& service = *v1::GetMilestoneRequest::descriptor()->file()->service(0);
  rpc::AddStandardMethods(service, methods, engine);
  const auto move_to = [&methods](const Message& request, v1::Milestone::State to) {
    return methods.Change(request, [to](rpc::Context& context, Message& message) -> absl::Status {
      auto& milestone = static_cast<v1::Milestone&>(message);
      CONCORD_ASSIGN_OR_RETURN(const v1::Action* action, OpenActionOf(context, milestone.name()));
      return MoveMilestone(*action, to, milestone);
    });
  };
  engine.Add(service.full_name(),
             CheckingDate<v1::ReachMilestoneRequest>(methods.Change<v1::ReachMilestoneRequest, v1::Milestone>(Reach)));
  engine.Add(service.full_name(), move_to(v1::DropMilestoneRequest::default_instance(), v1::Milestone::STATE_DROPPED));
  engine.Add(service.full_name(),
             move_to(v1::ReopenMilestoneRequest::default_instance(), v1::Milestone::STATE_PLANNED));
}

}  // namespace concord::action
