// The plan format, "concord-plan-1": reading, checking and writing it. What the
// format promises is told in deploy/plans/README.md.
//
// Pure and free of gRPC; safe from any thread.
#ifndef SERVICES_CONCORDCTL_PLAN_FILE_H_
#define SERVICES_CONCORDCTL_PLAN_FILE_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/optional.h"
#include "common/status/error.h"
#include "concord/objective/v1/measurement.pb.h"
#include "concord/planfile/v1/plan_file.pb.h"

namespace concord::ctl {

constexpr char kPlanFormat[] = "concord-plan-1";

// A larger file is refused unread.
constexpr size_t kMaximumPlanFileBytes = 8 << 20;

// What a server holds of one plan, as it answers.
struct PlanState {
  absl::optional<objective::v1::Plan> plan;
  std::vector<objective::v1::Objective> objectives;  // Softly deleted ones included.
  std::vector<action::v1::Action> actions;           // Softly deleted ones included.
  std::vector<objective::v1::Indicator> indicators;  // The same.
  std::vector<action::v1::Milestone> milestones;     // The same.

  // No part of a plan file; only of who asks for them.
  std::vector<objective::v1::Measurement> measurements;
};

// Reads and checks a whole file. INVALID_ARGUMENT (INVALID_REQUEST) carries
// every problem that was found, each with the place in the file.
absl::StatusOr<planfile::v1::PlanFile> ParsePlanFile(absl::string_view json);

// Adds a violation for whatever in the file breaks a rule that can be checked
// without a server: the format, names, required fields, values given twice,
// references that cannot be, and circles among dependencies and roll-ups.
// References to what the file does not hold may still be right; see
// CheckAgainstServer.
void CheckPlanFile(const planfile::v1::PlanFile& file, Violations& violations);

// Adds a violation for whatever would be wrong once the file is on this server:
// references to what is neither in the file nor living on the server, codes that
// something outside the file holds, circles that only arise there. With
// `prune`, what is not in the file will be gone.
void CheckAgainstServer(const planfile::v1::PlanFile& file, const PlanState& server, bool prune,
                        Violations& violations);

// The plan of a server in the format: living resources in the order of their
// names, without what only the services set. `server.plan` must be there.
planfile::v1::PlanFile ToPlanFile(const PlanState& server);

// The text of a file. Equal files have equal texts.
std::string FormatPlanFile(const planfile::v1::PlanFile& file);

// What has to live for a resource to live: names in its own collection.
std::vector<std::string> DependenciesOf(const action::v1::Action& action);
std::vector<std::string> DependenciesOf(const objective::v1::Indicator& indicator);

// Takes out of a resource what only the services set, and the etag.
template <typename Resource>
Resource WithoutServerFields(Resource resource);

}  // namespace concord::ctl

#endif  // SERVICES_CONCORDCTL_PLAN_FILE_H_
