#include "services/objective/indicator_values.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "services/objective/parse_fixture.h"
#include "tests/support/plan_state.h"

namespace concord::objective {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using v1::Indicator;

constexpr char kGoodIndicator[] =
    "name: 'plans/p/objectives/o/indicators/i' title: 'T' code: '1.a' unit: 'seats' scale: 1 "
    "direction: DIRECTION_INCREASE kind: KIND_FLOW frequency: FREQUENCY_QUARTERLY source: SOURCE_PEOPLE ";

// The fields that are wrong, without the "indicator." that all begin with.
std::vector<std::string> BadIndicatorFields(const std::string& more) {
  const auto indicator = ParseOver<Indicator>(kGoodIndicator, more);
  std::vector<std::string> fields = concord::testing::BadFields(
      [&](Violations& violations) { CheckIndicatorValues(indicator, "indicator", violations); });
  for (std::string& field : fields) field = field.substr(sizeof("indicator.") - 1);
  return fields;
}

std::string Target(const std::string& date, const std::string& value) {
  return absl::StrCat("targets { date { ", date, " } value { value: '", value, "' } } ");
}
constexpr char kMarch[] = "year: 2011 month: 3 day: 31";
constexpr char kJune[] = "year: 2011 month: 6 day: 30";

TEST(IndicatorValues, HaveTheLimitsOfTheirFields) {
  EXPECT_THAT(BadIndicatorFields(""), IsEmpty());
  EXPECT_THAT(BadIndicatorFields("unit: ''"), ElementsAre("unit"));
  EXPECT_THAT(BadIndicatorFields(absl::StrCat("unit: '", std::string(40, 'u'), "'")), IsEmpty());
  EXPECT_THAT(BadIndicatorFields(absl::StrCat("unit: '", std::string(41, 'u'), "'")), ElementsAre("unit"));
  EXPECT_THAT(BadIndicatorFields("scale: 0"), IsEmpty());
  EXPECT_THAT(BadIndicatorFields("scale: 9"), IsEmpty());
  EXPECT_THAT(BadIndicatorFields("scale: 10"), ElementsAre("scale"));
  EXPECT_THAT(BadIndicatorFields("scale: -1"), ElementsAre("scale"));
  EXPECT_THAT(BadIndicatorFields("due_days: 366 reporter: 'members/afnor'"), IsEmpty());
  EXPECT_THAT(BadIndicatorFields("due_days: 367"), ElementsAre("due_days"));
  EXPECT_THAT(BadIndicatorFields("due_days: -1"), ElementsAre("due_days"));
  EXPECT_THAT(BadIndicatorFields("reporter: 'AFNOR'"), ElementsAre("reporter"));
  EXPECT_THAT(BadIndicatorFields(absl::StrCat("title: ' ' code: '1 a' labels { key: 'A' } description: '",
                                              std::string(4'001, 'd'), "'")),
              ElementsAre("title", "labels", "code", "description"));
}

TEST(Baseline, HasTheScaleOfTheIndicator) {
  EXPECT_THAT(BadIndicatorFields("baseline { value { value: '1.5' } }"), IsEmpty());
  EXPECT_THAT(BadIndicatorFields("baseline { value { value: '-0' } date { year: 2010 month: 12 day: 31 } }"),
              IsEmpty());
  EXPECT_THAT(BadIndicatorFields("baseline { value { value: '1.50' } }"), ElementsAre("baseline.value"));
  EXPECT_THAT(BadIndicatorFields("scale: 99 baseline { value { value: '1.50' } }"), ElementsAre("scale"));
  EXPECT_THAT(BadIndicatorFields(absl::StrCat("baseline { value { value: 'x' } date { year: 2010 } source: '",
                                              std::string(501, 's'), "' }")),
              ElementsAre("baseline.value", "baseline.date", "baseline.source"));
}

TEST(Targets, AreForTheLastDaysOfPeriods) {
  EXPECT_THAT(BadIndicatorFields(Target(kMarch, "1")), IsEmpty());
  EXPECT_THAT(BadIndicatorFields(Target("year: 2011 month: 3 day: 30", "1")), ElementsAre("targets[0].date"));
  EXPECT_THAT(BadIndicatorFields(Target("year: 2011 month: 4 day: 30", "1")), ElementsAre("targets[0].date"));
  EXPECT_THAT(BadIndicatorFields(Target("year: 2011 month: 2 day: 30", "1")), ElementsAre("targets[0].date"));
  EXPECT_THAT(BadIndicatorFields(absl::StrCat("frequency: FREQUENCY_YEARLY ", Target(kMarch, "1"))),
              ElementsAre("targets[0].date"));
}

TEST(Targets, AreInOrderEachDateOnce) {
  EXPECT_THAT(BadIndicatorFields(Target(kMarch, "1") + Target(kJune, "1")), IsEmpty());
  EXPECT_THAT(BadIndicatorFields(Target(kJune, "1") + Target(kMarch, "1")), ElementsAre("targets[1].date"));
  EXPECT_THAT(BadIndicatorFields(Target(kMarch, "1") + Target(kMarch, "1")), ElementsAre("targets[1].date"));
}

TEST(Targets, NeverBecomeWorse) {
  const std::string from_two = "baseline { value { value: '2' } } ";
  EXPECT_THAT(BadIndicatorFields(from_two + Target(kMarch, "2.0") + Target(kJune, "2.1")), IsEmpty());
  EXPECT_THAT(BadIndicatorFields(from_two + Target(kMarch, "1.9")), ElementsAre("targets[0].value"));
  EXPECT_THAT(BadIndicatorFields(Target(kMarch, "10") + Target(kJune, "9")), ElementsAre("targets[1].value"));
  const std::string less_is_better = "direction: DIRECTION_DECREASE ";
  EXPECT_THAT(BadIndicatorFields(less_is_better + from_two + Target(kMarch, "2") + Target(kJune, "-10")), IsEmpty());
  EXPECT_THAT(BadIndicatorFields(less_is_better + from_two + Target(kMarch, "2.1")), ElementsAre("targets[0].value"));
  EXPECT_THAT(BadIndicatorFields(less_is_better + Target(kMarch, "9") + Target(kJune, "10")),
              ElementsAre("targets[1].value"));
}

TEST(Targets, HaveTheScaleOfTheIndicatorAndALimit) {
  EXPECT_THAT(BadIndicatorFields(Target(kMarch, "1.25")), ElementsAre("targets[0].value"));
  EXPECT_THAT(BadIndicatorFields(Target(kMarch, "")), ElementsAre("targets[0].value"));
  std::string many = "frequency: FREQUENCY_YEARLY ";
  for (int year = 1901; year <= 2000; ++year) {
    absl::StrAppend(&many, Target(absl::StrCat("year: ", year, " month: 12 day: 31"), "1"));
  }
  EXPECT_THAT(BadIndicatorFields(many), IsEmpty());
  EXPECT_THAT(BadIndicatorFields(absl::StrCat(many, Target("year: 2001 month: 12 day: 31", "1"))),
              ElementsAre("targets"));
}

TEST(GuardRails, AreInOrder) {
  EXPECT_THAT(BadIndicatorFields("guard_rails { }"), IsEmpty());
  EXPECT_THAT(BadIndicatorFields("guard_rails { lower { value: '-1.5' } upper { value: '-1.5' } }"), IsEmpty());
  EXPECT_THAT(BadIndicatorFields("guard_rails { lower { value: '10' } upper { value: '9' } }"),
              ElementsAre("guard_rails.upper"));
  EXPECT_THAT(BadIndicatorFields("guard_rails { lower { value: '1.55' } }"), ElementsAre("guard_rails.lower"));
  EXPECT_THAT(BadIndicatorFields("guard_rails { upper { value: '' } }"), ElementsAre("guard_rails.upper"));
}

std::string Input(const std::string& id, const std::string& more = "") {
  return absl::StrCat("inputs { indicator: 'plans/p/objectives/o/indicators/", id, "' ", more, " } ");
}
std::vector<std::string> BadRollUp(const std::string& method, const std::string& inputs) {
  return BadIndicatorFields(absl::StrCat("roll_up { method: METHOD_", method, " ", inputs, " }"));
}

TEST(RollUp, IsOfIndicatorsOfTheSamePlanEachOnce) {
  EXPECT_THAT(BadRollUp("SUM", Input("a") + Input("b")), IsEmpty());
  EXPECT_THAT(BadRollUp("SUM", Input("a") + Input("a")), ElementsAre("roll_up.inputs[1].indicator"));
  EXPECT_THAT(BadRollUp("SUM", Input("A")), ElementsAre("roll_up.inputs[0].indicator"));
  EXPECT_THAT(BadRollUp("SUM", "inputs { indicator: 'plans/q/objectives/o/indicators/a' }"),
              ElementsAre("roll_up.inputs[0].indicator"));
  std::string many;
  for (int i = 0; i < 100; ++i) many += Input(absl::StrCat("a", i));
  EXPECT_THAT(BadRollUp("SUM", many), IsEmpty());
  EXPECT_THAT(BadRollUp("SUM", many + Input("b")), ElementsAre("roll_up.inputs"));
}

TEST(RollUp, WeighsOnlyInAWeightedMean) {
  EXPECT_THAT(BadRollUp("WEIGHTED_MEAN", Input("a") + Input("b", "weight { value: '1000000' }") +
                                             Input("c", "weight { value: '0.001' }")),
              IsEmpty());
  for (const char* weight : {"0", "-1", "1000000.001", "0.0001", "x", ""}) {
    EXPECT_THAT(BadRollUp("WEIGHTED_MEAN", Input("a", absl::StrCat("weight { value: '", weight, "' }"))),
                ElementsAre("roll_up.inputs[0].weight"))
        << weight;
  }
  for (const char* method : {"SUM", "MINIMUM", "MAXIMUM", "LAST", "NONE"}) {
    EXPECT_THAT(BadRollUp(method, Input("a", "weight { value: '1' }")), ElementsAre("roll_up.inputs[0].weight"))
        << method;
  }
}

TEST(RollUp, OfPercentagesSaysTheWeightOfEach) {
  const auto bad = [](const std::string& method, const std::string& inputs) {
    return BadIndicatorFields(absl::StrCat("unit: '%' roll_up { method: METHOD_", method, " ", inputs, " }"));
  };
  const std::string weight = "weight { value: '20' }";
  EXPECT_THAT(bad("WEIGHTED_MEAN", Input("a", weight) + Input("b", weight)), IsEmpty());
  EXPECT_THAT(bad("WEIGHTED_MEAN", Input("a") + Input("b", weight) + Input("c")),
              ElementsAre("roll_up.inputs[0].weight", "roll_up.inputs[2].weight"));
}

TEST(RollUp, OfPercentagesIsNoSum) {
  const auto bad = [](const std::string& method) {
    return BadIndicatorFields(
        absl::StrCat("unit: '%' roll_up { method: METHOD_", method, " ", Input("a") + Input("b"), " }"));
  };
  EXPECT_THAT(bad("SUM"), ElementsAre("roll_up.method"));
  for (const char* method : {"MINIMUM", "MAXIMUM", "LAST", "NONE"}) EXPECT_THAT(bad(method), IsEmpty()) << method;
}

TEST(RollUp, HasPlacesOnlyInARatioAndThereAlways) {
  const std::string above = "role: ROLE_NUMERATOR";
  const std::string below = "role: ROLE_DENOMINATOR";
  EXPECT_THAT(BadRollUp("RATIO", Input("a", above) + Input("b", below) + Input("c", below)), IsEmpty());
  EXPECT_THAT(BadRollUp("RATIO", Input("a", above) + Input("b", below) + Input("c")),
              ElementsAre("roll_up.inputs[2].role"));
  EXPECT_THAT(BadRollUp("RATIO", Input("a", above)), ElementsAre("roll_up.inputs"));
  EXPECT_THAT(BadRollUp("RATIO", Input("a", below)), ElementsAre("roll_up.inputs"));
  EXPECT_THAT(BadRollUp("SUM", Input("a", above)), ElementsAre("roll_up.inputs[0].role"));
}

TEST(Formula, IsThereWhereItIsTheSourceAndOnlyThere) {
  const std::string source = "source: SOURCE_FORMULA ";
  const std::string formula = "formula { formula: 'formulas/liaisons' ";
  EXPECT_THAT(BadIndicatorFields(absl::StrCat(source, formula, "parameters { key: 'with' value: 'all' } }")),
              IsEmpty());
  EXPECT_THAT(BadIndicatorFields(source), ElementsAre("formula"));
  EXPECT_THAT(BadIndicatorFields(absl::StrCat(formula, "}")), ElementsAre("formula"));
  EXPECT_THAT(
      BadIndicatorFields(absl::StrCat(source, "formula { formula: 'liaisons' parameters { key: 'A' value: 'b' } }")),
      ElementsAre("formula.formula", "formula.parameters"));
  EXPECT_THAT(BadIndicatorFields(
                  absl::StrCat(source, formula, "parameters { key: 'groups' value: '", std::string(201, 'g'), "' } }")),
              ElementsAre("formula.parameters[\"groups\"]"));
  EXPECT_THAT(BadIndicatorFields(absl::StrCat(source, formula, "} roll_up { method: METHOD_NONE ", Input("a"), " }")),
              ElementsAre("formula"));
}

TEST(Dimensions, HaveKeysAndMembersEachOnce) {
  EXPECT_THAT(BadIndicatorFields("dimensions { key: 'group' members: 'ldc' members: 'other' }"), IsEmpty());
  EXPECT_THAT(BadIndicatorFields("dimensions { key: 'Group' members: 'ldc' }"), ElementsAre("dimensions[0].key"));
  EXPECT_THAT(BadIndicatorFields("dimensions { key: 'a' members: 'x' } dimensions { key: 'a' members: 'x' }"),
              ElementsAre("dimensions[1].key"));
  EXPECT_THAT(BadIndicatorFields("dimensions { key: 'a' members: 'x' members: '' members: 'x' }"),
              ElementsAre("dimensions[0].members[1]", "dimensions[0].members[2]"));
  std::string many;
  for (int i = 0; i < 6; ++i) absl::StrAppend(&many, "dimensions { key: 'k", i, "' members: 'x' } ");
  EXPECT_THAT(BadIndicatorFields(many), ElementsAre("dimensions"));
}

}  // namespace
}  // namespace concord::objective
