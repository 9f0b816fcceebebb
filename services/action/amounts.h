// Amounts that people state: shares of a whole, and what was given.
#ifndef SERVICES_ACTION_AMOUNTS_H_
#define SERVICES_ACTION_AMOUNTS_H_

#include <string>

#include "absl/strings/string_view.h"
#include "common/status/error.h"
#include "concord/type/decimal.pb.h"

namespace concord::action {

// Adds a violation unless it is 0 to 100 with at most 2 digits after the point.
void CheckPercent(const concord::type::Decimal& percent, absl::string_view field, Violations& violations);

// Adds a violation unless it is more than 0 with at most 2 digits after the point.
void CheckAmount(const concord::type::Decimal& amount, absl::string_view field, Violations& violations);

// Adds a violation unless it is three capital letters, as ISO 4217 has them.
void CheckCurrency(const std::string& code, absl::string_view field, Violations& violations);

}  // namespace concord::action

#endif  // SERVICES_ACTION_AMOUNTS_H_
