#include "common/rpc/request_checks.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "common/aip/field_behavior.h"
#include "common/aip/limits.h"
#include "common/rpc/page_token.h"
#include "common/rpc/stamper.h"
#include "concord/rpc/v1/error_reason.pb.h"

namespace concord::rpc {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

constexpr size_t kRequestIdLimit = 128;
constexpr int kReasonLimit = 1'000;

void CheckRequestId(const std::string& id, Violations& violations) {
  const bool printable = std::all_of(id.begin(), id.end(), [](unsigned char c) { return absl::ascii_isgraph(c); });
  if (id.size() > kRequestIdLimit || !printable) {
    violations.Add("request_id", "must have at most 128 printable ASCII characters without spaces");
  }
}

void CheckMoment(const concord::type::Moment& moment, Violations& violations) {
  if (moment.has_time() == !moment.revisions().empty()) {
    violations.Add("as_of", "must have either a time or revisions");
  }
  if (moment.has_time() && (moment.time().seconds() < 0 || moment.time().seconds() > 253'402'300'799 ||
                            moment.time().nanos() < 0 || moment.time().nanos() > 999'999'999)) {
    violations.Add("as_of.time", "must lie between 1970 and 9999");
  }
  for (int i = 0; i < moment.revisions_size(); ++i) {
    if (moment.revisions(i).revision() < 0) {
      violations.Add(absl::StrCat("as_of.revisions[", i, "].revision"), "must not be negative");
    }
  }
}

}  // namespace

absl::Status CheckSize(size_t bytes, size_t limit) {
  if (bytes <= limit) return absl::OkStatus();
  return MakeError(absl::StatusCode::kResourceExhausted, v1::ERROR_REASON_REQUEST_TOO_LARGE,
                   "the request has {size_bytes} bytes, at most {limit_bytes} are accepted: send less at a time",
                   {{"size_bytes", absl::StrCat(bytes)}, {"limit_bytes", absl::StrCat(limit)}});
}

void CheckRequiredFieldsOf(const Message& request, Violations& violations) {
  const auto& descriptor = *request.GetDescriptor();
  const auto& reflection = *request.GetReflection();
  for (int i = 0; i < descriptor.field_count(); ++i) {
    const FieldDescriptor& field = *descriptor.field(i);
    if (!aip::HasBehavior(field, google::api::REQUIRED)) continue;
    const bool set =
        field.is_repeated() ? reflection.FieldSize(request, &field) > 0 : reflection.HasField(request, &field);
    if (!set) violations.AddMissing(field.name(), "is required");
  }
}

void CheckRequest(const Message& request, Violations& violations) {
  CheckRequiredFieldsOf(request, violations);
  aip::CheckKnownValues(request, "", violations);
  CheckRequestId(StringField(request, "request_id"), violations);
  aip::CheckText(StringField(request, "reason"), "reason", 0, kReasonLimit, violations);
  if (HasField(request, "page_size") &&
      request.GetReflection()->GetInt32(request, request.GetDescriptor()->FindFieldByName("page_size")) < 0) {
    violations.Add("page_size", "must not be negative");
  }
  if (const auto moment = MomentOf(request); moment.has_value()) CheckMoment(*moment, violations);
}

absl::optional<concord::type::Moment> MomentOf(const Message& request) {
  if (!HasField(request, "as_of")) return absl::nullopt;
  const FieldDescriptor* field = request.GetDescriptor()->FindFieldByName("as_of");
  return static_cast<const concord::type::Moment&>(request.GetReflection()->GetMessage(request, field));
}

bool ValidateOnlyOf(const Message& request) { return HasField(request, "validate_only"); }

absl::Time TimeOf(const google::protobuf::Timestamp& timestamp) {
  return absl::FromUnixSeconds(timestamp.seconds()) + absl::Nanoseconds(timestamp.nanos());
}

google::protobuf::Timestamp TimestampOf(absl::Time time) {
  const int64_t micros = absl::ToUnixMicros(time);
  google::protobuf::Timestamp timestamp;
  timestamp.set_seconds(micros / 1'000'000);
  timestamp.set_nanos(static_cast<int32_t>(micros % 1'000'000 * 1'000));
  return timestamp;
}

std::string TraceIdOf(absl::string_view traceparent) {
  // version "-" trace id "-" parent id "-" flags
  if (traceparent.size() < 55 || traceparent[2] != '-' || traceparent[35] != '-') return "";
  const absl::string_view id = traceparent.substr(3, 32);
  const bool hexadecimal = std::all_of(id.begin(), id.end(), [](unsigned char c) { return absl::ascii_isxdigit(c); });
  return hexadecimal ? absl::AsciiStrToLower(id) : "";
}

}  // namespace concord::rpc
