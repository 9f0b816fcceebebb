#include "common/aip/date.h"

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

namespace concord::aip {
namespace {

constexpr int kFirstYear = 1900;
constexpr int kLastYear = 2200;
constexpr size_t kTextSize = sizeof("2011-01-31") - 1;

bool HasShapeOfDate(absl::string_view text) {
  if (text.size() != kTextSize) return false;
  for (size_t i = 0; i < text.size(); ++i) {
    const bool fits = i == 4 || i == 7 ? text[i] == '-' : absl::ascii_isdigit(static_cast<unsigned char>(text[i]));
    if (!fits) return false;
  }
  return true;
}

int Number(absl::string_view digits) {
  int number = 0;
  for (const char digit : digits) number = 10 * number + (digit - '0');
  return number;
}

}  // namespace

bool IsDay(const google::type::Date& date) {
  if (date.year() < kFirstYear || date.year() > kLastYear) return false;
  if (date.month() < 1 || date.month() > 12 || date.day() < 1 || date.day() > 31) return false;
  // A civil day normalises what does not exist: 30 February becomes 2 March.
  return ToDay(date).day() == date.day();
}

void CheckDay(const google::type::Date& date, absl::string_view field, Violations& violations) {
  if (!IsDay(date)) violations.Add(field, absl::StrCat("must be a day between ", kFirstYear, " and ", kLastYear));
}

void CheckNotInFuture(const google::type::Date& date, absl::CivilDay today, absl::string_view field,
                      Violations& violations) {
  if (!IsDay(date) || ToDay(date) <= today) return;
  violations.Add(field, absl::StrCat("must not be in the future: today is ", FormatDate(FromDay(today)), " in UTC"));
}

absl::CivilDay ToDay(const google::type::Date& date) { return absl::CivilDay(date.year(), date.month(), date.day()); }

google::type::Date FromDay(absl::CivilDay day) {
  google::type::Date date;
  date.set_year(static_cast<int>(day.year()));
  date.set_month(day.month());
  date.set_day(day.day());
  return date;
}

absl::CivilDay DayOf(absl::Time time) { return absl::ToCivilDay(time, absl::UTCTimeZone()); }

absl::StatusOr<google::type::Date> ParseDate(absl::string_view text) {
  if (!HasShapeOfDate(text)) {
    // Of a long text the beginning is enough to see what it is.
    return absl::InvalidArgumentError(absl::StrCat("\"", absl::CHexEscape(text.substr(0, 40)),
                                                   "\" is no date such as 2011-01-31: four digits of the year, two of "
                                                   "the month, two of the day, with hyphens between"));
  }
  google::type::Date date;
  date.set_year(Number(text.substr(0, 4)));
  date.set_month(Number(text.substr(5, 2)));
  date.set_day(Number(text.substr(8, 2)));
  if (!IsDay(date)) {
    return absl::InvalidArgumentError(
        absl::StrCat("there is no day ", text, " between ", kFirstYear, "-01-01 and ", kLastYear, "-12-31"));
  }
  return date;
}

std::string FormatDate(const google::type::Date& date) {
  return absl::StrFormat("%04d-%02d-%02d", date.year(), date.month(), date.day());
}

}  // namespace concord::aip
