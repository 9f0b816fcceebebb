#include "common/aip/field_mask.h"

#include <algorithm>
#include <cassert>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "common/aip/field_behavior.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/util/message_differencer.h"

namespace concord::aip {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;
using google::protobuf::util::MessageDifferencer;
using Fields = std::vector<const FieldDescriptor*>;

bool IsSingularMessage(const FieldDescriptor& field) {
  return !field.is_repeated() && field.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE;
}

bool IsFixed(const FieldDescriptor& field) {
  return HasBehavior(field, google::api::OUTPUT_ONLY) || HasBehavior(field, google::api::IMMUTABLE);
}

// The resource's name and etag say which resource and version a request is
// about; they are not its content.
bool IsAddress(const FieldDescriptor& field) { return field.name() == "name" || field.name() == "etag"; }

Fields AllFields(const Message& message) {
  const Descriptor& type = *message.GetDescriptor();
  Fields fields;
  fields.reserve(type.field_count());
  for (int i = 0; i < type.field_count(); ++i) fields.push_back(type.field(i));
  return fields;
}

Fields SetFields(const Message& message) {
  Fields fields;
  message.GetReflection()->ListFields(message, &fields);
  return fields;
}

// Moves one field, a message, that is set in `to` or, if `is_set`, in `from`.
void MoveMessage(const FieldDescriptor& field, bool is_set, Message& from, Message& to);

// Moves the fields from `from`, which is a copy for this purpose, into `to`;
// inside messages, too, fixed fields stay as they are in `to`.
void MoveFields(const Fields& fields, Message& from, Message& to) {
  const Reflection& reflection = *to.GetReflection();
  Fields whole;
  for (const FieldDescriptor* field : fields) {
    if (IsFixed(*field)) continue;
    const bool is_set = !field->is_repeated() && reflection.HasField(from, field);
    if (IsSingularMessage(*field)) {
      if (is_set || reflection.HasField(to, field)) MoveMessage(*field, is_set, from, to);
    } else if (is_set || field->real_containing_oneof() == nullptr) {
      whole.push_back(field);
    } else {
      // A swap would exchange the oneof, whichever of its fields is set.
      reflection.ClearField(&to, field);
    }
  }
  // `from` is of no use afterwards, so swapping is moving.
  if (!whole.empty()) reflection.SwapFields(&from, &to, whole);
}

void MoveMessage(const FieldDescriptor& field, bool is_set, Message& from, Message& to) {
  const Reflection& reflection = *to.GetReflection();
  Message& child = *reflection.MutableMessage(&to, &field);
  if (is_set) {
    MoveFields(AllFields(child), *reflection.MutableMessage(&from, &field), child);
    return;
  }
  const std::unique_ptr<Message> empty(child.New());
  MoveFields(AllFields(child), *empty, child);
  if (SetFields(child).empty()) reflection.ClearField(&to, &field);
}

Fields WithoutAddress(Fields fields) {
  fields.erase(
      std::remove_if(fields.begin(), fields.end(), [](const FieldDescriptor* field) { return IsAddress(*field); }),
      fields.end());
  return fields;
}

// A path of the mask, resolved: the fields from the outermost to the named one.
struct Path {
  Fields fields;

  bool IsFixed() const {
    return std::any_of(fields.begin(), fields.end(), [](const FieldDescriptor* field) { return aip::IsFixed(*field); });
  }
};

std::string Quote(absl::string_view path) { return absl::StrCat("\"", path, "\""); }

// The resolved path, or a violation.
Path Resolve(absl::string_view text, const Descriptor& root, absl::string_view mask_field, Violations& violations) {
  Path path;
  const Descriptor* type = &root;
  for (const absl::string_view segment : absl::StrSplit(text, '.')) {
    if (!path.fields.empty() && path.fields.back()->is_repeated()) {
      violations.Add(mask_field, absl::StrCat("names ", Quote(text), ", which leads into the repeated field ",
                                              path.fields.back()->name(), "; that can only be named whole"));
      return Path();
    }
    const FieldDescriptor* field = type == nullptr ? nullptr : type->FindFieldByName(std::string(segment));
    if (field == nullptr) {
      violations.Add(mask_field, absl::StrCat("names ", Quote(text), ", which is no field of ", root.full_name()));
      return Path();
    }
    path.fields.push_back(field);
    type = field->message_type();
  }
  return path;
}

// Whether the named field has the same value in both.
bool IsEqual(const Path& path, const Message& a, const Message& b) {
  const Message* in_a = &a;
  const Message* in_b = &b;
  for (size_t i = 0; i + 1 < path.fields.size(); ++i) {
    in_a = &in_a->GetReflection()->GetMessage(*in_a, path.fields[i]);
    in_b = &in_b->GetReflection()->GetMessage(*in_b, path.fields[i]);
  }
  const FieldDescriptor* field = path.fields.back();
  const Reflection& reflection = *in_a->GetReflection();
  if (!field->is_repeated() && reflection.HasField(*in_a, field) != reflection.HasField(*in_b, field)) return false;
  return MessageDifferencer().CompareWithFields(*in_a, *in_b, {field}, {field});
}

void MovePath(const Path& path, Message& from, Message& to) {
  Message* source = &from;
  Message* target = &to;
  std::unique_ptr<Message> empty;
  for (size_t i = 0; i + 1 < path.fields.size(); ++i) {
    const FieldDescriptor* field = path.fields[i];
    const bool is_set = source->GetReflection()->HasField(*source, field);
    // Nothing to bring and nothing to clear: create no message for it.
    if (!is_set && !target->GetReflection()->HasField(*target, field)) return;
    target = target->GetReflection()->MutableMessage(target, field);
    if (is_set) {
      source = source->GetReflection()->MutableMessage(source, field);
    } else {
      empty.reset(target->New());
      source = empty.get();
    }
  }
  MoveFields({path.fields.back()}, *source, *target);
}

// All paths, those that others include left out: fields are moved, and can be
// moved only once.
std::vector<std::string> OutermostPaths(const google::protobuf::FieldMask& mask) {
  std::vector<std::string> paths(mask.paths().begin(), mask.paths().end());
  std::sort(paths.begin(), paths.end());
  std::vector<std::string> outermost;
  for (std::string& path : paths) {
    // A dot sorts before all characters of a field's name, so that a path comes
    // directly after those that include it.
    const bool included =
        !outermost.empty() && (path == outermost.back() || absl::StartsWith(path, absl::StrCat(outermost.back(), ".")));
    if (!included) outermost.push_back(std::move(path));
  }
  return outermost;
}

// Whether the mask can be applied.
bool Check(const google::protobuf::FieldMask& mask, const Message& from, const Message& to,
           absl::string_view mask_field, Violations& violations) {
  const size_t before = violations.size();
  for (const std::string& text : mask.paths()) {
    if (text == "*") {
      violations.Add(mask_field, "names \"*\" beside other paths; it must be the only one");
      continue;
    }
    const Path path = Resolve(text, *to.GetDescriptor(), mask_field, violations);
    if (path.fields.empty() || !path.IsFixed() || IsEqual(path, from, to)) continue;
    violations.Add(mask_field, absl::StrCat("names ", Quote(text), ", which cannot be changed"));
  }
  return violations.size() == before;
}

}  // namespace

void ApplyUpdateMask(const google::protobuf::FieldMask* mask, const Message& from, Message& to,
                     absl::string_view mask_field, Violations& violations) {
  assert(from.GetDescriptor() == to.GetDescriptor());
  const bool is_absent = mask == nullptr || mask->paths().empty();
  const bool is_whole = !is_absent && mask->paths_size() == 1 && mask->paths(0) == "*";
  if (!is_absent && !is_whole && !Check(*mask, from, to, mask_field, violations)) return;
  const std::unique_ptr<Message> copy(from.New());
  copy->CopyFrom(from);
  if (is_absent || is_whole) {
    MoveFields(WithoutAddress(is_whole ? AllFields(from) : SetFields(from)), *copy, to);
    return;
  }
  for (const std::string& text : OutermostPaths(*mask)) {
    const Path path = Resolve(text, *to.GetDescriptor(), mask_field, violations);
    if (!path.IsFixed() && !IsAddress(*path.fields.front())) MovePath(path, *copy, to);
  }
}

}  // namespace concord::aip
