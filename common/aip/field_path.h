// Paths of fields, such as "objective_links.weight" or "labels.area", bound to a message type once
// and then followed in many messages of it.
//
// Pure; safe from any thread.
#ifndef COMMON_AIP_FIELD_PATH_H_
#define COMMON_AIP_FIELD_PATH_H_

#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "google/protobuf/message.h"

namespace concord::aip {

// What a path leads to.
enum class ValueKind {
  kBool,
  kSigned,
  kUnsigned,
  kReal,
  kEnum,
  kText,
  kTimestamp,  // google.protobuf.Timestamp.
  kDate,       // google.type.Date.
  kDecimal,    // A message named Decimal with nothing but a string `value`.
  kMap,        // A map as a whole.
  kMessage,    // Any other message.
  kBytes,
};

class FieldPath {
 public:
  // INVALID_ARGUMENT with a sentence; `wrong` is then the part that it is about.
  static absl::StatusOr<FieldPath> Bind(const google::protobuf::Descriptor& type, const std::vector<std::string>& parts,
                                        size_t& wrong);

  ValueKind kind() const { return kind_; }
  // Whether there may be several values in one message.
  bool many() const { return many_; }
  // Of what the path leads to; of the value where that is a map's.
  const google::protobuf::FieldDescriptor& field() const { return *steps_.back().value; }

  // Whether there is a value: a field that is set or, where it has no presence, is not its default; a
  // list or map that is not empty; a key of a map.
  bool Exists(const google::protobuf::Message& message) const;

  // Asks the processor for what AnyValue will read of a message: for a walk over many, some of them ahead. Does nothing
  // where that is not one pointer away.
  void Prefetch(const google::protobuf::Message& message) const;

  // Calls visit(message, field, index) for every value (index -1: not of a list) until it returns true;
  // whether it did. A field that has presence and is not set has no value. A map as a whole is one value.
  using Visit =
      absl::FunctionRef<bool(const google::protobuf::Message&, const google::protobuf::FieldDescriptor&, int)>;
  bool AnyValue(const google::protobuf::Message& message, Visit visit) const;

 private:
  struct Step {
    const google::protobuf::FieldDescriptor* field = nullptr;
    const google::protobuf::FieldDescriptor* value = nullptr;  // `field`, or the value within a map's entry.
    std::string key;                                           // Where they differ.
  };
  // Visits the last field of the path in every message that has it.
  using VisitField =
      absl::FunctionRef<bool(const google::protobuf::Message&, const google::protobuf::FieldDescriptor&)>;
  bool Walk(const google::protobuf::Message& message, size_t step, VisitField visit) const;

  std::vector<Step> steps_;
  ValueKind kind_ = ValueKind::kMessage;
  bool many_ = false;
};

// The kind of one value of the field.
ValueKind KindOf(const google::protobuf::FieldDescriptor& field);

}  // namespace concord::aip

#endif  // COMMON_AIP_FIELD_PATH_H_
