// Requests by their type: what the schema says about them, and their fields by name. A method is known by its request,
// for every method of ours has one of its own, so that no command needs a generated stub.
//
// Safe from any thread.
#ifndef SERVICES_CONCORDCTL_REQUESTS_H_
#define SERVICES_CONCORDCTL_REQUESTS_H_

#include <memory>
#include <string>

#include "absl/strings/string_view.h"
#include "google/protobuf/any.pb.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"

namespace concord::ctl {

// Says which method is meant: GetActionRequest::descriptor().
using RequestType = const google::protobuf::Descriptor*;

// The method whose request this is, the first if there are several; nullptr if there is none.
const google::protobuf::MethodDescriptor* MethodOf(RequestType type);

// An empty message of a type that this program was built with.
std::unique_ptr<google::protobuf::Message> NewMessage(const google::protobuf::Descriptor* type);

// An empty answer of the method's type, or nullptr if this is no request.
std::unique_ptr<google::protobuf::Message> NewResponse(RequestType type);

// The message inside; nullptr if there is none or this program does not know it.
std::unique_ptr<google::protobuf::Message> Unpacked(const google::protobuf::Any& any);

// "progress_report" of "ProgressReport": what a field with a resource is called.
std::string FieldOf(const google::protobuf::Descriptor* resource);

bool HasField(const google::protobuf::Message& message, absl::string_view field);

// These are for fields of just that type that the message is known to have.
std::string GetText(const google::protobuf::Message& message, absl::string_view field);
void SetText(google::protobuf::Message& message, absl::string_view field, absl::string_view text);
void SetFlag(google::protobuf::Message& message, absl::string_view field, bool value);
void SetNumber(google::protobuf::Message& message, absl::string_view field, int value);
void Clear(google::protobuf::Message& message, absl::string_view field);
google::protobuf::Message& MutablePart(google::protobuf::Message& message, absl::string_view field);
google::protobuf::Message& AddPart(google::protobuf::Message& message, absl::string_view field);
template <typename Part>
Part& MutablePartAs(google::protobuf::Message& message, absl::string_view field) {
  return *google::protobuf::DynamicCastToGenerated<Part>(&MutablePart(message, field));
}

}  // namespace concord::ctl

#endif  // SERVICES_CONCORDCTL_REQUESTS_H_
