// The example of FIGURES.md for what a plan lacks.
#include "services/reporting/completeness.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/aip/enum_words.h"
#include "services/reporting/proto_of.h"
#include "services/reporting/year_test_plan.h"

namespace concord::reporting {
namespace {

using ::concord::action::v1::Action;
using ::concord::objective::v1::Indicator;
using ::concord::objective::v1::Measurement;
using ::testing::ElementsAre;

constexpr char kMeasured[] =
    "name: 'plans/p/objectives/o/indicators/a' kind: KIND_CUMULATIVE frequency: FREQUENCY_HALF_YEARLY "
    "source: SOURCE_PEOPLE reporter: 'members/m' baseline { value { value: '0' } } "
    "targets { date { year: 2012 month: 12 day: 31 } value { value: '9' } } ";
constexpr char kBare[] =
    "name: 'plans/p/objectives/o/indicators/b' kind: KIND_STOCK frequency: FREQUENCY_HALF_YEARLY "
    "source: SOURCE_PEOPLE targets { date { year: 2012 month: 6 day: 30 } value { value: '9' } } ";
constexpr char kComputed[] =
    "name: 'plans/p/objectives/o/indicators/c' kind: KIND_CUMULATIVE frequency: FREQUENCY_HALF_YEARLY "
    "source: SOURCE_PEOPLE roll_up { method: METHOD_SUM inputs { indicator: 'plans/p/objectives/o/indicators/a' } } ";

// "ACTION_LEAD 1 of 2 = 0.5: b", each check that expects something.
std::vector<std::string> LinesOf(const v1::Completeness& completeness) {
  std::vector<std::string> lines;
  for (const auto& check : completeness.checks()) {
    const v1::Figure& share = check.share();
    if (share.expected_count() == 0) {
      EXPECT_FALSE(share.has_value()) << "of nothing there is no share";
      continue;
    }
    std::vector<std::string> missing;
    for (const std::string& name : share.missing()) missing.push_back(name.substr(name.rfind('/') + 1));
    lines.push_back(absl::StrCat(aip::WordOf(check.kind()), " ", share.counted_count(), " of ", share.expected_count(),
                                 " = ", share.value(), missing.empty() ? "" : ": ", absl::StrJoin(missing, ", ")));
  }
  return lines;
}

// Objective "o" with an owner, "p" without anything; actions "a" (all there), "b" (in progress, nothing said), "x"
// (cancelled, nothing said); indicators as above.
YearPlan PlanWithGaps() {
  YearPlan plan;
  plan.objectives = {AnObjective("o"), AnObjective("p")};
  plan.objectives[0].set_owner("members/m");
  plan.actions = {Contributing(Dated(AnAction("a", Action::STATE_APPROVED), Day(1, 1), Day(12, 31)), "o"),
                  AnAction("b", Action::STATE_IN_PROGRESS), Contributing(AnAction("x", Action::STATE_CANCELLED), "p")};
  plan.actions[0].set_lead("members/m");
  for (const char* text : {kMeasured, kBare, kComputed}) plan.indicators.push_back(ProtoOf<Indicator>(text));
  return plan;
}

TEST(Completeness, CountsWhatEachPartHasAndLacks) {
  const YearPlan plan = PlanWithGaps();
  const v1::Completeness completeness = ComputeCompleteness(plan.Resources(), Day(3, 1));
  EXPECT_THAT(LinesOf(completeness),
              ElementsAre("OBJECTIVE_OWNER 1 of 2 = 0.5: p", "OBJECTIVE_ACTION 1 of 2 = 0.5: p",
                          "OBJECTIVE_INDICATOR 1 of 2 = 0.5: p", "ACTION_LEAD 1 of 2 = 0.5: b",
                          "ACTION_DATES 1 of 2 = 0.5: b", "ACTION_OBJECTIVE 1 of 2 = 0.5: b",
                          "ACTION_PROGRESS 0 of 1 = 0: b", "INDICATOR_BASELINE 1 of 2 = 0.5: b",
                          "INDICATOR_TARGET 1 of 3 = 0.333333: b, c", "INDICATOR_REPORTER 1 of 2 = 0.5: b"));
  EXPECT_EQ(completeness.share().counted_count(), 9);
  EXPECT_EQ(completeness.share().expected_count(), 20);
  EXPECT_EQ(completeness.share().value(), 0.45);
}

TEST(Completeness, ExpectsValuesOnceAPeriodHasEnded) {
  YearPlan plan = PlanWithGaps();
  plan.measurements.push_back(ProtoOf<Measurement>(
      "name: 'plans/p/objectives/o/indicators/a/measurements/h1' status: STATUS_APPROVED value { value: '1' } "
      "period { start_date { year: 2012 month: 1 day: 1 } end_date { year: 2012 month: 6 day: 30 } }"));
  EXPECT_EQ(LinesOf(ComputeCompleteness(plan.Resources(), Day(6, 29))).back(), "INDICATOR_REPORTER 1 of 2 = 0.5: b");
  EXPECT_EQ(LinesOf(ComputeCompleteness(plan.Resources(), Day(6, 30))).back(), "INDICATOR_VALUE 2 of 3 = 0.666667: b");
}

TEST(Completeness, TakesNoValueOfAPeriodThatIsStillOpen) {
  YearPlan plan = PlanWithGaps();
  plan.measurements.push_back(ProtoOf<Measurement>(
      "name: 'plans/p/objectives/o/indicators/a/measurements/h2' status: STATUS_APPROVED value { value: '1' } "
      "period { start_date { year: 2012 month: 7 day: 1 } end_date { year: 2012 month: 12 day: 31 } }"));
  EXPECT_EQ(LinesOf(ComputeCompleteness(plan.Resources(), Day(6, 30))).back(), "INDICATOR_VALUE 0 of 3 = 0: a, b, c");
}

TEST(Completeness, AsksForContributionsNotForSupport) {
  YearPlan plan = PlanWithGaps();
  plan.actions[1] = Linked(plan.actions[1], action::v1::ObjectiveLink::KIND_SUPPORTS, "p");
  const std::vector<std::string> lines = LinesOf(ComputeCompleteness(plan.Resources(), Day(3, 1)));
  EXPECT_EQ(lines[1], "OBJECTIVE_ACTION 1 of 2 = 0.5: p");
  EXPECT_EQ(lines[5], "ACTION_OBJECTIVE 1 of 2 = 0.5: b");
}

TEST(Completeness, OfAnEmptyPlanHasNoData) {
  YearPlan plan;
  plan.objectives.clear();
  const v1::Completeness completeness = ComputeCompleteness(plan.Resources(), Day(3, 1));
  EXPECT_THAT(LinesOf(completeness), ElementsAre());
  EXPECT_FALSE(completeness.share().has_value());
  EXPECT_EQ(completeness.checks_size(), 11);
}

TEST(Completeness, ExpectsNothingOfWhatIsCancelledFromTheDayOnThatItIs) {
  YearPlan plan = PlanWithGaps();
  *plan.actions[2].mutable_actual_end_date() = DateOf(Day(2, 1));
  const auto lacks_lead = [&](absl::CivilDay day) {
    return ComputeCompleteness(plan.Resources(), day).checks(3).share().expected_count();
  };
  EXPECT_EQ(lacks_lead(Day(1, 31)), 3);
  EXPECT_EQ(lacks_lead(Day(2, 1)), 2);
}

}  // namespace
}  // namespace concord::reporting
