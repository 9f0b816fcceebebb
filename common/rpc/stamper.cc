#include "common/rpc/stamper.h"

#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "common/rpc/request_checks.h"
#include "common/status/error.h"
#include "concord/rpc/v1/error_reason.pb.h"
#include "google/protobuf/timestamp.pb.h"

namespace concord::rpc {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

const FieldDescriptor* FieldOf(const Message& message, const std::string& name) {
  return message.GetDescriptor()->FindFieldByName(name);
}

void SetTime(Message& message, const char* name, absl::Time time) {
  const FieldDescriptor* field = FieldOf(message, name);
  if (field == nullptr) return;
  message.GetReflection()->MutableMessage(&message, field)->CopyFrom(TimestampOf(time));
}

}  // namespace

std::string StringField(const Message& message, const std::string& field) {
  const FieldDescriptor* descriptor = FieldOf(message, field);
  return descriptor == nullptr ? "" : message.GetReflection()->GetString(message, descriptor);
}

void SetStringField(Message& message, const std::string& field, const std::string& value) {
  message.GetReflection()->SetString(&message, message.GetDescriptor()->FindFieldByName(field), value);
}

std::unique_ptr<Message> CopyOf(const Message& message) {
  std::unique_ptr<Message> copy(message.New());
  copy->CopyFrom(message);
  return copy;
}

bool HasField(const Message& message, const std::string& field) {
  const FieldDescriptor* descriptor = FieldOf(message, field);
  return descriptor != nullptr && message.GetReflection()->HasField(message, descriptor);
}

std::string EtagStamper::EtagOf(const ledger::Stamp& stamp, absl::string_view name) const {
  return sealer_.Seal(absl::StrCat("etag of ", name),
                      absl::StrCat(stamp.epoch, ":", stamp.revision, ":", stamp.digest_piece));
}

void EtagStamper::Apply(const ledger::Stamp& stamp, Message& message) const {
  SetTime(message, "create_time", stamp.create_time);
  SetTime(message, "update_time", stamp.update_time);
  if (const FieldDescriptor* etag = FieldOf(message, "etag"); etag != nullptr) {
    message.GetReflection()->SetString(&message, etag, EtagOf(stamp, StringField(message, "name")));
  }
}

bool EtagStamper::IsDeleted(const Message& message) const { return HasField(message, "delete_time"); }

bool EtagStamper::IsSealed(const Message& message) const { return HasField(message, "sealed"); }

void EtagStamper::Strip(Message& message) {
  for (const char* name : {"create_time", "update_time", "etag"}) {
    if (const FieldDescriptor* field = FieldOf(message, name); field != nullptr) {
      message.GetReflection()->ClearField(&message, field);
    }
  }
}

absl::Status EtagStamper::CheckEtag(absl::string_view etag, const ledger::Resource& resource,
                                    absl::string_view field) const {
  const std::string current = StringField(*resource.message, "etag");
  if (etag.empty() || etag == current) return absl::OkStatus();
  const auto opened = sealer_.Open(absl::StrCat("etag of ", resource.name), etag);
  std::vector<std::string> parts;
  if (opened.has_value()) parts = absl::StrSplit(*opened, ':');
  int64_t revision = 0;
  if (parts.size() != 3 || !absl::SimpleAtoi(parts[1], &revision)) {
    return MakeError(absl::StatusCode::kInvalidArgument, v1::ERROR_REASON_TOKEN_INVALID,
                     "{field} is no etag of this resource: send the one that a read returned, or none",
                     {{"field", std::string(field)}});
  }
  // The same revision with another digest, another epoch, or a revision that has not been:
  // the etag comes from a history that is gone.
  if (parts[0] != resource.stamp.epoch || revision >= resource.stamp.revision) {
    return MakeError(absl::StatusCode::kFailedPrecondition, v1::ERROR_REASON_HISTORY_DIVERGED,
                     "the etag names revision {revision} of {scope}, which is not part of its history: read again",
                     {{"scope", resource.stamp.scope}, {"revision", parts[1]}});
  }
  return MakeError(absl::StatusCode::kAborted, v1::ERROR_REASON_ETAG_MISMATCH,
                   "{name} has changed since the etag {etag} was read: read it again (now {current_etag})",
                   {{"name", resource.name}, {"etag", std::string(etag)}, {"current_etag", current}});
}

}  // namespace concord::rpc
