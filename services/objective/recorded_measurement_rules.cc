#include "services/objective/recorded_measurement_rules.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "common/status/error.h"
#include "common/status/macros.h"
#include "concord/objective/v1/error_reason.pb.h"
#include "concord/objective/v1/indicator.pb.h"
#include "concord/objective/v1/measurement.pb.h"
#include "services/objective/measurement_rules.h"
#include "services/objective/measurement_status.h"
#include "services/objective/measurement_surroundings.h"

namespace concord::objective {
namespace {

using google::protobuf::Message;
using v1::Measurement;

absl::Status CheckFormula(const v1::Indicator& indicator, const Measurement& measurement) {
  const std::string& wanted = indicator.formula().formula();
  if (!wanted.empty() && wanted == measurement.computation().formula()) return absl::OkStatus();
  return MakeError(absl::StatusCode::kFailedPrecondition, v1::ERROR_REASON_INDICATOR_WITHOUT_FORMULA,
                   "{name} was computed by {formula}, but {indicator} by \"{indicator_formula}\"",
                   {{"name", measurement.name()},
                    {"formula", measurement.computation().formula()},
                    {"indicator", indicator.name()},
                    {"indicator_formula", wanted}});
}

// The way of any other measurement, in one step: written, handed in with the computation as its evidence, approved.
absl::Status CheckRecord(rpc::Context& context, const Message* /*before*/, Message& message) {
  auto& after = static_cast<Measurement&>(message);
  CONCORD_ASSIGN_OR_RETURN(const Surroundings around, LookAround(context, after));
  CONCORD_RETURN_IF_ERROR(CheckFormula(*around.indicator, after));
  CONCORD_RETURN_IF_ERROR(CheckPlace(context, *around.plan, *around.indicator, after));
  after.set_status(Measurement::STATUS_DRAFT);
  CONCORD_RETURN_IF_ERROR(Submit(*around.indicator, around.in_force, context.today(), after));
  return Approve(*around.indicator, around.in_force, context.today(), after).status();
}

void CheckValues(const Message& resource, absl::string_view prefix, Violations& violations) {
  const auto& measurement = static_cast<const Measurement&>(resource);
  CheckMeasurementValues(measurement, prefix, violations);
  const auto path = [&](absl::string_view field) { return absl::StrCat(prefix, ".", field); };
  if (!measurement.has_computation()) violations.AddMissing(path("computation"), "must be set");
  if (!measurement.dimensions().empty()) violations.Add(path("dimensions"), "must be empty: formulas are of the whole");
  if (!measurement.supersedes().empty()) violations.Add(path("supersedes"), "must be empty");
}

}  // namespace

rpc::ResourceRules RecordedMeasurementRules() {
  rpc::ResourceRules rules;
  rules.values = CheckValues;
  rules.write = CheckRecord;
  return rules;
}

}  // namespace concord::objective
