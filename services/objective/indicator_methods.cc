#include "services/objective/indicator_methods.h"

#include "common/rpc/standard_methods.h"
#include "common/rpc/standard_service.h"
#include "concord/objective/v1/indicator.pb.h"
#include "concord/objective/v1/indicator_service.pb.h"
#include "services/objective/indicator_rules.h"

namespace concord::objective {

void AddIndicatorMethods(rpc::Engine& engine, const app::MethodParts& parts) {
  const rpc::StandardMethods indicators(
      {&parts.types->Of(v1::Indicator::descriptor()), IndicatorRules(), parts.stamper, parts.tokens});
  rpc::AddStandardMethods(*v1::GetIndicatorRequest::descriptor()->file()->service(0), indicators, engine);
}

}  // namespace concord::objective
