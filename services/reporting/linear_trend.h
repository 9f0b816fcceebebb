// The straight line of least squares through values of numbered periods.
//
// The definition, with an example, is in FIGURES.md. A value; safe to read from any thread.
#ifndef SERVICES_REPORTING_LINEAR_TREND_H_
#define SERVICES_REPORTING_LINEAR_TREND_H_

#include "absl/numeric/int128.h"
#include "absl/types/span.h"
#include "common/aip/decimal.h"

namespace concord::reporting {

struct NumberedValue {
  int number;  // Of the period, 0 or more.
  aip::Nano value;
};

class LinearTrend {
 public:
  // 3 to kMaxLineValues values, in the order of their numbers, each number once and below 10,000. Exact with decimals
  // of 15 digits.
  explicit LinearTrend(absl::Span<const NumberedValue> values);

  // The line's value in a period below 10,000, computed exactly, then rounded half to even at so many digits.
  aip::Nano At(int number, int scale) const;

  // By how much it rises per period, likewise.
  aip::Nano Slope(int scale) const;

  // How far from the line the value of another period lies at most, 4 times out of 5, as far as the values so far tell:
  // half of the width of the prediction interval. 0 if all values lie on the line.
  aip::Nano HalfWidth(int number) const;

 private:
  int first_;           // The number that the others are counted from.
  absl::int128 count_;  // n
  absl::int128 sum_x_;  // Sums over the values, numbers counted from the first.
  absl::int128 sum_y_;
  absl::int128 spread_x_;  // n * sum of x^2 - (sum of x)^2, more than 0.
  absl::int128 product_;   // n * sum of x * y - sum of x * sum of y.
  double deviation_ = 0;   // The standard deviation of the values from the line.
};

}  // namespace concord::reporting

#endif  // SERVICES_REPORTING_LINEAR_TREND_H_
