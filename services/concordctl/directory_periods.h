// Continues the periods of a record with what a snapshot says is so on its day.
//
// Pure; safe from any thread.
#ifndef SERVICES_CONCORDCTL_DIRECTORY_PERIODS_H_
#define SERVICES_CONCORDCTL_DIRECTORY_PERIODS_H_

#include <algorithm>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/time/civil_time.h"
#include "common/aip/date.h"
#include "google/protobuf/repeated_ptr_field.h"

namespace concord::ctl {

// What became of them.
enum class Continued {
  kUnchanged,
  kBegun,  // A period begins; one before it may have ended.
  kEnded,
};

template <typename Period>
bool PeriodHoldsOn(const Period& period, absl::CivilDay day) {
  return !(period.has_start_date() && aip::ToDay(period.start_date()) > day) &&
         !(period.has_end_date() && aip::ToDay(period.end_date()) < day);
}

// The last day of what a snapshot of `day` no longer has: the day before, but no day before its first.
inline google::type::Date LastDayBefore(absl::CivilDay day, const google::type::Date* first) {
  const absl::CivilDay last = day - 1;
  return aip::FromDay(first == nullptr ? last : std::max(last, aip::ToDay(*first)));
}

// Why a snapshot cannot be taken over.
inline std::string BeginsLater(const google::type::Date& start) {
  return absl::StrCat("what is recorded begins on ", aip::FormatDate(start), ", after the day of the snapshot");
}

// `now` is what the snapshot of `day` says, a period without days, or null for nothing; `same` tells whether two
// periods say the same. What is no longer so ends the day before; what is new begins on the day, or, if nothing was
// recorded before, as long ago as anybody knows. What began on that very day was said by another snapshot of it, and
// gives way. FAILED_PRECONDITION if what is recorded begins later: then the snapshot is older than the record.
template <typename Period, typename Same>
absl::StatusOr<Continued> ContinuePeriods(const Period* now, absl::CivilDay day, Same same,
                                          google::protobuf::RepeatedPtrField<Period>& periods) {
  const auto current =
      std::find_if(periods.begin(), periods.end(), [&](const Period& period) { return PeriodHoldsOn(period, day); });
  const bool is_there = current != periods.end();
  if (now == nullptr ? !is_there : is_there && same(*current, *now)) return Continued::kUnchanged;
  for (const Period& period : periods) {
    if (!period.has_start_date() || aip::ToDay(period.start_date()) <= day) continue;
    return absl::FailedPreconditionError(BeginsLater(period.start_date()));
  }
  const bool is_first = periods.empty();
  if (is_there) {
    const bool began_today = current->has_start_date() && aip::ToDay(current->start_date()) == day;
    if (began_today && (now != nullptr || periods.size() > 1)) {
      periods.erase(current);
    } else {
      *current->mutable_end_date() = LastDayBefore(day, current->has_start_date() ? &current->start_date() : nullptr);
    }
  }
  if (now == nullptr) return Continued::kEnded;
  Period& begun = *periods.Add();
  begun = *now;
  if (!is_first) *begun.mutable_start_date() = aip::FromDay(day);
  return Continued::kBegun;
}

}  // namespace concord::ctl

#endif  // SERVICES_CONCORDCTL_DIRECTORY_PERIODS_H_
