#include "services/reporting/linear_trend.h"

#include <cmath>
#include <cstdint>

#include "services/reporting/quantiles.h"

namespace concord::reporting {
LinearTrend::LinearTrend(absl::Span<const NumberedValue> values)
    : first_(values.front().number), count_(values.size()), sum_x_(0), sum_y_(0) {
  absl::int128 squares = 0;
  absl::int128 products = 0;
  for (const NumberedValue& each : values) {
    const absl::int128 x = each.number - first_;
    sum_x_ += x;
    sum_y_ += each.value;
    squares += x * x;
    products += x * each.value;
  }
  spread_x_ = count_ * squares - sum_x_ * sum_x_;
  product_ = count_ * products - sum_x_ * sum_y_;
  // From the line itself, not from sums of squares: their difference would be lost where all lie close to the line.
  const double slope = static_cast<double>(product_) / static_cast<double>(spread_x_);
  const double mean_x = static_cast<double>(sum_x_) / static_cast<double>(count_);
  const double mean_y = static_cast<double>(sum_y_) / static_cast<double>(count_);
  double sum = 0;
  for (const NumberedValue& each : values) {
    const double rest =
        static_cast<double>(each.value) - mean_y - slope * (static_cast<double>(each.number - first_) - mean_x);
    sum += rest * rest;
  }
  deviation_ = std::sqrt(sum / static_cast<double>(values.size() - 2));
}

aip::Nano LinearTrend::At(int number, int scale) const {
  const absl::int128 distance = count_ * (number - first_) - sum_x_;
  return aip::DivideRounded(sum_y_ * spread_x_ + product_ * distance, count_ * spread_x_ * aip::kNanosOfOne, scale);
}

aip::Nano LinearTrend::Slope(int scale) const {
  return aip::DivideRounded(product_, spread_x_ * aip::kNanosOfOne, scale);
}

aip::Nano LinearTrend::HalfWidth(int number) const {
  const auto count = static_cast<double>(count_);
  const auto distance = static_cast<double>(count_ * (number - first_) - sum_x_);
  // (x - mean)^2 / sum of squares, in which the counts but for one cancel out.
  const double leverage = distance * distance / (count * static_cast<double>(spread_x_));
  const double width =
      StudentQuantile90(static_cast<int>(count) - 2) * deviation_ * std::sqrt(1 + 1 / count + leverage);
  return absl::int128(std::round(width));
}

}  // namespace concord::reporting
