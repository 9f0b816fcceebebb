#include "common/aip/decimal_order.h"

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "common/aip/key_bytes.h"

namespace concord::aip {
namespace {

constexpr size_t kExponentDigits = 4;

// What a number is made of.
struct Parts {
  bool negative = false;
  absl::string_view whole;
  absl::string_view fraction;
  int exponent = 0;
};

absl::string_view TakeDigits(absl::string_view& text) {
  size_t count = 0;
  while (count < text.size() && absl::ascii_isdigit(static_cast<unsigned char>(text[count]))) ++count;
  const absl::string_view digits = text.substr(0, count);
  text.remove_prefix(count);
  return digits;
}

bool Take(absl::string_view& text, absl::string_view any_of) {
  if (text.empty() || any_of.find(text.front()) == absl::string_view::npos) return false;
  text.remove_prefix(1);
  return true;
}

absl::optional<Parts> Split(absl::string_view text) {
  Parts parts;
  parts.negative = Take(text, "-");
  parts.whole = TakeDigits(text);
  if (parts.whole.empty()) return absl::nullopt;
  if (Take(text, ".")) {
    parts.fraction = TakeDigits(text);
    if (parts.fraction.empty()) return absl::nullopt;
  }
  if (Take(text, "eE")) {
    const bool down = !text.empty() && text.front() == '-';
    Take(text, "+-");
    const absl::string_view digits = TakeDigits(text);
    if (digits.empty() || digits.size() > kExponentDigits) return absl::nullopt;
    if (!absl::SimpleAtoi(digits, &parts.exponent)) return absl::nullopt;
    if (down) parts.exponent = -parts.exponent;
  }
  if (!text.empty()) return absl::nullopt;
  return parts;
}

}  // namespace

bool IsNumber(absl::string_view text) { return Split(text).has_value(); }

absl::optional<DecimalOrder> DecimalOrder::Of(absl::string_view text) {
  const absl::optional<Parts> parts = Split(text);
  if (!parts.has_value()) return absl::nullopt;
  DecimalOrder number;
  const std::string digits = absl::StrCat(parts->whole, parts->fraction);
  const size_t first = digits.find_first_not_of('0');
  if (first == std::string::npos) return number;
  number.sign_ = parts->negative ? -1 : 1;
  number.exponent_ = static_cast<int64_t>(parts->whole.size()) - static_cast<int64_t>(first) + parts->exponent;
  number.digits_ = digits.substr(first, digits.find_last_not_of('0') + 1 - first);
  return number;
}

int DecimalOrder::CompareSizes(const DecimalOrder& other) const {
  if (exponent_ != other.exponent_) return exponent_ < other.exponent_ ? -1 : 1;
  return digits_.compare(other.digits_);
}

int DecimalOrder::Compare(const DecimalOrder& other) const {
  if (sign_ != other.sign_) return sign_ < other.sign_ ? -1 : 1;
  return sign_ * CompareSizes(other);
}

std::string DecimalOrder::Key() const {
  std::string key(1, static_cast<char>('1' + sign_));
  if (sign_ == 0) return key;
  std::string size;
  AppendWholeKey(exponent_, size);
  size += digits_;
  size += '\0';  // Less than any digit.
  if (sign_ < 0) Reverse(size, 0);
  return key + size;
}

}  // namespace concord::aip
