#include "services/objective/frequencies.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "common/aip/date.h"
#include "gmock/gmock.h"

namespace concord::objective {
namespace {

using absl::CivilDay;
using v1::Indicator;

v1::Period Period(const std::string& first, const std::string& last) {
  v1::Period period;
  *period.mutable_start_date() = *aip::ParseDate(first);
  *period.mutable_end_date() = *aip::ParseDate(last);
  return period;
}

TEST(PeriodOf, IsAWholeOneOfTheCalendar) {
  const CivilDay day(2012, 8, 15);
  EXPECT_EQ(PeriodText(*PeriodOf(Indicator::FREQUENCY_MONTHLY, day)), "2012-08-01/2012-08-31");
  EXPECT_EQ(PeriodText(*PeriodOf(Indicator::FREQUENCY_QUARTERLY, day)), "2012-07-01/2012-09-30");
  EXPECT_EQ(PeriodText(*PeriodOf(Indicator::FREQUENCY_HALF_YEARLY, day)), "2012-07-01/2012-12-31");
  EXPECT_EQ(PeriodText(*PeriodOf(Indicator::FREQUENCY_YEARLY, day)), "2012-01-01/2012-12-31");
  EXPECT_EQ(PeriodOf(Indicator::FREQUENCY_UNSPECIFIED, day), absl::nullopt);
}

// Of a plan from the middle of a quarter to the middle of another.
bool Quarter(const std::string& first, const std::string& last, CivilDay today = CivilDay(2100, 1, 1)) {
  return CanBeMeasured(Period(first, last), Indicator::FREQUENCY_QUARTERLY, Period("2011-02-15", "2012-05-15"), today);
}

TEST(CanBeMeasured, ExactlyTheWholePeriodsThatOverlapThePlan) {
  EXPECT_TRUE(Quarter("2011-01-01", "2011-03-31"));
  EXPECT_TRUE(Quarter("2011-10-01", "2011-12-31"));
  EXPECT_TRUE(Quarter("2012-04-01", "2012-06-30"));
  EXPECT_FALSE(Quarter("2010-10-01", "2010-12-31"));
  EXPECT_FALSE(Quarter("2012-07-01", "2012-09-30"));
  EXPECT_FALSE(Quarter("2011-02-15", "2011-03-31"));
  EXPECT_FALSE(Quarter("2011-01-01", "2011-03-30"));
  EXPECT_FALSE(Quarter("2011-01-01", "2011-06-30"));
  EXPECT_FALSE(Quarter("2011-02-01", "2011-04-30"));
  EXPECT_FALSE(Quarter("2011-03-31", "2011-01-01"));
}

TEST(CanBeMeasured, FromTheFirstDayOfThePeriodOn) {
  EXPECT_FALSE(Quarter("2011-04-01", "2011-06-30", CivilDay(2011, 3, 31)));
  EXPECT_TRUE(Quarter("2011-04-01", "2011-06-30", CivilDay(2011, 4, 1)));
}

TEST(IsOver, FromTheDayAfterItsLastOn) {
  const v1::Period quarter = Period("2011-04-01", "2011-06-30");
  EXPECT_FALSE(IsOver(quarter, CivilDay(2011, 6, 30)));
  EXPECT_TRUE(IsOver(quarter, CivilDay(2011, 7, 1)));
}

TEST(Overlap, WantsOneDayInCommon) {
  const v1::Period year = Period("2011-01-01", "2011-12-31");
  EXPECT_TRUE(Overlap(year, Period("2011-12-31", "2012-12-31")));
  EXPECT_TRUE(Overlap(year, Period("2010-01-01", "2011-01-01")));
  EXPECT_TRUE(Overlap(year, Period("2000-01-01", "2020-01-01")));
  EXPECT_FALSE(Overlap(year, Period("2012-01-01", "2012-12-31")));
  EXPECT_FALSE(Overlap(year, Period("2010-01-01", "2010-12-31")));
}

}  // namespace
}  // namespace concord::objective
