// Requests about the records of actions that must be refused.
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "concord/action/v1/error_reason.pb.h"
#include "concord/rpc/v1/error_reason.pb.h"
#include "tests/integration/bad_input_cases.h"

namespace concord::testing {
namespace {

using absl::StatusCode;
namespace rpc_v1 = ::concord::rpc::v1;
namespace act = ::concord::action::v1;

constexpr char kRun[] = "plans/p/actions/run";
constexpr char kFuture[] = "{ year: 2199 month: 1 day: 1 }";
constexpr char kPast[] = "{ year: 2012 month: 1 day: 1 }";

std::string Under(const std::string& action, const std::string& rest) {
  return absl::StrCat("parent: '", action, "' ", rest);
}

std::string NewMilestone(const std::string& more, const std::string& action = kRun) {
  return Under(action, absl::StrCat("milestone_id: 'new' milestone { ", more, " }"));
}
std::string GoodMilestone(const std::string& action) {
  return NewMilestone(absl::StrCat("title: 'T' due_date ", kPast), action);
}

std::string NewReport(const std::string& more, const std::string& action = kRun) {
  return Under(action, absl::StrCat("progress_report_id: 'new' progress_report { ", more, " }"));
}
std::string GoodReport(const std::string& date, const std::string& action = kRun) {
  return NewReport(absl::StrCat("percent { value: '1' } health: HEALTH_AT_RISK confidence: CONFIDENCE_LOW ",
                                "confidence_reason: 'R' date ", date),
                   action);
}

std::string NewContribution(const std::string& more, const std::string& action = kRun) {
  return Under(action, absl::StrCat("contribution_id: 'new' contribution { title: 'T' ", more, " }"));
}
std::string GoodContribution(const std::string& action) {
  return NewContribution(absl::StrCat("member: 'members/x' kind: KIND_SEATS amount { value: '1' } date ", kPast),
                         action);
}

std::string NewActivity(const std::string& more, const std::string& action = kRun) {
  return Under(action, absl::StrCat("activity_id: 'new' activity { title: 'T' kind: KIND_EVENT ", more, " }"));
}
std::string GoodActivity(const std::string& action) { return NewActivity(absl::StrCat("start_date ", kPast), action); }

std::string NewRisk(const std::string& more, const std::string& action = kRun, const std::string& id = "new") {
  return Under(action, absl::StrCat("risk_id: '", id, "' risk { title: 'T' ", more, " }"));
}
std::string GoodRisk(const std::string& action) { return NewRisk("likelihood: 1 impact: 1", action); }

// "name: ..." of a record of the action that runs.
std::string Of(const std::string& record, const std::string& more = "") {
  return absl::StrCat("name: '", kRun, "/", record, "' ", more);
}

std::vector<Case> FieldCasesOfRecords() {
  const std::string future = absl::StrCat("date ", kFuture);
  return {
      Invalid("CreateMilestone", "", {"parent", "milestone", "milestone_id"}),
      Invalid("CreateMilestone", NewMilestone(""), {"milestone.title", "milestone.due_date"}),
      Invalid("CreateMilestone", NewMilestone("title: 'T' due_date { year: 2012 } weight: 0 owner: 'Anna'"),
              {"milestone.due_date", "milestone.weight", "milestone.owner"}),
      Invalid("UpdateMilestone", absl::StrCat("milestone { ", Of("milestones/m"), "evidence { title: 'T' uri: 'x' } }"),
              {"milestone.evidence[0].uri"}),
      Invalid("UpdateMilestone",
              absl::StrCat("milestone { ", Of("milestones/m"),
                           "state: STATE_REACHED } update_mask { paths: 'state' paths: 'reached_date' }"),
              {"update_mask"}),
      Invalid("GetMilestone", "name: 'plans/p/milestones/m'", {"name"}),
      Invalid("ListMilestones", "parent: 'plans/p'", {"parent"}),
      Invalid("ListProgressReports", "parent: 'plans/-/actions/-'", {"parent"}),
      Invalid("ReachMilestone", Of("milestones/m", "date { year: 2012 month: 13 day: 1 }"), {"date"}),
      Invalid("ReachMilestone", Of("milestones/m", future), {"date"}),
      Invalid("ReachMilestone", Of("milestones/m", absl::StrCat("date ", kPast)), {"date"}),
      Invalid("CreateProgressReport", NewReport(""),
              {"progress_report.date", "progress_report.percent", "progress_report.health",
               "progress_report.confidence", "progress_report.confidence_reason"}),
      Invalid("CreateProgressReport", GoodReport(kFuture), {"progress_report.date"}),
      Invalid("CreateProgressReport", GoodReport(kPast), {"progress_report.date"}),
      Invalid("CreateProgressReport",
              NewReport(absl::StrCat("percent { value: '100.01' } health: 9 confidence: CONFIDENCE_LOW ",
                                     "confidence_reason: 'R' date ", kPast)),
              {"progress_report.percent", "progress_report.health"}),
      Invalid("CreateProgressReport",
              NewReport(absl::StrCat("percent { value: '99.999' } health: HEALTH_ON_TRACK confidence: CONFIDENCE_LOW ",
                                     "confidence_reason: 'R' date ", kPast)),
              {"progress_report.percent"}),
      Invalid("CreateContribution", NewContribution(""),
              {"contribution.member", "contribution.kind", "contribution.amount", "contribution.date"}),
      Invalid("CreateContribution",
              NewContribution("member: 'x' kind: KIND_MONEY amount { value: '-1' } date { year: 2012 }"),
              {"contribution.member", "contribution.amount", "contribution.currency_code", "contribution.date"}),
      Invalid("CreateContribution",
              NewContribution(absl::StrCat("member: 'members/x' kind: KIND_SEATS amount { value: '1' } ", future)),
              {"contribution.date"}),
      Invalid("CreateActivity", NewActivity(""), {"activity.start_date"}),
      Invalid("CreateActivity",
              NewActivity(absl::StrCat("participations { } start_date ", kPast, " end_date { year: 2011 month: 12 ",
                                       "day: 31 } reach_count: -1")),
              {"activity.end_date", "activity.participations[0].member", "activity.participations[0].participant_count",
               "activity.reach_count"}),
      Invalid(
          "CreateActivity",
          NewActivity(absl::StrCat("participations { member: 'members/x' participant_count: 1 } start_date ", kFuture)),
          {"activity.participations"}),
      Invalid("CreateRisk", NewRisk(""), {"risk.likelihood", "risk.impact"}),
      Invalid("CreateRisk", NewRisk("likelihood: 6 impact: -1 review_date { }"),
              {"risk.likelihood", "risk.impact", "risk.review_date"}),
      Invalid("UpdateRisk", absl::StrCat("risk { ", Of("risks/r"), "severity: 25 } update_mask { paths: 'severity' }"),
              {"update_mask"}),
      Invalid("CompleteAction", absl::StrCat("name: '", kRun, "' ", future), {"date"}),
      Invalid("CompleteAction", absl::StrCat("name: '", kRun, "' date ", kPast), {"date"}),
      Invalid("CancelAction", absl::StrCat("name: '", kRun, "' date { year: 2012 }"), {"date"}),
      Invalid("StartAction", absl::StrCat("name: 'plans/p/actions/c' ", future), {"date"}),
      Invalid("UpdateAction", absl::StrCat("action { name: '", kRun, "' report_due_days: 367 report_frequency: 9 }"),
              {"action.report_frequency"}),
      Invalid("UpdateAction", absl::StrCat("action { name: '", kRun, "' report_due_days: 367 }"),
              {"action.report_due_days"}),
      Invalid("BatchCreateRisks",
              absl::StrCat("parent: '", kRun, "' requests { ", GoodRisk(kRun), " } requests { ",
                           NewRisk("likelihood: 6 impact: 1", kRun, "second"), " }"),
              {"requests[1].risk.likelihood"}),
      Invalid("BatchCreateRisks",
              absl::StrCat("parent: '", kRun, "' requests { ", NewRisk("likelihood: 0 impact: 9", kRun, "A"),
                           " } requests { ", NewRisk("likelihood: 6 impact: 1", kRun, "second"), " }"),
              {"requests[0].risk.likelihood", "requests[0].risk.impact", "requests[0].risk_id",
               "requests[1].risk.likelihood"}),
  };
}

std::vector<Case> RuleCasesOfRecords() {
  const auto refused = StatusCode::kFailedPrecondition;
  const auto missing = StatusCode::kNotFound;
  const auto wrong_milestone = act::ERROR_REASON_WRONG_MILESTONE_STATE;
  const auto wrong_risk = act::ERROR_REASON_WRONG_RISK_STATE;
  const std::string none = "plans/p/actions/none";
  const std::string gone = "plans/p/actions/gone";
  const std::string done = "plans/p/actions/done";
  const std::string closed = "plans/closed/actions/a";
  std::vector<Case> cases = {
      Fails("DropMilestone", Of("milestones/reached"), refused, wrong_milestone),
      Fails("ReachMilestone", Of("milestones/reached"), refused, wrong_milestone),
      Fails("ReopenMilestone", Of("milestones/m"), refused, wrong_milestone),
      Fails("CloseRisk", Of("risks/over"), refused, wrong_risk),
      Fails("RealizeRisk", Of("risks/over"), refused, wrong_risk),
      Fails("ReopenRisk", Of("risks/r"), refused, wrong_risk),
      Fails("ReachMilestone", "name: 'plans/p/actions/a/milestones/m'", refused, act::ERROR_REASON_ACTION_NOT_BEGUN),
      Fails("CreateProgressReport", GoodReport(kPast, "plans/p/actions/a"), refused,
            act::ERROR_REASON_ACTION_NOT_BEGUN),
      Fails("CompleteAction", "name: 'plans/p/actions/early' date { year: 2012 month: 6 day: 29 }", refused,
            act::ERROR_REASON_ENDS_BEFORE_RECORD),
      Fails("CancelAction", "name: 'plans/p/actions/early' date { year: 2012 month: 6 day: 29 }", refused,
            act::ERROR_REASON_ENDS_BEFORE_RECORD),
      Fails("CreateProgressReport", GoodReport(kPast, done), refused, act::ERROR_REASON_ACTION_ENDED),
      Fails("CreateMilestone", GoodMilestone(done), refused, act::ERROR_REASON_ACTION_ENDED),
      Fails("UpdateMilestone", absl::StrCat("milestone { ", Of("milestones/gone"), "title: 'T' }"), refused,
            rpc_v1::ERROR_REASON_RESOURCE_DELETED),
      Fails("ReachMilestone", Of("milestones/gone"), refused, rpc_v1::ERROR_REASON_RESOURCE_DELETED),
      Fails("UndeleteMilestone", Of("milestones/m"), refused, rpc_v1::ERROR_REASON_RESOURCE_NOT_DELETED),
      Fails("UpdateContribution", absl::StrCat("contribution { ", Of("contributions/c"), "note: 'N' }"), refused,
            rpc_v1::ERROR_REASON_RESOURCE_DELETED),
      Fails("CreateRisk", Under(kRun, "risk_id: 'r' risk { title: 'T' likelihood: 1 impact: 1 }"),
            StatusCode::kAlreadyExists, rpc_v1::ERROR_REASON_RESOURCE_ALREADY_EXISTS),
      Fails("GetMilestone", Of("milestones/none"), missing, rpc_v1::ERROR_REASON_RESOURCE_NOT_FOUND),
      Fails("ListRisks", absl::StrCat("parent: '", none, "'"), missing, rpc_v1::ERROR_REASON_RESOURCE_NOT_FOUND),
      Fails("DeleteActivity", Of("activities/x", "etag: 'x'"), StatusCode::kInvalidArgument,
            rpc_v1::ERROR_REASON_TOKEN_INVALID),
  };
  struct Where {
    const std::string action;
    const StatusCode code;
    const Reason reason;
  };
  for (const Where& where : {Where{none, missing, rpc_v1::ERROR_REASON_RESOURCE_NOT_FOUND},
                             Where{gone, refused, rpc_v1::ERROR_REASON_RESOURCE_DELETED},
                             Where{closed, refused, act::ERROR_REASON_PLAN_CLOSED}}) {
    cases.push_back(Fails("CreateMilestone", GoodMilestone(where.action), where.code, where.reason));
    cases.push_back(Fails("CreateProgressReport", GoodReport(kPast, where.action), where.code, where.reason));
    cases.push_back(Fails("CreateContribution", GoodContribution(where.action), where.code, where.reason));
    cases.push_back(Fails("CreateActivity", GoodActivity(where.action), where.code, where.reason));
    cases.push_back(Fails("CreateRisk", GoodRisk(where.action), where.code, where.reason));
  }
  return cases;
}

}  // namespace

std::vector<Case> RecordCases() {
  std::vector<Case> cases = FieldCasesOfRecords();
  for (Case& c : RuleCasesOfRecords()) cases.push_back(std::move(c));
  return cases;
}

}  // namespace concord::testing
