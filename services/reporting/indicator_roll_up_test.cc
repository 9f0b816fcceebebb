// The examples of FIGURES.md for indicators that are computed from others.
#include "services/reporting/indicator_roll_up.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "services/reporting/proto_of.h"

namespace concord::reporting {
namespace {

using ::concord::objective::v1::Indicator;

// "": no data.
std::string RollUpOf(const std::string& roll_up, const std::vector<std::string>& values, int scale = 2,
                     const std::string& unit = "seats") {
  Indicator indicator;
  indicator.set_scale(scale);
  indicator.set_unit(unit);
  *indicator.mutable_roll_up() = ProtoOf<objective::v1::RollUp>(roll_up);
  std::vector<absl::optional<aip::Nano>> inputs;
  for (const std::string& value : values) inputs.push_back(aip::ParseDecimal(value));
  EXPECT_EQ(indicator.roll_up().inputs_size(), static_cast<int>(values.size()));
  const absl::optional<aip::Nano> value = RollUpValue(indicator, inputs);
  return value.has_value() ? aip::FormatDecimal(*value, scale) : "";
}

TEST(RollUpValue, OfASumAddsUp) {
  EXPECT_EQ(RollUpOf("method: METHOD_SUM inputs {} inputs {}", {"10", "20.5"}), "30.50");
  EXPECT_EQ(RollUpOf("method: METHOD_SUM inputs {} inputs {}", {"0.1", "0.2"}, 1), "0.3") << "not 0.30000000000000004";
  EXPECT_EQ(RollUpOf("method: METHOD_SUM inputs {} inputs {}", {"10", "-10"}), "0.00") << "a measured zero";
}

TEST(RollUpValue, OfASumHasNoDataIfAnInputHasNone) {
  EXPECT_EQ(RollUpOf("method: METHOD_SUM inputs {} inputs {} inputs {}", {"10", "20.5", ""}), "");
}

TEST(RollUpValue, OfAWeightedMeanIsTakenOverWhatHasData) {
  const std::string three =
      "method: METHOD_WEIGHTED_MEAN inputs {} inputs { weight { value: '3' } } inputs { weight { value: '2' } }";
  EXPECT_EQ(RollUpOf(three, {"10", "20.5", "10"}), "15.25");
  EXPECT_EQ(RollUpOf(three, {"10", "20.5", ""}), "17.88");
  EXPECT_EQ(RollUpOf(three, {"", "", ""}), "");
}

TEST(RollUpValue, OfPercentagesIsWeightedByWhatTheyArePercentagesOf) {
  const std::string weighted =
      "method: METHOD_WEIGHTED_MEAN inputs { weight { value: '20' } } inputs { weight { value: '1000' } }";
  EXPECT_EQ(RollUpOf(weighted, {"50", "90"}, 1, "%"), "89.2") << "10 of 20 and 900 of 1000 are 910 of 1020, not 70 %";
  const std::string counts =
      "method: METHOD_RATIO inputs { role: ROLE_NUMERATOR } inputs { role: ROLE_NUMERATOR } "
      "inputs { role: ROLE_DENOMINATOR } inputs { role: ROLE_DENOMINATOR }";
  EXPECT_EQ(RollUpOf(counts, {"10", "900", "20", "1000"}, 1, "%"), "89.2") << "the same from the counts";
}

TEST(RollUpValue, OfPercentagesIsNoDataIfItWouldBeBlind) {
  EXPECT_EQ(RollUpOf("method: METHOD_SUM inputs {} inputs {}", {"50", "90"}, 1, "%"), "") << "not 140 %";
  EXPECT_EQ(RollUpOf("method: METHOD_WEIGHTED_MEAN inputs {} inputs {}", {"50", "90"}, 1, "%"), "") << "not 70 %";
  EXPECT_EQ(RollUpOf("method: METHOD_WEIGHTED_MEAN inputs { weight { value: '20' } } inputs {}", {"50", "90"}, 1, "%"),
            "");
  EXPECT_EQ(RollUpOf("method: METHOD_MAXIMUM inputs {} inputs {}", {"50", "90"}, 1, "%"), "90.0");
}

TEST(RollUpValue, IsRoundedHalfToEven) {
  const std::string two = "method: METHOD_WEIGHTED_MEAN inputs {} inputs {}";
  EXPECT_EQ(RollUpOf(two, {"1", "2"}, 0), "2");
  EXPECT_EQ(RollUpOf(two, {"2", "3"}, 0), "2");
  EXPECT_EQ(RollUpOf(two, {"-1", "-2"}, 0), "-2");
  EXPECT_EQ(RollUpOf(two, {"2", "3"}, 1), "2.5");
}

TEST(RollUpValue, WeighsThousandths) {
  EXPECT_EQ(RollUpOf("method: METHOD_WEIGHTED_MEAN inputs { weight { value: '0.001' } } inputs { weight { value: "
                     "'1000000' } }",
                     {"1000000000", "0"}, 3),
            "1.000");
}

TEST(RollUpValue, OfARatioIsTheSumAboveOverTheSumBelow) {
  const std::string ratio =
      "method: METHOD_RATIO inputs { role: ROLE_NUMERATOR } inputs { role: ROLE_DENOMINATOR } "
      "inputs { role: ROLE_NUMERATOR }";
  EXPECT_EQ(RollUpOf(ratio, {"30", "200", "45"}), "0.38") << "0.375, to even";
  EXPECT_EQ(RollUpOf(ratio, {"30", "200", "45"}, 1, "%"), "37.5");
  EXPECT_EQ(RollUpOf(ratio, {"30", "200", "45"}, 0, "%"), "38");
  EXPECT_EQ(RollUpOf(ratio, {"30", "200", ""}, 1, "%"), "");
  EXPECT_EQ(RollUpOf(ratio, {"30", "0", "45"}, 1, "%"), "") << "nothing to divide by";
}

TEST(RollUpValue, OfMinimumAndMaximumNeedsAllInputs) {
  EXPECT_EQ(RollUpOf("method: METHOD_MINIMUM inputs {} inputs {} inputs {}", {"3", "-1.5", "2"}), "-1.50");
  EXPECT_EQ(RollUpOf("method: METHOD_MAXIMUM inputs {} inputs {} inputs {}", {"-3", "-1.5", "-2"}), "-1.50");
  EXPECT_EQ(RollUpOf("method: METHOD_MINIMUM inputs {} inputs {}", {"3", ""}), "");
  EXPECT_EQ(RollUpOf("method: METHOD_MAXIMUM inputs {} inputs {}", {"", "3"}), "");
}

TEST(RollUpValue, OfLastIsThatOfTheLastInputWithData) {
  const std::string last = "method: METHOD_LAST inputs {} inputs {} inputs {}";
  EXPECT_EQ(RollUpOf(last, {"1", "2", "3"}), "3.00");
  EXPECT_EQ(RollUpOf(last, {"1", "2", ""}), "2.00");
  EXPECT_EQ(RollUpOf(last, {"", "", ""}), "");
}

TEST(RollUpValue, OfNoneIsNotComputed) {
  EXPECT_EQ(RollUpOf("method: METHOD_NONE inputs {} inputs {}", {"1", "2"}), "");
}

TEST(RollUpValue, HasNoDataIfItHasMoreDigitsThanADecimalMayHave) {
  const std::string sum = "method: METHOD_SUM inputs {} inputs {}";
  EXPECT_EQ(RollUpOf(sum, {"999999999999998", "1"}, 0), "999999999999999");
  EXPECT_EQ(RollUpOf(sum, {"999999999999999", "1"}, 0), "");
  EXPECT_EQ(RollUpOf(sum, {"999999", "0"}, 9), "999999.000000000");
  EXPECT_EQ(RollUpOf(sum, {"999999", "1"}, 9), "");
  EXPECT_EQ(RollUpOf(sum, {"99.96", "899.99"}, 1), "1000.0");
}

TEST(RollUpValue, HoldsTheGreatestThatAHundredInputsCanMake) {
  std::string sum = "method: METHOD_SUM";
  std::string ratio = "method: METHOD_RATIO inputs { role: ROLE_DENOMINATOR }";
  std::vector<std::string> values(99, "999999999999999");
  for (int i = 0; i < 99; ++i) {
    sum += " inputs {}";
    ratio += " inputs { role: ROLE_NUMERATOR }";
  }
  EXPECT_EQ(RollUpOf(sum, values, 0), "");
  values.insert(values.begin(), "999999999999999");
  EXPECT_EQ(RollUpOf(ratio, values, 0, "%"), "9900");
  values[0] = "0.000000001";
  EXPECT_EQ(RollUpOf(ratio, values, 9, "%"), "") << "too great to be said, but nothing overflows";
}

}  // namespace
}  // namespace concord::reporting
