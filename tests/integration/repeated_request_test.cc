// Writes that are sent again, and writes that are only checked.
#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "concord/action/v1/action_service.pb.h"
#include "concord/objective/v1/objective_service.pb.h"
#include "concord/objective/v1/plan_service.pb.h"
#include "tests/integration/small_plan.h"
#include "tests/support/status_matchers.h"

namespace concord::testing {
namespace {

struct Step {
  std::string method;
  std::string fields;
};

// What becomes of an indicator and its measurements: every write, and a correction, which changes two at once.
std::vector<Step> LifeOfAnIndicator() {
  const std::string objective = "plans/x/objectives/o";
  const std::string indicator = objective + "/indicators/i";
  const std::string content =
      "title: 'I' code: '1.a' unit: 'seats' direction: DIRECTION_INCREASE kind: KIND_FLOW frequency: FREQUENCY_YEARLY "
      "source: SOURCE_PEOPLE ";
  const std::string result = YearOf(2011) + "value { value: '0' } evidence { title: 'E' } ";
  const auto in = [](const std::string& parent) { return absl::StrCat("parent: '", parent, "' "); };
  const auto named = [&](const std::string& id) {
    return absl::StrCat("name: '", indicator, "/measurements/", id, "' ");
  };
  return {
      {"CreateIndicator", absl::StrCat(in(objective), "indicator_id: 'i' indicator { ", content, "}")},
      {"BatchCreateIndicators", absl::StrCat(in(objective), "requests { ", in(objective),
                                             "indicator_id: 'j' indicator { ", content, "code: '1.b' } }")},
      {"UpdateIndicator", absl::StrCat("indicator { name: '", indicator, "' scale: 2 }")},
      {"DeleteIndicator", absl::StrCat("name: '", indicator, "' ")},
      {"UndeleteIndicator", absl::StrCat("name: '", indicator, "' ")},
      {"CreateMeasurement", absl::StrCat(in(indicator), "measurement_id: 'm' measurement { ", result, "}")},
      {"UpdateMeasurement", absl::StrCat("measurement { ", named("m"), "note: 'N' }")},
      {"SubmitMeasurement", named("m")},
      {"ReturnMeasurement", named("m") + "reason: 'R'"},
      {"SubmitMeasurement", named("m")},
      {"ApproveMeasurement", named("m")},
      {"BatchCreateMeasurements",
       absl::StrCat(in(indicator), "requests { ", in(indicator), "measurement_id: 'n' measurement { ", result,
                    "supersedes: '", indicator, "/measurements/m' } }")},
      {"SubmitMeasurement", named("n")},
      {"ApproveMeasurement", named("n")},
  };
}

// What is recorded of the action while it goes on.
std::vector<Step> LifeOfRecords() {
  const std::string parent = "parent: 'plans/x/actions/a' ";
  const auto named = [](const std::string& record) { return absl::StrCat("name: 'plans/x/actions/a/", record, "' "); };
  struct Kind {
    const char* type;
    const char* types;
    const char* collection;
    const char* field;
    const char* content;
  };
  const std::string day = "{ year: 2012 month: 3 day: 1 } ";
  const std::string milestone = absl::StrCat("title: 'M' due_date ", day);
  const std::string contribution =
      absl::StrCat("title: 'C' member: 'members/sn' kind: KIND_SEATS amount { value: '1' } date ", day);
  const std::string activity = absl::StrCat("title: 'A' kind: KIND_STUDY start_date ", day);
  std::vector<Step> life;
  for (const Kind& kind : {Kind{"Milestone", "Milestones", "milestones", "milestone", milestone.c_str()},
                           Kind{"Contribution", "Contributions", "contributions", "contribution", contribution.c_str()},
                           Kind{"Activity", "Activities", "activities", "activity", activity.c_str()},
                           Kind{"Risk", "Risks", "risks", "risk", "title: 'R' likelihood: 2 impact: 3"}}) {
    const auto create = [&](const std::string& id) {
      return absl::StrCat(parent, kind.field, "_id: '", id, "' ", kind.field, " { ", kind.content, " }");
    };
    const std::string name = named(absl::StrCat(kind.collection, "/one"));
    life.push_back({absl::StrCat("Create", kind.type), create("one")});
    life.push_back({absl::StrCat("BatchCreate", kind.types),
                    absl::StrCat(parent, "requests { ", create("two"), " } requests { ", create("three"), " }")});
    life.push_back({absl::StrCat("Update", kind.type), absl::StrCat(kind.field, " { ", name, "title: 'New' }")});
    life.push_back({absl::StrCat("Delete", kind.type), name});
    life.push_back({absl::StrCat("Undelete", kind.type), name});
  }
  for (const char* method : {"ReachMilestone", "ReopenMilestone", "DropMilestone"}) {
    life.push_back({method, named("milestones/one")});
  }
  for (const char* method : {"RealizeRisk", "CloseRisk", "ReopenRisk"}) life.push_back({method, named("risks/one")});
  const auto report = [&](const std::string& id) {
    return absl::StrCat(parent, "progress_report_id: '", id, "' progress_report { percent { value: '5' } health: ",
                        "HEALTH_ON_TRACK confidence: CONFIDENCE_LOW confidence_reason: 'R' date ", day, "}");
  };
  life.push_back({"CreateProgressReport", report("one")});
  life.push_back({"BatchCreateProgressReports", absl::StrCat(parent, "requests { ", report("two"), " }")});
  return life;
}

std::vector<Step> LifeOfAPlan();

// A life in which every write of the API occurs, some of them without an effect.
std::vector<Step> Life() {
  std::vector<Step> life = LifeOfAPlan();
  const std::vector<Step> more = LifeOfAnIndicator();
  const auto active = std::find_if(life.begin(), life.end(),
                                   [](const Step& step) { return step.method == std::string("ActivatePlan"); });
  life.insert(active, more.begin(), more.end());
  const std::vector<Step> records = LifeOfRecords();
  const auto held =
      std::find_if(life.begin(), life.end(), [](const Step& step) { return step.method == std::string("HoldAction"); });
  life.insert(held, records.begin(), records.end());
  return life;
}

std::vector<Step> LifeOfAPlan() {
  const std::string action = "name: 'plans/x/actions/a' ";
  const std::string objective = "name: 'plans/x/objectives/o' ";
  const std::string link = "objective_links { objective: 'plans/x/objectives/o' kind: KIND_CONTRIBUTES } ";
  return {
      {"CreatePlan",
       "plan_id: 'x' plan { title: 'X' organization { title: 'O' } period { start_date { year: 2011 month: 1 "
       "day: 1 } end_date { year: 2015 month: 12 day: 31 } } labels { key: 'one' value: '1' } labels { key: "
       "'two' value: '2' } labels { key: 'three' value: '3' } labels { key: 'four' value: '4' } }"},
      {"UpdatePlan", "plan { name: 'plans/x' title: 'Xx' }"},
      {"UpdatePlan", "plan { name: 'plans/x' title: 'Xx' } update_mask { paths: 'title' }"},  // Changes nothing.
      {"CreateObjective", "parent: 'plans/x' objective_id: 'o' objective { title: 'O' code: '1' }"},
      {"UpdateObjective", "objective { name: 'plans/x/objectives/o' weight: 2 }"},
      {"DeleteObjective", objective},
      {"DeleteObjective", objective + "reason: 'again'"},  // Changes nothing.
      {"UndeleteObjective", objective},
      {"ActivatePlan", "name: 'plans/x'"},
      {"CreateAction", absl::StrCat("parent: 'plans/x' action_id: 'a' action { title: 'A' code: '1.1' ", link, "}")},
      {"UpdateAction",
       "action { name: 'plans/x/actions/a' description: 'At length' labels { key: 'b' value: '2' } labels { "
       "key: 'a' value: '1' } labels { key: 'd' value: '4' } labels { key: 'c' value: '3' } }"},
      {"ApproveAction", action},
      {"StartAction", action + "date { year: 2012 month: 3 day: 1 }"},
      {"HoldAction", action},
      {"ResumeAction", action},
      {"CompleteAction", action},
      {"CreateAction", absl::StrCat("parent: 'plans/x' action_id: 'b' action { title: 'B' code: '1.2' ", link, "}")},
      {"CancelAction", "name: 'plans/x/actions/b'"},
      {"DeleteAction", "name: 'plans/x/actions/b'"},
      {"UndeleteAction", "name: 'plans/x/actions/b'"},
      {"DeleteAction", "name: 'plans/x/actions/b' reason: 'for good'"},
      {"ClosePlan", "name: 'plans/x'"},
      {"ArchivePlan", "name: 'plans/x'"},
  };
}

int64_t Revision(RunningSystem& system) {
  const Answer answer = Ask(system, "ListActions", "parent: 'plans/x'");
  return answer.ok() ? answer.As<action::v1::ListActionsResponse>().revisions(0).revision() : 0;
}

std::unique_ptr<RunningSystem> StartSystem() {
  auto system = RunningSystem::Start({.services = {"objective", "action"}, .replicas = 2, .flags = {}});
  EXPECT_TRUE(system.ok()) << system.status();
  return system.ok() ? *std::move(system) : nullptr;
}

TEST(ARepeatedRequest, GetsItsFirstAnswerForEverAndChangesNothing) {
  const auto system = StartSystem();
  ASSERT_NE(system, nullptr);
  const std::vector<Step> life = Life();
  std::vector<std::unique_ptr<google::protobuf::Message>> requests;
  std::vector<std::string> answers;
  for (size_t i = 0; i < life.size(); ++i) {
    SCOPED_TRACE(absl::StrCat(i, " ", life[i].method));
    requests.push_back(RequestOf(life[i].method, absl::StrCat(life[i].fields, " request_id: 'step-", i, "'")));
    const Answer answer = system->Send(*requests.back());
    ASSERT_THAT(answer.status, IsOk());
    answers.push_back(answer.bytes);
    EXPECT_EQ(system->Send(*requests.back(), 1).bytes, answer.bytes) << "at once, of the other replica";
  }
  const int64_t end = Revision(*system);
  const auto send_all_again = [&](const char* when) {
    for (size_t i = 0; i < life.size(); ++i) {
      SCOPED_TRACE(absl::StrCat(when, " ", i, " ", life[i].method));
      for (int replica : {0, 1}) {
        const Answer again = system->Send(*requests[i], replica);
        EXPECT_THAT(again.status, IsOk());
        EXPECT_EQ(again.bytes, answers[i]);
      }
    }
    EXPECT_EQ(Revision(*system), end);
  };
  send_all_again("when all has changed");
  for (RunningService* service : system->all()) {
    ASSERT_TRUE(service->Stop().ok());
    ASSERT_THAT(service->Restart(), IsOk());
  }
  for (RunningService* service : system->all()) ASSERT_THAT(service->WaitUntilServing(), IsOk());
  send_all_again("after a restart");
}

TEST(ARequestThatIsOnlyChecked, ChangesNothingAndShowsWhatWouldBe) {
  const auto system = StartSystem();
  ASSERT_NE(system, nullptr);
  int i = 0;
  for (const Step& step : Life()) {
    SCOPED_TRACE(step.method);
    const int64_t before = Revision(*system);
    const std::string id = absl::StrCat(" request_id: 'step-", ++i, "'");
    const Answer preview = Ask(*system, step.method, step.fields + id + " validate_only: true");
    EXPECT_THAT(preview.status, IsOk());
    EXPECT_FALSE(preview.bytes.empty());
    EXPECT_EQ(Revision(*system), before);
    // Nor is the id remembered.
    EXPECT_THAT(Do(*system, step.method, step.fields + id).status, IsOk());
  }
}

}  // namespace
}  // namespace concord::testing
