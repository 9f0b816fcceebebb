#include "services/action/contribution_methods.h"

#include "common/rpc/standard_methods.h"
#include "common/rpc/standard_service.h"
#include "concord/action/v1/contribution.pb.h"
#include "concord/action/v1/contribution_service.pb.h"
#include "services/action/contribution_rules.h"

namespace concord::action {

void AddContributionMethods(rpc::Engine& engine, const app::MethodParts& parts) {
  const rpc::StandardMethods methods(
      {&parts.types->Of(v1::Contribution::descriptor()), ContributionRules(), parts.stamper, parts.tokens});
  rpc::AddStandardMethods(*v1::GetContributionRequest::descriptor()->file()->service(0), methods, engine);
}

}  // namespace concord::action
