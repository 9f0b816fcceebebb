// What has to be done to bring a plan on a server to what a file says.
//
// Pure and free of gRPC; safe from any thread.
#ifndef SERVICES_CONCORDCTL_PLAN_DIFFERENCE_H_
#define SERVICES_CONCORDCTL_PLAN_DIFFERENCE_H_

#include <string>
#include <vector>

#include "absl/types/variant.h"
#include "common/status/error.h"
#include "services/concordctl/field_text.h"
#include "services/concordctl/plan_file.h"

namespace concord::ctl {

using Resource = absl::variant<objective::v1::Plan, objective::v1::Objective, objective::v1::Indicator,
                               action::v1::Action, action::v1::Milestone>;

const std::string& NameOf(const Resource& resource);
const google::protobuf::Message& MessageOf(const Resource& resource);

enum class StepKind {
  kCreate,
  kUpdate,
  kUndelete,  // And then an update, if there are changes.
  kDelete,
};

// One write, or two for kUndelete with changes.
struct Step {
  StepKind kind = StepKind::kCreate;

  // How it is to be afterwards; of kDelete only the name counts.
  Resource resource;

  // What an update changes; its fields are the update mask.
  std::vector<FieldChange> changes;

  // The version on the server that was compared; empty for kCreate. When an earlier step has
  // written the same resource, the etag of that answer takes its place.
  std::string etag;

  // The step only moves a code out of the way, so that others can change
  // places; a later one puts the final code.
  bool interim = false;
};

struct Difference {
  // In an order in which every step is allowed when its turn comes.
  std::vector<Step> steps;

  // How many resources of the file are on the server as they are in the file.
  int unchanged_plans = 0;
  int unchanged_objectives = 0;
  int unchanged_indicators = 0;
  int unchanged_actions = 0;
  int unchanged_milestones = 0;

  // Names that live on the server only, and stay.
  std::vector<std::string> kept;
};

// Compares. Resources that live on the server only are deleted with `prune`,
// else kept. What the file wants and no order of steps can bring about is added
// to `violations`. The file must have passed CheckPlanFile and CheckAgainstServer.
Difference FindDifference(const planfile::v1::PlanFile& file, const PlanState& server, bool prune,
                          Violations& violations);

}  // namespace concord::ctl

#endif  // SERVICES_CONCORDCTL_PLAN_DIFFERENCE_H_
