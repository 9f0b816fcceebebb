// The methods of MemberService.
#ifndef SERVICES_MEMBER_MEMBER_METHODS_H_
#define SERVICES_MEMBER_MEMBER_METHODS_H_

#include "common/app/service_definition.h"
#include "common/rpc/engine.h"

namespace concord::member {

void AddMemberMethods(rpc::Engine& engine, const app::MethodParts& parts);

}  // namespace concord::member

#endif  // SERVICES_MEMBER_MEMBER_METHODS_H_
