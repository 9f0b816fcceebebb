#include "services/objective/measurements_in_force.h"

#include <algorithm>
#include <string>

#include "common/aip/date.h"
#include "common/aip/decimal.h"
#include "common/status/error.h"
#include "common/status/macros.h"
#include "concord/objective/v1/error_reason.pb.h"
#include "services/objective/measurement_dimensions.h"

namespace concord::objective {
namespace {

using v1::Measurement;

bool HasCumulativeValue(const v1::Indicator& indicator, const Measurement& measurement) {
  return indicator.kind() == v1::Indicator::KIND_CUMULATIVE && measurement.has_value();
}

absl::Status Falls(const Measurement& measurement, const std::string& other, const std::string& other_value) {
  return MakeError(absl::StatusCode::kFailedPrecondition, v1::ERROR_REASON_CUMULATIVE_FALLS,
                   "what has come so far never falls, but {name} is {value} and {other} is {other_value}",
                   {{"name", measurement.name()},
                    {"value", measurement.value().value()},
                    {"other", other},
                    {"other_value", other_value}});
}

}  // namespace

const Measurement* InForceFor(const InForce& in_force, const Measurement& measurement) {
  const auto found = std::find_if(in_force.begin(), in_force.end(),
                                  [&](const Measurement* one) { return SamePlace(*one, measurement); });
  return found == in_force.end() ? nullptr : *found;
}

absl::Status CheckNotBelowBaseline(const v1::Indicator& indicator, const Measurement& measurement) {
  if (!HasCumulativeValue(indicator, measurement) || !indicator.has_baseline() || !measurement.dimensions().empty()) {
    return absl::OkStatus();
  }
  const auto& baseline = indicator.baseline().value();
  if (aip::ToNano(measurement.value()) >= aip::ToNano(baseline)) return absl::OkStatus();
  return Falls(measurement, "baseline", baseline.value());
}

absl::Status CheckNotFalling(const v1::Indicator& indicator, const InForce& in_force, const Measurement& measurement) {
  if (!HasCumulativeValue(indicator, measurement)) return absl::OkStatus();
  CONCORD_RETURN_IF_ERROR(CheckNotBelowBaseline(indicator, measurement));
  const absl::CivilDay start = aip::ToDay(measurement.period().start_date());
  const aip::Nano value = aip::ToNano(measurement.value());
  for (const Measurement* other : in_force) {
    if (!other->has_value() || !SamePart(*other, measurement)) continue;
    const absl::CivilDay other_start = aip::ToDay(other->period().start_date());
    const aip::Nano other_value = aip::ToNano(other->value());
    const bool falls = (other_start < start && other_value > value) || (other_start > start && other_value < value);
    if (falls) return Falls(measurement, other->name(), other->value().value());
  }
  return absl::OkStatus();
}

}  // namespace concord::objective
