#include "services/concordctl/plan_reading.h"

#include <string>
#include <utility>
#include <vector>

#include "common/status/macros.h"
#include "concord/action/v1/action_service.pb.h"
#include "concord/action/v1/milestone_service.pb.h"
#include "concord/objective/v1/indicator_service.pb.h"
#include "concord/objective/v1/measurement_service.pb.h"
#include "concord/objective/v1/objective_service.pb.h"
#include "concord/objective/v1/plan_service.pb.h"

namespace concord::ctl {
namespace {

// Which rows of a plan are read.
struct Reading {
  type::Moment as_of;  // Unset: now. The first answer sets it, if all are to be of one moment.
  bool of_one_moment = false;
  bool show_deleted = false;
};

// Reads all pages of one collection. `rows_of` takes the rows of an answer.
template <typename Request, typename Response, typename T>
absl::Status ReadRows(Session& session, const std::string& parent,
                      const google::protobuf::RepeatedPtrField<T>& (Response::*rows_of)() const, Reading& reading,
                      std::vector<T>& rows) {
  Request request;
  request.set_parent(parent);
  request.set_show_deleted(reading.show_deleted);
  if (reading.as_of.has_time() || reading.as_of.revisions_size() > 0) *request.mutable_as_of() = reading.as_of;
  CONCORD_ASSIGN_OR_RETURN(const Response response, session.ListAll<Response>(request));
  rows.assign((response.*rows_of)().begin(), (response.*rows_of)().end());
  if (reading.of_one_moment) {
    reading.as_of.Clear();
    *reading.as_of.mutable_revisions() = response.revisions();
  }
  return absl::OkStatus();
}

absl::Status ReadAll(Session& session, const std::string& plan, Reading& reading, PlanState& state) {
  CONCORD_RETURN_IF_ERROR(ReadRows<objective::v1::ListObjectivesRequest>(
      session, plan, &objective::v1::ListObjectivesResponse::objectives, reading, state.objectives));
  CONCORD_RETURN_IF_ERROR(ReadRows<objective::v1::ListIndicatorsRequest>(
      session, plan + "/objectives/-", &objective::v1::ListIndicatorsResponse::indicators, reading, state.indicators));
  CONCORD_RETURN_IF_ERROR(ReadRows<action::v1::ListActionsRequest>(
      session, plan, &action::v1::ListActionsResponse::actions, reading, state.actions));
  return ReadRows<action::v1::ListMilestonesRequest>(
      session, plan + "/actions/-", &action::v1::ListMilestonesResponse::milestones, reading, state.milestones);
}

}  // namespace

absl::StatusOr<PlanState> ReadPlanForChange(Session& session, const std::string& plan) {
  PlanState state;
  objective::v1::GetPlanRequest get;
  get.set_name(plan);
  auto root = session.Call<objective::v1::Plan>(get);
  if (absl::IsNotFound(root.status())) return state;
  CONCORD_RETURN_IF_ERROR(root.status());
  state.plan = *std::move(root);
  Reading reading;
  reading.show_deleted = true;
  CONCORD_RETURN_IF_ERROR(ReadAll(session, plan, reading, state));
  return state;
}

absl::StatusOr<PlanState> ReadPlanOfOneMoment(Session& session, const std::string& plan, const std::string& as_of,
                                              PlanParts parts) {
  PlanState state;
  Reading reading;
  reading.of_one_moment = true;
  if (!as_of.empty()) {
    CONCORD_ASSIGN_OR_RETURN(reading.as_of, ToMoment(as_of));
  }
  CONCORD_RETURN_IF_ERROR(ReadAll(session, plan, reading, state));
  if (parts == PlanParts::kWithMeasurements) {
    CONCORD_RETURN_IF_ERROR(ReadRows<objective::v1::ListMeasurementsRequest>(
        session, plan + "/objectives/-/indicators/-", &objective::v1::ListMeasurementsResponse::measurements, reading,
        state.measurements));
  }
  objective::v1::GetPlanRequest get;
  get.set_name(plan);
  *get.mutable_as_of() = reading.as_of;
  CONCORD_ASSIGN_OR_RETURN(state.plan, session.Call<objective::v1::Plan>(get));
  return state;
}

}  // namespace concord::ctl
