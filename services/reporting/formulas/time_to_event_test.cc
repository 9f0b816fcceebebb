#include "services/reporting/formulas/time_to_event.h"

#include <gtest/gtest.h>

namespace concord::reporting {
namespace {

using End = TimeSpan::End;

TEST(DaysUntil, IsAPercentileWhereAllReachTheEnd) {
  const std::vector<TimeSpan> spans = {
      {30, End::kReached}, {10, End::kReached}, {20, End::kReached}, {40, End::kReached}};
  EXPECT_EQ(DaysUntil(spans, 25), 10);
  EXPECT_EQ(DaysUntil(spans, 26), 20);
  EXPECT_EQ(DaysUntil(spans, 50), 20);
  EXPECT_EQ(DaysUntil(spans, 100), 40);
}

// Seven spans, by hand after Kaplan and Meier.
// At 6: 3 of 7, 57.14 % remain. At 7: 1 of 3 of those, 38.10 % remain. At 10: 1 of 2, 19.05 % remain.
TEST(DaysUntil, LetsWhatIsOpenTakeLonger) {
  const std::vector<TimeSpan> spans = {{6, End::kReached}, {6, End::kReached},  {6, End::kReached}, {6, End::kOpen},
                                       {7, End::kReached}, {10, End::kReached}, {13, End::kOpen}};
  EXPECT_EQ(DaysUntil(spans, 42), 6);
  EXPECT_EQ(DaysUntil(spans, 43), 7);
  EXPECT_EQ(DaysUntil(spans, 61), 7);
  EXPECT_EQ(DaysUntil(spans, 62), 10);
  EXPECT_EQ(DaysUntil(spans, 80), 10);
  EXPECT_EQ(DaysUntil(spans, 81), absl::nullopt) << "nobody knows";
}

TEST(DaysUntil, WhatIsGivenUpNeverComes) {
  const std::vector<TimeSpan> spans = {
      {100, End::kGivenUp}, {700, End::kReached}, {800, End::kOpen}, {900, End::kReached}};
  EXPECT_EQ(DaysUntil(spans, 25), 700);
  EXPECT_EQ(DaysUntil(spans, 26), 900);
  EXPECT_EQ(DaysUntil(spans, 75), 900);
  EXPECT_EQ(DaysUntil(spans, 76), absl::nullopt) << "a quarter was given up";
}

TEST(DaysUntil, NothingComesOfNothing) {
  EXPECT_EQ(DaysUntil({}, 50), absl::nullopt);
  EXPECT_EQ(DaysUntil({{5, End::kOpen}}, 1), absl::nullopt);
}

TEST(NearestRank, TakesAValueThatIsThere) {
  EXPECT_EQ(NearestRank({30, 10, 20, 40}, 50), 20);
  EXPECT_EQ(NearestRank({30, 10, 20, 40}, 51), 30);
  EXPECT_EQ(NearestRank({30, 10, 20, 40}, 1), 10);
  EXPECT_EQ(NearestRank({30, 10, 20, 40}, 100), 40);
  EXPECT_EQ(NearestRank({}, 50), absl::nullopt);
}

}  // namespace
}  // namespace concord::reporting
