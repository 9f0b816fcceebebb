// Names as people type them.
//
// A path names the collections from the top down: "plans/actions/milestones", "committees/participations". A short name
// has an id or a code for each, joined by "/"; where the path begins with plans, the plan's own is left out, and --plan
// says it.
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

// Whether what the path names lies in a plan.
bool IsInPlan(absl::string_view path);

// How many ids a short name has: 2 for "plans/actions/milestones".
int IdsOf(absl::string_view path);

// Whether the text begins as full names do.
bool IsFullName(absl::string_view text);

// Whether a plan has to be known to tell which name of the path the text means.
bool NeedsPlan(absl::string_view text, absl::string_view path);

// The full name of one of the path, from a short or a full one: "3.1/kickoff" of "plans/actions/milestones" in `plan`.
// The objective of an indicator may be left out where the id says it: "3.a" is "3/3.a". A full name may be of another
// plan, and its last collection may be left out: "plans/p/actions/3-1/kickoff". USAGE if it is none of these.
absl::StatusOr<std::string> ToName(absl::string_view text, absl::string_view path, absl::string_view plan);

// The collections of a path but the last: "plans/actions" of "plans/actions/milestones".
std::string ParentPath(absl::string_view path);

// "plans/p" of any name in it.
std::string PlanOf(absl::string_view name);

// What a person may type for a full name: "3-1/kickoff", "3-a" within its plan, "45020/1619".
std::string ShortName(absl::string_view name);

// Which service answers for the history of a resource, and for the ledger of a scope.
std::string ServiceOf(absl::string_view name);

}  // namespace concord::ctl

#endif  // SERVICES_CONCORDCTL_NAMES_H_
