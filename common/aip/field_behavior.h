// What the annotations google.api.field_behavior promise, enforced for any
// message, so that a schema is enough.
//
// Pure; safe from any thread.
#ifndef COMMON_AIP_FIELD_BEHAVIOR_H_
#define COMMON_AIP_FIELD_BEHAVIOR_H_

#include "absl/strings/string_view.h"
#include "common/status/error.h"
#include "google/api/field_behavior.pb.h"
#include "google/protobuf/message.h"

namespace concord::aip {

// Whether the field is annotated with `behavior`.
bool HasBehavior(const google::protobuf::FieldDescriptor& field, google::api::FieldBehavior behavior);

// Adds a violation for every REQUIRED field that is not set (a string, number
// or enum without presence counts as set when it is not its default, a repeated
// field when it is not empty), in `message` and all messages within it that are
// set. `prefix` is the path of `message` in the request: "" or "action".
void CheckRequiredFields(const google::protobuf::Message& message, absl::string_view prefix, Violations& violations);

// Clears every OUTPUT_ONLY field of `message` and of all messages within it: what a
// caller sends in them is ignored (AIP-203).
void ClearOutputOnlyFields(google::protobuf::Message& message);

// Adds a violation for every enum field within `message` whose value is not one
// that the schema defines. (Strings need no check: Protobuf refuses to parse a
// proto3 string that is not UTF-8.)
void CheckKnownValues(const google::protobuf::Message& message, absl::string_view prefix, Violations& violations);

}  // namespace concord::aip

#endif  // COMMON_AIP_FIELD_BEHAVIOR_H_
