// A small plan with something in every state that a request can meet.
#ifndef TESTS_INTEGRATION_SMALL_PLAN_H_
#define TESTS_INTEGRATION_SMALL_PLAN_H_

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "concord/action/v1/action_service.pb.h"
#include "concord/action/v1/activity_service.pb.h"
#include "concord/action/v1/contribution_service.pb.h"
#include "concord/action/v1/milestone_service.pb.h"
#include "concord/action/v1/progress_report_service.pb.h"
#include "concord/action/v1/risk_service.pb.h"
#include "concord/ledger/v1/ledger_service.pb.h"
#include "concord/member/v1/adoption_service.pb.h"
#include "concord/member/v1/ballot_service.pb.h"
#include "concord/member/v1/committee_service.pb.h"
#include "concord/member/v1/member_service.pb.h"
#include "concord/member/v1/work_programme_service.pb.h"
#include "concord/objective/v1/indicator_service.pb.h"
#include "concord/objective/v1/measurement_service.pb.h"
#include "concord/objective/v1/objective_service.pb.h"
#include "concord/objective/v1/plan_service.pb.h"
#include "concord/reporting/v1/formula_service.pb.h"
#include "concord/reporting/v1/published_report_service.pb.h"
#include "concord/reporting/v1/reporting_service.pb.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"
#include "google/protobuf/text_format.h"
#include "gtest/gtest.h"
#include "tests/support/running_service.h"

namespace concord::testing {

// "GetAction" and the fields in Protobuf's text format, of which the last counts where one is said twice; null if there
// is no such method.
inline std::unique_ptr<google::protobuf::Message> RequestOf(const std::string& method, const std::string& fields) {
  for (const google::protobuf::Descriptor* one :
       {objective::v1::GetPlanRequest::descriptor(), objective::v1::GetObjectiveRequest::descriptor(),
        objective::v1::GetIndicatorRequest::descriptor(), objective::v1::GetMeasurementRequest::descriptor(),
        action::v1::GetActionRequest::descriptor(), action::v1::GetMilestoneRequest::descriptor(),
        action::v1::GetProgressReportRequest::descriptor(), action::v1::GetContributionRequest::descriptor(),
        action::v1::GetActivityRequest::descriptor(), action::v1::GetRiskRequest::descriptor(),
        member::v1::GetMemberRequest::descriptor(), member::v1::GetCommitteeRequest::descriptor(),
        member::v1::GetWorkItemRequest::descriptor(), member::v1::GetAdoptionRequest::descriptor(),
        member::v1::GetBallotRequest::descriptor(), reporting::v1::GetScorecardRequest::descriptor(),
        reporting::v1::GetFormulaRequest::descriptor(), reporting::v1::GetPublishedReportRequest::descriptor(),
        ledger::v1::VerifyScopeRequest::descriptor()}) {
    const auto* type = one->file()->FindMessageTypeByName(absl::StrCat(method, "Request"));
    if (type == nullptr) continue;
    std::unique_ptr<google::protobuf::Message> request(
        google::protobuf::MessageFactory::generated_factory()->GetPrototype(type)->New());
    EXPECT_TRUE(google::protobuf::TextFormat::MergeFromString(fields, request.get())) << method << " " << fields;
    return request;
  }
  ADD_FAILURE() << "there is no method " << method;
  return nullptr;
}

inline Answer Ask(RunningSystem& system, const std::string& method, const std::string& fields) {
  return system.Send(*RequestOf(method, fields));
}

// The same, and it must succeed.
inline Answer Do(RunningSystem& system, const std::string& method, const std::string& fields) {
  Answer answer = Ask(system, method, fields);
  EXPECT_TRUE(answer.ok()) << method << " " << fields << "\n" << answer.status;
  return answer;
}

// "{ year: 2012 month: 2 day: 29 } ".
inline std::string Date(int year, int month, int day) {
  return absl::StrCat("{ year: ", year, " month: ", month, " day: ", day, " } ");
}
inline std::string On(int year, int month, int day) { return absl::StrCat("date ", Date(year, month, day)); }

inline void CreatePlan(RunningSystem& system, const std::string& id) {
  Do(system, "CreatePlan",
     absl::StrCat("plan_id: '", id, "' plan { title: 'A plan' organization { title: 'An organisation' } period { ",
                  "start_date { year: 2011 month: 1 day: 1 } end_date { year: 2015 month: 12 day: 31 } } }"));
}

inline void CreateObjective(RunningSystem& system, const std::string& plan, const std::string& id) {
  Do(system, "CreateObjective",
     absl::StrCat("parent: 'plans/", plan, "' objective_id: '", id, "' objective { title: 'An objective' code: '", id,
                  "' }"));
}

inline void CreateAction(RunningSystem& system, const std::string& plan, const std::string& id,
                         const std::string& more = "") {
  Do(system, "CreateAction",
     absl::StrCat("parent: 'plans/", plan, "' action_id: '", id, "' action { title: 'An action' code: '", id,
                  "' objective_links { objective: 'plans/", plan, "/objectives/o1' kind: KIND_CONTRIBUTES } ", more,
                  "}"));
}

// A cumulative indicator, measured yearly.
inline void CreateIndicator(RunningSystem& system, const std::string& objective, const std::string& id,
                            const std::string& more = "") {
  Do(system, "CreateIndicator",
     absl::StrCat("parent: '", objective, "' indicator_id: '", id, "' indicator { title: 'An indicator' code: '", id,
                  "' unit: 'seats' scale: 1 direction: DIRECTION_INCREASE kind: KIND_CUMULATIVE frequency: ",
                  "FREQUENCY_YEARLY source: SOURCE_PEOPLE ", more, "}"));
}

// "period { ... }" of a whole year.
inline std::string YearOf(int year) {
  return absl::StrCat("period { start_date { year: ", year, " month: 1 day: 1 } end_date { year: ", year,
                      " month: 12 day: 31 } } ");
}

// A measurement of plans/p/objectives/o1/indicators/i1, led on by the methods named.
inline void Measure(RunningSystem& system, const std::string& id, int year, const std::string& more,
                    const std::vector<std::string>& methods = {}) {
  const std::string parent = "plans/p/objectives/o1/indicators/i1";
  Do(system, "CreateMeasurement",
     absl::StrCat("parent: '", parent, "' measurement_id: '", id, "' measurement { ", YearOf(year), more, " }"));
  for (const std::string& method : methods) {
    Do(system, method, absl::StrCat("name: '", parent, "/measurements/", id, "'"));
  }
}

// Of plans/p: under o1 the indicators i1 (cumulative from 5, in parts by group) and bare (not measured); under o3 sum,
// computed from i1. i1 has measurements m11 (2011, approved, 10), m12 (2012, submitted, 12), again (2011, submitted,
// 10), and drafts: open (no result), bold (no evidence), low (2014, less than 10). An i1 also under the other plans.
inline void MakeSmallIndicators(RunningSystem& system) {
  const std::string o1 = "plans/p/objectives/o1";
  CreateIndicator(system, o1, "i1",
                  "baseline { value { value: '5' } } dimensions { key: 'group' members: 'ldc' members: 'other' } ");
  CreateIndicator(system, o1, "bare");
  CreateIndicator(system, "plans/p/objectives/o3", "sum",
                  absl::StrCat("roll_up { method: METHOD_SUM inputs { indicator: '", o1, "/indicators/i1' } } "));
  const std::string evidence = "evidence { title: 'Minutes' } ";
  Measure(system, "m11", 2011, absl::StrCat("value { value: '10' } ", evidence),
          {"SubmitMeasurement", "ApproveMeasurement"});
  Measure(system, "m12", 2012, absl::StrCat("value { value: '12' } ", evidence), {"SubmitMeasurement"});
  Measure(system, "again", 2011, absl::StrCat("value { value: '10' } ", evidence), {"SubmitMeasurement"});
  Measure(system, "open", 2013, "");
  Measure(system, "bold", 2013, "value { value: '13' } ");
  Measure(system, "low", 2014, absl::StrCat("value { value: '9' } ", evidence));
}

// plans/p, active: objectives o1, o2 (deleted), o3; actions a (proposed), b (depends on a), c (depends on b, begins
// with 2014), run (in progress), done (completed), gone (deleted). plans/closed with o1 and a; plans/draft with o1 and
// a (approved); plans/empty, a draft without objectives. And MakeSmallIndicators.
inline void MakeSmallPlan(RunningSystem& system) {
  for (const char* plan : {"p", "closed", "draft"}) {
    CreatePlan(system, plan);
    CreateObjective(system, plan, "o1");
    CreateAction(system, plan, "a");
    if (std::string(plan) != "p") CreateIndicator(system, absl::StrCat("plans/", plan, "/objectives/o1"), "i1");
  }
  CreatePlan(system, "empty");
  CreateObjective(system, "p", "o2");
  CreateObjective(system, "p", "o3");
  Do(system, "DeleteObjective", "name: 'plans/p/objectives/o2'");
  Do(system, "ActivatePlan", "name: 'plans/p'");
  CreateAction(system, "p", "b", "dependencies: 'plans/p/actions/a' ");
  CreateAction(system, "p", "c", "dependencies: 'plans/p/actions/b' start_date { year: 2014 month: 1 day: 1 } ");
  for (const char* id : {"run", "done", "gone"}) CreateAction(system, "p", id);
  for (const char* id : {"run", "done"}) {
    for (const char* method : {"ApproveAction", "StartAction"}) {
      Do(system, method, absl::StrCat("name: 'plans/p/actions/", id, "'"));
    }
  }
  Do(system, "CompleteAction", "name: 'plans/p/actions/done'");
  Do(system, "DeleteAction", "name: 'plans/p/actions/gone'");
  Do(system, "ApproveAction", "name: 'plans/draft/actions/a'");
  Do(system, "ActivatePlan", "name: 'plans/closed'");
  Do(system, "ClosePlan", "name: 'plans/closed'");
  MakeSmallIndicators(system);
}

}  // namespace concord::testing

#endif  // TESTS_INTEGRATION_SMALL_PLAN_H_
