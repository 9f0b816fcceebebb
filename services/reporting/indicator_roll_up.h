// The value of a computed indicator in one period.
//
// The methods, with examples, are in FIGURES.md. Exact; pure; safe from any thread.
#ifndef SERVICES_REPORTING_INDICATOR_ROLL_UP_H_
#define SERVICES_REPORTING_INDICATOR_ROLL_UP_H_

#include "absl/types/optional.h"
#include "absl/types/span.h"
#include "common/aip/decimal.h"
#include "concord/objective/v1/indicator.pb.h"

namespace concord::reporting {

// `inputs` are the values of indicator.roll_up().inputs(), one for each in their order; nothing where an input has
// no data. The result is rounded half to even at the indicator's scale; nothing if there is no data, or if
// it has more digits than a decimal may have.
absl::optional<aip::Nano> RollUpValue(const objective::v1::Indicator& indicator,
                                      absl::Span<const absl::optional<aip::Nano>> inputs);

}  // namespace concord::reporting

#endif  // SERVICES_REPORTING_INDICATOR_ROLL_UP_H_
