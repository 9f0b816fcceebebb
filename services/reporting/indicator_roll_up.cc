#include "services/reporting/indicator_roll_up.h"

#include <algorithm>
#include <cstddef>

#include "absl/strings/string_view.h"

namespace concord::reporting {
namespace {

using ::concord::aip::Nano;
using ::concord::objective::v1::Indicator;
using ::concord::objective::v1::RollUpInput;

using InputValue = absl::optional<Nano>;
using InputValues = absl::Span<const InputValue>;

constexpr absl::string_view kPercent = "%";
constexpr int kMaxDigits = 15;
constexpr int64_t kNanosPerThousandth = 1'000'000;
constexpr int64_t kNanosPerOne = 1'000'000'000;

// Weights have at most 3 digits after the point: counted in thousandths, products with values stay exact.
absl::int128 ThousandthsOf(const RollUpInput& input) {
  if (!input.has_weight()) return 1000;
  return aip::ToNano(input.weight()) / kNanosPerThousandth;
}

// Percentages are neither added up nor averaged without saying how much each is a percentage of. The rules refuse it;
// what history holds of it has no data.
bool IsBlind(const Indicator& indicator) {
  if (indicator.unit() != kPercent) return false;
  const objective::v1::RollUp& roll_up = indicator.roll_up();
  if (roll_up.method() == objective::v1::RollUp::METHOD_SUM) return true;
  return roll_up.method() == objective::v1::RollUp::METHOD_WEIGHTED_MEAN &&
         !std::all_of(roll_up.inputs().begin(), roll_up.inputs().end(),
                      [](const RollUpInput& input) { return input.has_weight(); });
}

bool AllKnown(InputValues values) {
  return std::all_of(values.begin(), values.end(), [](const InputValue& value) { return value.has_value(); });
}

Nano Sum(InputValues values) {
  Nano sum = 0;
  for (const InputValue& value : values) sum += *value;
  return sum;
}

InputValue WeightedMean(const Indicator& indicator, InputValues values) {
  absl::int128 weights = 0;
  absl::int128 sum = 0;
  for (size_t i = 0; i < values.size(); ++i) {
    if (!values[i].has_value()) continue;
    const absl::int128 weight = ThousandthsOf(indicator.roll_up().inputs(static_cast<int>(i)));
    weights += weight;
    sum += weight * *values[i];
  }
  if (weights <= 0) return absl::nullopt;
  return aip::DivideRounded(sum, weights * kNanosPerOne, indicator.scale());
}

InputValue Ratio(const Indicator& indicator, InputValues values) {
  Nano above = 0;
  Nano below = 0;
  for (size_t i = 0; i < values.size(); ++i) {
    const RollUpInput::Role role = indicator.roll_up().inputs(static_cast<int>(i)).role();
    (role == RollUpInput::ROLE_DENOMINATOR ? below : above) += *values[i];
  }
  if (below == 0) return absl::nullopt;
  if (indicator.unit() == kPercent) above *= 100;
  return aip::DivideRounded(above, below, indicator.scale());
}

InputValue Last(InputValues values) {
  for (size_t i = values.size(); i > 0; --i) {
    if (values[i - 1].has_value()) return values[i - 1];
  }
  return absl::nullopt;
}

InputValue Computed(const Indicator& indicator, InputValues values) {
  const objective::v1::RollUp::Method method = indicator.roll_up().method();
  if (method == objective::v1::RollUp::METHOD_WEIGHTED_MEAN) return WeightedMean(indicator, values);
  if (method == objective::v1::RollUp::METHOD_LAST) return Last(values);
  // The others would be wrong without one of their inputs, not only less certain.
  if (values.empty() || !AllKnown(values)) return absl::nullopt;
  switch (method) {
    case objective::v1::RollUp::METHOD_SUM:
      return Sum(values);
    case objective::v1::RollUp::METHOD_RATIO:
      return Ratio(indicator, values);
    case objective::v1::RollUp::METHOD_MINIMUM:
      return **std::min_element(values.begin(), values.end());
    case objective::v1::RollUp::METHOD_MAXIMUM:
      return **std::max_element(values.begin(), values.end());
    default:
      return absl::nullopt;
  }
}

// Rounded at the scale; nothing if that would not be a decimal of at most 15 digits. It also keeps every sum of
// rolled up values within what 128 bits hold.
InputValue Fitted(Nano value, int scale) {
  Nano limit = 1;
  for (int i = 0; i < kMaxDigits - scale + aip::kNanoDigits; ++i) limit *= 10;
  if (value >= limit || value <= -limit) return absl::nullopt;
  const Nano rounded = aip::DivideRounded(value, kNanosPerOne, scale);
  if (rounded >= limit || rounded <= -limit) return absl::nullopt;
  return rounded;
}

}  // namespace

absl::optional<Nano> RollUpValue(const Indicator& indicator, InputValues inputs) {
  if (IsBlind(indicator)) return absl::nullopt;
  const InputValue value = Computed(indicator, inputs);
  return value.has_value() ? Fitted(*value, indicator.scale()) : absl::nullopt;
}

}  // namespace concord::reporting
