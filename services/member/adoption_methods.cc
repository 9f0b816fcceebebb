#include "services/member/adoption_methods.h"

#include "common/rpc/standard_methods.h"
#include "common/rpc/standard_service.h"
#include "concord/member/v1/adoption.pb.h"
#include "concord/member/v1/adoption_service.pb.h"
#include "services/member/adoption_rules.h"

namespace concord::member {

void AddAdoptionMethods(rpc::Engine& engine, const app::MethodParts& parts) {
  const rpc::StandardMethods adoptions(
      {&parts.types->Of(v1::Adoption::descriptor()), AdoptionRules(), parts.stamper, parts.tokens});
  rpc::AddStandardMethods(*v1::GetAdoptionRequest::descriptor()->file()->service(0), adoptions, engine);
}

}  // namespace concord::member
