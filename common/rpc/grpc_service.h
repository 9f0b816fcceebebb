// A service of a proto, bound to the engine by its descriptor.
#ifndef COMMON_RPC_GRPC_SERVICE_H_
#define COMMON_RPC_GRPC_SERVICE_H_

#include <deque>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "common/rpc/engine.h"
#include "google/protobuf/descriptor.h"
#include "grpcpp/impl/service_type.h"

namespace concord::rpc {

// Hands every call to the engine as bytes and answers with bytes, on the callback API, whose
// threads it never blocks. The engine must outlive the server that the service is registered with.
class GrpcService : public grpc::Service {
 public:
  // NOT_FOUND if the engine lacks a method of the service: the program must not start.
  static absl::StatusOr<std::unique_ptr<GrpcService>> Create(const google::protobuf::ServiceDescriptor& service,
                                                             Engine* engine);

 private:
  GrpcService() = default;

  std::deque<std::string> paths_;  // "/concord.action.v1.ActionService/GetAction"; gRPC points into them.
};

}  // namespace concord::rpc

#endif  // COMMON_RPC_GRPC_SERVICE_H_
