// The whole periods of the calendar that a span of days touches, numbered from 0.
//
// Counts and finds periods by arithmetic, so that a span of centuries costs no more than a year. A value; safe
// to read from any thread.
#ifndef SERVICES_REPORTING_CALENDAR_PERIODS_H_
#define SERVICES_REPORTING_CALENDAR_PERIODS_H_

#include <string>

#include "absl/time/civil_time.h"
#include "absl/types/optional.h"
#include "common/aip/calendar.h"
#include "concord/action/v1/action.pb.h"
#include "concord/objective/v1/indicator.pb.h"
#include "concord/objective/v1/plan.pb.h"

namespace concord::reporting {

class CalendarPeriods {
 public:
  // From the period that holds `first` to the one that holds `last`; none if `last` is before `first`. `months`
  // is 1, 3, 6 or 12.
  CalendarPeriods(absl::CivilDay first, absl::CivilDay last, int months);

  int count() const { return count_; }

  // How many of them have ended by the end of `day`: these are the first ones.
  int EndedBy(absl::CivilDay day) const;

  // `number` is 0 to count() - 1.
  aip::DayPeriod At(int number) const;

  // The number of exactly this period; nothing if it is none of them.
  absl::optional<int> NumberOf(const objective::v1::Period& period) const;

  // The number of the one that holds the day; nothing if none does.
  absl::optional<int> NumberOf(absl::CivilDay day) const;

 private:
  int months_;
  int first_;  // Periods since year 0.
  int count_;
};

// How many months a period has: 1, 3, 6 or 12.
int MonthsOf(objective::v1::Indicator::Frequency frequency);

// The same for reports; unspecified stands for quarterly. 0 for NONE.
int MonthsOf(action::v1::Action::ReportFrequency frequency);

// "2012-01-01/2012-03-31", as ISO 8601 writes intervals.
std::string TextOf(const aip::DayPeriod& period);

}  // namespace concord::reporting

#endif  // SERVICES_REPORTING_CALENDAR_PERIODS_H_
