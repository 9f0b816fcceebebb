// What is said to those who call a method that there is not.
#ifndef COMMON_RPC_UNKNOWN_METHODS_H_
#define COMMON_RPC_UNKNOWN_METHODS_H_

#include "grpcpp/generic/async_generic_service.h"

namespace concord::rpc {

// Answers every call that no service takes with UNIMPLEMENTED and METHOD_UNKNOWN, where gRPC by itself gives no reason.
// It reads nothing of the request. Must outlive the server that it is registered with.
class UnknownMethods : public grpc::CallbackGenericService {
 public:
  grpc::ServerGenericBidiReactor* CreateReactor(grpc::GenericCallbackServerContext* context) override;
};

}  // namespace concord::rpc

#endif  // COMMON_RPC_UNKNOWN_METHODS_H_
