// Periods of the calendar as people write them: "2012", "2012-h1", "2012-q3", "2012-06".
//
// Pure; safe from any thread.
#ifndef SERVICES_CONCORDCTL_PERIODS_H_
#define SERVICES_CONCORDCTL_PERIODS_H_

#include <string>

#include "absl/strings/string_view.h"
#include "absl/types/optional.h"
#include "concord/objective/v1/plan.pb.h"

namespace concord::ctl {

// The period, or nothing if the text is none. "Q3" is as good as "q3".
absl::optional<objective::v1::Period> ParsePeriod(absl::string_view text);

// The shortest text for it; "2012-01-15 to 2012-03-02" if it is no whole period.
std::string PeriodText(const objective::v1::Period& period);

}  // namespace concord::ctl

#endif  // SERVICES_CONCORDCTL_PERIODS_H_
