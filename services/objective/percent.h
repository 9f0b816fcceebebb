// The unit of percentages, which are never averaged or added up blindly.
#ifndef SERVICES_OBJECTIVE_PERCENT_H_
#define SERVICES_OBJECTIVE_PERCENT_H_

#include "absl/strings/string_view.h"

namespace concord::objective {

inline constexpr absl::string_view kPercent = "%";

}  // namespace concord::objective

#endif  // SERVICES_OBJECTIVE_PERCENT_H_
