#include "services/objective/measurement_status.h"

#include <utility>

#include "common/aip/enum_words.h"
#include "common/aip/state_moves.h"
#include "common/status/error.h"
#include "common/status/macros.h"
#include "concord/objective/v1/error_reason.pb.h"
#include "services/objective/frequencies.h"

namespace concord::objective {
namespace {

using v1::Measurement;

const aip::StateMoves<Measurement::Status>& Moves() {
  static const auto& moves = *new aip::StateMoves<Measurement::Status>(
      v1::ERROR_REASON_WRONG_MEASUREMENT_STATUS, {{Measurement::STATUS_DRAFT, Measurement::STATUS_SUBMITTED},
                                                  {Measurement::STATUS_RETURNED, Measurement::STATUS_SUBMITTED},
                                                  {Measurement::STATUS_SUBMITTED, Measurement::STATUS_RETURNED},
                                                  {Measurement::STATUS_SUBMITTED, Measurement::STATUS_APPROVED}});
  return moves;
}

absl::Status CheckMove(const Measurement& measurement, Measurement::Status to) {
  return Moves().Check(measurement.name(), measurement.status(), to);
}

// What is in force for a period is of all of it.
absl::Status CheckPeriodOver(const Measurement& measurement, absl::CivilDay today) {
  if (IsOver(measurement.period(), today)) return absl::OkStatus();
  return MakeError(absl::StatusCode::kFailedPrecondition, v1::ERROR_REASON_PERIOD_NOT_OVER,
                   "{period} of {name} is not over: until then it can be no more than a draft",
                   {{"name", measurement.name()}, {"period", PeriodText(measurement.period())}});
}

// That it says what was found, and how we know.
absl::Status CheckComplete(const Measurement& measurement) {
  if (measurement.result_case() == Measurement::RESULT_NOT_SET) {
    return MakeError(absl::StatusCode::kFailedPrecondition, v1::ERROR_REASON_RESULT_MISSING,
                     "{name} has neither a value nor a reason why there is none", {{"name", measurement.name()}});
  }
  if (measurement.has_value() && measurement.evidence().empty() && !measurement.has_computation()) {
    return MakeError(absl::StatusCode::kFailedPrecondition, v1::ERROR_REASON_EVIDENCE_MISSING,
                     "the value of {name} needs evidence", {{"name", measurement.name()}});
  }
  return absl::OkStatus();
}

}  // namespace

bool LeadsTo(Measurement::Status from, Measurement::Status to) { return Moves().Lead(from, to); }

absl::Status CheckBeingWritten(const Measurement& measurement) {
  if (measurement.status() == Measurement::STATUS_DRAFT || measurement.status() == Measurement::STATUS_RETURNED) {
    return absl::OkStatus();
  }
  const std::string status = aip::WordOf(measurement.status());
  return MakeError(absl::StatusCode::kFailedPrecondition, v1::ERROR_REASON_WRONG_MEASUREMENT_STATUS,
                   "{name} is {from}: only what is DRAFT or RETURNED can be changed",
                   {{"name", measurement.name()}, {"from", status}, {"to", status}});
}

absl::Status CheckNeverApproved(const Measurement& measurement) {
  if (measurement.status() != Measurement::STATUS_APPROVED && measurement.status() != Measurement::STATUS_SUPERSEDED) {
    return absl::OkStatus();
  }
  return MakeError(absl::StatusCode::kFailedPrecondition, v1::ERROR_REASON_MEASUREMENT_APPROVED,
                   "{name} is {status} and stays: correct it by a measurement that supersedes it",
                   {{"name", measurement.name()}, {"status", aip::WordOf(measurement.status())}});
}

absl::Status Submit(const v1::Indicator& indicator, const InForce& in_force, absl::CivilDay today,
                    Measurement& measurement) {
  CONCORD_RETURN_IF_ERROR(CheckMove(measurement, Measurement::STATUS_SUBMITTED));
  CONCORD_RETURN_IF_ERROR(CheckPeriodOver(measurement, today));
  CONCORD_RETURN_IF_ERROR(CheckComplete(measurement));
  CONCORD_RETURN_IF_ERROR(CheckNotFalling(indicator, in_force, measurement));
  measurement.set_status(Measurement::STATUS_SUBMITTED);
  measurement.clear_return_reason();
  return absl::OkStatus();
}

absl::Status Return(const std::string& reason, Measurement& measurement) {
  CONCORD_RETURN_IF_ERROR(CheckMove(measurement, Measurement::STATUS_RETURNED));
  measurement.set_status(Measurement::STATUS_RETURNED);
  measurement.set_return_reason(reason);
  return absl::OkStatus();
}

absl::StatusOr<absl::optional<Measurement>> Approve(const v1::Indicator& indicator, const InForce& in_force,
                                                    absl::CivilDay today, Measurement& measurement) {
  CONCORD_RETURN_IF_ERROR(CheckMove(measurement, Measurement::STATUS_APPROVED));
  CONCORD_RETURN_IF_ERROR(CheckPeriodOver(measurement, today));
  const Measurement* held = InForceFor(in_force, measurement);
  if (held != nullptr && held->name() != measurement.supersedes()) {
    return MakeError(absl::StatusCode::kFailedPrecondition, v1::ERROR_REASON_MEASUREMENT_IN_FORCE,
                     "{measurement} is in force where {name} would be: supersede that one",
                     {{"name", measurement.name()}, {"measurement", held->name()}});
  }
  CONCORD_RETURN_IF_ERROR(CheckNotFalling(indicator, in_force, measurement));
  measurement.set_status(Measurement::STATUS_APPROVED);
  if (held == nullptr) return absl::optional<Measurement>();
  Measurement superseded = *held;
  superseded.set_status(Measurement::STATUS_SUPERSEDED);
  superseded.set_superseded_by(measurement.name());
  return absl::optional<Measurement>(std::move(superseded));
}

}  // namespace concord::objective
