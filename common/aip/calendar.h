// Whole periods of the calendar: months, quarters, halves, years.
//
// Pure; safe from any thread.
#ifndef COMMON_AIP_CALENDAR_H_
#define COMMON_AIP_CALENDAR_H_

#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"

namespace concord::aip {

// Both days belong to it.
struct DayPeriod {
  absl::CivilDay first;
  absl::CivilDay last;

  friend bool operator==(const DayPeriod& a, const DayPeriod& b) { return a.first == b.first && a.last == b.last; }
};

// How many months periods have of what comes "MONTHLY", "QUARTERLY", "HALF_YEARLY" or "YEARLY", as enums say it
// (enum_words.h): 1, 3, 6 or 12. 0 for any other word.
int MonthsOf(absl::string_view frequency);

// The period that a day lies in. `months` is how long periods are: 1, 3, 6 or 12; they begin with January.
DayPeriod PeriodHolding(absl::CivilDay day, int months);

// All periods from the one that holds `first` to the one that holds `last`, in order. None if last is before first.
std::vector<DayPeriod> PeriodsFrom(absl::CivilDay first, absl::CivilDay last, int months);

}  // namespace concord::aip

#endif  // COMMON_AIP_CALENDAR_H_
