// Requests that say on which day something happened.
#ifndef SERVICES_ACTION_DATED_REQUESTS_H_
#define SERVICES_ACTION_DATED_REQUESTS_H_

#include <utility>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "common/aip/date.h"
#include "common/rpc/context.h"
#include "common/rpc/method.h"
#include "common/status/error.h"
#include "common/status/macros.h"

namespace concord::action {

// The request's field `date`; today where it is absent. INVALID_ARGUMENT if it is in the future.
template <typename Request>
absl::StatusOr<absl::CivilDay> DayOf(const Request& request, const rpc::Context& context) {
  if (!request.has_date()) return context.today();
  Violations violations;
  aip::CheckNotInFuture(request.date(), context.today(), "date", violations);
  CONCORD_RETURN_IF_ERROR(violations.ToStatus());
  return aip::ToDay(request.date());
}

// The method, with the rule that the request's field `date`, if it is set, is a day.
template <typename Request>
rpc::Method CheckingDate(rpc::Method method) {
  method.validate = [validate = std::move(method.validate)](const rpc::Method::Request& message,
                                                            Violations& violations) {
    validate(message, violations);
    const auto& request = static_cast<const Request&>(message);
    if (request.has_date()) aip::CheckDay(request.date(), "date", violations);
  };
  return method;
}

}  // namespace concord::action

#endif  // SERVICES_ACTION_DATED_REQUESTS_H_
