#include "common/rpc/unknown_methods.h"

#include <string>

#include "absl/strings/string_view.h"
#include "absl/strings/strip.h"
#include "common/rpc/grpc_status.h"
#include "common/status/error.h"
#include "concord/rpc/v1/error_reason.pb.h"

namespace concord::rpc {
namespace {

class Refusal : public grpc::ServerGenericBidiReactor {
 public:
  explicit Refusal(const std::string& method) {
    const absl::string_view path = method;  // "/concord.action.v1.ActionService/GetAction"
    Finish(ToGrpcStatus(
        MakeError(absl::StatusCode::kUnimplemented, v1::ERROR_REASON_METHOD_UNKNOWN, "there is no method {method} here",
                  {{"method", std::string(absl::StripPrefix(path, "/"))}}),
        ""));
  }
  void OnDone() override { delete this; }
};

}  // namespace

grpc::ServerGenericBidiReactor* UnknownMethods::CreateReactor(grpc::GenericCallbackServerContext* context) {
  return new Refusal(context->method());
}

}  // namespace concord::rpc
