#include "services/reporting/calendar_periods.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "common/aip/date.h"
#include "common/aip/enum_words.h"

namespace concord::reporting {
namespace {

int NumberSinceYearZero(absl::CivilDay day, int months) {
  return (static_cast<int>(day.year()) * 12 + day.month() - 1) / months;
}

}  // namespace

CalendarPeriods::CalendarPeriods(absl::CivilDay first, absl::CivilDay last, int months)
    : months_(months),
      first_(NumberSinceYearZero(first, months)),
      count_(last < first ? 0 : NumberSinceYearZero(last, months) - first_ + 1) {}

int CalendarPeriods::EndedBy(absl::CivilDay day) const {
  // The period that holds the day after has not ended; all before it have.
  return std::clamp(NumberSinceYearZero(day + 1, months_) - first_, 0, count_);
}

aip::DayPeriod CalendarPeriods::At(int number) const {
  const absl::CivilMonth first = absl::CivilMonth(0, 1) + (first_ + number) * months_;
  return {absl::CivilDay(first), absl::CivilDay(first + months_) - 1};
}

absl::optional<int> CalendarPeriods::NumberOf(const objective::v1::Period& period) const {
  if (!aip::IsDay(period.start_date()) || !aip::IsDay(period.end_date())) return absl::nullopt;
  const absl::optional<int> number = NumberOf(aip::ToDay(period.start_date()));
  const aip::DayPeriod asked{aip::ToDay(period.start_date()), aip::ToDay(period.end_date())};
  return number.has_value() && At(*number) == asked ? number : absl::nullopt;
}

absl::optional<int> CalendarPeriods::NumberOf(absl::CivilDay day) const {
  const int number = NumberSinceYearZero(day, months_) - first_;
  if (number < 0 || number >= count_) return absl::nullopt;
  return number;
}

int MonthsOf(objective::v1::Indicator::Frequency frequency) {
  const int months = aip::MonthsOf(aip::WordOf(frequency));
  return months == 0 ? 12 : months;  // No request is accepted without one.
}

int MonthsOf(action::v1::Action::ReportFrequency frequency) {
  using action::v1::Action;
  const bool quarterly = frequency == Action::REPORT_FREQUENCY_UNSPECIFIED;
  return aip::MonthsOf(aip::WordOf(quarterly ? Action::REPORT_FREQUENCY_QUARTERLY : frequency));
}

std::string TextOf(const aip::DayPeriod& period) {
  return absl::StrCat(aip::FormatDate(aip::FromDay(period.first)), "/", aip::FormatDate(aip::FromDay(period.last)));
}

}  // namespace concord::reporting
