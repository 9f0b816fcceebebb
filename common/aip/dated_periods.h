// Facts that hold for a time: messages with start_date and end_date, whole days, both ends included; an absent end is
// open. So what was true on a past day can be asked for.
//
// Pure; safe from any thread.
#ifndef COMMON_AIP_DATED_PERIODS_H_
#define COMMON_AIP_DATED_PERIODS_H_

#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "common/aip/date.h"
#include "common/aip/limits.h"
#include "common/status/error.h"
#include "google/protobuf/repeated_ptr_field.h"

namespace concord::aip {

// Before and after every day that a date may have.
inline constexpr absl::CivilDay kLongAgo(1, 1, 1);
inline constexpr absl::CivilDay kForEver(9999, 12, 31);

template <typename Period>
absl::CivilDay FirstDayOf(const Period& period) {
  return period.has_start_date() ? ToDay(period.start_date()) : kLongAgo;
}

template <typename Period>
absl::CivilDay LastDayOf(const Period& period) {
  return period.has_end_date() ? ToDay(period.end_date()) : kForEver;
}

template <typename Period>
bool HoldsOn(const Period& period, absl::CivilDay day) {
  return FirstDayOf(period) <= day && day <= LastDayOf(period);
}

// The period that holds on a day; null if none does.
template <typename Period>
const Period* InForceOn(const google::protobuf::RepeatedPtrField<Period>& periods, absl::CivilDay day) {
  const auto found =
      std::find_if(periods.begin(), periods.end(), [day](const Period& period) { return HoldsOn(period, day); });
  return found == periods.end() ? nullptr : &*found;
}

// The period without an end; null if all have ended.
template <typename Period>
const Period* OpenOneOf(const google::protobuf::RepeatedPtrField<Period>& periods) {
  const auto found =
      std::find_if(periods.begin(), periods.end(), [](const Period& period) { return !period.has_end_date(); });
  return found == periods.end() ? nullptr : &*found;
}

// Adds violations for what is no day, and for an end before the start. Whether the days can be compared.
template <typename Period>
bool CheckPeriod(const Period& period, absl::string_view path, Violations& violations) {
  const size_t before = violations.size();
  if (period.has_start_date()) CheckDay(period.start_date(), absl::StrCat(path, ".start_date"), violations);
  if (period.has_end_date()) CheckDay(period.end_date(), absl::StrCat(path, ".end_date"), violations);
  if (violations.size() > before) return false;
  if (LastDayOf(period) < FirstDayOf(period)) {
    violations.Add(absl::StrCat(path, ".end_date"), "must not be before start_date");
  }
  return violations.size() == before;
}

// The same for each, and for two of one kind that share a day; `kind_of` says of what kind a period is. More than
// `most` are one violation, and not looked through.
template <typename Period, typename KindOf>
void CheckPeriods(const google::protobuf::RepeatedPtrField<Period>& periods, absl::string_view field, int most,
                  KindOf kind_of, Violations& violations) {
  CheckCount(periods.size(), field, most, violations);
  if (periods.size() > most) return;
  std::vector<const Period*> sound;
  for (int i = 0; i < periods.size(); ++i) {
    const std::string path = absl::StrCat(field, "[", i, "]");
    if (!CheckPeriod(periods[i], path, violations)) continue;
    const auto shares_a_day = [&](const Period* other) {
      return kind_of(*other) == kind_of(periods[i]) && FirstDayOf(*other) <= LastDayOf(periods[i]) &&
             FirstDayOf(periods[i]) <= LastDayOf(*other);
    };
    if (std::any_of(sound.begin(), sound.end(), shares_a_day)) {
      violations.Add(path, "shares a day with an earlier one of the list: end that before this begins");
    }
    sound.push_back(&periods[i]);
  }
}

// The same where all are of one kind.
template <typename Period>
void CheckPeriods(const google::protobuf::RepeatedPtrField<Period>& periods, absl::string_view field, int most,
                  Violations& violations) {
  CheckPeriods(
      periods, field, most, [](const Period&) { return 0; }, violations);
}

}  // namespace concord::aip

#endif  // COMMON_AIP_DATED_PERIODS_H_
