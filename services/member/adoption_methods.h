// The methods of AdoptionService.
#ifndef SERVICES_MEMBER_ADOPTION_METHODS_H_
#define SERVICES_MEMBER_ADOPTION_METHODS_H_

#include "common/app/service_definition.h"
#include "common/rpc/engine.h"

namespace concord::member {

void AddAdoptionMethods(rpc::Engine& engine, const app::MethodParts& parts);

}  // namespace concord::member

#endif  // SERVICES_MEMBER_ADOPTION_METHODS_H_
