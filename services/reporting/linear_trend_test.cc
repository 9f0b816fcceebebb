// The examples of FIGURES.md for the line through an indicator's values.
#include "services/reporting/linear_trend.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "common/aip/decimal.h"
#include "services/reporting/formula_edition.h"

namespace concord::reporting {
namespace {

std::vector<NumberedValue> ValuesAt(const std::vector<std::pair<int, std::string>>& given) {
  std::vector<NumberedValue> values;
  for (const auto& [number, text] : given) values.push_back({number, *aip::ParseDecimal(text)});
  return values;
}

std::string Text(aip::Nano value, int scale) { return aip::FormatDecimal(value, scale); }

TEST(LinearTrend, LeadsThroughValuesAsTheExampleDoes) {
  const LinearTrend line(ValuesAt({{0, "10"}, {1, "14"}, {2, "15"}}));
  EXPECT_EQ(Text(line.Slope(3), 3), "2.500");
  EXPECT_EQ(Text(line.At(3, 1), 1), "18.0");
  EXPECT_EQ(Text(line.At(4, 1), 1), "20.5");
  // 3.078 * sqrt(1.5) * sqrt(1 + 1/3 + 9/2)
  EXPECT_EQ(Text(line.HalfWidth(4), 3), "9.105");
}

TEST(LinearTrend, IsExactWhereAllLieOnIt) {
  const LinearTrend line(ValuesAt({{7, "0.1"}, {8, "0.2"}, {11, "0.5"}}));
  EXPECT_EQ(Text(line.At(20, 9), 9), "1.400000000");
  EXPECT_EQ(Text(line.Slope(9), 9), "0.100000000");
  EXPECT_LE(line.HalfWidth(20), 1) << "a gap is not a zero, and nothing lies beside the line";
}

TEST(LinearTrend, RoundsHalfToEvenOnce) {
  const LinearTrend line(ValuesAt({{0, "0"}, {1, "1"}, {2, "0"}, {3, "1"}}));
  EXPECT_EQ(Text(line.At(0, 0), 0), "0") << "0.2";
  EXPECT_EQ(Text(line.At(6, 0), 0), "1") << "1.4";
  const LinearTrend half(ValuesAt({{0, "0.5"}, {1, "1.5"}, {2, "2.5"}}));
  EXPECT_EQ(Text(half.At(2, 0), 0), "2");
  EXPECT_EQ(Text(half.At(3, 0), 0), "4");
}

TEST(LinearTrend, HoldsTheLargestValuesThereAre) {
  std::vector<NumberedValue> values;
  for (int i = 0; i < kMaxLineValues; ++i) values.push_back({i * 60, *aip::ParseDecimal("999999999999999")});
  const LinearTrend level(values);
  EXPECT_EQ(Text(level.At(9'999, 0), 0), "999999999999999");
  values.back().value = -values.back().value;
  EXPECT_LT(LinearTrend(values).Slope(0), 0);
}

}  // namespace
}  // namespace concord::reporting
