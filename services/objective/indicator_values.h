// What the values of an indicator must satisfy by themselves. Pure.
#ifndef SERVICES_OBJECTIVE_INDICATOR_VALUES_H_
#define SERVICES_OBJECTIVE_INDICATOR_VALUES_H_

#include "absl/strings/string_view.h"
#include "common/status/error.h"
#include "concord/objective/v1/indicator.pb.h"

namespace concord::objective {

// Of a formula's parameters, also as a measurement repeats them: how many, and characters of each.
inline constexpr int kParametersLimit = 20;
inline constexpr int kParameterLimit = 200;

// The limits that indicator.proto states, but for those that depend on other resources.
void CheckIndicatorValues(const v1::Indicator& indicator, absl::string_view prefix, Violations& violations);

}  // namespace concord::objective

#endif  // SERVICES_OBJECTIVE_INDICATOR_VALUES_H_
