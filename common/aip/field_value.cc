#include "common/aip/field_value.h"

#include <compare>

#include "absl/strings/match.h"
#include "google/protobuf/descriptor.h"

namespace concord::aip {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

constexpr int64_t kNanosecondsPerSecond = 1'000'000'000;

const Message& MessageValue(const Message& message, const FieldDescriptor& field, int index) {
  const Reflection& reflection = *message.GetReflection();
  return index < 0 ? reflection.GetMessage(message, &field) : reflection.GetRepeatedMessage(message, &field, index);
}

int64_t SignedValue(const Message& message, const FieldDescriptor& field, int index) {
  const Reflection& reflection = *message.GetReflection();
  if (field.cpp_type() == FieldDescriptor::CPPTYPE_INT32) {
    return index < 0 ? reflection.GetInt32(message, &field) : reflection.GetRepeatedInt32(message, &field, index);
  }
  return index < 0 ? reflection.GetInt64(message, &field) : reflection.GetRepeatedInt64(message, &field, index);
}

uint64_t UnsignedValue(const Message& message, const FieldDescriptor& field, int index) {
  const Reflection& reflection = *message.GetReflection();
  if (field.cpp_type() == FieldDescriptor::CPPTYPE_UINT32) {
    return index < 0 ? reflection.GetUInt32(message, &field) : reflection.GetRepeatedUInt32(message, &field, index);
  }
  return index < 0 ? reflection.GetUInt64(message, &field) : reflection.GetRepeatedUInt64(message, &field, index);
}

int64_t Part(const Message& message, int number) {
  return SignedValue(message, *message.GetDescriptor()->FindFieldByNumber(number), -1);
}

bool Satisfies(FilterOperator op, std::partial_ordering order) {
  switch (op) {
    case FilterOperator::kEqual:
    case FilterOperator::kHas:
      return std::is_eq(order);
    case FilterOperator::kNotEqual:
      return std::is_neq(order);
    case FilterOperator::kLess:
      return std::is_lt(order);
    case FilterOperator::kLessEqual:
      return std::is_lteq(order);
    case FilterOperator::kGreater:
      return std::is_gt(order);
    case FilterOperator::kGreaterEqual:
      return std::is_gteq(order);
  }
  return false;
}

}  // namespace

absl::int128 WholeValue(ValueKind kind, const Message& message, const FieldDescriptor& field, int index) {
  const Reflection& reflection = *message.GetReflection();
  switch (kind) {
    case ValueKind::kBool:
      return static_cast<int>(index < 0 ? reflection.GetBool(message, &field)
                                        : reflection.GetRepeatedBool(message, &field, index));
    case ValueKind::kEnum:
      return index < 0 ? reflection.GetEnumValue(message, &field)
                       : reflection.GetRepeatedEnumValue(message, &field, index);
    case ValueKind::kUnsigned:
      return UnsignedValue(message, field, index);
    case ValueKind::kTimestamp: {
      const Message& time = MessageValue(message, field, index);
      return absl::int128(Part(time, 1)) * kNanosecondsPerSecond + Part(time, 2);
    }
    case ValueKind::kDate: {
      const Message& date = MessageValue(message, field, index);
      return Part(date, 1) * 10'000 + Part(date, 2) * 100 + Part(date, 3);
    }
    default:
      return SignedValue(message, field, index);
  }
}

double RealValue(const Message& message, const FieldDescriptor& field, int index) {
  const Reflection& reflection = *message.GetReflection();
  if (field.cpp_type() == FieldDescriptor::CPPTYPE_FLOAT) {
    return index < 0 ? reflection.GetFloat(message, &field) : reflection.GetRepeatedFloat(message, &field, index);
  }
  return index < 0 ? reflection.GetDouble(message, &field) : reflection.GetRepeatedDouble(message, &field, index);
}

const std::string& TextValue(const Message& message, const FieldDescriptor& field, int index, std::string& scratch) {
  const Reflection& reflection = *message.GetReflection();
  return index < 0 ? reflection.GetStringReference(message, &field, &scratch)
                   : reflection.GetRepeatedStringReference(message, &field, index, &scratch);
}

absl::optional<DecimalOrder> DecimalValue(const Message& message, const FieldDescriptor& field, int index) {
  const Message& decimal = MessageValue(message, field, index);
  std::string scratch;
  return DecimalOrder::Of(TextValue(decimal, *decimal.GetDescriptor()->field(0), -1, scratch));
}

bool Operand::Matches(absl::string_view text) const {
  if (any_before_ && any_after_) return absl::StrContains(text, text_);
  if (any_before_) return absl::EndsWith(text, text_);
  if (any_after_) return absl::StartsWith(text, text_);
  return text == text_;
}

bool Operand::Holds(FilterOperator op, const Message& message, const FieldDescriptor& field, int index) const {
  if (kind_ == ValueKind::kText) {
    std::string scratch;
    const absl::string_view text = TextValue(message, field, index, scratch);
    if (op == FilterOperator::kEqual || op == FilterOperator::kHas) return Matches(text);
    if (op == FilterOperator::kNotEqual) return !Matches(text);
    return Satisfies(op, text.compare(text_) <=> 0);
  }
  if (kind_ == ValueKind::kReal) return Satisfies(op, RealValue(message, field, index) <=> real_);
  if (kind_ == ValueKind::kDecimal) {
    const absl::optional<DecimalOrder> value = DecimalValue(message, field, index);
    return value.has_value() && Satisfies(op, value->Compare(decimal_) <=> 0);
  }
  const absl::int128 whole = WholeValue(kind_, message, field, index);
  return Satisfies(op, whole < whole_ ? -1 <=> 0 : (whole > whole_ ? 1 <=> 0 : 0 <=> 0));
}

}  // namespace concord::aip
