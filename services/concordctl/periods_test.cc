#include "services/concordctl/periods.h"

#include <string>

#include "common/aip/date.h"
#include "gtest/gtest.h"

namespace concord::ctl {
namespace {

std::string Days(const std::string& text) {
  const auto period = ParsePeriod(text);
  return period ? aip::FormatDate(period->start_date()) + " " + aip::FormatDate(period->end_date()) : "none";
}

TEST(ParsePeriod, KnowsYearsHalvesQuartersAndMonths) {
  EXPECT_EQ(Days("2012"), "2012-01-01 2012-12-31");
  EXPECT_EQ(Days("2012-h2"), "2012-07-01 2012-12-31");
  EXPECT_EQ(Days("2012-Q1"), "2012-01-01 2012-03-31");
  EXPECT_EQ(Days("2012-02"), "2012-02-01 2012-02-29");
}

TEST(ParsePeriod, RefusesEverythingElse) {
  for (const char* text : {"", "12", "2012-", "2012-h3", "2012-q5", "2012-q0", "2012-13", "2012-1", "2012-q+1",
                           "2012-+1", "2012-01-01", "20122"}) {
    EXPECT_EQ(Days(text), "none") << text;
  }
}

TEST(PeriodText, IsWhatParsePeriodReads) {
  for (const char* text : {"2012", "2012-h1", "2012-h2", "2012-q4", "2012-12"}) {
    EXPECT_EQ(PeriodText(*ParsePeriod(text)), text);
  }
  auto odd = *ParsePeriod("2012-01");
  odd.mutable_start_date()->set_day(15);
  EXPECT_EQ(PeriodText(odd), "2012-01-15 to 2012-01-31");
  EXPECT_EQ(PeriodText({}), "");
}

}  // namespace
}  // namespace concord::ctl
