#include "services/objective/service.h"

#include "concord/action/v1/action.pb.h"
#include "concord/objective/v1/indicator.pb.h"
#include "concord/objective/v1/indicator_service.pb.h"
#include "concord/objective/v1/measurement.pb.h"
#include "concord/objective/v1/measurement_service.pb.h"
#include "concord/objective/v1/objective.pb.h"
#include "concord/objective/v1/objective_service.pb.h"
#include "concord/objective/v1/plan.pb.h"
#include "concord/objective/v1/plan_service.pb.h"
#include "services/objective/indicator_methods.h"
#include "services/objective/measurement_methods.h"
#include "services/objective/objective_methods.h"
#include "services/objective/plan_methods.h"

namespace concord::objective {

app::ServiceDefinition ObjectiveServiceDefinition() {
  app::ServiceDefinition definition;
  definition.name = "objective";
  definition.types = {
      {v1::PlanRegistration::default_instance(), "catalog"}, {v1::Plan::default_instance(), "plans/{plan}"},
      {v1::Objective::default_instance(), "plans/{plan}"},   {v1::Indicator::default_instance(), "plans/{plan}"},
      {v1::Measurement::default_instance(), "plans/{plan}"}, {action::v1::Action::default_instance(), "plans/{plan}"}};
  definition.services = {v1::GetPlanRequest::descriptor()->file()->service(0),
                         v1::GetObjectiveRequest::descriptor()->file()->service(0),
                         v1::GetIndicatorRequest::descriptor()->file()->service(0),
                         v1::GetMeasurementRequest::descriptor()->file()->service(0)};
  definition.add_methods = [](rpc::Engine& engine, const app::MethodParts& parts) {
    AddPlanMethods(engine, parts);
    AddObjectiveMethods(engine, parts);
    AddIndicatorMethods(engine, parts);
    AddMeasurementMethods(engine, parts);
  };
  return definition;
}

}  // namespace concord::objective
