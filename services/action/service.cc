#include "services/action/service.h"

#include "concord/action/v1/action.pb.h"
#include "concord/action/v1/action_service.pb.h"
#include "concord/action/v1/activity.pb.h"
#include "concord/action/v1/activity_service.pb.h"
#include "concord/action/v1/contribution.pb.h"
#include "concord/action/v1/contribution_service.pb.h"
#include "concord/action/v1/milestone.pb.h"
#include "concord/action/v1/milestone_service.pb.h"
#include "concord/action/v1/progress_report.pb.h"
#include "concord/action/v1/progress_report_service.pb.h"
#include "concord/action/v1/risk.pb.h"
#include "concord/action/v1/risk_service.pb.h"
#include "concord/objective/v1/objective.pb.h"
#include "concord/objective/v1/plan.pb.h"
#include "services/action/action_methods.h"
#include "services/action/activity_methods.h"
#include "services/action/contribution_methods.h"
#include "services/action/milestone_methods.h"
#include "services/action/progress_report_methods.h"
#include "services/action/risk_methods.h"

namespace concord::action {

app::ServiceDefinition ActionServiceDefinition() {
  app::ServiceDefinition definition;
  definition.name = "action";
  definition.types = {{objective::v1::Plan::default_instance(), "plans/{plan}"},
                      {objective::v1::Objective::default_instance(), "plans/{plan}"},
                      {v1::Action::default_instance(), "plans/{plan}"},
                      {v1::Milestone::default_instance(), "plans/{plan}"},
                      {v1::ProgressReport::default_instance(), "plans/{plan}"},
                      {v1::Contribution::default_instance(), "plans/{plan}"},
                      {v1::Activity::default_instance(), "plans/{plan}"},
                      {v1::Risk::default_instance(), "plans/{plan}"}};
  definition.services = {v1::GetActionRequest::descriptor()->file()->service(0),
                         v1::GetMilestoneRequest::descriptor()->file()->service(0),
                         v1::GetProgressReportRequest::descriptor()->file()->service(0),
                         v1::GetContributionRequest::descriptor()->file()->service(0),
                         v1::GetActivityRequest::descriptor()->file()->service(0),
                         v1::GetRiskRequest::descriptor()->file()->service(0)};
  definition.add_methods = [](rpc::Engine& engine, const app::MethodParts& parts) {
    AddActionMethods(engine, parts);
    AddMilestoneMethods(engine, parts);
    AddProgressReportMethods(engine, parts);
    AddContributionMethods(engine, parts);
    AddActivityMethods(engine, parts);
    AddRiskMethods(engine, parts);
  };
  return definition;
}

}  // namespace concord::action
