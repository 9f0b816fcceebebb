// Compares the names in a JSON text with a schema, so that all that does not
// belong there is told at once; Protobuf's own parser stops at the first.
//
// Pure; safe from any thread.
#ifndef SERVICES_CONCORDCTL_JSON_FIELDS_H_
#define SERVICES_CONCORDCTL_JSON_FIELDS_H_

#include "absl/strings/string_view.h"
#include "common/status/error.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/struct.pb.h"

namespace concord::ctl {

// Adds a violation for every field in `object` that `type` does not have, for
// every one that only services set (OUTPUT_ONLY, and "etag"), and for every name
// of an enum value that the schema does not know. `path` is where the object
// stands, for example "actions[3]"; empty at the top.
void CheckJsonFields(const google::protobuf::Struct& object, const google::protobuf::Descriptor& type,
                     absl::string_view path, Violations& violations);

}  // namespace concord::ctl

#endif  // SERVICES_CONCORDCTL_JSON_FIELDS_H_
