// Messages as JSON, in protobuf's mapping: always the same bytes for the same
// content, indented by two spaces, with a line end at the end.
//
// Pure; safe from any thread.
#ifndef SERVICES_CONCORDCTL_JSON_H_
#define SERVICES_CONCORDCTL_JSON_H_

#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "google/protobuf/message.h"
#include "google/protobuf/struct.pb.h"

namespace concord::ctl {

// The message as JSON. Fields without content are left out; maps are in the
// order of their keys. An Any must hold a message that this program knows; one
// that does not makes the text "{}".
std::string ToJson(const google::protobuf::Message& message);

// The same in one line, with a line end at the end.
std::string ToJsonLine(const google::protobuf::Message& message);

// The message as a JSON value, to be put together with others into one document.
google::protobuf::Value ToJsonValue(const google::protobuf::Message& message);

// Reads JSON into `message`. Unknown fields are an error unless `lenient`. INVALID_ARGUMENT
// says in one line what the parser did not like and, where it is certain, in which line.
absl::Status FromJson(absl::string_view json, bool lenient, google::protobuf::Message& message);

}  // namespace concord::ctl

#endif  // SERVICES_CONCORDCTL_JSON_H_
