// What an indicator may be computed from. Pure.
#ifndef SERVICES_OBJECTIVE_ROLL_UP_LINKS_H_
#define SERVICES_OBJECTIVE_ROLL_UP_LINKS_H_

#include <functional>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "concord/objective/v1/indicator.pb.h"

namespace concord::objective {

// The living indicator of a name; null if there is none.
using FindIndicator = std::function<const v1::Indicator*(const std::string& name)>;

// Whether each input of the indicator's roll-up lives and is of the unit, kind and frequency that the rule wants.
// Units: the indicator's own; of a ratio one for the numerators and one for the denominators, the same if its own is
// "%", and else neither of them its own. What is added up is no percentage.
// FAILED_PRECONDITION with REFERENCE_BROKEN or ROLL_UP_MISMATCH, of the first input that is not.
absl::Status CheckInputsFit(const v1::Indicator& indicator, const FindIndicator& find);

// FAILED_PRECONDITION with ROLL_UP_CYCLE if the indicator would be computed from itself.
absl::Status CheckNoCircle(const v1::Indicator& indicator, const FindIndicator& find);

// Whether the indicator is computed from the one of this name.
bool HasInput(const v1::Indicator& indicator, absl::string_view input);

}  // namespace concord::objective

#endif  // SERVICES_OBJECTIVE_ROLL_UP_LINKS_H_
