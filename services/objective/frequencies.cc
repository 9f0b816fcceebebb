#include "services/objective/frequencies.h"

#include "absl/strings/str_cat.h"
#include "common/aip/date.h"
#include "common/aip/enum_words.h"

namespace concord::objective {

absl::optional<aip::DayPeriod> PeriodOf(v1::Indicator::Frequency frequency, absl::CivilDay day) {
  const int months = aip::MonthsOf(aip::WordOf(frequency));
  if (months == 0) return absl::nullopt;
  return aip::PeriodHolding(day, months);
}

bool Overlap(const v1::Period& a, const v1::Period& b) {
  return aip::ToDay(a.start_date()) <= aip::ToDay(b.end_date()) &&
         aip::ToDay(b.start_date()) <= aip::ToDay(a.end_date());
}

bool CanBeMeasured(const v1::Period& period, v1::Indicator::Frequency frequency, const v1::Period& plan_period,
                   absl::CivilDay today) {
  const aip::DayPeriod asked = {aip::ToDay(period.start_date()), aip::ToDay(period.end_date())};
  return PeriodOf(frequency, asked.first) == asked && asked.first <= today && Overlap(period, plan_period);
}

bool IsOver(const v1::Period& period, absl::CivilDay today) { return aip::ToDay(period.end_date()) < today; }

std::string PeriodText(const aip::DayPeriod& period) {
  return absl::StrCat(aip::FormatDate(aip::FromDay(period.first)), "/", aip::FormatDate(aip::FromDay(period.last)));
}

std::string PeriodText(const v1::Period& period) {
  return absl::StrCat(aip::FormatDate(period.start_date()), "/", aip::FormatDate(period.end_date()));
}

}  // namespace concord::objective
