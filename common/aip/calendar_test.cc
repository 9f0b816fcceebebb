#include "common/aip/calendar.h"

#include <vector>

#include "gmock/gmock.h"

namespace concord::aip {
namespace {

using absl::CivilDay;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(PeriodHolding, BeginsWithJanuary) {
  const CivilDay day(2012, 8, 15);
  EXPECT_EQ(PeriodHolding(day, 1), (DayPeriod{CivilDay(2012, 8, 1), CivilDay(2012, 8, 31)}));
  EXPECT_EQ(PeriodHolding(day, 3), (DayPeriod{CivilDay(2012, 7, 1), CivilDay(2012, 9, 30)}));
  EXPECT_EQ(PeriodHolding(day, 6), (DayPeriod{CivilDay(2012, 7, 1), CivilDay(2012, 12, 31)}));
  EXPECT_EQ(PeriodHolding(day, 12), (DayPeriod{CivilDay(2012, 1, 1), CivilDay(2012, 12, 31)}));
}

TEST(PeriodHolding, KnowsLeapYears) {
  EXPECT_EQ(PeriodHolding(CivilDay(2012, 2, 29), 1).last, CivilDay(2012, 2, 29));
  EXPECT_EQ(PeriodHolding(CivilDay(2011, 2, 1), 1).last, CivilDay(2011, 2, 28));
  EXPECT_EQ(PeriodHolding(CivilDay(2100, 2, 1), 1).last, CivilDay(2100, 2, 28));
}

TEST(PeriodHolding, HoldsTheDayAndMeetsTheNextOne) {
  for (const int months : {1, 3, 6, 12}) {
    for (CivilDay day(2011, 12, 30); day < CivilDay(2013, 1, 3); ++day) {
      const DayPeriod period = PeriodHolding(day, months);
      EXPECT_LE(period.first, day);
      EXPECT_GE(period.last, day);
      EXPECT_EQ(PeriodHolding(period.first, months), period);
      EXPECT_EQ(PeriodHolding(period.last, months), period);
      EXPECT_EQ(PeriodHolding(period.last + 1, months).first, period.last + 1);
    }
  }
}

TEST(PeriodsFrom, AreAllFromFirstToLast) {
  EXPECT_THAT(PeriodsFrom(CivilDay(2011, 11, 15), CivilDay(2012, 4, 1), 3),
              ElementsAre(DayPeriod{CivilDay(2011, 10, 1), CivilDay(2011, 12, 31)},
                          DayPeriod{CivilDay(2012, 1, 1), CivilDay(2012, 3, 31)},
                          DayPeriod{CivilDay(2012, 4, 1), CivilDay(2012, 6, 30)}));
  EXPECT_EQ(PeriodsFrom(CivilDay(2011, 1, 1), CivilDay(2015, 12, 31), 1).size(), 60u);
  EXPECT_EQ(PeriodsFrom(CivilDay(2011, 1, 1), CivilDay(2015, 12, 31), 12).size(), 5u);
}

TEST(PeriodsFrom, OneDayLiesInOnePeriod) {
  EXPECT_THAT(PeriodsFrom(CivilDay(2011, 12, 31), CivilDay(2011, 12, 31), 6),
              ElementsAre(DayPeriod{CivilDay(2011, 7, 1), CivilDay(2011, 12, 31)}));
}

TEST(PeriodsFrom, AreNoneIfTheLastDayIsBeforeTheFirst) {
  EXPECT_THAT(PeriodsFrom(CivilDay(2011, 1, 2), CivilDay(2011, 1, 1), 1), IsEmpty());
}

TEST(MonthsOf, AreSaidByTheWordsOfEnums) {
  EXPECT_EQ(MonthsOf("MONTHLY"), 1);
  EXPECT_EQ(MonthsOf("QUARTERLY"), 3);
  EXPECT_EQ(MonthsOf("HALF_YEARLY"), 6);
  EXPECT_EQ(MonthsOf("YEARLY"), 12);
  EXPECT_EQ(MonthsOf("NONE"), 0);
  EXPECT_EQ(MonthsOf("UNSPECIFIED"), 0);
}

}  // namespace
}  // namespace concord::aip
