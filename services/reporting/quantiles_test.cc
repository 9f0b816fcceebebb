#include "services/reporting/quantiles.h"

#include <gtest/gtest.h>

namespace concord::reporting {
namespace {

TEST(Quantiles, LieInTheirPlaceInAnyOrder) {
  EXPECT_DOUBLE_EQ(QuantileOf({3, 1, 2}, 0.5), 2);
  EXPECT_DOUBLE_EQ(QuantileOf({4, 1, 3, 2}, 0.5), 2.5) << "between the two in the middle";
  EXPECT_DOUBLE_EQ(QuantileOf({1, 1, 0.5, 13.0 / 7, 10.0 / 7}, 0.1), 0.7);
  EXPECT_DOUBLE_EQ(QuantileOf({1, 1, 0.5, 13.0 / 7, 10.0 / 7}, 0.9), 11.8 / 7);
}

TEST(Quantiles, OfOneNumberAreThatNumber) {
  EXPECT_EQ(QuantileOf({7}, 0), 7);
  EXPECT_EQ(QuantileOf({7}, 0.9), 7);
  EXPECT_EQ(QuantileOf({7}, 1), 7);
}

TEST(StudentsT, IsWidestWhereLeastIsKnown) {
  EXPECT_DOUBLE_EQ(StudentQuantile90(1), 3.078);
  EXPECT_DOUBLE_EQ(StudentQuantile90(2), 1.886);
  EXPECT_DOUBLE_EQ(StudentQuantile90(30), 1.310);
  EXPECT_DOUBLE_EQ(StudentQuantile90(58), 1.310);
  for (int degrees = 1; degrees < 30; ++degrees) {
    EXPECT_GT(StudentQuantile90(degrees), StudentQuantile90(degrees + 1)) << degrees;
  }
}

}  // namespace
}  // namespace concord::reporting
