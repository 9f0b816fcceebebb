// What makes a service out of the mechanisms.
#ifndef COMMON_APP_SERVICE_DEFINITION_H_
#define COMMON_APP_SERVICE_DEFINITION_H_

#include <functional>
#include <string>
#include <vector>

#include "common/rpc/engine.h"
#include "common/rpc/page_token.h"
#include "common/rpc/resource_type.h"
#include "common/rpc/stamper.h"
#include "google/protobuf/descriptor.h"

namespace concord::app {

// What methods are built with; outlives the engine.
struct MethodParts {
  const rpc::ResourceTypes* types = nullptr;
  const rpc::EtagStamper* stamper = nullptr;
  const rpc::PageTokens* tokens = nullptr;
};

struct ServiceDefinition {
  std::string name;                                                  // "action": of the binary, in logs.
  std::vector<rpc::ResourceType> types;                              // All that it reads or writes.
  std::vector<const google::protobuf::ServiceDescriptor*> services;  // The protos' services that it serves.
  std::function<void(rpc::Engine&, const MethodParts&)> add_methods;
};

}  // namespace concord::app

#endif  // COMMON_APP_SERVICE_DEFINITION_H_
