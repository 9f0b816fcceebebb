// Writes etags and times into resources, by the names of their fields.
#ifndef COMMON_RPC_STAMPER_H_
#define COMMON_RPC_STAMPER_H_

#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "common/aip/seal.h"
#include "common/ledger/collection.h"
#include "google/protobuf/message.h"

namespace concord::rpc {

// Immutable; safe from any thread. Fields that a message does not have are passed over.
class EtagStamper : public ledger::Stamper {
 public:
  explicit EtagStamper(aip::Sealer sealer) : sealer_(std::move(sealer)) {}

  void Apply(const ledger::Stamp& stamp, google::protobuf::Message& message) const override;

  // Whether it has a field delete_time that is set.
  bool IsDeleted(const google::protobuf::Message& message) const override;

  // Whether it has a field `sealed`, a bool, that is true.
  bool IsSealed(const google::protobuf::Message& message) const override;

  // Clears what Apply sets: the message as it is stored.
  static void Strip(google::protobuf::Message& message);

  // Whether an etag that came with a request is the resource's own. Errors: ABORTED with
  // ETAG_MISMATCH if the resource has moved on, INVALID_ARGUMENT with TOKEN_INVALID if it is
  // no etag of this resource, FAILED_PRECONDITION with HISTORY_DIVERGED if it names a state that is not part of the
  // resource's history. An empty etag agrees with everything.
  absl::Status CheckEtag(absl::string_view etag, const ledger::Resource& resource, absl::string_view field) const;

 private:
  std::string EtagOf(const ledger::Stamp& stamp, absl::string_view name) const;

  aip::Sealer sealer_;
};

// The value of a string field of any message; empty if it has no such field.
std::string StringField(const google::protobuf::Message& message, const std::string& field);

void SetStringField(google::protobuf::Message& message, const std::string& field, const std::string& value);

// Another message of the same type and content.
std::unique_ptr<google::protobuf::Message> CopyOf(const google::protobuf::Message& message);

// Whether a message has a field of this name and it is set.
bool HasField(const google::protobuf::Message& message, const std::string& field);

}  // namespace concord::rpc

#endif  // COMMON_RPC_STAMPER_H_
