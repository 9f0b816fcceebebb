#include "common/rpc/grpc_status.h"

#include "absl/strings/cord.h"
#include "common/status/error.h"
#include "concord/rpc/v1/error_reason.pb.h"
#include "google/rpc/status.pb.h"

namespace concord::rpc {

grpc::Status ToGrpcStatus(const absl::Status& status, const std::string& trace_id) {
  if (status.ok()) return grpc::Status::OK;
  if (!ReasonOf(status).has_value()) {
    return ToGrpcStatus(MakeError(absl::StatusCode::kInternal, v1::ERROR_REASON_INTERNAL_ERROR,
                                  "the service met a state that it must never meet: see its log, trace {trace_id}",
                                  {{"trace_id", trace_id}}),
                        trace_id);
  }
  google::rpc::Status details;
  details.set_code(static_cast<int>(status.code()));
  details.set_message(std::string(status.message()));
  status.ForEachPayload([&details](absl::string_view type_url, const absl::Cord& payload) {
    google::protobuf::Any& detail = *details.add_details();
    detail.set_type_url(std::string(type_url));
    detail.set_value(std::string(payload));
  });
  return grpc::Status(static_cast<grpc::StatusCode>(status.code()), std::string(status.message()),
                      details.SerializeAsString());
}

}  // namespace concord::rpc
