#include "common/aip/calendar.h"

namespace concord::aip {
namespace {

DayPeriod PeriodFrom(absl::CivilMonth first, int months) {
  return {absl::CivilDay(first), absl::CivilDay(first + months) - 1};
}

absl::CivilMonth FirstMonthOf(absl::CivilDay day, int months) {
  return absl::CivilMonth(day) - (day.month() - 1) % months;
}

}  // namespace

int MonthsOf(absl::string_view frequency) {
  if (frequency == "MONTHLY") return 1;
  if (frequency == "QUARTERLY") return 3;
  if (frequency == "HALF_YEARLY") return 6;
  if (frequency == "YEARLY") return 12;
  return 0;
}

DayPeriod PeriodHolding(absl::CivilDay day, int months) { return PeriodFrom(FirstMonthOf(day, months), months); }

std::vector<DayPeriod> PeriodsFrom(absl::CivilDay first, absl::CivilDay last, int months) {
  std::vector<DayPeriod> periods;
  if (last < first) return periods;
  for (absl::CivilMonth month = FirstMonthOf(first, months); absl::CivilDay(month) <= last; month += months) {
    periods.push_back(PeriodFrom(month, months));
  }
  return periods;
}

}  // namespace concord::aip
