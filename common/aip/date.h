// google.type.Date as days of the proleptic Gregorian calendar.
//
// Pure; safe from any thread.
#ifndef COMMON_AIP_DATE_H_
#define COMMON_AIP_DATE_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "common/status/error.h"
#include "google/type/date.pb.h"

namespace concord::aip {

// Whether it is a whole, existing day between 1900-01-01 and 2200-12-31.
bool IsDay(const google::type::Date& date);

// Adds a violation unless it is such a day.
void CheckDay(const google::type::Date& date, absl::string_view field, Violations& violations);

// Adds a violation if the day comes after `today`; passes over what is no day.
void CheckNotInFuture(const google::type::Date& date, absl::CivilDay today, absl::string_view field,
                      Violations& violations);

// The day; `date` must satisfy IsDay.
absl::CivilDay ToDay(const google::type::Date& date);
google::type::Date FromDay(absl::CivilDay day);

// The day in UTC.
absl::CivilDay DayOf(absl::Time time);

// "2011-01-31", both ways. INVALID_ARGUMENT with what is wrong.
absl::StatusOr<google::type::Date> ParseDate(absl::string_view text);
std::string FormatDate(const google::type::Date& date);

}  // namespace concord::aip

#endif  // COMMON_AIP_DATE_H_
