#include "services/concordctl/field_text.h"

#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/time/time.h"
#include "common/aip/date.h"
#include "concord/objective/v1/measurement.pb.h"
#include "concord/objective/v1/plan.pb.h"
#include "concord/type/decimal.pb.h"
#include "google/protobuf/text_format.h"
#include "google/protobuf/timestamp.pb.h"
#include "google/protobuf/util/message_differencer.h"
#include "google/type/date.pb.h"
#include "services/concordctl/periods.h"

namespace concord::ctl {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

bool IsSet(const Message& message, const FieldDescriptor* field) {
  return field->is_repeated() ? message.GetReflection()->FieldSize(message, field) > 0
                              : message.GetReflection()->HasField(message, field);
}

std::string MessageText(const Message& message) {
  if (message.GetDescriptor() == google::type::Date::descriptor()) {
    google::type::Date date;
    date.CopyFrom(message);
    return aip::FormatDate(date);
  }
  if (message.GetDescriptor() == google::protobuf::Timestamp::descriptor()) {
    google::protobuf::Timestamp time;
    time.CopyFrom(message);
    return absl::FormatTime("%Y-%m-%dT%H:%M:%E*SZ",
                            absl::FromUnixSeconds(time.seconds()) + absl::Nanoseconds(time.nanos()),
                            absl::UTCTimeZone());
  }
  if (message.GetDescriptor() == type::Decimal::descriptor()) {
    type::Decimal decimal;
    decimal.CopyFrom(message);
    return decimal.value();
  }
  if (message.GetDescriptor() == objective::v1::NoData::descriptor()) {
    objective::v1::NoData no_data;
    no_data.CopyFrom(message);
    return absl::StrCat("no data: ", no_data.reason());
  }
  if (message.GetDescriptor() == objective::v1::Period::descriptor()) {
    objective::v1::Period period;
    period.CopyFrom(message);
    return PeriodText(period);
  }
  std::vector<const FieldDescriptor*> fields;
  message.GetReflection()->ListFields(message, &fields);
  return absl::StrJoin(fields, ", ", [&](std::string* text, const FieldDescriptor* field) {
    absl::StrAppend(text, field->name(), "=", FieldText(message, *field));
  });
}

std::string ScalarText(const Message& message, const FieldDescriptor& field, int index) {
  std::string text;
  google::protobuf::TextFormat::PrintFieldValueToString(message, &field, index, &text);
  return text;
}

std::string ItemText(const Message& message, const FieldDescriptor& field, int index) {
  const google::protobuf::Reflection& reflection = *message.GetReflection();
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING:
      return index < 0 ? reflection.GetString(message, &field) : reflection.GetRepeatedString(message, &field, index);
    case FieldDescriptor::CPPTYPE_MESSAGE:
      return MessageText(index < 0 ? reflection.GetMessage(message, &field)
                                   : reflection.GetRepeatedMessage(message, &field, index));
    case FieldDescriptor::CPPTYPE_ENUM:
      return EnumText(index < 0 ? *reflection.GetEnum(message, &field)
                                : *reflection.GetRepeatedEnum(message, &field, index));
    default:
      return ScalarText(message, field, index);
  }
}

// Entries of a map in the order of their keys, "key=value".
std::string MapText(const Message& message, const FieldDescriptor& field) {
  std::vector<std::string> entries;
  for (int i = 0; i < message.GetReflection()->FieldSize(message, &field); ++i) {
    const Message& entry = message.GetReflection()->GetRepeatedMessage(message, &field, i);
    entries.push_back(absl::StrCat(ItemText(entry, *field.message_type()->map_key(), -1), "=",
                                   ItemText(entry, *field.message_type()->map_value(), -1)));
  }
  std::sort(entries.begin(), entries.end());
  return absl::StrJoin(entries, "; ");
}

}  // namespace

std::string FieldText(const Message& message, const FieldDescriptor& field) {
  if (field.is_map()) return MapText(message, field);
  if (field.is_repeated()) {
    std::vector<std::string> items;
    items.reserve(static_cast<size_t>(message.GetReflection()->FieldSize(message, &field)));
    for (int i = 0; i < message.GetReflection()->FieldSize(message, &field); ++i) {
      items.push_back(ItemText(message, field, i));
    }
    return absl::StrJoin(items, "; ");
  }
  return IsSet(message, &field) ? ItemText(message, field, -1) : "";
}

std::string EnumText(const google::protobuf::EnumValueDescriptor& value) {
  // "HealthLevel" begins its values with "HEALTH_LEVEL_".
  std::string prefix;
  for (char c : value.type()->name()) {
    if (absl::ascii_isupper(c) && !prefix.empty()) prefix.push_back('_');
    prefix.push_back(absl::ascii_toupper(c));
  }
  prefix.push_back('_');
  if (absl::StartsWith(value.name(), prefix)) return value.name().substr(prefix.size());
  return value.type()->FindValueByNumber(value.number()) == nullptr ? absl::StrCat(value.number()) : value.name();
}

std::vector<FieldChange> FindChanges(const Message& before, const Message& after) {
  std::vector<FieldChange> changes;
  for (int i = 0; i < before.GetDescriptor()->field_count(); ++i) {
    const FieldDescriptor* field = before.GetDescriptor()->field(i);
    // A field that is named is compared even where it is not set, as its
    // default; so it is named only where it is set.
    std::vector<const FieldDescriptor*> in_before(IsSet(before, field) ? 1 : 0, field);
    std::vector<const FieldDescriptor*> in_after(IsSet(after, field) ? 1 : 0, field);
    google::protobuf::util::MessageDifferencer differencer;
    if (differencer.CompareWithFields(before, after, in_before, in_after)) continue;
    changes.push_back({field->name(), FieldText(before, *field), FieldText(after, *field)});
  }
  return changes;
}

}  // namespace concord::ctl
