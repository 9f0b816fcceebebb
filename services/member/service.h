// The member service, put together.
#ifndef SERVICES_MEMBER_SERVICE_H_
#define SERVICES_MEMBER_SERVICE_H_

#include "common/app/service_definition.h"

namespace concord::member {

app::ServiceDefinition MemberServiceDefinition();

}  // namespace concord::member

#endif  // SERVICES_MEMBER_SERVICE_H_
