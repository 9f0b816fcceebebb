// Errors of Concord: a canonical code, one reason from an enum of a proto
// package, and a message whose every variable is also metadata.
//
//   return MakeError(absl::StatusCode::kNotFound, rpc::v1::ERROR_REASON_RESOURCE_NOT_FOUND,
//                    "there is no {name}", {{"name", name}});
//
// The details travel in the absl::Status as payloads, each under the type URL
// of its message, so that the layer that speaks gRPC only has to copy them.
// All functions here are pure and safe to call from any thread.
#ifndef COMMON_STATUS_ERROR_H_
#define COMMON_STATUS_ERROR_H_

#include <cstddef>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "absl/types/optional.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/generated_enum_reflection.h"

namespace concord {

// A reason: the domain is the proto package that defines it, the name the enum
// value without its "ERROR_REASON_" prefix. Converts from any such enum.
struct Reason {
  template <typename Enum, typename = std::enable_if_t<google::protobuf::is_proto_enum<Enum>::value>>
  // NOLINTNEXTLINE(google-explicit-constructor): a reason is named by its enum value.
  Reason(Enum value) : Reason(*google::protobuf::GetEnumDescriptor<Enum>(), static_cast<int>(value)) {}
  Reason(const google::protobuf::EnumDescriptor& type, int number);
  Reason(std::string the_domain, std::string the_name) : domain(std::move(the_domain)), name(std::move(the_name)) {}

  friend bool operator==(const Reason& a, const Reason& b) { return a.domain == b.domain && a.name == b.name; }

  std::string domain;  // For example "concord.rpc.v1".
  std::string name;    // For example "RESOURCE_NOT_FOUND".
};

using ErrorMetadata = std::vector<std::pair<std::string, std::string>>;

// Makes an error. `format` names metadata in braces; each is replaced by its
// value, so that no variable of the message can be missing from the metadata. A
// name in braces without metadata is a bug and stays visible as it is. Values
// are inserted as they are: braces inside a value mean nothing. A value of more
// than 512 bytes is cut there and ends in "...", because an error travels in
// headers, whose size is limited. `code` must not be kOk.
absl::Status MakeError(absl::StatusCode code, const Reason& reason, absl::string_view format,
                       const ErrorMetadata& metadata = {});

// Adds a google.rpc.RetryInfo: wait at least `delay` before the next try.
absl::Status WithRetryDelay(absl::Status status, absl::Duration delay);

// The same error of a part of a request. `place` names the part, for example "requests[3]": it goes before the field
// of every violation; any other error has it before its message and in its metadata, under the key "request".
absl::Status AtPlace(const absl::Status& status, absl::string_view place);

// The reason an error carries; nothing if it carries none.
absl::optional<Reason> ReasonOf(const absl::Status& status);

// The value of one metadata key of an error; empty if it is not there.
std::string MetadataOf(const absl::Status& status, absl::string_view key);

// Whether an error carries this reason.
bool HasReason(const absl::Status& status, const Reason& reason);

// The fields of a request that break a rule; collected all before answering.
class Violations {
 public:
  // `field` is a path from the request, for example "action.code". What is
  // wrong and what would be right goes into `description`, a sentence without
  // the field's name. Long texts are cut (field: 200 bytes, description: 400).
  void Add(absl::string_view field, absl::string_view description);

  // The same of a field that has to be set and is not. Whatever else is said of it, or
  // of what would be in it, is not told: it only says the same again.
  void AddMissing(absl::string_view field, absl::string_view description);

  // Those of a part of the request, which is at `place`, for example "requests[3]".
  void AddAll(const Violations& part, absl::string_view place);

  bool empty() const { return count_ == 0; }
  // How many were added.
  size_t size() const { return count_; }

  // OK, or INVALID_ARGUMENT with INVALID_REQUEST and a BadRequest of all, each once, in
  // the order added. Lists at most 100 of them and at most 4 KiB; the metadata
  // violation_count counts them all. (Of more than 1,000 only the first are looked at again.)
  absl::Status ToStatus() const;

  // The same in the order in which a request of this type declares its fields; what one
  // field breaks several times, in the order added.
  absl::Status ToStatus(const google::protobuf::Descriptor& request) const;

 private:
  struct Violation {
    std::string field;
    std::string description;
    bool missing = false;  // For want of the field.
  };
  void AddOne(Violation violation);
  std::vector<Violation> EachOnce() const;
  absl::Status StatusOf(const std::vector<Violation>& violations) const;

  size_t count_ = 0;
  std::vector<Violation> violations_;  // The first so many.
};

// The violations that an error carries, as (field, description).
std::vector<std::pair<std::string, std::string>> ViolationsOf(const absl::Status& status);

}  // namespace concord

#endif  // COMMON_STATUS_ERROR_H_
