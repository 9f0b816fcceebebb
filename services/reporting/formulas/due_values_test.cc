#include "services/reporting/formulas/due_values.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/reporting/figures_test_plan.h"
#include "services/reporting/proto_of.h"

namespace concord::reporting {
namespace {

using objective::v1::Indicator;
using objective::v1::Measurement;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr char kName[] = "plans/p/objectives/1/indicators/i";

// The plan of 2011 to 2015 with an objective and one indicator, of liaisons by the year.
struct DuePlan {
  DuePlan() {
    plan.set_state(objective::v1::Plan::STATE_ACTIVE);
    indicator = ProtoOf<Indicator>(
        "unit: 'liaisons' kind: KIND_STOCK frequency: FREQUENCY_YEARLY source: SOURCE_FORMULA "
        "formula { formula: 'formulas/liaisons' parameters { key: 'with' value: 'committee' } }");
    indicator.set_name(kName);
  }

  void Measured(const std::string& id, int year, Measurement::Status status) {
    Measurement measurement;
    measurement.set_name(absl::StrCat(kName, "/measurements/", id));
    *measurement.mutable_period()->mutable_start_date() = DateOf(absl::CivilDay(year, 1, 1));
    *measurement.mutable_period()->mutable_end_date() = DateOf(absl::CivilDay(year, 12, 31));
    measurement.set_status(status);
    measurements.push_back(measurement);
  }

  std::vector<v1::DueFormulaValue> DueOn(absl::CivilDay today) const {
    PlanResources resources;
    resources.plan = &plan;
    if (has_objective) resources.objectives = {&objective};
    resources.indicators = {&indicator};
    for (const Measurement& measurement : measurements) resources.measurements.push_back(&measurement);
    std::vector<v1::DueFormulaValue> due;
    ForEachDueValue(resources, today, [&](const v1::DueFormulaValue& value) { due.push_back(value); });
    return due;
  }
  std::vector<std::string> IdsOn(absl::CivilDay today) const {
    std::vector<std::string> ids;
    for (const v1::DueFormulaValue& value : DueOn(today)) ids.push_back(value.measurement_id());
    return ids;
  }

  objective::v1::Plan plan = APlan(absl::CivilDay(2011, 1, 1), absl::CivilDay(2015, 12, 31));
  objective::v1::Objective objective = AnObjective("1");
  bool has_objective = true;
  Indicator indicator;
  std::vector<Measurement> measurements;
};

TEST(DueValues, AreOfPeriodsThatAreOver) {
  const DuePlan plan;
  EXPECT_THAT(plan.IdsOn(absl::CivilDay(2011, 12, 31)), IsEmpty()) << "its last day is still on";
  EXPECT_THAT(plan.IdsOn(absl::CivilDay(2012, 1, 1)), ElementsAre("2011-e2026-1"));
  EXPECT_THAT(plan.IdsOn(absl::CivilDay(2030, 1, 1)),
              ElementsAre("2011-e2026-1", "2012-e2026-1", "2013-e2026-1", "2014-e2026-1", "2015-e2026-1"));
}

TEST(DueValues, SayAllThatRecordingNeeds) {
  DuePlan plan;
  plan.indicator.set_scale(2);
  const v1::DueFormulaValue value = plan.DueOn(absl::CivilDay(2012, 1, 1)).front();
  EXPECT_EQ(value.indicator(), kName);
  EXPECT_EQ(value.formula(), "formulas/liaisons");
  EXPECT_EQ(value.parameters().at("with"), "committee");
  EXPECT_EQ(value.start_date().year(), 2011);
  EXPECT_EQ(value.end_date().month(), 12);
  EXPECT_EQ(value.scale(), 2);
  EXPECT_EQ(value.problem(), "");
}

TEST(DueValues, AreNoneWhereOneIsInForce) {
  DuePlan plan;
  plan.Measured("a", 2011, Measurement::STATUS_APPROVED);
  plan.Measured("b", 2012, Measurement::STATUS_DRAFT);
  EXPECT_THAT(plan.IdsOn(absl::CivilDay(2013, 1, 1)), ElementsAre("2012-e2026-1"));
  (*plan.measurements[0].mutable_dimensions())["group"] = "ldc";
  EXPECT_THAT(plan.IdsOn(absl::CivilDay(2012, 1, 1)), ElementsAre("2011-e2026-1")) << "a part is not the whole";
}

TEST(DueValues, AreOfActivePlansAndLivingObjectives) {
  DuePlan plan;
  plan.plan.set_state(objective::v1::Plan::STATE_CLOSED);
  EXPECT_THAT(plan.IdsOn(absl::CivilDay(2013, 1, 1)), IsEmpty());
  plan.plan.set_state(objective::v1::Plan::STATE_ACTIVE);
  plan.has_objective = false;
  EXPECT_THAT(plan.IdsOn(absl::CivilDay(2013, 1, 1)), IsEmpty());
}

TEST(DueValues, BeginWithTheirPeriodOrWithThePlan) {
  DuePlan plan;
  plan.indicator.set_unit("activities");
  plan.indicator.mutable_formula()->set_formula("formulas/activities-held");
  plan.indicator.mutable_formula()->clear_parameters();
  const auto from = [&](Indicator::Kind kind) {
    plan.indicator.set_kind(kind);
    const v1::DueFormulaValue value = plan.DueOn(absl::CivilDay(2013, 1, 1)).at(1);
    EXPECT_EQ(value.parameters().at("plan"), "plans/p");
    EXPECT_EQ(value.problem(), "");
    return value.parameters().contains("from") ? value.parameters().at("from") : "";
  };
  EXPECT_EQ(from(Indicator::KIND_FLOW), "2012-01-01");
  EXPECT_EQ(from(Indicator::KIND_CUMULATIVE), "2011-01-01");
  EXPECT_EQ(from(Indicator::KIND_STOCK), "");
}

TEST(DueValues, SayWhyTheyCannotBeComputed) {
  DuePlan plan;
  const auto problem = [&] { return plan.DueOn(absl::CivilDay(2012, 1, 1)).front().problem(); };
  plan.indicator.set_unit("%");
  EXPECT_EQ(problem(), "the indicator's unit is \"%\", that of the formula \"liaisons\"");
  plan.indicator.set_unit("liaisons");
  (*plan.indicator.mutable_formula()->mutable_parameters())["with"] = "nobody";
  EXPECT_EQ(problem(), "parameters.with must be one of all, committee, organization");
  plan.indicator.mutable_formula()->set_formula("formulas/none");
  EXPECT_EQ(problem(), "there is no formulas/none");
}

TEST(IdOfPeriod, IsShort) {
  const auto id = [](int month, int months) {
    const absl::CivilMonth first(2011, month);
    return IdOfPeriod({absl::CivilDay(first), absl::CivilDay(first + months) - 1}, months);
  };
  EXPECT_EQ(id(1, 12), "2011");
  EXPECT_EQ(id(7, 6), "2011-h2");
  EXPECT_EQ(id(10, 3), "2011-q4");
  EXPECT_EQ(id(6, 1), "2011-06");
}

}  // namespace
}  // namespace concord::reporting
