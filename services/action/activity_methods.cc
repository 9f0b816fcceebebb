#include "services/action/activity_methods.h"

#include "common/rpc/standard_methods.h"
#include "common/rpc/standard_service.h"
#include "concord/action/v1/activity.pb.h"
#include "concord/action/v1/activity_service.pb.h"
#include "services/action/activity_rules.h"

namespace concord::action {

void AddActivityMethods(rpc::Engine& engine, const app::MethodParts& parts) {
  const rpc::StandardMethods methods(
      {&parts.types->Of(v1::Activity::descriptor()), ActivityRules(), parts.stamper, parts.tokens});
  rpc::AddStandardMethods(*v1::GetActivityRequest::descriptor()->file()->service(0), methods, engine);
}

}  // namespace concord::action
