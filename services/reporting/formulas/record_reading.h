// How a method gets the records that formulas are computed from.
#ifndef SERVICES_REPORTING_FORMULAS_RECORD_READING_H_
#define SERVICES_REPORTING_FORMULAS_RECORD_READING_H_

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "common/aip/date.h"
#include "common/rpc/context.h"
#include "common/status/error.h"
#include "services/reporting/formulas/formula_records.h"
#include "services/reporting/plan_reading.h"

namespace concord::reporting {

inline constexpr char kDirectoryScope[] = "directory";
inline constexpr char kWorkScope[] = "work";

// NOT_FOUND, also of what is deleted.
absl::Status CheckLives(rpc::Context& context, const std::string& name);

// What is needed, as it is known; valid as long as the context's states are. `plan` is the name of the plan that is
// meant, where one is needed. NOT_FOUND.
absl::StatusOr<FormulaRecords> ReadRecords(rpc::Context& context, const RecordNeeds& needs, const std::string& plan);

// The day that a request is about; INVALID_ARGUMENT if it is in the future.
template <typename Request>
absl::StatusOr<absl::CivilDay> PastDayOf(const Request& request, const rpc::Context& context) {
  Violations violations;
  if (request.has_date()) aip::CheckNotInFuture(request.date(), context.today(), "date", violations);
  absl::Status status = violations.ToStatus();
  if (!status.ok()) return status;
  return DayOf(request, context);
}

}  // namespace concord::reporting

#endif  // SERVICES_REPORTING_FORMULAS_RECORD_READING_H_
