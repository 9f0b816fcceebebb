// What stands in a field, as one line for people.
//
// Pure; safe from any thread.
#ifndef SERVICES_CONCORDCTL_FIELD_TEXT_H_
#define SERVICES_CONCORDCTL_FIELD_TEXT_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "google/protobuf/message.h"

namespace concord::ctl {

// One field that differs between two versions of a resource.
struct FieldChange {
  std::string field;   // As in an update mask, for example "objective_links".
  std::string before;  // As FieldText gives it.
  std::string after;
};

// Dates as "2011-01-31", times in RFC 3339 and UTC, periods as ParsePeriod reads them, decimals as they are
// written, enum values without the
// prefix of their type, lists joined by "; ". Empty if nothing is set.
std::string FieldText(const google::protobuf::Message& message, const google::protobuf::FieldDescriptor& field);

// "STATE_IN_PROGRESS" without the prefix, "IN_PROGRESS"; a number that the schema does
// not know as that number.
std::string EnumText(const google::protobuf::EnumValueDescriptor& value);

// The fields in which two messages of one type differ, in the order of their
// numbers.
std::vector<FieldChange> FindChanges(const google::protobuf::Message& before, const google::protobuf::Message& after);

}  // namespace concord::ctl

#endif  // SERVICES_CONCORDCTL_FIELD_TEXT_H_
