// Plans and documents for the tests of StratML.
#ifndef SERVICES_CONCORDCTL_STRATML_FIXTURE_H_
#define SERVICES_CONCORDCTL_STRATML_FIXTURE_H_

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/status/error.h"
#include "gtest/gtest.h"
#include "services/concordctl/plan_file.h"
#include "services/concordctl/stratml.h"

namespace concord::ctl {

// A plan that has something in every kind of field that StratML knows, and in some that it does not.
inline planfile::v1::PlanFile StratmlTestPlan() {
  const auto file = ParsePlanFile(R"({
    "format": "concord-plan-1",
    "plan": {
      "name": "plans/p", "title": "A plan & more", "organization": {"title": "Organisation", "acronym": "ORG"},
      "period": {"startDate": {"year": 2011, "month": 1, "day": 1}, "endDate": {"year": 2015, "month": 12, "day": 31}},
      "vision": "A <better> world.\n\nFor all.", "mission": "To do.",
      "values": [{"title": "Openness", "description": "Nothing hidden."}, {"title": "Care"}],
      "partners": ["IEC"], "stakeholderGroups": ["consumers"], "sectors": ["energy"]
    },
    "objectives": [
      {"name": "plans/p/objectives/one", "title": "First", "code": "1", "outcome": "It is so.", "owner": "A. Person",
       "weight": 2},
      {"name": "plans/p/objectives/2", "title": "Second", "code": "2"}
    ],
    "actions": [
      {"name": "plans/p/actions/1-2", "title": "Supports", "code": "1.2",
       "objectiveLinks": [{"objective": "plans/p/objectives/one", "kind": "KIND_SUPPORTS", "weight": 3}]},
      {"name": "plans/p/actions/1-1", "title": "Contributes", "code": "1.1", "description": "At length.",
       "lead": "members/a", "contributors": ["members/b", "members/c"], "dependencies": ["plans/p/actions/1-2"],
       "dueDate": {"year": 2012, "month": 6, "day": 30},
       "objectiveLinks": [{"objective": "plans/p/objectives/one", "kind": "KIND_CONTRIBUTES", "weight": 5},
                          {"objective": "plans/p/objectives/2", "kind": "KIND_SUPPORTS"}]}
    ],
    "indicators": [
      {"name": "plans/p/objectives/one/indicators/1-a", "title": "Users", "code": "1.a", "unit": "%", "scale": 1,
       "direction": "DIRECTION_INCREASE", "kind": "KIND_STOCK", "frequency": "FREQUENCY_YEARLY",
       "source": "SOURCE_PEOPLE", "description": "Who uses it.", "labels": {"mark": "x"},
       "baseline": {"value": {"value": "0"}, "date": {"year": 2010, "month": 12, "day": 31}, "source": "A survey"},
       "targets": [{"date": {"year": 2012, "month": 12, "day": 31}, "value": {"value": "12.5"}},
                   {"date": {"year": 2013, "month": 12, "day": 31}, "value": {"value": "20"}}]},
      {"name": "plans/p/objectives/2/indicators/2-a", "title": "Waits", "code": "2.a", "unit": "days",
       "direction": "DIRECTION_DECREASE", "kind": "KIND_FLOW", "frequency": "FREQUENCY_QUARTERLY",
       "source": "SOURCE_PEOPLE",
       "rollUp": {"method": "METHOD_SUM", "inputs": [{"indicator": "plans/p/objectives/one/indicators/1-a"}]}}
    ],
    "milestones": [{"name": "plans/p/actions/1-1/milestones/m", "title": "Half way",
                    "dueDate": {"year": 2012, "month": 3, "day": 31}}]
  })");
  EXPECT_TRUE(file.ok()) << file.status();
  return *file;
}

inline std::string WrittenAs(StratmlPart part, const planfile::v1::PlanFile& file,
                             const std::vector<objective::v1::Measurement>& measurements = {}) {
  const auto text = WriteStratml(file, part, measurements);
  EXPECT_TRUE(text.ok()) << text.status();
  return text.ok() ? text->xml : "";
}

inline StratmlPlan ReadBack(const std::string& xml, const StratmlOptions& options = {}) {
  auto plan = ReadStratml(xml, options);
  EXPECT_TRUE(plan.ok()) << plan.status();
  return plan.ok() ? *std::move(plan) : StratmlPlan();
}

// A document of Part 1 with these elements in its core, and the period of 2011 to 2015.
inline std::string StratmlWith(const std::string& core, const std::string& root = "<Name>Theirs</Name>") {
  return absl::StrCat("<StrategicPlan xmlns=\"urn:ISO:std:iso:17469:tech:xsd:stratml_core\">\n", root,
                      "\n<StrategicPlanCore>\n<Organization><Name>Them</Name></Organization>\n", core,
                      "\n</StrategicPlanCore>\n<AdministrativeInformation><StartDate>2011-01-01</StartDate>"
                      "<EndDate>2015-12-31</EndDate></AdministrativeInformation>\n</StrategicPlan>\n");
}

// The same of Part 2, with these elements in the only Objective of the only Goal.
inline std::string PerformanceWith(const std::string& indicators) {
  return absl::StrCat(
      "<PerformancePlanOrReport xmlns=\"urn:ISO:std:iso:17469:tech:xsd:PerformancePlanOrReport\" "
      "Type=\"Performance_Plan\"><Name>Theirs</Name><StrategicPlanCore><Organization><Name>Them</Name></Organization>"
      "<Goal><Name>G</Name><SequenceIndicator>1</SequenceIndicator><Objective><Name>O</Name>"
      "<SequenceIndicator>1.1</SequenceIndicator>\n",
      indicators,
      "\n</Objective></Goal></StrategicPlanCore><AdministrativeInformation><StartDate>2011-01-01</StartDate>"
      "<EndDate>2015-12-31</EndDate></AdministrativeInformation></PerformancePlanOrReport>\n");
}

// "line: reason" of the refusal of a document; empty if it is taken.
inline std::string RefusalOf(const std::string& xml, const StratmlOptions& options = {.plan = "plans/t"}) {
  const auto plan = ReadStratml(xml, options);
  const auto violations = ViolationsOf(plan.status());
  return violations.empty() ? std::string() : absl::StrCat(violations[0].first, ": ", violations[0].second);
}

// The losses as "line path value: reason", a line each.
inline std::string LossesOf(const StratmlPlan& plan) {
  std::string text;
  for (const StratmlNote& loss : plan.losses) {
    absl::StrAppend(&text, loss.line, " ", loss.path, " ", loss.value, ": ", loss.text, "\n");
  }
  return text;
}

inline std::string AssumptionsOf(const StratmlPlan& plan) {
  std::string text;
  for (const StratmlNote& assumption : plan.assumptions) absl::StrAppend(&text, assumption.text, "\n");
  return text;
}

}  // namespace concord::ctl

#endif  // SERVICES_CONCORDCTL_STRATML_FIXTURE_H_
