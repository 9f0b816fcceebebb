#include "common/aip/date.h"

#include "gmock/gmock.h"
#include "tests/support/status_matchers.h"

namespace concord::aip {
namespace {

using ::testing::_;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::IsOk;
using ::testing::Pair;
using ::testing::SizeIs;

google::type::Date Date(int year, int month, int day) {
  google::type::Date date;
  date.set_year(year);
  date.set_month(month);
  date.set_day(day);
  return date;
}

TEST(IsDay, AcceptsDaysThatExist) {
  for (const auto& date :
       {Date(2011, 1, 31), Date(2012, 2, 29), Date(2000, 2, 29), Date(1900, 1, 1), Date(2200, 12, 31)}) {
    EXPECT_TRUE(IsDay(date)) << FormatDate(date);
  }
}

TEST(IsDay, RefusesDaysThatDoNotExist) {
  for (const auto& date : {Date(2011, 2, 29), Date(1900, 2, 29), Date(2011, 4, 31), Date(2011, 13, 1),
                           Date(2011, 1, 32), Date(2011, -1, 1), Date(2011, 1, -1)}) {
    EXPECT_FALSE(IsDay(date)) << FormatDate(date);
  }
}

TEST(IsDay, RefusesPartsOfDates) {
  EXPECT_FALSE(IsDay(Date(2011, 0, 0)));
  EXPECT_FALSE(IsDay(Date(2011, 5, 0)));
  EXPECT_FALSE(IsDay(Date(0, 5, 17)));
  EXPECT_FALSE(IsDay(google::type::Date()));
}

TEST(IsDay, RefusesYearsOutOfRange) {
  EXPECT_FALSE(IsDay(Date(1899, 12, 31)));
  EXPECT_FALSE(IsDay(Date(2201, 1, 1)));
  EXPECT_FALSE(IsDay(Date(2147483647, 2147483647, 2147483647)));
}

TEST(ToDay, IsUndoneByFromDayForEveryDay) {
  const absl::CivilDay last(2200, 12, 31);
  for (absl::CivilDay day(1900, 1, 1); day <= last; ++day) {
    const google::type::Date date = FromDay(day);
    ASSERT_TRUE(IsDay(date)) << FormatDate(date);
    ASSERT_EQ(ToDay(date), day);
  }
}

TEST(DayOf, IsTheDayInUtc) {
  const absl::Time midnight = absl::FromCivil(absl::CivilDay(2011, 3, 1), absl::UTCTimeZone());
  EXPECT_EQ(DayOf(midnight), absl::CivilDay(2011, 3, 1));
  EXPECT_EQ(DayOf(midnight - absl::Nanoseconds(1)), absl::CivilDay(2011, 2, 28));
}

TEST(ParseDate, IsUndoneByFormatDate) {
  for (const absl::string_view text : {"2011-01-31", "1900-01-01", "2200-12-31", "2012-02-29"}) {
    const auto date = ParseDate(text);
    ASSERT_THAT(date, IsOk());
    EXPECT_EQ(FormatDate(*date), text);
  }
}

TEST(CheckDay, WantsAWholeDayThatExists) {
  Violations violations;
  CheckDay(*ParseDate("2012-02-29"), "good", violations);
  google::type::Date date = *ParseDate("2011-02-28");
  date.set_day(29);
  CheckDay(date, "bad", violations);
  CheckDay(google::type::Date(), "absent", violations);
  EXPECT_THAT(ViolationsOf(violations.ToStatus()),
              ElementsAre(Pair("bad", "must be a day between 1900 and 2200"), Pair("absent", _)));
}

TEST(CheckNotInFuture, AllowsTodayButNotTomorrow) {
  const absl::CivilDay today(2012, 2, 28);
  Violations violations;
  CheckNotInFuture(*ParseDate("2012-02-28"), today, "today", violations);
  CheckNotInFuture(*ParseDate("2012-02-29"), today, "tomorrow", violations);
  CheckNotInFuture(google::type::Date(), today, "no day", violations);
  EXPECT_THAT(ViolationsOf(violations.ToStatus()),
              ElementsAre(Pair("tomorrow", "must not be in the future: today is 2012-02-28 in UTC")));
}

TEST(ParseDate, RefusesOtherSpellings) {
  for (const absl::string_view text : {"", "2011", "2011-1-31", "2011-01-31 ", " 2011-01-3", "31-01-2011", "2011/01/31",
                                       "+011-01-31", "2011-01--1", "2011-01-31T00:00:00Z", "20110131", "2011-0x-31"}) {
    const auto date = ParseDate(text);
    EXPECT_EQ(date.status().code(), absl::StatusCode::kInvalidArgument) << text;
    EXPECT_THAT(date.status().message(), HasSubstr("is no date such as"));
  }
}

TEST(ParseDate, RefusesDaysThatDoNotExistAndNamesThem) {
  for (const absl::string_view text :
       {"2011-02-29", "2011-00-01", "2011-01-00", "2011-13-01", "1899-12-31", "2201-01-01"}) {
    const auto date = ParseDate(text);
    EXPECT_EQ(date.status().code(), absl::StatusCode::kInvalidArgument) << text;
    EXPECT_THAT(date.status().message(), HasSubstr(std::string(text)));
  }
}

TEST(ParseDate, RepeatsOnlyTheBeginningOfAText) {
  EXPECT_THAT(ParseDate(std::string(1'000'000, 'x')).status().message(), SizeIs(::testing::Lt(300)));
}

}  // namespace
}  // namespace concord::aip
