#include "services/concordctl/plan_simulation.h"

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/aip/date.h"
#include "common/status/macros.h"
#include "concord/action/v1/action_service.pb.h"
#include "concord/action/v1/activity_service.pb.h"
#include "concord/action/v1/contribution_service.pb.h"
#include "concord/action/v1/milestone_service.pb.h"
#include "concord/action/v1/progress_report_service.pb.h"
#include "concord/action/v1/risk_service.pb.h"
#include "concord/objective/v1/measurement_service.pb.h"
#include "concord/objective/v1/plan_service.pb.h"
#include "google/type/date.pb.h"
#include "services/concordctl/batches.h"
#include "services/concordctl/plan_import.h"
#include "services/concordctl/plan_reading.h"

namespace concord::ctl {
namespace {

using action::v1::Action;
using action::v1::Milestone;
using action::v1::Risk;
using google::protobuf::Message;
using google::protobuf::RepeatedPtrField;
using objective::v1::Measurement;
using objective::v1::Plan;

// This label of the plan says that nothing is left to do.
constexpr char kFinished[] = "simulation";
constexpr char kSimulationReason[] = "Simulated";

// Sends a named method: with a day where that is given.
absl::Status Send(Session& session, RequestType type, const std::string& name,
                  absl::optional<absl::CivilDay> day = {}) {
  const std::unique_ptr<Message> request = NewMessage(type);
  const std::unique_ptr<Message> resource = NewResponse(type);
  SetText(*request, "name", name);
  SetText(*request, "reason", kSimulationReason);
  if (day && HasField(*request, "date")) MutablePartAs<google::type::Date>(*request, "date") = aip::FromDay(*day);
  return session.Call(*request, *resource);
}

// The rows of one collection of the plan by name.
template <typename Request, typename Response, typename T>
absl::StatusOr<std::map<std::string, T>> ReadByName(Session& session, const std::string& parent,
                                                    const RepeatedPtrField<T>& (Response::*rows_of)() const) {
  Request request;
  request.set_parent(parent);
  CONCORD_ASSIGN_OR_RETURN(const Response response, session.ListAll<Response>(request));
  std::map<std::string, T> by_name;
  for (const T& row : (response.*rows_of)()) by_name[row.name()] = row;
  return by_name;
}

// Creates those that are not there yet.
template <typename ListRequest, typename Response, typename T>
absl::Status CreateMissing(Session& session, const std::vector<T>& wanted,
                           const RepeatedPtrField<T>& (Response::*rows_of)() const, RequestType create) {
  if (wanted.empty()) return absl::OkStatus();
  CONCORD_ASSIGN_OR_RETURN(const auto there,
                           ReadByName<ListRequest>(session, AnyParentOf(wanted.front().name()), rows_of));
  std::vector<const Message*> missing;
  for (const T& one : wanted) {
    if (!there.contains(one.name())) missing.push_back(&one);
  }
  for (size_t next = 0; next < missing.size();) {
    CONCORD_ASSIGN_OR_RETURN(const size_t created, CreateSome(session, create, missing, next));
    next += created;
  }
  return absl::OkStatus();
}

class Sender {
 public:
  Sender(Session& session, const SimulatedHistory& history)
      : session_(session), history_(history), plan_(history.file.plan().name()) {}

  absl::Status SendAll() {
    CONCORD_RETURN_IF_ERROR(SendPlan());
    CONCORD_RETURN_IF_ERROR(StartActions());
    CONCORD_RETURN_IF_ERROR(SendRecords());
    CONCORD_RETURN_IF_ERROR(SendMilestones());
    CONCORD_RETURN_IF_ERROR(SendRisks());
    CONCORD_RETURN_IF_ERROR(EndActions());
    CONCORD_RETURN_IF_ERROR(SendMeasurements(history_.measurements));
    return SendMeasurements(history_.corrections);
  }

 private:
  absl::Status SendPlan() {
    session_.ShowProgress("the plan");
    CONCORD_ASSIGN_OR_RETURN(const PlanState server, ReadPlanForChange(session_, plan_));
    Violations violations;
    const Difference difference = FindDifference(history_.file, server, /*prune=*/false, violations);
    CONCORD_RETURN_IF_ERROR(violations.ToStatus());
    CONCORD_RETURN_IF_ERROR(TakeSteps(session_, difference));
    if (server.plan && server.plan->state() != Plan::STATE_DRAFT) return absl::OkStatus();
    return Send(session_, objective::v1::ActivatePlanRequest::descriptor(), plan_);
  }

  absl::StatusOr<std::map<std::string, Action>> Actions() {
    return ReadByName<action::v1::ListActionsRequest>(session_, plan_, &action::v1::ListActionsResponse::actions);
  }

  absl::Status StartActions() {
    session_.ShowProgress("the beginnings");
    CONCORD_ASSIGN_OR_RETURN(const auto there, Actions());
    for (const ActionCourse& course : history_.actions) {
      const Action::State state = there.at(course.name).state();
      if (state == Action::STATE_PROPOSED) {
        CONCORD_RETURN_IF_ERROR(Send(session_, action::v1::ApproveActionRequest::descriptor(), course.name));
      }
      if (course.started && (state == Action::STATE_PROPOSED || state == Action::STATE_APPROVED)) {
        CONCORD_RETURN_IF_ERROR(
            Send(session_, action::v1::StartActionRequest::descriptor(), course.name, course.started));
      }
    }
    return absl::OkStatus();
  }

  absl::Status SendRecords() {
    session_.ShowProgress("reports, contributions, activities, risks");
    CONCORD_RETURN_IF_ERROR(CreateMissing<action::v1::ListProgressReportsRequest>(
        session_, history_.reports, &action::v1::ListProgressReportsResponse::progress_reports,
        action::v1::BatchCreateProgressReportsRequest::descriptor()));
    CONCORD_RETURN_IF_ERROR(CreateMissing<action::v1::ListContributionsRequest>(
        session_, history_.contributions, &action::v1::ListContributionsResponse::contributions,
        action::v1::BatchCreateContributionsRequest::descriptor()));
    CONCORD_RETURN_IF_ERROR(CreateMissing<action::v1::ListActivitiesRequest>(
        session_, history_.activities, &action::v1::ListActivitiesResponse::activities,
        action::v1::BatchCreateActivitiesRequest::descriptor()));
    return CreateMissing<action::v1::ListRisksRequest>(session_, history_.risks, &action::v1::ListRisksResponse::risks,
                                                       action::v1::BatchCreateRisksRequest::descriptor());
  }

  absl::Status SendMilestones() {
    session_.ShowProgress("milestones");
    CONCORD_ASSIGN_OR_RETURN(const auto there,
                             ReadByName<action::v1::ListMilestonesRequest>(
                                 session_, plan_ + "/actions/-", &action::v1::ListMilestonesResponse::milestones));
    for (const MilestoneCourse& course : history_.milestones) {
      if (there.at(course.name).state() != Milestone::STATE_PLANNED) continue;
      CONCORD_RETURN_IF_ERROR(
          course.reached ? Send(session_, action::v1::ReachMilestoneRequest::descriptor(), course.name, course.reached)
                         : Send(session_, action::v1::DropMilestoneRequest::descriptor(), course.name));
    }
    return absl::OkStatus();
  }

  absl::Status SendRisks() {
    CONCORD_ASSIGN_OR_RETURN(const auto there,
                             ReadByName<action::v1::ListRisksRequest>(session_, plan_ + "/actions/-",
                                                                      &action::v1::ListRisksResponse::risks));
    for (const RiskCourse& course : history_.risk_courses) {
      const Risk::State state = there.at(course.name).state();
      if (course.realized && state == Risk::STATE_OPEN) {
        CONCORD_RETURN_IF_ERROR(Send(session_, action::v1::RealizeRiskRequest::descriptor(), course.name));
      }
      if (course.closed && state != Risk::STATE_CLOSED) {
        CONCORD_RETURN_IF_ERROR(Send(session_, action::v1::CloseRiskRequest::descriptor(), course.name));
      }
    }
    return absl::OkStatus();
  }

  absl::Status EndActions() {
    session_.ShowProgress("the ends");
    CONCORD_ASSIGN_OR_RETURN(const auto there, Actions());
    for (const ActionCourse& course : history_.actions) {
      const Action::State state = there.at(course.name).state();
      if (state == Action::STATE_COMPLETED || state == Action::STATE_CANCELLED) continue;
      if (course.held && state != Action::STATE_ON_HOLD) {
        CONCORD_RETURN_IF_ERROR(Send(session_, action::v1::HoldActionRequest::descriptor(), course.name));
      }
      if (course.completed) {
        CONCORD_RETURN_IF_ERROR(
            Send(session_, action::v1::CompleteActionRequest::descriptor(), course.name, course.completed));
      }
      if (course.cancelled) {
        CONCORD_RETURN_IF_ERROR(
            Send(session_, action::v1::CancelActionRequest::descriptor(), course.name, course.cancelled));
      }
    }
    return absl::OkStatus();
  }

  absl::Status SendMeasurements(const std::vector<MeasurementCourse>& courses) {
    session_.ShowProgress("measurements");
    std::vector<Measurement> measurements;
    measurements.reserve(courses.size());
    for (const MeasurementCourse& course : courses) measurements.push_back(course.measurement);
    CONCORD_RETURN_IF_ERROR(CreateMissing<objective::v1::ListMeasurementsRequest>(
        session_, measurements, &objective::v1::ListMeasurementsResponse::measurements,
        objective::v1::BatchCreateMeasurementsRequest::descriptor()));
    CONCORD_ASSIGN_OR_RETURN(const auto there, ReadByName<objective::v1::ListMeasurementsRequest>(
                                                   session_, plan_ + "/objectives/-/indicators/-",
                                                   &objective::v1::ListMeasurementsResponse::measurements));
    for (const MeasurementCourse& course : courses) {
      const std::string& name = course.measurement.name();
      Measurement::Status status = there.at(name).status();
      if (status == Measurement::STATUS_DRAFT && course.status != Measurement::STATUS_DRAFT) {
        CONCORD_RETURN_IF_ERROR(Send(session_, objective::v1::SubmitMeasurementRequest::descriptor(), name));
        status = Measurement::STATUS_SUBMITTED;
      }
      if (status != Measurement::STATUS_SUBMITTED) continue;
      if (course.status == Measurement::STATUS_APPROVED) {
        CONCORD_RETURN_IF_ERROR(Send(session_, objective::v1::ApproveMeasurementRequest::descriptor(), name));
      } else if (course.status == Measurement::STATUS_RETURNED) {
        CONCORD_RETURN_IF_ERROR(Send(session_, objective::v1::ReturnMeasurementRequest::descriptor(), name));
      }
    }
    return absl::OkStatus();
  }

  Session& session_;
  const SimulatedHistory& history_;
  std::string plan_;
};

absl::StatusOr<Plan> MarkFinished(Session& session, const Plan& wanted) {
  objective::v1::UpdatePlanRequest request;
  request.mutable_plan()->set_name(wanted.name());
  *request.mutable_plan()->mutable_labels() = wanted.labels();
  (*request.mutable_plan()->mutable_labels())[kFinished] = "complete";
  request.mutable_update_mask()->add_paths("labels");
  return session.Call<Plan>(request);
}

void PrintOutcome(Session& session, const Plan& plan, const SimulatedHistory* history) {
  if (session.settings().json) return session.PrintJson(plan);
  session.Print(history == nullptr
                    ? absl::StrCat(plan.name(), " is there already, and stays as it is\n")
                    : absl::StrCat("simulated ", plan.name(), ": ", history->actions.size(), " actions, ",
                                   history->reports.size(), " progress reports, ", history->file.milestones_size(),
                                   " milestones, ", history->measurements.size() + history->corrections.size(),
                                   " measurements; all of it is invented\n"));
}

}  // namespace

absl::Status SendHistory(Session& session, const SimulatedHistory& history) {
  const Plan& wanted = history.file.plan();
  if (LastDayOf(wanted) >= aip::DayOf(session.surroundings().now())) {
    return UsageError("only a plan that is over can be simulated: {plan} ends on {end}",
                      {{"plan", wanted.name()}, {"end", aip::FormatDate(wanted.period().end_date())}});
  }
  objective::v1::GetPlanRequest get;
  get.set_name(wanted.name());
  const absl::StatusOr<Plan> there = session.Call<Plan>(get);
  if (!there.ok() && !absl::IsNotFound(there.status())) return there.status();
  if (there.ok() && !there->labels().contains("simulated")) {
    return UsageError("{plan} is there and is not simulated: it is left alone", {{"plan", wanted.name()}});
  }
  if (there.ok() && there->labels().contains(kFinished)) {
    PrintOutcome(session, *there, nullptr);
    return absl::OkStatus();
  }
  const absl::Status sent = Sender(session, history).SendAll();
  session.ShowProgress("");
  CONCORD_RETURN_IF_ERROR(sent);
  CONCORD_ASSIGN_OR_RETURN(const Plan plan, MarkFinished(session, wanted));
  PrintOutcome(session, plan, &history);
  return absl::OkStatus();
}

}  // namespace concord::ctl
