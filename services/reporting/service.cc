#include "services/reporting/service.h"

#include "concord/action/v1/action.pb.h"
#include "concord/action/v1/activity.pb.h"
#include "concord/action/v1/contribution.pb.h"
#include "concord/action/v1/milestone.pb.h"
#include "concord/action/v1/progress_report.pb.h"
#include "concord/action/v1/risk.pb.h"
#include "concord/member/v1/adoption.pb.h"
#include "concord/member/v1/ballot.pb.h"
#include "concord/member/v1/committee.pb.h"
#include "concord/member/v1/expert_delegation.pb.h"
#include "concord/member/v1/liaison.pb.h"
#include "concord/member/v1/member.pb.h"
#include "concord/member/v1/participation.pb.h"
#include "concord/member/v1/work_item.pb.h"
#include "concord/objective/v1/indicator.pb.h"
#include "concord/objective/v1/measurement.pb.h"
#include "concord/objective/v1/objective.pb.h"
#include "concord/objective/v1/plan.pb.h"
#include "concord/reporting/v1/formula_service.pb.h"
#include "concord/reporting/v1/published_report.pb.h"
#include "concord/reporting/v1/published_report_service.pb.h"
#include "concord/reporting/v1/reporting_service.pb.h"
#include "services/reporting/attention_methods.h"
#include "services/reporting/completeness_methods.h"
#include "services/reporting/duty_methods.h"
#include "services/reporting/forecast_methods.h"
#include "services/reporting/formulas/due_value_methods.h"
#include "services/reporting/formulas/formula_methods.h"
#include "services/reporting/formulas/party_scorecard_methods.h"
#include "services/reporting/indicator_methods.h"
#include "services/reporting/plan_change_methods.h"
#include "services/reporting/published_report_methods.h"
#include "services/reporting/scorecard_methods.h"
#include "services/reporting/scorecard_watch_methods.h"
#include "services/reporting/trend_methods.h"

namespace concord::reporting {

app::ServiceDefinition ReportingServiceDefinition() {
  app::ServiceDefinition definition;
  definition.name = "reporting";
  definition.types = {{objective::v1::Plan::default_instance(), "plans/{plan}"},
                      {objective::v1::Objective::default_instance(), "plans/{plan}"},
                      {objective::v1::Indicator::default_instance(), "plans/{plan}"},
                      {objective::v1::Measurement::default_instance(), "plans/{plan}"},
                      {action::v1::Action::default_instance(), "plans/{plan}"},
                      {action::v1::Milestone::default_instance(), "plans/{plan}"},
                      {action::v1::ProgressReport::default_instance(), "plans/{plan}"},
                      {action::v1::Contribution::default_instance(), "plans/{plan}"},
                      {action::v1::Activity::default_instance(), "plans/{plan}"},
                      {action::v1::Risk::default_instance(), "plans/{plan}"},
                      {v1::PublishedReport::default_instance(), "plans/{plan}"},
                      // What formulas count.
                      {member::v1::Member::default_instance(), "directory"},
                      {member::v1::Committee::default_instance(), "directory"},
                      {member::v1::Participation::default_instance(), "directory"},
                      {member::v1::ExpertDelegation::default_instance(), "directory"},
                      {member::v1::Liaison::default_instance(), "directory"},
                      {member::v1::Ballot::default_instance(), "directory"},
                      {member::v1::Vote::default_instance(), "directory"},
                      {member::v1::WorkItem::default_instance(), "work"},
                      {member::v1::Adoption::default_instance(), "work"}};
  definition.services = {v1::GetScorecardRequest::descriptor()->file()->service(0),
                         v1::GetFormulaRequest::descriptor()->file()->service(0),
                         v1::GetPublishedReportRequest::descriptor()->file()->service(0)};
  definition.add_methods = [](rpc::Engine& engine, const app::MethodParts& parts) {
    AddAttentionMethods(engine, parts);
    AddCompletenessMethods(engine, parts);
    AddForecastMethods(engine, parts);
    AddScorecardMethods(engine, parts);
    AddScorecardWatchMethods(engine, parts);
    AddIndicatorMethods(engine, parts);
    AddDutyMethods(engine, parts);
    AddPlanChangeMethods(engine, parts);
    AddPublishedReportMethods(engine, parts);
    AddTrendMethods(engine, parts);
    AddFormulaMethods(engine, parts);
    AddDueValueMethods(engine, parts);
    AddPartyScorecardMethods(engine, parts);
  };
  return definition;
}

}  // namespace concord::reporting
