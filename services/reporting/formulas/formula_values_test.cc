#include "services/reporting/formulas/formula_values.h"

#include <gtest/gtest.h>

namespace concord::reporting {
namespace {

TEST(PercentOf, IsExactAndRoundsHalfToEven) {
  EXPECT_EQ(PercentOf(1, 3), "33.3");
  EXPECT_EQ(PercentOf(2, 3), "66.7");
  EXPECT_EQ(PercentOf(1, 2000), "0.0") << "0.05 %";
  EXPECT_EQ(PercentOf(3, 2000), "0.2") << "0.15 %";
  EXPECT_EQ(PercentOf(0, 5), "0.0");
  EXPECT_EQ(PercentOf(5, 5), "100.0");
  EXPECT_EQ(PercentOf(1, 3, 0), "33");
}

TEST(Rounded, WritesAsManyDigitsAsAskedFor) {
  EXPECT_EQ(Rounded(33.333, 1), "33.3");
  EXPECT_EQ(Rounded(0, 1), "0.0");
  EXPECT_EQ(Rounded(100, 0), "100");
}

// By hand: 8 of 10 after Wilson, z = 1.96: centre (0.8 + 0.19207) / 1.38415 = 0.71674, half 1.95996 x
// sqrt(0.016 + 0.0096037) / 1.38415 = 0.22657.
TEST(ShareWithInterval, IsWilsons) {
  const v1::FormulaPart part = ShareWithInterval("a", 8, 10, 12);
  EXPECT_EQ(part.value().value(), "80.0");
  EXPECT_EQ(part.lower().value(), "49.0");
  EXPECT_EQ(part.upper().value(), "94.3");
  EXPECT_EQ(part.counted_count(), 10);
  EXPECT_EQ(part.expected_count(), 12);
}

TEST(ShareWithInterval, OfNothingIsNoData) {
  const v1::FormulaPart part = ShareWithInterval("a", 0, 0, 3);
  EXPECT_FALSE(part.has_value());
  EXPECT_FALSE(part.has_lower());
}

}  // namespace
}  // namespace concord::reporting
