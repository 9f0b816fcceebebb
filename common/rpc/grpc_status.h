// Our errors as gRPC tells them.
#ifndef COMMON_RPC_GRPC_STATUS_H_
#define COMMON_RPC_GRPC_STATUS_H_

#include <string>

#include "absl/status/status.h"
#include "grpcpp/support/status.h"

namespace concord::rpc {

// The code, the message and the details. An error without a reason is a bug of ours: it leaves
// as INTERNAL with INTERNAL_ERROR and the trace id, and its text stays inside.
grpc::Status ToGrpcStatus(const absl::Status& status, const std::string& trace_id);

}  // namespace concord::rpc

#endif  // COMMON_RPC_GRPC_STATUS_H_
