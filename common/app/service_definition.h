// What makes a service out of the mechanisms.
#ifndef COMMON_APP_SERVICE_DEFINITION_H_
#define COMMON_APP_SERVICE_DEFINITION_H_

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "common/rpc/engine.h"
#include "common/rpc/page_token.h"
#include "common/rpc/resource_type.h"
#include "common/rpc/stamper.h"
#include "common/rpc/watch_hub.h"
#include "common/telemetry/log.h"
#include "google/protobuf/descriptor.h"

namespace grpc {
class Channel;
}

namespace concord::app {

// What methods are built with; outlives the engine.
struct MethodParts {
  const rpc::ResourceTypes* types = nullptr;
  const rpc::EtagStamper* stamper = nullptr;
  const rpc::PageTokens* tokens = nullptr;
  rpc::WatchHub* watches = nullptr;
};

// A flag that one service alone has, besides those of all.
struct OwnFlag {
  std::string name;
  std::string help;
  std::string standard;  // What holds where nothing is said.
  // What is wrong with a value, in words that follow it; empty if nothing is.
  std::function<std::string(const std::string&)> wrong;
};

// Work that a service does by itself, beside the calls. Ends when it is destroyed, and soon.
class Companion {
 public:
  Companion() = default;
  virtual ~Companion() = default;
  Companion(const Companion&) = delete;
  Companion& operator=(const Companion&) = delete;
};

// What a companion is made with. Outlives it.
struct CompanionParts {
  std::shared_ptr<grpc::Channel> itself;     // To the service, within the process.
  std::map<std::string, std::string> flags;  // The values of the service's own.
  telemetry::Log* log = nullptr;
};

struct ServiceDefinition {
  std::string name;                                                  // "action": of the binary, in logs.
  std::vector<rpc::ResourceType> types;                              // All that it reads or writes.
  std::vector<const google::protobuf::ServiceDescriptor*> services;  // The protos' services that it serves.
  std::function<void(rpc::Engine&, const MethodParts&)> add_methods;
  std::vector<OwnFlag> flags;
  // Called once, when the service serves; null: it has none. May return null.
  std::function<std::unique_ptr<Companion>(const CompanionParts&)> start_companion;
};

}  // namespace concord::app

#endif  // COMMON_APP_SERVICE_DEFINITION_H_
