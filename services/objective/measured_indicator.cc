#include "services/objective/measured_indicator.h"

#include <string>

#include "common/aip/decimal.h"
#include "common/ledger/encoding.h"
#include "common/status/error.h"
#include "concord/objective/v1/error_reason.pb.h"
#include "services/objective/measurement_dimensions.h"
#include "services/objective/measurements_in_force.h"

namespace concord::objective {
namespace {

using v1::Indicator;

// The first field in which what was measured would mean something else; empty if there is none.
std::string LostMeaning(const Indicator& before, const Indicator& after) {
  if (before.kind() != after.kind()) return "kind";
  if (before.frequency() != after.frequency()) return "frequency";
  if (before.unit() != after.unit()) return "unit";
  if (after.scale() < before.scale()) return "scale";
  if (!before.has_roll_up() && after.has_roll_up()) return "roll_up";
  // The source, too: a series is of one origin.
  if (ledger::Encode(before.formula()) != ledger::Encode(after.formula())) return "formula";
  return "";
}

bool SameDimensions(const Indicator& before, const Indicator& after) {
  if (before.dimensions_size() != after.dimensions_size()) return false;
  for (int i = 0; i < before.dimensions_size(); ++i) {
    if (before.dimensions(i).SerializeAsString() != after.dimensions(i).SerializeAsString()) return false;
  }
  return true;
}

bool SameBaseline(const Indicator& before, const Indicator& after) {
  return before.has_baseline() == after.has_baseline() &&
         aip::ToNano(before.baseline().value()) == aip::ToNano(after.baseline().value());
}

absl::Status Measured(const Indicator& indicator, const std::string& field) {
  return MakeError(absl::StatusCode::kFailedPrecondition, v1::ERROR_REASON_INDICATOR_MEASURED,
                   "{name} has measurements, which the new {field} would make meaningless: create another indicator",
                   {{"name", indicator.name()}, {"field", field}});
}

}  // namespace

bool MightMatterToMeasurements(const Indicator& before, const Indicator& after) {
  return !LostMeaning(before, after).empty() || !SameDimensions(before, after) || !SameBaseline(before, after);
}

absl::Status CheckStillMeans(const Indicator& before, const Indicator& after, const v1::Measurement& measurement) {
  const std::string lost = LostMeaning(before, after);
  if (!lost.empty()) return Measured(after, lost);
  Violations violations;
  CheckDeclared(after, measurement, "dimensions", violations);
  if (!violations.empty()) return Measured(after, "dimensions");
  if (measurement.status() != v1::Measurement::STATUS_APPROVED) return absl::OkStatus();
  return CheckNotBelowBaseline(after, measurement);
}

}  // namespace concord::objective
