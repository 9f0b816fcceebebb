#include "services/concordctl/periods.h"

#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/civil_time.h"
#include "common/aip/calendar.h"
#include "common/aip/date.h"

namespace concord::ctl {
namespace {

objective::v1::Period ToPeriod(const aip::DayPeriod& days) {
  objective::v1::Period period;
  *period.mutable_start_date() = aip::FromDay(days.first);
  *period.mutable_end_date() = aip::FromDay(days.last);
  return period;
}

}  // namespace

absl::optional<objective::v1::Period> ParsePeriod(absl::string_view text) {
  int year = 0;
  if (text.size() < 4 || !absl::SimpleAtoi(text.substr(0, 4), &year) || year < 1900 || year > 2200) return {};
  if (text.size() == 4) return ToPeriod(aip::PeriodHolding(absl::CivilDay(year, 1, 1), 12));
  if (text[4] != '-') return {};
  std::string part = absl::AsciiStrToLower(text.substr(5));
  int months = 1;
  if (!part.empty() && (part[0] == 'h' || part[0] == 'q')) {
    months = part[0] == 'h' ? 6 : 3;
    part.erase(0, 1);
    if (part.size() != 1) return {};
  } else if (part.size() != 2) {
    return {};
  }
  int number = 0;
  if (!absl::ascii_isdigit(static_cast<unsigned char>(part[0])) || !absl::SimpleAtoi(part, &number) || number < 1 ||
      number > 12 / months) {
    return {};
  }
  return ToPeriod(aip::PeriodHolding(absl::CivilDay(year, (number - 1) * months + 1, 1), months));
}

std::string PeriodText(const objective::v1::Period& period) {
  if (!aip::IsDay(period.start_date()) || !aip::IsDay(period.end_date())) return "";
  const aip::DayPeriod days{aip::ToDay(period.start_date()), aip::ToDay(period.end_date())};
  for (const int months : {1, 3, 6, 12}) {
    if (!(aip::PeriodHolding(days.first, months) == days)) continue;
    if (months == 12) return absl::StrCat(days.first.year());
    if (months == 1) return absl::StrFormat("%d-%02d", days.first.year(), days.first.month());
    return absl::StrCat(days.first.year(), months == 3 ? "-q" : "-h", (days.first.month() - 1) / months + 1);
  }
  return absl::StrCat(aip::FormatDate(period.start_date()), " to ", aip::FormatDate(period.end_date()));
}

}  // namespace concord::ctl
