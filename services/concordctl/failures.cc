#include "services/concordctl/failures.h"

#include <string>
#include <utility>

#include "absl/strings/cord.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/types/optional.h"
#include "concord/rpc/v1/error_reason.pb.h"
#include "google/protobuf/struct.pb.h"
#include "google/rpc/status.pb.h"
#include "grpcpp/support/status.h"
#include "services/concordctl/display_text.h"
#include "services/concordctl/json.h"

namespace concord::ctl {
namespace {

constexpr char kDomain[] = "concord.ctl";
constexpr char kWhereUrl[] = "concord.ctl/where";
constexpr char kRequestIdUrl[] = "concord.ctl/request_id";

std::string PayloadOf(const absl::Status& status, absl::string_view url) {
  const absl::optional<absl::Cord> payload = status.GetPayload(url);
  return payload ? std::string(*payload) : "";
}

bool IsUsage(const absl::Status& status) { return HasReason(status, Reason(kDomain, "USAGE")); }

// What helps, where the message itself does not say it.
std::string AdviceFor(const absl::Status& status) {
  const std::string request_id = PayloadOf(status, kRequestIdUrl);
  if (ExitCodeOf(status) == kUnavailable && !request_id.empty()) {
    return absl::StrCat("it may or may not have been written; repeat the command with --request-id ", request_id,
                        " and it will not be applied twice");
  }
  if (HasReason(status, rpc::v1::ERROR_REASON_ETAG_MISMATCH)) {
    return "somebody changed it meanwhile; read it again, decide again, and send its new etag";
  }
  if (HasReason(status, rpc::v1::ERROR_REASON_RESOURCE_DELETED)) return "undelete it first";
  if (HasReason(status, rpc::v1::ERROR_REASON_REQUEST_ID_REUSED)) return "leave --request-id out, or choose a new one";
  if (HasReason(status, rpc::v1::ERROR_REASON_RESOURCE_ALREADY_EXISTS) && MetadataOf(status, "deleted") == "true") {
    return "it is deleted, but can be undeleted";
  }
  switch (ExitCodeOf(status)) {
    case kUsage:
      return "see concordctl --help";
    case kNotFound:
      return "check the name; `list` shows what there is";
    case kUnavailable:
      return "see with `concordctl status` whether the services run, and try again";
    default:
      return "";
  }
}

google::protobuf::Value StringValue(const std::string& text) {
  google::protobuf::Value value;
  value.set_string_value(text);
  return value;
}

}  // namespace

absl::Status UsageError(absl::string_view format, const ErrorMetadata& metadata) {
  return MakeError(absl::StatusCode::kInvalidArgument, Reason(kDomain, "USAGE"), format, metadata);
}

absl::Status DamagedError(absl::string_view format, const ErrorMetadata& metadata) {
  return MakeError(absl::StatusCode::kDataLoss, Reason(kDomain, "LEDGER_DAMAGED"), format, metadata);
}

absl::Status FromGrpc(const grpc::Status& status, absl::string_view where) {
  if (status.ok()) return absl::OkStatus();
  absl::Status error(static_cast<absl::StatusCode>(status.error_code()), status.error_message());
  google::rpc::Status details;
  if (details.ParseFromString(status.error_details())) {
    for (const auto& detail : details.details()) error.SetPayload(detail.type_url(), absl::Cord(detail.value()));
  }
  error.SetPayload(kWhereUrl, absl::Cord(where));
  return error;
}

absl::Status WithRequestId(absl::Status status, absl::string_view request_id) {
  if (!status.ok() && !request_id.empty()) status.SetPayload(kRequestIdUrl, absl::Cord(request_id));
  return status;
}

ExitCode ExitCodeOf(const absl::Status& status) {
  switch (status.code()) {
    case absl::StatusCode::kOk:
      return kDone;
    case absl::StatusCode::kNotFound:
      return kNotFound;
    case absl::StatusCode::kDataLoss:
      return kDamaged;
    case absl::StatusCode::kAborted:
    case absl::StatusCode::kAlreadyExists:
      return kConflict;
    case absl::StatusCode::kUnavailable:
    case absl::StatusCode::kDeadlineExceeded:
    case absl::StatusCode::kCancelled:
    case absl::StatusCode::kInternal:
    case absl::StatusCode::kUnknown:
      return kUnavailable;
    case absl::StatusCode::kResourceExhausted:
      return HasReason(status, rpc::v1::ERROR_REASON_OVERLOADED) ? kUnavailable : kRefused;
    default:
      return IsUsage(status) ? kUsage : kRefused;
  }
}

std::string FailureText(const absl::Status& status) {
  const std::string where = PayloadOf(status, kWhereUrl);
  std::string text = absl::StrCat("concordctl: ", Printable(status.message()));
  if (!where.empty()) absl::StrAppend(&text, " (", Printable(where), ")");
  absl::StrAppend(&text, "\n");
  const absl::optional<Reason> reason = ReasonOf(status);
  if (reason && !IsUsage(status)) {
    absl::StrAppend(&text, "  reason: ", Printable(reason->name), " of ", Printable(reason->domain), "\n");
  } else if (!reason) {
    absl::StrAppend(&text, "  code: ", absl::StatusCodeToString(status.code()), "\n");
  }
  for (const auto& [field, description] : ViolationsOf(status)) {
    absl::StrAppend(&text, "  - ", Printable(field), ": ", Printable(description), "\n");
  }
  const std::string advice = AdviceFor(status);
  if (!advice.empty()) absl::StrAppend(&text, "  to do: ", Printable(advice), "\n");
  return text;
}

std::string FailureJson(const absl::Status& status) {
  google::protobuf::Struct document;
  auto& error = *(*document.mutable_fields())["error"].mutable_struct_value()->mutable_fields();
  const auto set = [&](const char* key, const std::string& text) {
    if (!text.empty()) error[key] = StringValue(text);
  };
  set("code", absl::StatusCodeToString(status.code()));
  set("message", Printable(status.message()));
  if (const absl::optional<Reason> reason = ReasonOf(status)) {
    set("reason", Printable(reason->name));
    set("domain", Printable(reason->domain));
  }
  set("where", PayloadOf(status, kWhereUrl));
  set("requestId", PayloadOf(status, kRequestIdUrl));
  set("advice", AdviceFor(status));
  error["exitCode"].set_number_value(ExitCodeOf(status));
  for (const auto& [field, description] : ViolationsOf(status)) {
    auto& entry = *error["violations"].mutable_list_value()->add_values()->mutable_struct_value()->mutable_fields();
    entry["field"] = StringValue(Printable(field));
    entry["description"] = StringValue(Printable(description));
  }
  return ToJson(document);
}

}  // namespace concord::ctl
