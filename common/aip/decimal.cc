#include "common/aip/decimal.h"

#include <algorithm>
#include <cstdlib>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"

namespace concord::aip {
namespace {

constexpr size_t kDigitsLimit = 15;

bool AllDigits(absl::string_view text) {
  return std::all_of(text.begin(), text.end(), [](unsigned char c) { return absl::ascii_isdigit(c); });
}

// 10^exponent, of a small exponent.
absl::int128 PowerOfTen(int exponent) {
  absl::int128 power = 1;
  for (; exponent > 0; --exponent) power *= 10;
  return power;
}

// What is nearer to the whole quotient of sizes, and of two that are as near the even one. `rest` is less than
// `divisor`.
absl::int128 RoundHalfToEven(absl::int128 quotient, absl::int128 rest, absl::int128 divisor) {
  const absl::int128 missing = divisor - rest;
  const bool up = rest > missing || (rest == missing && quotient % 2 != 0);
  return up ? quotient + 1 : quotient;
}

std::string Digits(absl::int128 size) {
  std::string digits;
  do {
    digits += static_cast<char>('0' + static_cast<int>(size % 10));
    size /= 10;
  } while (size != 0);
  std::reverse(digits.begin(), digits.end());
  return digits;
}

}  // namespace

absl::optional<Nano> ParseDecimal(absl::string_view text) {
  const bool negative = absl::ConsumePrefix(&text, "-");
  const size_t point = text.find('.');
  const absl::string_view whole = text.substr(0, point);
  const absl::string_view fraction = point == absl::string_view::npos ? absl::string_view() : text.substr(point + 1);
  if (whole.empty() || (point != absl::string_view::npos && fraction.empty())) return absl::nullopt;
  if (!AllDigits(whole) || !AllDigits(fraction)) return absl::nullopt;
  if (whole.size() + fraction.size() > kDigitsLimit || fraction.size() > kNanoDigits) return absl::nullopt;
  Nano number = 0;
  for (const absl::string_view part : {whole, fraction}) {
    for (const char digit : part) number = number * 10 + (digit - '0');
  }
  number *= PowerOfTen(kNanoDigits - static_cast<int>(fraction.size()));
  return negative ? -number : number;
}

Nano ToNano(const concord::type::Decimal& decimal) { return ParseDecimal(decimal.value()).value_or(0); }

int ScaleOf(absl::string_view text) {
  const size_t point = text.find('.');
  return point == absl::string_view::npos ? 0 : static_cast<int>(text.size() - point - 1);
}

std::string FormatDecimal(Nano value, int scale) {
  const absl::int128 step = PowerOfTen(kNanoDigits - scale);
  const absl::int128 size = value < 0 ? -value : value;
  const absl::int128 steps = RoundHalfToEven(size / step, size % step, step);
  std::string text = Digits(steps);
  const size_t places = static_cast<size_t>(scale);
  if (text.size() <= places) text.insert(0, places + 1 - text.size(), '0');
  if (places > 0) text.insert(text.size() - places, 1, '.');
  return value < 0 && steps != 0 ? absl::StrCat("-", text) : text;
}

Nano DivideRounded(absl::int128 numerator, absl::int128 denominator, int scale) {
  const bool negative = (numerator < 0) != (denominator < 0);
  if (numerator < 0) numerator = -numerator;
  if (denominator < 0) denominator = -denominator;
  // Digit by digit, so that nothing grows beyond ten times the denominator.
  absl::int128 quotient = numerator / denominator;
  absl::int128 rest = numerator % denominator;
  for (int i = 0; i < scale; ++i) {
    rest *= 10;
    quotient = quotient * 10 + rest / denominator;
    rest %= denominator;
  }
  quotient = RoundHalfToEven(quotient, rest, denominator) * PowerOfTen(kNanoDigits - scale);
  return negative ? -quotient : quotient;
}

double ToDouble(Nano value) { return static_cast<double>(value) / 1e9; }

void CheckDecimal(const concord::type::Decimal& decimal, absl::string_view field, int scale, Violations& violations) {
  if (!ParseDecimal(decimal.value()).has_value()) {
    violations.Add(field,
                   "must be a decimal number such as -12.50: at most 15 digits, at most 9 of them after the point, and "
                   "nothing else");
    return;
  }
  const int written = ScaleOf(decimal.value());
  if (written <= scale) return;
  violations.Add(field, absl::StrCat("has ", written, " digits after the point, at most ", scale, " are allowed"));
}

}  // namespace concord::aip
