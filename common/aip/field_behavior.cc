#include "common/aip/field_behavior.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/descriptor.pb.h"

namespace concord::aip {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

bool IsMessage(const FieldDescriptor& field) { return field.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE; }

// A map is a repeated field of entries; what is to be looked at is its value.
const FieldDescriptor& Content(const FieldDescriptor& field) {
  return field.is_map() ? *field.message_type()->map_value() : field;
}

// Where a field is: a chain from the innermost place outwards, on the stack. Text
// is made of it only for a violation, for most requests have none.
struct Place {
  const Place* outer;  // Null at the message that the check was asked for.
  const FieldDescriptor* field = nullptr;
  int index = -1;                  // Of an element of a list or map.
  const Message* entry = nullptr;  // The element, if of a map.
  absl::string_view prefix = {};   // Of the outermost place only.

  std::string Text() const;
};

// The key of a map's entry, strings in quotes.
std::string KeyText(const FieldDescriptor& field, const Message& entry) {
  const FieldDescriptor& key = *field.message_type()->map_key();
  const Reflection& reflection = *entry.GetReflection();
  switch (key.cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING:
      return absl::StrCat("\"", reflection.GetString(entry, &key), "\"");
    case FieldDescriptor::CPPTYPE_INT32:
      return absl::StrCat(reflection.GetInt32(entry, &key));
    case FieldDescriptor::CPPTYPE_INT64:
      return absl::StrCat(reflection.GetInt64(entry, &key));
    case FieldDescriptor::CPPTYPE_UINT32:
      return absl::StrCat(reflection.GetUInt32(entry, &key));
    case FieldDescriptor::CPPTYPE_UINT64:
      return absl::StrCat(reflection.GetUInt64(entry, &key));
    default:  // Only bool is left among the types that a key may have.
      return reflection.GetBool(entry, &key) ? "true" : "false";
  }
}

std::string Place::Text() const {
  if (outer == nullptr) return std::string(prefix);
  std::string text = outer->Text();
  absl::StrAppend(&text, text.empty() ? "" : ".", field->name());
  if (index >= 0) absl::StrAppend(&text, "[", entry != nullptr ? KeyText(*field, *entry) : absl::StrCat(index), "]");
  return text;
}

// Calls visit(holder, content, place) for the value of the field or, of a list or
// map, for each element; `content` is the field of `holder` that has the value,
// an element's index is in the place.
template <typename Visit>
void ForEachValue(const Message& message, const FieldDescriptor& field, const Place& at, const Visit& visit) {
  if (!field.is_repeated()) {
    visit(message, field, Place{&at, &field});
    return;
  }
  const Reflection& reflection = *message.GetReflection();
  for (int i = 0; i < reflection.FieldSize(message, &field); ++i) {
    if (field.is_map()) {
      const Message& entry = reflection.GetRepeatedMessage(message, &field, i);
      visit(entry, Content(field), Place{&at, &field, i, &entry});
    } else {
      visit(message, field, Place{&at, &field, i});
    }
  }
}

const Message& MessageAt(const Message& holder, const FieldDescriptor& field, const Place& place) {
  const Reflection& reflection = *holder.GetReflection();
  return field.is_repeated() ? reflection.GetRepeatedMessage(holder, &field, place.index)
                             : reflection.GetMessage(holder, &field);
}

int EnumNumberAt(const Message& holder, const FieldDescriptor& field, const Place& place) {
  const Reflection& reflection = *holder.GetReflection();
  return field.is_repeated() ? reflection.GetRepeatedEnumValue(holder, &field, place.index)
                             : reflection.GetEnumValue(holder, &field);
}

void CheckEnumNumber(const FieldDescriptor& field, int number, const Place& place, Violations& violations) {
  if (field.enum_type()->FindValueByNumber(number) != nullptr) return;
  violations.Add(place.Text(),
                 absl::StrCat("has the value ", number, ", which is none of ", field.enum_type()->full_name()));
}

bool IsSet(const Message& message, const FieldDescriptor& field) {
  const Reflection& reflection = *message.GetReflection();
  return field.is_repeated() ? reflection.FieldSize(message, &field) > 0 : reflection.HasField(message, &field);
}

void CheckRequired(const Message& message, const Place& at, Violations& violations) {
  const google::protobuf::Descriptor& type = *message.GetDescriptor();
  for (int i = 0; i < type.field_count(); ++i) {
    const FieldDescriptor& field = *type.field(i);
    if (IsSet(message, field)) {
      if (!IsMessage(Content(field))) continue;
      ForEachValue(message, field, at,
                   [&violations](const Message& holder, const FieldDescriptor& content, const Place& place) {
                     CheckRequired(MessageAt(holder, content, place), place, violations);
                   });
    } else if (HasBehavior(field, google::api::REQUIRED)) {
      violations.AddMissing(Place{&at, &field}.Text(), field.is_repeated() ? "must not be empty" : "must be set");
    }
  }
}

void CheckKnown(const Message& message, const Place& at, Violations& violations) {
  std::vector<const FieldDescriptor*> fields;
  message.GetReflection()->ListFields(message, &fields);
  for (const FieldDescriptor* field : fields) {
    const auto type = Content(*field).cpp_type();
    if (type == FieldDescriptor::CPPTYPE_ENUM) {
      ForEachValue(message, *field, at,
                   [&violations](const Message& holder, const FieldDescriptor& content, const Place& place) {
                     CheckEnumNumber(content, EnumNumberAt(holder, content, place), place, violations);
                   });
    } else if (type == FieldDescriptor::CPPTYPE_MESSAGE) {
      ForEachValue(message, *field, at,
                   [&violations](const Message& holder, const FieldDescriptor& content, const Place& place) {
                     CheckKnown(MessageAt(holder, content, place), place, violations);
                   });
    }
  }
}

}  // namespace

bool HasBehavior(const FieldDescriptor& field, google::api::FieldBehavior behavior) {
  const google::protobuf::FieldOptions& options = field.options();
  // Most fields have none, and then share the default.
  if (&options == &google::protobuf::FieldOptions::default_instance()) return false;
  for (int i = 0; i < options.ExtensionSize(google::api::field_behavior); ++i) {
    if (options.GetExtension(google::api::field_behavior, i) == behavior) return true;
  }
  return false;
}

void CheckRequiredFields(const Message& message, absl::string_view prefix, Violations& violations) {
  Place root{nullptr};
  root.prefix = prefix;
  CheckRequired(message, root, violations);
}

void ClearOutputOnlyFields(Message& message) {
  const Reflection& reflection = *message.GetReflection();
  std::vector<const FieldDescriptor*> fields;
  reflection.ListFields(message, &fields);
  for (const FieldDescriptor* field : fields) {
    if (HasBehavior(*field, google::api::OUTPUT_ONLY)) {
      reflection.ClearField(&message, field);
    } else if (!IsMessage(Content(*field))) {
      continue;
    } else if (!field->is_repeated()) {
      ClearOutputOnlyFields(*reflection.MutableMessage(&message, field));
    } else {
      // An entry of a map has no annotations of its own and leads to its value.
      for (int i = 0; i < reflection.FieldSize(message, field); ++i) {
        ClearOutputOnlyFields(*reflection.MutableRepeatedMessage(&message, field, i));
      }
    }
  }
}

void CheckKnownValues(const Message& message, absl::string_view prefix, Violations& violations) {
  Place root{nullptr};
  root.prefix = prefix;
  CheckKnown(message, root, violations);
}

}  // namespace concord::aip
