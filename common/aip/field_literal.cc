// What literals mean as values of fields.
#include <algorithm>
#include <cmath>
#include <limits>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/strip.h"
#include "absl/time/time.h"
#include "common/aip/date.h"
#include "common/aip/field_value.h"
#include "common/status/macros.h"
#include "google/protobuf/descriptor.h"

namespace concord::aip {
namespace {

using google::protobuf::EnumDescriptor;
using google::protobuf::EnumValueDescriptor;
using google::protobuf::FieldDescriptor;

constexpr int kValuesOffered = 12;

absl::Status Wrong(const FieldDescriptor& field, absl::string_view rule, const FilterLiteral& literal) {
  return absl::InvalidArgumentError(
      absl::StrCat(field.name(), " is compared with ", rule, ", not with ", literal.written));
}

bool IsPlainWord(const FilterLiteral& literal) { return !literal.quoted && !literal.any_before && !literal.any_after; }

// From -2^63 to 2^64-1, in decimal digits.
absl::optional<absl::int128> ToWhole(absl::string_view text) {
  if (!text.empty() && text[0] == '-') {
    int64_t value = 0;
    if (text.size() == 1 || !absl::ascii_isdigit(static_cast<unsigned char>(text[1]))) return absl::nullopt;
    if (!absl::SimpleAtoi(text, &value)) return absl::nullopt;
    return absl::int128(value);
  }
  uint64_t value = 0;
  if (text.empty() || !absl::ascii_isdigit(static_cast<unsigned char>(text[0]))) return absl::nullopt;
  if (!absl::SimpleAtoi(text, &value)) return absl::nullopt;
  return absl::int128(value);
}

// "2012-02-29T12:00:00.5+01:00"; nothing but that.
absl::optional<absl::int128> ToNanoseconds(absl::string_view text) {
  constexpr absl::string_view kShape = "dddd-dd-ddTdd:dd:dd";
  const auto is_digit = [](char c) { return absl::ascii_isdigit(static_cast<unsigned char>(c)); };
  if (text.size() <= kShape.size() || absl::StartsWith(text, "0000")) return absl::nullopt;
  for (size_t i = 0; i < kShape.size(); ++i) {
    if (kShape[i] == 'd' ? !is_digit(text[i]) : text[i] != kShape[i]) return absl::nullopt;
  }
  // absl takes the 60th second for the next minute's first, and fractions of any length.
  if (text.substr(17, 2) == "60") return absl::nullopt;
  absl::string_view rest = text.substr(kShape.size());
  if (absl::ConsumePrefix(&rest, ".")) {
    const size_t digits = static_cast<size_t>(std::find_if_not(rest.begin(), rest.end(), is_digit) - rest.begin());
    if (digits == 0 || digits > 9) return absl::nullopt;
    rest.remove_prefix(digits);
  }
  const bool offset = rest.size() == 6 && (rest[0] == '+' || rest[0] == '-') && is_digit(rest[1]) &&
                      is_digit(rest[2]) && rest[3] == ':' && is_digit(rest[4]) && is_digit(rest[5]);
  absl::Time time;
  if (!(rest == "Z" || offset) || !absl::ParseTime(absl::RFC3339_full, text, &time, nullptr)) return absl::nullopt;
  const int64_t seconds = absl::ToUnixSeconds(time);
  return absl::int128(seconds) * 1'000'000'000 + absl::ToInt64Nanoseconds(time - absl::FromUnixSeconds(seconds));
}

// What the names of an enum's values have in common: "STATE_" of STATE_UNSPECIFIED.
absl::string_view PrefixOf(const EnumDescriptor& type) {
  absl::string_view zero = type.value(0)->name();
  return absl::ConsumeSuffix(&zero, "UNSPECIFIED") ? zero : "";
}

const EnumValueDescriptor* FindValue(const EnumDescriptor& type, const std::string& name) {
  const EnumValueDescriptor* value = type.FindValueByName(name);
  return value != nullptr ? value : type.FindValueByName(absl::StrCat(PrefixOf(type), name));
}

std::string ValueNames(const EnumDescriptor& type) {
  std::vector<std::string> names;
  for (int i = 0; i < type.value_count() && i < kValuesOffered; ++i) {
    if (type.value(i)->number() == 0 && type.value_count() > 1) continue;
    names.emplace_back(absl::StripPrefix(type.value(i)->name(), PrefixOf(type)));
  }
  return absl::StrJoin(names, ", ");
}

}  // namespace

absl::Status Operand::Read(const FilterLiteral& literal, const FieldDescriptor& field) {
  const bool exact = !literal.any_before && !literal.any_after;
  switch (kind_) {
    case ValueKind::kText:
      return absl::OkStatus();
    case ValueKind::kBool:
      whole_ = literal.text == "true" ? 1 : 0;
      if (IsPlainWord(literal) && (literal.text == "true" || literal.text == "false")) return absl::OkStatus();
      return Wrong(field, "true or false", literal);
    case ValueKind::kSigned:
    case ValueKind::kUnsigned: {
      const absl::optional<absl::int128> whole = IsPlainWord(literal) ? ToWhole(literal.text) : absl::nullopt;
      whole_ = whole.value_or(0);
      return whole.has_value() ? absl::OkStatus() : Wrong(field, "a whole number of at most 64 bits", literal);
    }
    case ValueKind::kReal:
      if (!IsPlainWord(literal) || !IsNumber(literal.text) || !absl::SimpleAtod(literal.text, &real_) ||
          !std::isfinite(real_)) {
        return Wrong(field, "a number", literal);
      }
      if (field.cpp_type() == FieldDescriptor::CPPTYPE_FLOAT) real_ = static_cast<float>(real_);
      return absl::OkStatus();
    case ValueKind::kDecimal: {
      const absl::optional<DecimalOrder> number = IsPlainWord(literal) ? DecimalOrder::Of(literal.text) : absl::nullopt;
      decimal_ = number.value_or(DecimalOrder());
      return number.has_value() ? absl::OkStatus() : Wrong(field, "a number", literal);
    }
    case ValueKind::kEnum: {
      const EnumValueDescriptor* value = exact ? FindValue(*field.enum_type(), literal.text) : nullptr;
      whole_ = value == nullptr ? 0 : value->number();
      return value != nullptr ? absl::OkStatus()
                              : Wrong(field, absl::StrCat("one of ", ValueNames(*field.enum_type())), literal);
    }
    case ValueKind::kTimestamp: {
      const absl::optional<absl::int128> time = exact ? ToNanoseconds(literal.text) : absl::nullopt;
      whole_ = time.value_or(0);
      return time.has_value() ? absl::OkStatus() : Wrong(field, R"(a time such as "2012-06-30T12:00:00Z")", literal);
    }
    case ValueKind::kDate: {
      const absl::StatusOr<google::type::Date> date =
          exact ? ParseDate(literal.text) : absl::InvalidArgumentError("has wildcards");
      if (!date.ok()) return Wrong(field, R"(a date such as "2012-06-30")", literal);
      whole_ = date->year() * 10'000 + date->month() * 100 + date->day();
      return absl::OkStatus();
    }
    case ValueKind::kMap:
    case ValueKind::kMessage:
    case ValueKind::kBytes:
      break;
  }
  return absl::InternalError("no kind of value that is compared");
}

absl::StatusOr<Operand> Operand::Of(const FilterLiteral& literal, const FieldDescriptor& field) {
  Operand operand;
  operand.kind_ = field.is_map() ? ValueKind::kText : KindOf(field);  // A map is asked for its keys.
  operand.text_ = literal.text;
  operand.any_before_ = literal.any_before;
  operand.any_after_ = literal.any_after;
  CONCORD_RETURN_IF_ERROR(operand.Read(literal, field));
  return operand;
}

}  // namespace concord::aip
