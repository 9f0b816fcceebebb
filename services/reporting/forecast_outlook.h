// What a forecast with an interval answers to a question of yes or no.
#ifndef SERVICES_REPORTING_FORECAST_OUTLOOK_H_
#define SERVICES_REPORTING_FORECAST_OUTLOOK_H_

#include <algorithm>
#include <cstddef>
#include <initializer_list>

#include "concord/reporting/v1/forecast.pb.h"

namespace concord::reporting {

// `answers` are those of what is expected and of both ends of the interval, or of what is expected alone.
inline v1::Outlook OutlookOf(std::initializer_list<bool> answers) {
  const auto yes = std::count(answers.begin(), answers.end(), true);
  if (yes == 0) return v1::OUTLOOK_NO;
  return yes == static_cast<std::ptrdiff_t>(answers.size()) ? v1::OUTLOOK_YES : v1::OUTLOOK_UNCERTAIN;
}

}  // namespace concord::reporting

#endif  // SERVICES_REPORTING_FORECAST_OUTLOOK_H_
