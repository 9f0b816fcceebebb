#include "common/aip/field_path.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "google/protobuf/descriptor.h"

namespace concord::aip {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

constexpr size_t kNamesOffered = 3;

// How many letters have to be put, taken or replaced to make one of the other.
size_t Distance(absl::string_view a, absl::string_view b) {
  std::vector<size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), size_t{0});
  for (size_t i = 1; i <= a.size(); ++i) {
    size_t diagonal = std::exchange(row[0], i);
    for (size_t j = 1; j <= b.size(); ++j) {
      const size_t replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = std::exchange(row[j], std::min({row[j] + 1, row[j - 1] + 1, replaced}));
    }
  }
  return row.back();
}

std::string NearestNames(const Descriptor& type, absl::string_view wanted) {
  wanted = wanted.substr(0, 64);  // No field has a longer name.
  std::vector<std::pair<size_t, std::string>> names;
  names.reserve(static_cast<size_t>(type.field_count()));
  for (int i = 0; i < type.field_count(); ++i) {
    names.emplace_back(Distance(type.field(i)->name(), wanted), type.field(i)->name());
  }
  std::stable_sort(names.begin(), names.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  if (names.size() > kNamesOffered) names.resize(kNamesOffered);
  return absl::StrJoin(names, ", ", [](std::string* out, const auto& name) { out->append(name.second); });
}

bool IsDecimal(const Descriptor& type) {
  return type.name() == "Decimal" && type.field_count() == 1 && type.field(0)->name() == "value" &&
         type.field(0)->type() == FieldDescriptor::TYPE_STRING && !type.field(0)->is_repeated();
}

bool HasTextKeys(const FieldDescriptor& map) {
  return map.message_type()->map_key()->type() == FieldDescriptor::TYPE_STRING;
}

// Whether a singular field is set or, where it has no presence, is not its default.
bool IsThere(const Message& message, const FieldDescriptor& field) {
  const Reflection& reflection = *message.GetReflection();
  // To Protobuf -0 is another number than 0.
  if (!field.has_presence() && field.cpp_type() == FieldDescriptor::CPPTYPE_DOUBLE) {
    return reflection.GetDouble(message, &field) != 0;
  }
  if (!field.has_presence() && field.cpp_type() == FieldDescriptor::CPPTYPE_FLOAT) {
    return reflection.GetFloat(message, &field) != 0;
  }
  return reflection.HasField(message, &field);
}

// The entry of a map with this key; null if there is none.
const Message* FindEntry(const Message& message, const FieldDescriptor& map, const std::string& key) {
  const Reflection& reflection = *message.GetReflection();
  const FieldDescriptor* key_field = map.message_type()->map_key();
  std::string scratch;
  for (int i = 0; i < reflection.FieldSize(message, &map); ++i) {
    const Message& entry = reflection.GetRepeatedMessage(message, &map, i);
    if (entry.GetReflection()->GetStringReference(entry, key_field, &scratch) == key) return &entry;
  }
  return nullptr;
}

}  // namespace

ValueKind KindOf(const FieldDescriptor& field) {
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_BOOL:
      return ValueKind::kBool;
    case FieldDescriptor::CPPTYPE_INT32:
    case FieldDescriptor::CPPTYPE_INT64:
      return ValueKind::kSigned;
    case FieldDescriptor::CPPTYPE_UINT32:
    case FieldDescriptor::CPPTYPE_UINT64:
      return ValueKind::kUnsigned;
    case FieldDescriptor::CPPTYPE_FLOAT:
    case FieldDescriptor::CPPTYPE_DOUBLE:
      return ValueKind::kReal;
    case FieldDescriptor::CPPTYPE_ENUM:
      return ValueKind::kEnum;
    case FieldDescriptor::CPPTYPE_STRING:
      return field.type() == FieldDescriptor::TYPE_BYTES ? ValueKind::kBytes : ValueKind::kText;
    case FieldDescriptor::CPPTYPE_MESSAGE:
      break;
  }
  const Descriptor& type = *field.message_type();
  if (type.full_name() == "google.protobuf.Timestamp") return ValueKind::kTimestamp;
  if (type.full_name() == "google.type.Date") return ValueKind::kDate;
  return IsDecimal(type) ? ValueKind::kDecimal : ValueKind::kMessage;
}

absl::StatusOr<FieldPath> FieldPath::Bind(const Descriptor& type, const std::vector<std::string>& parts,
                                          size_t& wrong) {
  FieldPath path;
  const Descriptor* current = &type;
  for (size_t i = 0; i < parts.size(); ++i) {
    wrong = i;
    if (current == nullptr) {
      return absl::InvalidArgumentError(absl::StrCat(parts[i - 1], " has no fields, so \"", parts[i], "\" is none"));
    }
    Step step;
    step.field = current->FindFieldByName(parts[i]);
    if (step.field == nullptr) {
      return absl::InvalidArgumentError(
          absl::StrCat("there is no field \"", parts[i], "\"; the nearest are ", NearestNames(*current, parts[i])));
    }
    step.value = step.field;
    path.kind_ = KindOf(*step.field);
    if (step.field->is_map() && i + 1 == parts.size()) {
      path.kind_ = ValueKind::kMap;
    } else if (step.field->is_map()) {
      if (!HasTextKeys(*step.field)) {
        return absl::InvalidArgumentError(absl::StrCat(parts[i], " has keys that cannot be named"));
      }
      step.value = step.field->message_type()->map_value();
      step.key = parts[++i];
      path.kind_ = KindOf(*step.value);
    } else {
      path.many_ = path.many_ || step.field->is_repeated();
    }
    current = step.value->message_type();
    path.steps_.push_back(std::move(step));
  }
  return path;
}

bool FieldPath::Walk(const Message& message, size_t step, VisitField visit) const {
  const FieldDescriptor& field = *steps_[step].field;
  const FieldDescriptor& value = *steps_[step].value;
  const Reflection& reflection = *message.GetReflection();
  const bool last = step + 1 == steps_.size();
  if (&value != &field) {
    const Message* entry = FindEntry(message, field, steps_[step].key);
    if (entry == nullptr) return false;
    return last ? visit(*entry, value) : Walk(entry->GetReflection()->GetMessage(*entry, &value), step + 1, visit);
  }
  if (last) return visit(message, field);
  if (!field.is_repeated()) {
    return reflection.HasField(message, &field) && Walk(reflection.GetMessage(message, &field), step + 1, visit);
  }
  for (int i = 0; i < reflection.FieldSize(message, &field); ++i) {
    if (Walk(reflection.GetRepeatedMessage(message, &field, i), step + 1, visit)) return true;
  }
  return false;
}

bool FieldPath::Exists(const Message& message) const {
  const bool of_map = steps_.back().value != steps_.back().field;
  return Walk(message, 0, [of_map](const Message& holder, const FieldDescriptor& field) {
    if (of_map) return true;  // The key is there.
    return field.is_repeated() ? holder.GetReflection()->FieldSize(holder, &field) > 0 : IsThere(holder, field);
  });
}

void FieldPath::Prefetch(const Message& message) const {
  const FieldDescriptor& field = *steps_.front().field;
  if (field.is_repeated()) return;
  const Reflection& reflection = *message.GetReflection();
  if (field.cpp_type() == FieldDescriptor::CPPTYPE_STRING) {
    std::string scratch;
    __builtin_prefetch(&reflection.GetStringReference(message, &field, &scratch));
  } else if (field.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
    __builtin_prefetch(&reflection.GetMessage(message, &field));
  }
}

bool FieldPath::AnyValue(const Message& message, Visit visit) const {
  const bool of_map = steps_.back().value != steps_.back().field;
  return Walk(message, 0, [of_map, visit](const Message& holder, const FieldDescriptor& field) {
    const Reflection& reflection = *holder.GetReflection();
    if (field.is_repeated() && !field.is_map()) {
      for (int i = 0; i < reflection.FieldSize(holder, &field); ++i) {
        if (visit(holder, field, i)) return true;
      }
      return false;
    }
    const bool missing = !of_map && field.has_presence() && !reflection.HasField(holder, &field);
    return !missing && visit(holder, field, -1);
  });
}

}  // namespace concord::aip
