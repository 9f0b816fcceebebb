// The examples of FIGURES.md for what the indicators of a whole say together.
#include "services/reporting/outcome.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "services/reporting/figures_test_plan.h"
#include "services/reporting/proto_of.h"
#include "services/reporting/scorecard.h"

namespace concord::reporting {
namespace {

using ::concord::objective::v1::Indicator;
using ::concord::objective::v1::Measurement;
using ::concord::objective::v1::Objective;
using ::testing::ElementsAre;

// Two objectives of weights 1 and 3 and one of weight 0. Every indicator is to rise from 0 to 100 by the end of
// 2011 and was measured for that year, unless its value is "".
struct OutcomeExample {
  OutcomeExample() {
    Add("1/indicators/a", "50");
    Add("1/indicators/b", "150");
    Add("1/indicators/c", "-20");
    Add("1/indicators/d", "");
    Add("2/indicators/a", "100");
    Add("3/indicators/a", "0");
  }

  void Add(const std::string& path, const std::string& value) {
    const std::string name = ObjectiveName(path);
    indicators.push_back(ProtoOf<Indicator>(
        absl::StrCat("name: '", name,
                     "' direction: DIRECTION_INCREASE frequency: FREQUENCY_YEARLY baseline { value { value: '0' } } "
                     "targets { date { year: 2011 month: 12 day: 31 } value { value: '100' } } "
                     "guard_rails { lower { value: '0' } upper { value: '120' } }")));
    if (value.empty()) return;
    measurements.push_back(ProtoOf<Measurement>(absl::StrCat(
        "name: '", name, "/measurements/m' status: STATUS_APPROVED value { value: '", value,
        "' } update_time { seconds: ", 10 + measurements.size(),
        " } period { start_date { year: 2011 month: 1 day: 1 } end_date { year: 2011 month: 12 day: 31 } }")));
  }

  v1::Scorecard Scorecard() const {
    PlanResources resources = ResourcesOf(plan, objectives, {});
    resources.indicators = ByName(indicators);
    resources.measurements = ByName(measurements);
    return ComputeScorecard(resources, absl::CivilDay(2012, 6, 1));
  }

  objective::v1::Plan plan = APlan(absl::CivilDay(2011, 1, 1), absl::CivilDay(2012, 12, 31));
  std::vector<Objective> objectives = {AnObjective("1"), AnObjective("2", 3.0), AnObjective("3", 0.0),
                                       AnObjective("4")};
  std::vector<Indicator> indicators;
  std::vector<Measurement> measurements;
};

TEST(Outcome, OfAnObjectiveIsTheMeanOfItsIndicatorsAsTheyAre) {
  const v1::Scorecard card = OutcomeExample().Scorecard();
  const v1::Figure& attainment = card.objective_scores(0).outcome().attainment();
  EXPECT_DOUBLE_EQ(attainment.value(), 0.6) << "(0.5 + 1.5 - 0.2) / 3; clamped it would be 0.5";
  EXPECT_EQ(attainment.counted_count(), 3);
  EXPECT_EQ(attainment.expected_count(), 4);
  EXPECT_THAT(attainment.missing(), ElementsAre("plans/p/objectives/1/indicators/d"));
  EXPECT_EQ(attainment.newest_time().seconds(), 12);
}

TEST(Outcome, CountsWhereIndicatorsStand) {
  const v1::Scorecard card = OutcomeExample().Scorecard();
  const v1::Outcome& outcome = card.objective_scores(0).outcome();
  EXPECT_EQ(outcome.indicator_count(), 4);
  EXPECT_EQ(outcome.on_target_count(), 1);
  EXPECT_EQ(outcome.behind_target_count(), 2);
  EXPECT_EQ(outcome.no_data_count(), 1);
  EXPECT_EQ(outcome.guard_rail_count(), 2);
}

TEST(Outcome, OfThePlanWeighsEachIndicatorAsItsObjective) {
  const v1::Outcome outcome = OutcomeExample().Scorecard().outcome();
  EXPECT_DOUBLE_EQ(outcome.attainment().value(), 0.8) << "(1 x 0.5 + 1 x 1.5 - 1 x 0.2 + 3 x 1) / 6";
  EXPECT_EQ(outcome.attainment().counted_count(), 4);
  EXPECT_EQ(outcome.attainment().expected_count(), 5);
  EXPECT_EQ(outcome.indicator_count(), 5) << "the objective of weight 0 enters nothing of the plan";
  EXPECT_EQ(outcome.on_target_count(), 2);
  EXPECT_EQ(outcome.behind_target_count(), 2);
  EXPECT_EQ(outcome.no_data_count(), 1);
  EXPECT_EQ(outcome.guard_rail_count(), 2);
}

TEST(Outcome, OfAnObjectiveOfWeightZeroIsItsOwn) {
  const v1::Scorecard card = OutcomeExample().Scorecard();
  const v1::Outcome& outcome = card.objective_scores(2).outcome();
  ASSERT_TRUE(outcome.attainment().has_value());
  EXPECT_EQ(outcome.attainment().value(), 0.0) << "a measured zero";
  EXPECT_EQ(outcome.behind_target_count(), 1);
}

TEST(Outcome, OfAnObjectiveWithoutIndicatorsHasNoDataAndExpectsNone) {
  const v1::Scorecard card = OutcomeExample().Scorecard();
  const v1::Outcome& outcome = card.objective_scores(3).outcome();
  EXPECT_FALSE(outcome.attainment().has_value());
  EXPECT_EQ(outcome.attainment().expected_count(), 0);
  EXPECT_EQ(outcome.indicator_count(), 0);
}

TEST(Outcome, DoesNotChangeDelivery) {
  OutcomeExample example;
  const v1::Scorecard with = example.Scorecard();
  example.indicators.clear();
  const v1::Scorecard without = example.Scorecard();
  EXPECT_EQ(with.delivery().SerializeAsString(), without.delivery().SerializeAsString());
  EXPECT_EQ(with.computed_health().SerializeAsString(), without.computed_health().SerializeAsString());
}

TEST(Outcome, NamesWhatIsMissingInThePlanInTheOrderOfNames) {
  OutcomeExample example;
  example.objectives = {AnObjective("o"), AnObjective("o-1")};
  example.indicators.clear();
  example.measurements.clear();
  example.Add("o/indicators/a", "");
  example.Add("o-1/indicators/a", "");
  EXPECT_THAT(example.Scorecard().outcome().attainment().missing(),
              ElementsAre("plans/p/objectives/o-1/indicators/a", "plans/p/objectives/o/indicators/a"));
}

}  // namespace
}  // namespace concord::reporting
