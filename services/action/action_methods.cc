#include "services/action/action_methods.h"

#include <string>

#include "common/aip/resource_name.h"
#include "common/rpc/failure.h"
#include "common/rpc/standard_methods.h"
#include "common/rpc/standard_service.h"
#include "common/status/macros.h"
#include "concord/action/v1/action.pb.h"
#include "concord/action/v1/action_service.pb.h"
#include "concord/objective/v1/plan.pb.h"
#include "services/action/action_rules.h"
#include "services/action/action_states.h"
#include "services/action/dated_requests.h"
#include "services/action/dependencies.h"
#include "services/action/records.h"

namespace concord::action {
namespace {

using google::protobuf::Message;

absl::Status MoveTo(v1::Action::State to, absl::CivilDay day, rpc::Context& context, v1::Action& action) {
  const std::string plan_name(aip::ParentOf(action.name()));
  const auto* plan = context.Get<objective::v1::Plan>(plan_name);
  if (plan == nullptr) return rpc::NotFound(plan_name);
  CONCORD_RETURN_IF_ERROR(MoveAction(*plan, to, day, action));
  if (to == v1::Action::STATE_COMPLETED) CONCORD_RETURN_IF_ERROR(CheckDependenciesCompleted(context, action));
  const bool ends = to == v1::Action::STATE_COMPLETED || to == v1::Action::STATE_CANCELLED;
  return ends ? CheckRecordsUntil(context, action, day) : absl::OkStatus();
}

// A method that leads to a state on a day that the request may name.
template <typename Request>
rpc::Method DatedMove(const rpc::StandardMethods& actions, v1::Action::State to) {
  return CheckingDate<Request>(actions.Change<Request, v1::Action>(
      [to](const Request& request, rpc::Context& context, v1::Action& action) -> absl::Status {
        CONCORD_ASSIGN_OR_RETURN(const absl::CivilDay day, DayOf(request, context));
        return MoveTo(to, day, context, action);
      }));
}

}  // namespace

void AddActionMethods(rpc::Engine& engine, const app::MethodParts& parts) {
  const rpc::StandardMethods actions(
      {&parts.types->Of(v1::Action::descriptor()), ActionRules(), parts.stamper, parts.tokens});
  const auto move_to = [&actions](const Message& request, v1::Action::State to) {
    return actions.Change(request, [to](rpc::Context& context, Message& action) {
      return MoveTo(to, context.today(), context, static_cast<v1::Action&>(action));
    });
  };
  const auto& service = *v1::GetActionRequest::descriptor()->file()->service(0);
  const std::string& name = service.full_name();
  rpc::AddStandardMethods(service, actions, engine);
  engine.Add(name, move_to(v1::ApproveActionRequest::default_instance(), v1::Action::STATE_APPROVED));
  engine.Add(name, DatedMove<v1::StartActionRequest>(actions, v1::Action::STATE_IN_PROGRESS));
  engine.Add(name, move_to(v1::HoldActionRequest::default_instance(), v1::Action::STATE_ON_HOLD));
  engine.Add(name, move_to(v1::ResumeActionRequest::default_instance(), v1::Action::STATE_IN_PROGRESS));
  engine.Add(name, DatedMove<v1::CompleteActionRequest>(actions, v1::Action::STATE_COMPLETED));
  engine.Add(name, DatedMove<v1::CancelActionRequest>(actions, v1::Action::STATE_CANCELLED));
}

}  // namespace concord::action
