// Values of fields: read, and compared with what a text says.
//
// Pure; safe from any thread.
#ifndef COMMON_AIP_FIELD_VALUE_H_
#define COMMON_AIP_FIELD_VALUE_H_

#include <compare>
#include <string>

#include "absl/numeric/int128.h"
#include "absl/status/statusor.h"
#include "absl/types/optional.h"
#include "common/aip/decimal_order.h"
#include "common/aip/field_path.h"
#include "common/aip/filter_syntax.h"
#include "google/protobuf/message.h"

namespace concord::aip {

// A value to compare with: a literal, understood as the kind of value of a field.
class Operand {
 public:
  // INVALID_ARGUMENT with a sentence if the literal is none of that kind.
  static absl::StatusOr<Operand> Of(const FilterLiteral& literal, const google::protobuf::FieldDescriptor& field);

  // Whether a value of the field that it was made for (an element, if index is not negative) stands in
  // this relation to it. kHas stands for kEqual.
  bool Holds(FilterOperator op, const google::protobuf::Message& message,
             const google::protobuf::FieldDescriptor& field, int index) const;

  // Whether a text is what the literal says, wildcards included.
  bool Matches(absl::string_view text) const;

 private:
  absl::Status Read(const FilterLiteral& literal, const google::protobuf::FieldDescriptor& field);

  ValueKind kind_ = ValueKind::kText;
  absl::int128 whole_ = 0;  // Of what can be counted: WholeValue.
  double real_ = 0;
  DecimalOrder decimal_;
  std::string text_;
  bool any_before_ = false;
  bool any_after_ = false;
};

// A value of kind kBool, kSigned, kUnsigned, kEnum, kTimestamp (in nanoseconds) or kDate (as the number
// 20120229).
absl::int128 WholeValue(ValueKind kind, const google::protobuf::Message& message,
                        const google::protobuf::FieldDescriptor& field, int index);
double RealValue(const google::protobuf::Message& message, const google::protobuf::FieldDescriptor& field, int index);
// `scratch` may hold what is returned.
const std::string& TextValue(const google::protobuf::Message& message, const google::protobuf::FieldDescriptor& field,
                             int index, std::string& scratch);
// Nothing if it says no number.
absl::optional<DecimalOrder> DecimalValue(const google::protobuf::Message& message,
                                          const google::protobuf::FieldDescriptor& field, int index);

}  // namespace concord::aip

#endif  // COMMON_AIP_FIELD_VALUE_H_
