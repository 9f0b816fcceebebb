// Decimal numbers, exact.
#ifndef COMMON_AIP_DECIMAL_H_
#define COMMON_AIP_DECIMAL_H_

#include <cstdint>
#include <string>

#include "absl/numeric/int128.h"
#include "absl/strings/string_view.h"
#include "absl/types/optional.h"
#include "common/status/error.h"
#include "concord/type/decimal.pb.h"

namespace concord::aip {

// A whole number of 10^-9, so that sums and comparisons are exact. What ParseDecimal returns has at most
// 15 digits; sums of a thousand such numbers fit with room for products with weights.
using Nano = absl::int128;
inline constexpr int kNanoDigits = 9;
inline constexpr int64_t kNanosOfOne = 1'000'000'000;

// The number that the text means, by the rules of concord.type.Decimal; nothing if it means none.
absl::optional<Nano> ParseDecimal(absl::string_view text);

// The same for a value that was checked when it was written: 0 if it means nothing.
Nano ToNano(const concord::type::Decimal& decimal);

// Digits after the point as written: 2 of "1.50".
int ScaleOf(absl::string_view text);

// With exactly `scale` digits after the point, rounded half to even. `scale` is 0 to 9.
std::string FormatDecimal(Nano value, int scale);

// numerator / denominator as a number of 10^-9, rounded half to even at `scale` digits after the point. The
// denominator is not 0.
Nano DivideRounded(absl::int128 numerator, absl::int128 denominator, int scale);

// For shares and means that are shown as binary fractions.
double ToDouble(Nano value);

// Adds a violation unless it is a decimal with at most `scale` digits after the point.
void CheckDecimal(const concord::type::Decimal& decimal, absl::string_view field, int scale, Violations& violations);

}  // namespace concord::aip

#endif  // COMMON_AIP_DECIMAL_H_
