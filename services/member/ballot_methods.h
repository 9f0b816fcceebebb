// The methods of BallotService.
#ifndef SERVICES_MEMBER_BALLOT_METHODS_H_
#define SERVICES_MEMBER_BALLOT_METHODS_H_

#include "common/app/service_definition.h"
#include "common/rpc/engine.h"

namespace concord::member {

void AddBallotMethods(rpc::Engine& engine, const app::MethodParts& parts);

}  // namespace concord::member

#endif  // SERVICES_MEMBER_BALLOT_METHODS_H_
