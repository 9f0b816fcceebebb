// A plan of the year 2012 with all that hangs on it, for tests of what is owed and what needs attention.
#ifndef SERVICES_REPORTING_YEAR_TEST_PLAN_H_
#define SERVICES_REPORTING_YEAR_TEST_PLAN_H_

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/reporting/figures_test_plan.h"

namespace concord::reporting {

inline absl::CivilDay Day(int month, int day) { return absl::CivilDay(2012, month, day); }

// In the text format of Protobuf.
inline std::string DateText(int month, int day) {
  return absl::StrCat("{ year: 2012 month: ", month, " day: ", day, " } ");
}

// Active, with the objective "o".
struct YearPlan {
  objective::v1::Plan plan = APlan(Day(1, 1), Day(12, 31));
  std::vector<objective::v1::Objective> objectives = {AnObjective("o")};
  std::vector<objective::v1::Indicator> indicators;
  std::vector<objective::v1::Measurement> measurements;
  std::vector<action::v1::Action> actions;
  std::vector<action::v1::Milestone> milestones;
  std::vector<action::v1::ProgressReport> reports;
  std::vector<action::v1::Risk> risks;

  YearPlan() { plan.set_state(objective::v1::Plan::STATE_ACTIVE); }

  PlanResources Resources() const {
    PlanResources resources = ResourcesOf(plan, objectives, actions);
    resources.indicators = ByName(indicators);
    resources.measurements = ByName(measurements);
    resources.milestones = ByName(milestones);
    resources.progress_reports = ByName(reports);
    resources.risks = ByName(risks);
    return resources;
  }
};

}  // namespace concord::reporting

#endif  // SERVICES_REPORTING_YEAR_TEST_PLAN_H_
