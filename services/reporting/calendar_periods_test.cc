#include "services/reporting/calendar_periods.h"

#include <gtest/gtest.h>

#include "services/reporting/proto_of.h"

namespace concord::reporting {
namespace {

using ::absl::CivilDay;

const CivilDay kFirst(2011, 2, 15);
const CivilDay kLast(2013, 11, 30);

objective::v1::Period PeriodBetween(const std::string& first, const std::string& last) {
  return ProtoOf<objective::v1::Period>(absl::StrCat("start_date { ", first, " } end_date { ", last, " }"));
}

TEST(CalendarPeriods, BeginWithTheOneOfTheFirstDayAndEndWithTheOneOfTheLast) {
  EXPECT_EQ(CalendarPeriods(kFirst, kLast, 1).count(), 34);
  const CalendarPeriods quarters(kFirst, kLast, 3);
  EXPECT_EQ(quarters.count(), 12);
  EXPECT_EQ(TextOf(quarters.At(0)), "2011-01-01/2011-03-31");
  EXPECT_EQ(TextOf(quarters.At(11)), "2013-10-01/2013-12-31");
  EXPECT_EQ(TextOf(CalendarPeriods(kFirst, kLast, 6).At(1)), "2011-07-01/2011-12-31");
  EXPECT_EQ(TextOf(CalendarPeriods(kFirst, kLast, 12).At(2)), "2013-01-01/2013-12-31");
}

TEST(CalendarPeriods, HaveEndedOnTheirLastDay) {
  const CalendarPeriods quarters(kFirst, kLast, 3);
  EXPECT_EQ(quarters.EndedBy(CivilDay(1900, 1, 1)), 0);
  EXPECT_EQ(quarters.EndedBy(CivilDay(2011, 3, 30)), 0);
  EXPECT_EQ(quarters.EndedBy(CivilDay(2011, 3, 31)), 1);
  EXPECT_EQ(quarters.EndedBy(CivilDay(2012, 2, 29)), 4);
  EXPECT_EQ(quarters.EndedBy(CivilDay(2200, 12, 31)), 12);
}

TEST(CalendarPeriods, KnowTheirNumbers) {
  const CalendarPeriods quarters(kFirst, kLast, 3);
  EXPECT_EQ(quarters.NumberOf(CivilDay(2011, 1, 1)), absl::optional<int>(0));
  EXPECT_EQ(quarters.NumberOf(CivilDay(2010, 12, 31)), absl::nullopt);
  EXPECT_EQ(quarters.NumberOf(CivilDay(2013, 12, 31)), absl::optional<int>(11));
  EXPECT_EQ(quarters.NumberOf(CivilDay(2014, 1, 1)), absl::nullopt);
}

TEST(CalendarPeriods, TakeNoOtherPeriodForOneOfTheirs) {
  const CalendarPeriods quarters(kFirst, kLast, 3);
  EXPECT_EQ(quarters.NumberOf(PeriodBetween("year: 2011 month: 4 day: 1", "year: 2011 month: 6 day: 30")),
            absl::optional<int>(1));
  EXPECT_EQ(quarters.NumberOf(PeriodBetween("year: 2011 month: 4 day: 1", "year: 2011 month: 6 day: 29")),
            absl::nullopt);
  EXPECT_EQ(quarters.NumberOf(PeriodBetween("year: 2011 month: 4 day: 2", "year: 2011 month: 6 day: 30")),
            absl::nullopt);
  EXPECT_EQ(quarters.NumberOf(objective::v1::Period()), absl::nullopt);
}

TEST(CalendarPeriods, AreNoneOfAPlanThatEndsBeforeItBegins) {
  EXPECT_EQ(CalendarPeriods(kLast, kFirst, 3).count(), 0);
  EXPECT_EQ(CalendarPeriods(kLast, kFirst, 3).EndedBy(CivilDay(2200, 1, 1)), 0);
}

}  // namespace
}  // namespace concord::reporting
