#include "services/concordctl/field_options.h"

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "common/aip/date.h"
#include "common/status/macros.h"
#include "concord/type/decimal.pb.h"
#include "concord/type/evidence.pb.h"
#include "google/type/date.pb.h"
#include "services/concordctl/failures.h"
#include "services/concordctl/field_text.h"
#include "services/concordctl/names.h"
#include "services/concordctl/periods.h"

namespace concord::ctl {
namespace {

using google::protobuf::DynamicCastToGenerated;
using google::protobuf::EnumDescriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

constexpr char kClear[] = "--clear";

// The words of an enum as people type them: "on-track".
std::vector<std::string> WordsOf(const EnumDescriptor& type) {
  std::vector<std::string> words;
  for (int i = 0; i < type.value_count(); ++i) {
    if (type.value(i)->number() == 0) continue;
    words.push_back(absl::StrReplaceAll(absl::AsciiStrToLower(EnumText(*type.value(i))), {{"_", "-"}}));
  }
  return words;
}

// Puts a value into a field, or adds it if that is repeated.
template <typename Value>
void SetOrAdd(Message& message, const FieldDescriptor& field, Value value,
              void (Reflection::*set)(Message*, const FieldDescriptor*, Value) const,
              void (Reflection::*add)(Message*, const FieldDescriptor*, Value) const) {
  (message.GetReflection()->*(field.is_repeated() ? add : set))(&message, &field, std::move(value));
}

absl::Status SetEnum(const std::string& text, const FieldDescriptor& field, Message& message) {
  const std::vector<std::string> words = WordsOf(*field.enum_type());
  const std::string wanted = absl::StrReplaceAll(absl::AsciiStrToLower(text), {{"_", "-"}});
  const auto found = std::find(words.begin(), words.end(), wanted);
  if (found == words.end()) {
    return UsageError("\"{text}\" is none of {words}", {{"text", text}, {"words", absl::StrJoin(words, ", ")}});
  }
  int index = static_cast<int>(found - words.begin());
  for (int i = 0; i <= index; ++i) {
    if (field.enum_type()->value(i)->number() == 0) ++index;
  }
  SetOrAdd<const google::protobuf::EnumValueDescriptor*>(message, field, field.enum_type()->value(index),
                                                         &Reflection::SetEnum, &Reflection::AddEnum);
  return absl::OkStatus();
}

// A text into one part of an item, which may be two fields.
absl::Status SetPart(const FieldOption& option, const std::string& part, const std::string& text,
                     const std::string& plan, Message& item) {
  for (const std::string sign : {"..", "+"}) {
    const size_t in_part = part.find(sign);
    if (in_part == std::string::npos) continue;
    const size_t in_text = text.find(sign);
    const std::string first = text.substr(0, in_text);
    const std::string second = in_text == std::string::npos ? "" : text.substr(in_text + sign.size());
    if (!first.empty()) {
      CONCORD_RETURN_IF_ERROR(SetField(option, part.substr(0, in_part), first, plan, item));
    }
    if (second.empty()) return absl::OkStatus();
    return SetField(option, part.substr(in_part + sign.size()), second, plan, item);
  }
  return SetField(option, part, text, plan, item);
}

// "A=B" into the parts of an item.
absl::Status SetParts(const FieldOption& option, const std::string& text, const std::string& plan, Message& item) {
  if (!option.constant_field.empty()) {
    const FieldDescriptor* field = item.GetDescriptor()->FindFieldByName(option.constant_field);
    item.GetReflection()->SetEnumValue(&item, field, option.constant);
  }
  // The title of a document may hold a sign, its address begins with http.
  const bool evidence = item.GetDescriptor() == type::Evidence::descriptor();
  const size_t sign = option.parts.size() < 2 ? std::string::npos : text.find(evidence ? "=http" : "=");
  CONCORD_RETURN_IF_ERROR(SetPart(option, option.parts[0], text.substr(0, sign), plan, item));
  if (sign == std::string::npos) return absl::OkStatus();
  FieldOption second = option;
  second.references.clear();  // Only the first part is a name.
  return SetPart(second, option.parts[1], text.substr(sign + 1), plan, item);
}

absl::Status SetMessage(const FieldOption& option, const std::string& text, const std::string& plan, Message& value) {
  if (auto* decimal = DynamicCastToGenerated<type::Decimal>(&value)) {
    decimal->set_value(text);
    return absl::OkStatus();
  }
  if (auto* date = DynamicCastToGenerated<google::type::Date>(&value)) return FillDate(text, *date);
  if (auto* period = DynamicCastToGenerated<objective::v1::Period>(&value)) {
    const auto parsed = ParsePeriod(text);
    if (!parsed) return UsageError("\"{text}\" is no period: give 2012, 2012-h1, 2012-q3 or 2012-06", {{"text", text}});
    *period = *parsed;
    return absl::OkStatus();
  }
  return SetParts(option, text, plan, value);
}

absl::Status SetLabel(const FieldDescriptor& field, const std::string& text, Message& message) {
  const size_t sign = text.find('=');
  if (sign == std::string::npos) return UsageError("the label \"{label}\" is not KEY=VALUE", {{"label", text}});
  Message& entry = *message.GetReflection()->AddMessage(&message, &field);
  entry.GetReflection()->SetString(&entry, field.message_type()->map_key(), text.substr(0, sign));
  entry.GetReflection()->SetString(&entry, field.message_type()->map_value(), text.substr(sign + 1));
  return absl::OkStatus();
}

template <typename Number>
absl::StatusOr<Number> ToNumber(const std::string& text, bool (*parse)(absl::string_view, Number*)) {
  Number number = 0;
  if (!parse(text, &number)) return UsageError("\"{text}\" is no number that fits here", {{"text", text}});
  return number;
}

absl::Status SetBool(const std::string& text, const FieldDescriptor& field, Message& message) {
  const std::string word = absl::AsciiStrToLower(text);
  if (word != "yes" && word != "no") return UsageError("\"{text}\" is neither yes nor no", {{"text", text}});
  message.GetReflection()->SetBool(&message, &field, word == "yes");
  return absl::OkStatus();
}

absl::Status SetString(const FieldOption& option, const FieldDescriptor& field, const std::string& text,
                       const std::string& plan, Message& message) {
  std::string value = text;
  if (!option.references.empty()) {
    CONCORD_ASSIGN_OR_RETURN(value, ToName(text, option.references, plan));
  }
  SetOrAdd<std::string>(message, field, value, &Reflection::SetString, &Reflection::AddString);
  return absl::OkStatus();
}

void Add(google::protobuf::FieldMask& mask, const std::string& path) {
  if (std::find(mask.paths().begin(), mask.paths().end(), path) == mask.paths().end()) mask.add_paths(path);
}

}  // namespace

absl::Status FillDate(const std::string& text, google::type::Date& date) {
  absl::StatusOr<google::type::Date> parsed = aip::ParseDate(text);
  if (!parsed.ok()) return UsageError("\"{text}\" is no date: give one such as 2011-01-31", {{"text", text}});
  date = *parsed;
  return absl::OkStatus();
}

absl::Status SetField(const FieldOption& option, const std::string& path, const std::string& text,
                      const std::string& plan, Message& message) {
  const size_t dot = path.find('.');
  const FieldDescriptor& field = *message.GetDescriptor()->FindFieldByName(path.substr(0, dot));
  if (dot != std::string::npos) {
    return SetField(option, path.substr(dot + 1), text, plan,
                    *message.GetReflection()->MutableMessage(&message, &field));
  }
  if (field.is_map()) return SetLabel(field, text, message);
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_MESSAGE: {
      Message* value = field.is_repeated() ? message.GetReflection()->AddMessage(&message, &field)
                                           : message.GetReflection()->MutableMessage(&message, &field);
      return SetMessage(option, text, plan, *value);
    }
    case FieldDescriptor::CPPTYPE_ENUM:
      return SetEnum(text, field, message);
    case FieldDescriptor::CPPTYPE_BOOL:
      return SetBool(text, field, message);
    case FieldDescriptor::CPPTYPE_DOUBLE: {
      CONCORD_ASSIGN_OR_RETURN(const double number, ToNumber<double>(text, absl::SimpleAtod));
      SetOrAdd<double>(message, field, number, &Reflection::SetDouble, &Reflection::AddDouble);
      return absl::OkStatus();
    }
    case FieldDescriptor::CPPTYPE_INT32: {
      CONCORD_ASSIGN_OR_RETURN(const int32_t number, ToNumber<int32_t>(text, absl::SimpleAtoi<int32_t>));
      SetOrAdd<int32_t>(message, field, number, &Reflection::SetInt32, &Reflection::AddInt32);
      return absl::OkStatus();
    }
    case FieldDescriptor::CPPTYPE_INT64: {
      CONCORD_ASSIGN_OR_RETURN(const int64_t number, ToNumber<int64_t>(text, absl::SimpleAtoi<int64_t>));
      SetOrAdd<int64_t>(message, field, number, &Reflection::SetInt64, &Reflection::AddInt64);
      return absl::OkStatus();
    }
    default:
      break;
  }
  // A list inside an item is written with commas.
  if (field.is_repeated() && path != option.field) {
    for (const absl::string_view one : absl::StrSplit(text, ',')) {
      CONCORD_RETURN_IF_ERROR(SetString(option, field, std::string(one), plan, message));
    }
    return absl::OkStatus();
  }
  return SetString(option, field, text, plan, message);
}

FieldOption LabelOption() { return {"--label", "labels", "A mark for programs; may be repeated", "KEY=VALUE"}; }

void DeclareFields(CLI::App& command, const std::vector<FieldOption>& options, bool update, FieldTexts& texts) {
  for (const FieldOption& option : options) {
    CLI::Option* flag = command.add_option(option.flag, texts[option.flag], option.help);
    flag->type_name(option.type_name);
    // Each flag takes one text; otherwise CLI11 would take whatever follows.
    flag->allow_extra_args(false);
    if (option.required && !update) flag->required();
  }
  if (!update) return;
  command.add_option(kClear, texts[kClear], "Empty this field, for example description; may be repeated")
      ->type_name("FIELD")
      ->allow_extra_args(false);
}

absl::Status FillDefaults(const std::vector<FieldOption>& options, const FieldTexts& texts, const std::string& today,
                          Message& resource) {
  for (const FieldOption& option : options) {
    const auto given = texts.find(option.flag);
    if (option.by_default.empty() || (given != texts.end() && !given->second.empty())) continue;
    const std::string& text = option.by_default == kToday ? today : option.by_default;
    CONCORD_RETURN_IF_ERROR(SetField(option, option.field, text, "", resource));
  }
  return absl::OkStatus();
}

absl::Status FillFields(const std::vector<FieldOption>& options, const FieldTexts& texts, Message& resource,
                        google::protobuf::FieldMask& mask) {
  const FieldDescriptor* name = resource.GetDescriptor()->FindFieldByName("name");
  const std::string plan = PlanOf(resource.GetReflection()->GetString(resource, name));
  for (const FieldOption& option : options) {
    const auto given = texts.find(option.flag);
    if (given == texts.end() || given->second.empty()) continue;
    const FieldDescriptor* field = resource.GetDescriptor()->FindFieldByName(option.field);
    if (given->second.size() > 1 && (field == nullptr || !field->is_repeated())) {
      return UsageError("{flag} is given twice", {{"flag", option.flag}});
    }
    for (const std::string& text : given->second) {
      const absl::Status set = SetField(option, option.field, text, plan, resource);
      if (!set.ok())
        return UsageError("{flag}: {problem}", {{"flag", option.flag}, {"problem", std::string(set.message())}});
    }
    Add(mask, option.field);
  }
  // The services know which fields can be cleared, and refuse the others.
  const auto cleared = texts.find(kClear);
  if (cleared == texts.end()) return absl::OkStatus();
  for (const std::string& path : cleared->second) Add(mask, path);
  return absl::OkStatus();
}

absl::Status CheckSomethingChanges(const google::protobuf::FieldMask& mask) {
  if (mask.paths_size() > 0) return absl::OkStatus();
  return UsageError("nothing to change: give at least one field, or --clear");
}

}  // namespace concord::ctl
