// Decimal numbers as they are written, in their exact order.
//
// Pure; safe from any thread.
#ifndef COMMON_AIP_DECIMAL_ORDER_H_
#define COMMON_AIP_DECIMAL_ORDER_H_

#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/types/optional.h"

namespace concord::aip {

// Whether `text` is a number: an optional "-", digits, perhaps "." and digits, perhaps "e" or "E" with an
// optional sign and 1 to 4 digits. No blanks, no "+" in front.
bool IsNumber(absl::string_view text);

// The value of a number, whatever its spelling: "1.50" and "15e-1" are equal. A value type.
class DecimalOrder {
 public:
  DecimalOrder() = default;  // Zero.

  // Nothing if `text` is not a number.
  static absl::optional<DecimalOrder> Of(absl::string_view text);

  // Less than, equal to or greater than zero, as this is less than, equal to or greater than `other`.
  int Compare(const DecimalOrder& other) const;

  // Bytes that compare as the numbers do, and none of which begin with all of another.
  std::string Key() const;

 private:
  int CompareSizes(const DecimalOrder& other) const;

  int sign_ = 0;          // -1, 0 or 1.
  int64_t exponent_ = 0;  // The value is sign * 0.digits * 10^exponent.
  std::string digits_;    // Neither begins nor ends with a zero.
};

}  // namespace concord::aip

#endif  // COMMON_AIP_DECIMAL_ORDER_H_
