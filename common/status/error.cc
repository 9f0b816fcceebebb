#include "common/status/error.h"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <set>

#include "absl/strings/cord.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "concord/rpc/v1/error_reason.pb.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/io/coded_stream.h"
#include "google/protobuf/io/zero_copy_stream_impl_lite.h"
#include "google/rpc/error_details.pb.h"

namespace concord {
namespace {

constexpr char kErrorInfoUrl[] = "type.googleapis.com/google.rpc.ErrorInfo";
constexpr char kRetryInfoUrl[] = "type.googleapis.com/google.rpc.RetryInfo";
constexpr char kBadRequestUrl[] = "type.googleapis.com/google.rpc.BadRequest";

// gRPC's clients refuse trailers of more than 8 KiB by default, in which the
// details travel as base64.
constexpr size_t kMaximumValueBytes = 512;
constexpr size_t kMaximumFieldBytes = 200;
constexpr size_t kMaximumDescriptionBytes = 400;
constexpr int kMaximumListedViolations = 100;
constexpr size_t kMaximumListedBytes = 4096;
constexpr size_t kMaximumKeptViolations = 1000;

// The longest duration that google.protobuf.Duration allows.
constexpr absl::Duration kMaximumRetryDelay = absl::Seconds(315'576'000'000);

// At most `limit` bytes of UTF-8, cut between characters.
std::string Shorten(absl::string_view text, size_t limit) {
  if (text.size() <= limit) return std::string(text);
  constexpr absl::string_view kEllipsis = "...";
  size_t end = limit - kEllipsis.size();
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return absl::StrCat(text.substr(0, end), kEllipsis);
}

const std::string* Find(const ErrorMetadata& metadata, absl::string_view key) {
  for (const auto& [name, value] : metadata) {
    if (name == key) return &value;
  }
  return nullptr;
}

// One pass from left to right, so that what a value brings in is never read as a
// name again.
std::string Expand(absl::string_view format, const ErrorMetadata& metadata) {
  std::string message;
  while (!format.empty()) {
    const size_t open = format.find('{');
    message.append(format.data(), std::min(open, format.size()));
    if (open == absl::string_view::npos) break;
    format.remove_prefix(open);
    const size_t close = format.find('}');
    const std::string* value = close == absl::string_view::npos ? nullptr : Find(metadata, format.substr(1, close - 1));
    if (value != nullptr) {
      message += Shorten(*value, kMaximumValueBytes);
      format.remove_prefix(close + 1);
    } else {
      message += '{';
      format.remove_prefix(1);
    }
  }
  return message;
}

// Equal details give equal bytes, so that equal errors compare equal.
void SetDetail(absl::Status& status, absl::string_view url, const google::protobuf::Message& detail) {
  std::string bytes;
  {
    google::protobuf::io::StringOutputStream stream(&bytes);
    google::protobuf::io::CodedOutputStream coded(&stream);
    coded.SetSerializationDeterministic(true);
    detail.SerializeToCodedStream(&coded);
  }
  status.SetPayload(url, absl::Cord(std::move(bytes)));
}

template <typename Detail>
absl::optional<Detail> GetDetail(const absl::Status& status, absl::string_view url) {
  const absl::optional<absl::Cord> payload = status.GetPayload(url);
  Detail detail;
  if (!payload.has_value() || !detail.ParseFromString(std::string(*payload))) return absl::nullopt;
  return detail;
}

absl::Status Build(absl::StatusCode code, const Reason& reason, absl::string_view message,
                   const ErrorMetadata& metadata) {
  // An error that claims to be none would be taken for success.
  absl::Status status(code == absl::StatusCode::kOk ? absl::StatusCode::kInternal : code, message);
  google::rpc::ErrorInfo info;
  info.set_domain(reason.domain);
  info.set_reason(reason.name);
  for (const auto& [key, value] : metadata) info.mutable_metadata()->insert({key, Shorten(value, kMaximumValueBytes)});
  SetDetail(status, kErrorInfoUrl, info);
  return status;
}

// The path of the message or list that holds the field: "action" of "action.title", "a.values" of "a.values[2]";
// empty at the outermost.
std::string OuterOf(absl::string_view field) {
  // A key of a map may hold any character, so that the innermost is not looked for from the end.
  size_t end = 0;
  bool quoted = false;
  for (size_t i = 0; i < field.size(); ++i) {
    if (field[i] == '"') quoted = !quoted;
    if (!quoted && (field[i] == '.' || field[i] == '[')) end = i;
  }
  return std::string(field.substr(0, end));
}

// Whether the field is one of these, or within one of them.
bool IsInOneOf(const std::set<std::string>& fields, absl::string_view field) {
  for (std::string at(field); !at.empty(); at = OuterOf(at)) {
    if (fields.contains(at)) return true;
  }
  return false;
}

// Where a field stands in a request: the number of each step's field in the order of declaration, and of each element
// its index. What is in a field comes after what is said of the field itself.
using FieldPlace = std::vector<int>;

FieldPlace PlaceOf(absl::string_view field, const google::protobuf::Descriptor& request) {
  constexpr int kUnknown = std::numeric_limits<int>::max();  // Such as the keys of maps: in the order added.
  FieldPlace place;
  const google::protobuf::Descriptor* type = &request;
  while (!field.empty()) {
    const size_t end = std::min(field.find_first_of(".["), field.size());
    const google::protobuf::FieldDescriptor* step =
        type == nullptr ? nullptr : type->FindFieldByName(std::string(field.substr(0, end)));
    place.push_back(step == nullptr ? kUnknown : step->index());
    if (step == nullptr) break;
    type = step->message_type();
    field.remove_prefix(end);
    if (absl::ConsumePrefix(&field, "[")) {
      const size_t close = std::min(field.find(']'), field.size());
      int index = 0;
      const bool is_index = absl::SimpleAtoi(field.substr(0, close), &index);
      place.push_back(is_index ? index : kUnknown);
      if (!is_index) break;
      field.remove_prefix(std::min(close + 1, field.size()));
    }
    absl::ConsumePrefix(&field, ".");
  }
  return place;
}

}  // namespace

Reason::Reason(const google::protobuf::EnumDescriptor& type, int number) : domain(type.file()->package()) {
  const google::protobuf::EnumValueDescriptor* value = type.FindValueByNumber(number);
  name = value == nullptr ? absl::StrCat(number) : std::string(absl::StripPrefix(value->name(), "ERROR_REASON_"));
}

absl::Status MakeError(absl::StatusCode code, const Reason& reason, absl::string_view format,
                       const ErrorMetadata& metadata) {
  return Build(code, reason, Expand(format, metadata), metadata);
}

absl::Status WithRetryDelay(absl::Status status, absl::Duration delay) {
  if (status.ok()) return status;
  delay = std::clamp(delay, absl::ZeroDuration(), kMaximumRetryDelay);
  google::rpc::RetryInfo info;
  absl::Duration rest;
  info.mutable_retry_delay()->set_seconds(absl::IDivDuration(delay, absl::Seconds(1), &rest));
  info.mutable_retry_delay()->set_nanos(static_cast<int32_t>(absl::ToInt64Nanoseconds(rest)));
  SetDetail(status, kRetryInfoUrl, info);
  return status;
}

absl::Status AtPlace(const absl::Status& status, absl::string_view place) {
  if (status.ok()) return status;
  auto violations = GetDetail<google::rpc::BadRequest>(status, kBadRequestUrl);
  absl::Status placed(status.code(), absl::StrCat(place, violations.has_value() ? "." : ": ", status.message()));
  status.ForEachPayload([&](absl::string_view url, const absl::Cord& payload) { placed.SetPayload(url, payload); });
  if (violations.has_value()) {
    for (auto& violation : *violations->mutable_field_violations()) {
      violation.set_field(Shorten(absl::StrCat(place, ".", violation.field()), kMaximumFieldBytes));
    }
    SetDetail(placed, kBadRequestUrl, *violations);
  } else if (auto info = GetDetail<google::rpc::ErrorInfo>(status, kErrorInfoUrl); info.has_value()) {
    (*info->mutable_metadata())["request"] = std::string(place);
    SetDetail(placed, kErrorInfoUrl, *info);
  }
  return placed;
}

absl::optional<Reason> ReasonOf(const absl::Status& status) {
  auto info = GetDetail<google::rpc::ErrorInfo>(status, kErrorInfoUrl);
  if (!info.has_value()) return absl::nullopt;
  return Reason(info->domain(), info->reason());
}

std::string MetadataOf(const absl::Status& status, absl::string_view key) {
  const auto info = GetDetail<google::rpc::ErrorInfo>(status, kErrorInfoUrl);
  if (!info.has_value()) return "";
  const auto found = info->metadata().find(std::string(key));
  return found == info->metadata().end() ? "" : found->second;
}

bool HasReason(const absl::Status& status, const Reason& reason) {
  const absl::optional<Reason> actual = ReasonOf(status);
  return actual.has_value() && *actual == reason;
}

void Violations::Add(absl::string_view field, absl::string_view description) {
  AddOne({Shorten(field, kMaximumFieldBytes), Shorten(description, kMaximumDescriptionBytes)});
}

void Violations::AddMissing(absl::string_view field, absl::string_view description) {
  AddOne({Shorten(field, kMaximumFieldBytes), Shorten(description, kMaximumDescriptionBytes), true});
}

void Violations::AddAll(const Violations& part, absl::string_view place) {
  for (const Violation& violation : part.violations_) {
    const std::string field = absl::StrCat(place, ".", violation.field);
    AddOne({Shorten(field, kMaximumFieldBytes), violation.description, violation.missing});
  }
  count_ += part.count_ - part.violations_.size();
}

void Violations::AddOne(Violation violation) {
  ++count_;
  if (violations_.size() < kMaximumKeptViolations) violations_.push_back(std::move(violation));
}

std::vector<Violations::Violation> Violations::EachOnce() const {
  std::set<std::string> missing;
  for (const Violation& violation : violations_) {
    if (violation.missing) missing.insert(violation.field);
  }
  std::set<std::pair<std::string, std::string>> said;
  std::vector<Violation> once;
  for (const Violation& violation : violations_) {
    // That it is missing is told once, whoever noticed it.
    const std::string description = violation.missing ? "" : violation.description;
    if (!violation.missing && IsInOneOf(missing, violation.field)) continue;
    if (violation.missing && IsInOneOf(missing, OuterOf(violation.field))) continue;
    if (said.emplace(violation.field, description).second) once.push_back(violation);
  }
  return once;
}

absl::Status Violations::ToStatus() const { return empty() ? absl::OkStatus() : StatusOf(EachOnce()); }

absl::Status Violations::ToStatus(const google::protobuf::Descriptor& request) const {
  if (empty()) return absl::OkStatus();
  std::vector<std::pair<FieldPlace, Violation>> placed;
  for (Violation& violation : EachOnce()) {
    FieldPlace place = PlaceOf(violation.field, request);
    placed.emplace_back(std::move(place), std::move(violation));
  }
  std::stable_sort(placed.begin(), placed.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<Violation> sorted;
  sorted.reserve(placed.size());
  for (auto& [place, violation] : placed) sorted.push_back(std::move(violation));
  return StatusOf(sorted);
}

absl::Status Violations::StatusOf(const std::vector<Violation>& violations) const {
  const size_t count = violations.size() + count_ - violations_.size();
  std::string message = absl::StrCat(violations.front().field, ": ", violations.front().description);
  if (count > 1) absl::StrAppend(&message, " (and ", count - 1, " more)");
  absl::Status status = Build(absl::StatusCode::kInvalidArgument, rpc::v1::ERROR_REASON_INVALID_REQUEST, message,
                              {{"violation_count", absl::StrCat(count)}});
  google::rpc::BadRequest detail;
  size_t bytes = 0;
  for (const Violation& violation : violations) {
    bytes += violation.field.size() + violation.description.size();
    // Once one was left out, none follows: the list is always the first so many.
    if (detail.field_violations_size() == kMaximumListedViolations || bytes > kMaximumListedBytes) break;
    auto* listed = detail.add_field_violations();
    listed->set_field(violation.field);
    listed->set_description(violation.description);
  }
  SetDetail(status, kBadRequestUrl, detail);
  return status;
}

std::vector<std::pair<std::string, std::string>> ViolationsOf(const absl::Status& status) {
  std::vector<std::pair<std::string, std::string>> violations;
  const auto detail = GetDetail<google::rpc::BadRequest>(status, kBadRequestUrl);
  if (!detail.has_value()) return violations;
  violations.reserve(detail->field_violations_size());
  for (const auto& violation : detail->field_violations()) {
    violations.emplace_back(violation.field(), violation.description());
  }
  return violations;
}

}  // namespace concord
