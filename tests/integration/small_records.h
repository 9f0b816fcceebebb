// What is recorded of the actions of the small plan.
#ifndef TESTS_INTEGRATION_SMALL_RECORDS_H_
#define TESTS_INTEGRATION_SMALL_RECORDS_H_

#include <string>

#include "absl/strings/str_cat.h"
#include "tests/integration/small_plan.h"

namespace concord::testing {

inline void CreateMilestone(RunningSystem& system, const std::string& action, const std::string& id) {
  Do(system, "CreateMilestone",
     absl::StrCat("parent: '", action, "' milestone_id: '", id,
                  "' milestone { title: 'A milestone' due_date { year: 2012 month: 6 day: 30 } }"));
}

inline void CreateRisk(RunningSystem& system, const std::string& action, const std::string& id) {
  Do(system, "CreateRisk",
     absl::StrCat("parent: '", action, "' risk_id: '", id, "' risk { title: 'A risk' likelihood: 3 impact: 4 }"));
}

// Of plans/p/actions/run: milestones m (planned), reached and gone (deleted), report r, contribution c (deleted),
// activity x, risks r (open) and over (closed). Of plans/p/actions/a: the milestone m. Of plans/p/actions/early, in
// progress since the first day of 2012: the report r of the last of June.
inline void MakeSmallRecords(RunningSystem& system) {
  const std::string run = "plans/p/actions/run";
  for (const char* id : {"m", "reached", "gone"}) CreateMilestone(system, run, id);
  CreateMilestone(system, "plans/p/actions/a", "m");
  Do(system, "ReachMilestone", absl::StrCat("name: '", run, "/milestones/reached'"));
  Do(system, "DeleteMilestone", absl::StrCat("name: '", run, "/milestones/gone'"));
  const std::string today = Do(system, "GetAction", absl::StrCat("name: '", run, "'"))
                                .As<action::v1::Action>()
                                .actual_start_date()
                                .ShortDebugString();
  Do(system, "CreateProgressReport",
     absl::StrCat("parent: '", run, "' progress_report_id: 'r' progress_report { date { ", today,
                  " } percent { value: '10' } health: HEALTH_ON_TRACK confidence: CONFIDENCE_LOW confidence_reason: ",
                  "'A guess' }"));
  Do(system, "CreateContribution",
     absl::StrCat("parent: '", run, "' contribution_id: 'c' contribution { title: 'T' member: 'members/sn' kind: ",
                  "KIND_SEATS amount { value: '1' } date { year: 2012 month: 1 day: 1 } }"));
  Do(system, "DeleteContribution", absl::StrCat("name: '", run, "/contributions/c'"));
  Do(system, "CreateActivity",
     absl::StrCat("parent: '", run, "' activity_id: 'x' activity { title: 'T' kind: KIND_STUDY start_date { ",
                  "year: 2012 month: 1 day: 1 } }"));
  for (const char* id : {"r", "over"}) CreateRisk(system, run, id);
  Do(system, "CloseRisk", absl::StrCat("name: '", run, "/risks/over'"));
  const std::string early = "plans/p/actions/early";
  CreateAction(system, "p", "early");
  Do(system, "ApproveAction", absl::StrCat("name: '", early, "'"));
  Do(system, "StartAction", absl::StrCat("name: '", early, "' date { year: 2012 month: 1 day: 1 }"));
  Do(system, "CreateProgressReport",
     absl::StrCat("parent: '", early,
                  "' progress_report_id: 'r' progress_report { date { year: 2012 month: 6 day: 30 }",
                  " percent { value: '10' } health: HEALTH_ON_TRACK confidence: CONFIDENCE_LOW confidence_reason: ",
                  "'A guess' }"));
}

}  // namespace concord::testing

#endif  // TESTS_INTEGRATION_SMALL_RECORDS_H_
