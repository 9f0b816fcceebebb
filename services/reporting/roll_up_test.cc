#include "services/reporting/roll_up.h"

#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"

namespace concord::reporting {
namespace {

google::protobuf::Timestamp At(int64_t seconds, int32_t nanos = 0) {
  google::protobuf::Timestamp time;
  time.set_seconds(seconds);
  time.set_nanos(nanos);
  return time;
}

TEST(RollUp, OfNothingHasNoDataAndExpectsNothing) {
  const v1::Figure figure = RollUp().ToFigure();
  EXPECT_FALSE(figure.has_value());
  EXPECT_EQ(figure.counted_count(), 0);
  EXPECT_EQ(figure.expected_count(), 0);
  EXPECT_FALSE(figure.has_newest_time());
}

TEST(RollUp, IsAWeightedMeanWhereDenominatorsAreOne) {
  RollUp sum;
  sum.Count(1.0, 0.5, 1.0, At(5));
  sum.Count(3.0, 0.25, 1.0, At(7));
  // (1 x 0.5 + 3 x 0.25) / 4
  EXPECT_EQ(sum.ToFigure().value(), 0.3125);
}

TEST(RollUp, IsARatioOfSumsAndNotAMeanOfRatios) {
  RollUp sum;
  sum.Count(1.0, 0.5, 0.5, At(5));
  sum.Count(1.0, 0.0, 0.25, At(5));
  // 0.5 / 0.75; the mean of the ratios 1 and 0 would be 0.5.
  EXPECT_DOUBLE_EQ(sum.ToFigure().value(), 2.0 / 3.0);
}

TEST(RollUp, OfMeasuredZerosIsZeroAndNotNoData) {
  RollUp sum;
  sum.Count(1.0, 0.0, 1.0, At(5));
  ASSERT_TRUE(sum.ToFigure().has_value());
  EXPECT_EQ(sum.ToFigure().value(), 0.0);
}

TEST(RollUp, LeavesWhatIsMissingOutOfTheValueAndSaysSo) {
  RollUp sum;
  sum.Count(1.0, 0.5, 1.0, At(5));
  sum.Miss("b");
  sum.Miss("c");
  const v1::Figure figure = sum.ToFigure();
  EXPECT_EQ(figure.value(), 0.5);
  EXPECT_EQ(figure.counted_count(), 1);
  EXPECT_EQ(figure.expected_count(), 3);
  ASSERT_EQ(figure.missing_size(), 2);
  EXPECT_EQ(figure.missing(0), "b");
  EXPECT_EQ(figure.missing(1), "c");
}

TEST(RollUp, NamesTheFirstTenMissingAndCountsAll) {
  RollUp sum;
  for (int i = 0; i < 12; ++i) sum.Miss(absl::StrCat("n", i));
  const v1::Figure figure = sum.ToFigure();
  EXPECT_EQ(figure.expected_count(), 12);
  EXPECT_EQ(figure.counted_count(), 0);
  ASSERT_EQ(figure.missing_size(), 10);
  EXPECT_EQ(figure.missing(9), "n9");
}

TEST(RollUp, KeepsTheNewestTimeOfWhatCounted) {
  RollUp sum;
  sum.Count(1.0, 1.0, 1.0, At(5, 9));
  sum.Count(1.0, 1.0, 1.0, At(7, 1));
  sum.Count(1.0, 1.0, 1.0, At(7, 2));
  sum.Count(1.0, 1.0, 1.0, At(6, 999));
  sum.Count(1.0, 1.0, 1.0, At(0));
  EXPECT_EQ(sum.ToFigure().newest_time().seconds(), 7);
  EXPECT_EQ(sum.ToFigure().newest_time().nanos(), 2);
}

TEST(RollUp, HasNoDataWhereAllWeightsAreZero) {
  RollUp sum;
  sum.Count(0.0, 1.0, 1.0, At(5));
  EXPECT_FALSE(sum.ToFigure().has_value());
}

}  // namespace
}  // namespace concord::reporting
