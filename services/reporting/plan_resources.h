// The living resources of a plan that its figures are made of.
#ifndef SERVICES_REPORTING_PLAN_RESOURCES_H_
#define SERVICES_REPORTING_PLAN_RESOURCES_H_

#include <vector>

#include "concord/action/v1/action.pb.h"
#include "concord/action/v1/milestone.pb.h"
#include "concord/action/v1/progress_report.pb.h"
#include "concord/action/v1/risk.pb.h"
#include "concord/objective/v1/indicator.pb.h"
#include "concord/objective/v1/measurement.pb.h"
#include "concord/objective/v1/objective.pb.h"
#include "concord/objective/v1/plan.pb.h"

namespace concord::reporting {

// Each list is sorted by name and holds no null and nothing that is deleted itself. A child whose parent is not
// in its own list enters nothing. Whoever fills this keeps the resources alive.
struct PlanResources {
  const objective::v1::Plan* plan = nullptr;
  std::vector<const objective::v1::Objective*> objectives;
  std::vector<const objective::v1::Indicator*> indicators;
  std::vector<const objective::v1::Measurement*> measurements;
  std::vector<const action::v1::Action*> actions;
  std::vector<const action::v1::Milestone*> milestones;
  std::vector<const action::v1::ProgressReport*> progress_reports;
  std::vector<const action::v1::Risk*> risks;
};

}  // namespace concord::reporting

#endif  // SERVICES_REPORTING_PLAN_RESOURCES_H_
