#include "services/reporting/formulas/formula_values.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/aip/decimal.h"

namespace concord::reporting {
namespace {

constexpr double kNormalQuantile = 1.959963984540054;  // Of 97.5 %.

}  // namespace

std::string PercentOf(int64_t part, int64_t whole, int scale) {
  return aip::FormatDecimal(aip::DivideRounded(absl::int128(part) * 100, whole, scale), scale);
}

std::string Rounded(double number, int scale) {
  const double shifted = std::nearbyint(number * std::pow(10.0, scale));
  aip::Nano nano = static_cast<int64_t>(shifted);
  for (int digit = scale; digit < aip::kNanoDigits; ++digit) nano *= 10;
  return aip::FormatDecimal(nano, scale);
}

FormulaAnswer NoData(std::string why) { return {absl::nullopt, std::move(why), {}}; }

FormulaAnswer ShareOf(const FormulaInputs& inputs, absl::string_view what) {
  if (inputs.counted() == 0) {
    return NoData(inputs.expected() == 0
                      ? absl::StrCat("there are no ", what, " on that day")
                      : absl::StrCat("none of ", inputs.expected(), " ", what, " says what is needed"));
  }
  std::string explanation = absl::StrCat(inputs.in(), " of ", inputs.counted(), " ", what);
  const int64_t missing = inputs.expected() - inputs.counted();
  if (missing > 0) absl::StrAppend(&explanation, "; ", missing, " more do not say what is needed");
  return {PercentOf(inputs.in(), inputs.counted()), std::move(explanation), {}};
}

FormulaAnswer CountOf(const FormulaInputs& inputs, absl::string_view what) {
  return {absl::StrCat(inputs.in()), absl::StrCat(inputs.in(), " ", what), {}};
}

v1::FormulaPart PartOf(const std::string& key, const std::string& value, absl::string_view unit, int64_t counted,
                       int64_t expected) {
  v1::FormulaPart part;
  part.set_key(key);
  if (!value.empty()) part.mutable_value()->set_value(value);
  part.set_unit(std::string(unit));
  part.set_counted_count(static_cast<int32_t>(counted));
  part.set_expected_count(static_cast<int32_t>(expected));
  return part;
}

void AddCounts(const std::map<std::string, int64_t>& counts, absl::string_view unit, FormulaAnswer& answer) {
  for (const auto& [key, count] : counts) {
    answer.parts.push_back(PartOf(key, absl::StrCat(count), unit, count, count));
  }
}

v1::FormulaPart ShareWithInterval(const std::string& key, int64_t in, int64_t counted, int64_t expected) {
  if (counted == 0) return PartOf(key, "", "%", counted, expected);
  v1::FormulaPart part = PartOf(key, PercentOf(in, counted), "%", counted, expected);
  const auto n = static_cast<double>(counted);
  const double share = static_cast<double>(in) / n;
  const double z2 = kNormalQuantile * kNormalQuantile;
  const double centre = (share + z2 / (2 * n)) / (1 + z2 / n);
  const double half = kNormalQuantile * std::sqrt(share * (1 - share) / n + z2 / (4 * n * n)) / (1 + z2 / n);
  part.mutable_lower()->set_value(Rounded(100 * std::max(0.0, centre - half), 1));
  part.mutable_upper()->set_value(Rounded(100 * std::min(1.0, centre + half), 1));
  return part;
}

}  // namespace concord::reporting
