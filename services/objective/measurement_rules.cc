#include "services/objective/measurement_rules.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "common/aip/date.h"
#include "common/aip/decimal.h"
#include "common/aip/enum_words.h"
#include "common/aip/evidence.h"
#include "common/aip/limits.h"
#include "common/rpc/failure.h"
#include "common/status/macros.h"
#include "concord/objective/v1/error_reason.pb.h"
#include "concord/objective/v1/indicator.pb.h"
#include "services/objective/frequencies.h"
#include "services/objective/indicator_values.h"
#include "services/objective/measurement_dimensions.h"
#include "services/objective/measurement_status.h"
#include "services/objective/open_plan.h"

namespace concord::objective {
namespace {

using google::protobuf::Message;
using v1::Measurement;

constexpr int kEditionLimit = 20;
constexpr int kRevisionsLimit = 10;

absl::Status CheckMeasurable(const v1::Indicator& indicator, const Measurement& measurement) {
  if (!indicator.has_roll_up() && !indicator.has_formula()) return absl::OkStatus();
  return MakeError(absl::StatusCode::kFailedPrecondition, v1::ERROR_REASON_INDICATOR_COMPUTED,
                   "{name} cannot be measured, for {indicator} is computed",
                   {{"name", measurement.name()}, {"indicator", indicator.name()}});
}

absl::Status CheckFitsIndicator(const v1::Indicator& indicator, const Measurement& measurement) {
  Violations violations;
  if (measurement.has_value()) {
    aip::CheckDecimal(measurement.value(), "measurement.value", indicator.scale(), violations);
  }
  CheckDeclared(indicator, measurement, "measurement.dimensions", violations);
  return violations.ToStatus();
}

absl::Status CheckPeriod(rpc::Context& context, const v1::Plan& plan, const v1::Indicator& indicator,
                         const Measurement& measurement) {
  if (CanBeMeasured(measurement.period(), indicator.frequency(), plan.period(), context.today())) {
    return absl::OkStatus();
  }
  const auto nearest = PeriodOf(indicator.frequency(), aip::ToDay(measurement.period().start_date()));
  return MakeError(absl::StatusCode::kFailedPrecondition, v1::ERROR_REASON_PERIOD_UNKNOWN,
                   "{period} of {name} is no {frequency} period within the plan that has begun; its first day lies in "
                   "{nearest}",
                   {{"name", measurement.name()},
                    {"period", PeriodText(measurement.period())},
                    {"frequency", aip::WordOf(indicator.frequency())},
                    {"nearest", nearest.has_value() ? PeriodText(*nearest) : ""}});
}

// People say how they know by evidence.
absl::Status RefuseComputation() {
  Violations violations;
  violations.Add("measurement.computation", "must be absent: only RecordMeasurement sets it");
  return violations.ToStatus();
}

absl::Status CheckSuperseded(rpc::Context& context, const Measurement& measurement) {
  if (measurement.supersedes().empty()) return absl::OkStatus();
  const auto* superseded = context.Get<Measurement>(measurement.supersedes());
  if (superseded != nullptr && superseded->status() == Measurement::STATUS_APPROVED &&
      SamePlace(*superseded, measurement)) {
    return absl::OkStatus();
  }
  return MakeError(absl::StatusCode::kFailedPrecondition, v1::ERROR_REASON_REFERENCE_BROKEN,
                   "{name} cannot supersede {reference}, which is no approved measurement of the same period and "
                   "dimensions",
                   {{"name", measurement.name()}, {"reference", measurement.supersedes()}});
}

absl::Status CheckMeasurementWrite(rpc::Context& context, const Message* before, Message& message) {
  auto& after = static_cast<Measurement&>(message);
  CONCORD_ASSIGN_OR_RETURN(const v1::Plan* plan, FindOpenPlan(context, after.name()));
  const std::string indicator_name(aip::ParentOf(after.name()));
  const auto* indicator = context.Get<v1::Indicator>(indicator_name);
  if (indicator == nullptr) return rpc::NotFound(indicator_name);
  CONCORD_RETURN_IF_ERROR(CheckMeasurable(*indicator, after));
  if (after.has_computation()) return RefuseComputation();
  if (before == nullptr) {
    after.set_status(Measurement::STATUS_DRAFT);
  } else if (rpc::IsDeleted(*before)) {
    // What its indicator means may have changed meanwhile: somebody has to hand it in again.
    if (after.status() == Measurement::STATUS_SUBMITTED) after.set_status(Measurement::STATUS_DRAFT);
  } else {
    CONCORD_RETURN_IF_ERROR(CheckBeingWritten(static_cast<const Measurement&>(*before)));
  }
  CONCORD_RETURN_IF_ERROR(CheckPlace(context, *plan, *indicator, after));
  return CheckSuperseded(context, after);
}

absl::Status CheckMeasurementRemove(rpc::Context& context, const Message& message) {
  const auto& measurement = static_cast<const Measurement&>(message);
  CONCORD_RETURN_IF_ERROR(FindOpenPlan(context, measurement.name()).status());
  return CheckNeverApproved(measurement);
}

void CheckComputation(const Measurement& measurement, absl::string_view prefix, Violations& violations) {
  if (!measurement.has_computation()) return;
  const v1::Computation& computation = measurement.computation();
  const auto path = [&](absl::string_view field) { return absl::StrCat(prefix, ".", field); };
  static const auto& pattern = *new aip::NamePattern("formulas/{formula}");
  rpc::CheckName(pattern, computation.formula(), path("formula"), violations);
  aip::CheckKeyedTexts(computation.parameters(), path("parameters"), kParametersLimit, kParameterLimit, violations);
  aip::CheckText(computation.formula_edition(), path("formula_edition"), 1, kEditionLimit, violations);
  aip::CheckCount(computation.revisions_size(), path("revisions"), kRevisionsLimit, violations);
}

}  // namespace

absl::Status CheckPlace(rpc::Context& context, const v1::Plan& plan, const v1::Indicator& indicator,
                        const Measurement& measurement) {
  CONCORD_RETURN_IF_ERROR(CheckFitsIndicator(indicator, measurement));
  return CheckPeriod(context, plan, indicator, measurement);
}

void CheckMeasurementValues(const Measurement& measurement, absl::string_view prefix, Violations& violations) {
  const auto path = [&](absl::string_view field) { return absl::StrCat(prefix, ".", field); };
  aip::CheckLabels(measurement.labels(), path("labels"), violations);
  aip::CheckDay(measurement.period().start_date(), path("period.start_date"), violations);
  aip::CheckDay(measurement.period().end_date(), path("period.end_date"), violations);
  if (measurement.has_value()) {
    aip::CheckDecimal(measurement.value(), path("value"), aip::kNanoDigits, violations);
  }
  if (measurement.has_no_data()) {
    aip::CheckText(measurement.no_data().reason(), path("no_data.reason"), 1, 500, violations);
  }
  aip::CheckEvidence(measurement.evidence(), path("evidence"), violations);
  CheckComputation(measurement, path("computation"), violations);
  aip::CheckText(measurement.note(), path("note"), 0, 4'000, violations);
  if (measurement.supersedes().empty()) return;
  static const auto& pattern =
      *new aip::NamePattern("plans/{plan}/objectives/{objective}/indicators/{indicator}/measurements/{measurement}");
  rpc::CheckName(pattern, measurement.supersedes(), path("supersedes"), violations);
  if (!measurement.name().empty() && pattern.Matches(measurement.supersedes()) &&
      aip::ParentOf(measurement.supersedes()) != aip::ParentOf(measurement.name())) {
    violations.Add(path("supersedes"), "must be a measurement of the same indicator");
  }
}

rpc::ResourceRules MeasurementRules() {
  rpc::ResourceRules rules;
  rules.values = [](const Message& resource, absl::string_view prefix, Violations& violations) {
    CheckMeasurementValues(static_cast<const Measurement&>(resource), prefix, violations);
  };
  rules.write = CheckMeasurementWrite;
  rules.remove = CheckMeasurementRemove;
  return rules;
}

}  // namespace concord::objective
