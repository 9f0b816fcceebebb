#include "services/action/risk_methods.h"

#include "common/rpc/standard_methods.h"
#include "common/rpc/standard_service.h"
#include "common/status/macros.h"
#include "concord/action/v1/risk.pb.h"
#include "concord/action/v1/risk_service.pb.h"
#include "services/action/records.h"
#include "services/action/risk_rules.h"
#include "services/action/risk_states.h"

namespace concord::action {

using google::protobuf::Message;

void AddRiskMethods(rpc::Engine& engine, const app::MethodParts& parts) {
  const rpc::StandardMethods methods(
      {&parts.types->Of(v1::Risk::descriptor()), RiskRules(), parts.stamper, parts.tokens});
  const auto& service = *v1::GetRiskRequest::descriptor()->file()->service(0);
  rpc::AddStandardMethods(service, methods, engine);
  const auto move_to = [&methods](const Message& request, v1::Risk::State to) {
    return methods.Change(request, [to](rpc::Context& context, Message& message) -> absl::Status {
      auto& risk = static_cast<v1::Risk&>(message);
      CONCORD_RETURN_IF_ERROR(OpenActionOf(context, risk.name()).status());
      return MoveRisk(to, risk);
    });
  };
  engine.Add(service.full_name(), move_to(v1::CloseRiskRequest::default_instance(), v1::Risk::STATE_CLOSED));
  engine.Add(service.full_name(), move_to(v1::RealizeRiskRequest::default_instance(), v1::Risk::STATE_OCCURRED));
  engine.Add(service.full_name(), move_to(v1::ReopenRiskRequest::default_instance(), v1::Risk::STATE_OPEN));
}

}  // namespace concord::action
