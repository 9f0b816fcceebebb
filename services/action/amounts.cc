#include "services/action/amounts.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "common/aip/decimal.h"

namespace concord::action {
namespace {

constexpr int kScale = 2;

// Nothing if it is no decimal of this scale, which is said.
absl::optional<aip::Nano> Read(const concord::type::Decimal& decimal, absl::string_view field, Violations& violations) {
  const size_t before = violations.size();
  aip::CheckDecimal(decimal, field, kScale, violations);
  if (violations.size() > before) return absl::nullopt;
  return aip::ToNano(decimal);
}

}  // namespace

void CheckPercent(const concord::type::Decimal& percent, absl::string_view field, Violations& violations) {
  const auto value = Read(percent, field, violations);
  if (value.has_value() && (*value < 0 || *value > *aip::ParseDecimal("100"))) {
    violations.Add(field, "must be from 0 to 100");
  }
}

void CheckAmount(const concord::type::Decimal& amount, absl::string_view field, Violations& violations) {
  const auto value = Read(amount, field, violations);
  if (value.has_value() && *value <= 0) violations.Add(field, "must be more than 0");
}

void CheckCurrency(const std::string& code, absl::string_view field, Violations& violations) {
  const bool capitals =
      std::all_of(code.begin(), code.end(), [](unsigned char letter) { return absl::ascii_isupper(letter); });
  if (code.size() != 3 || !capitals) violations.Add(field, "must be three capital letters of ISO 4217, such as CHF");
}

}  // namespace concord::action
