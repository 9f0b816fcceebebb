#include "services/member/member_methods.h"

#include "common/rpc/standard_methods.h"
#include "common/rpc/standard_service.h"
#include "concord/member/v1/member.pb.h"
#include "concord/member/v1/member_service.pb.h"
#include "services/member/member_rules.h"

namespace concord::member {

void AddMemberMethods(rpc::Engine& engine, const app::MethodParts& parts) {
  const rpc::StandardMethods methods(
      {&parts.types->Of(v1::Member::descriptor()), MemberRules(), parts.stamper, parts.tokens});
  rpc::AddStandardMethods(*v1::GetMemberRequest::descriptor()->file()->service(0), methods, engine);
}

}  // namespace concord::member
