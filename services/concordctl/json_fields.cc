#include "services/concordctl/json_fields.h"

#include <map>
#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/aip/field_behavior.h"

namespace concord::ctl {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Value;

// Protobuf's mapping accepts the camelCase name and the schema's own.
const FieldDescriptor* FindField(const Descriptor& type, const std::string& name) {
  for (int i = 0; i < type.field_count(); ++i) {
    if (type.field(i)->json_name() == name || type.field(i)->name() == name) return type.field(i);
  }
  return nullptr;
}

// google.protobuf's own types have a mapping of their own (times are strings).
bool HasFields(const FieldDescriptor& field) {
  return field.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE && !field.is_map() &&
         !absl::StartsWith(field.message_type()->full_name(), "google.protobuf.");
}

void CheckValue(const Value& value, const FieldDescriptor& field, const std::string& path, Violations& violations) {
  if (value.kind_case() == Value::kStructValue && HasFields(field)) {
    CheckJsonFields(value.struct_value(), *field.message_type(), path, violations);
  }
  if (value.kind_case() == Value::kStringValue && field.cpp_type() == FieldDescriptor::CPPTYPE_ENUM &&
      field.enum_type()->FindValueByName(value.string_value()) == nullptr) {
    violations.Add(path, absl::StrCat("\"", value.string_value(), "\" is not a value of this field"));
  }
}

}  // namespace

void CheckJsonFields(const google::protobuf::Struct& object, const Descriptor& type, absl::string_view path,
                     Violations& violations) {
  // Sorted, for the order of a hash map would change from run to run.
  std::map<std::string, const Value*> fields;
  for (const auto& entry : object.fields()) fields[entry.first] = &entry.second;
  for (const auto& [name, value] : fields) {
    const std::string field_path = path.empty() ? name : absl::StrCat(path, ".", name);
    const FieldDescriptor* field = FindField(type, name);
    if (field == nullptr) {
      violations.Add(field_path, "there is no such field in the plan format");
    } else if (field->name() == "etag" || aip::HasBehavior(*field, google::api::OUTPUT_ONLY)) {
      violations.Add(field_path, "only the services set it: take it out of the file");
    } else if (field->is_repeated() && value->kind_case() == Value::kListValue) {
      int index = 0;
      for (const Value& item : value->list_value().values()) {
        CheckValue(item, *field, absl::StrCat(field_path, "[", index++, "]"), violations);
      }
    } else if (!field->is_repeated()) {
      CheckValue(*value, *field, field_path, violations);
    }
  }
}

}  // namespace concord::ctl
