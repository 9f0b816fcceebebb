// Names as people type them.
//
// Pure; safe from any thread.
#ifndef SERVICES_CONCORDCTL_NAMES_H_
#define SERVICES_CONCORDCTL_NAMES_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace concord::ctl {

// An id from a code: "3.1" is "3-1", "A_2" is "a-2". USAGE if none can be made.
absl::StatusOr<std::string> ToId(absl::string_view text);

// "plans/p" from itself or from "p". USAGE if it is neither.
absl::StatusOr<std::string> ToPlanName(absl::string_view text);

// What help calls one of a collection: "ACTION" of "actions".
std::string SingularOf(absl::string_view collection);

// Whether the text is a full name, and so needs no plan.
bool IsFullName(absl::string_view text);

// The full name of something in the plan, from a short or a full one. `path` names the
// collections from the plan down, for example "actions" or "actions/milestones". A
// short name has an id or a code for each, joined by "/": "3.1", "3.1/kickoff".
// The objective of an indicator may be left out where the id says it: "3.a" is
// "3/3.a". A full name may be of another plan, and its last collection may be left
// out: "plans/p/actions/3-1/kickoff". USAGE if it is none of these.
absl::StatusOr<std::string> ToName(absl::string_view text, absl::string_view path, absl::string_view plan);

// The collections of a path but the last: "actions" of "actions/milestones".
std::string ParentPath(absl::string_view path);

// "plans/p" of any name in it.
std::string PlanOf(absl::string_view name);

// What a person may type for a full name within its plan: "3-1/kickoff", "3-a".
std::string ShortName(absl::string_view name);

}  // namespace concord::ctl

#endif  // SERVICES_CONCORDCTL_NAMES_H_
