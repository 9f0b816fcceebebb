// Early return of errors. Used inside functions that return absl::Status or
// absl::StatusOr.
#ifndef COMMON_STATUS_MACROS_H_
#define COMMON_STATUS_MACROS_H_

#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

#define CONCORD_CONCAT_INNER(a, b) a##b
#define CONCORD_CONCAT(a, b) CONCORD_CONCAT_INNER(a, b)

// RETURN_IF_ERROR(expression of type absl::Status);
#define CONCORD_RETURN_IF_ERROR(expression)          \
  do {                                               \
    absl::Status concord_status = (expression);      \
    if (!concord_status.ok()) return concord_status; \
  } while (false)

// ASSIGN_OR_RETURN(auto value, expression of type absl::StatusOr<T>);
#define CONCORD_ASSIGN_OR_RETURN(declaration, expression) \
  CONCORD_ASSIGN_OR_RETURN_INNER(CONCORD_CONCAT(concord_status_or_, __LINE__), declaration, expression)
#define CONCORD_ASSIGN_OR_RETURN_INNER(variable, declaration, expression) \
  auto variable = (expression);                                           \
  if (!variable.ok()) return std::move(variable).status();                \
  declaration = *std::move(variable)

#endif  // COMMON_STATUS_MACROS_H_
