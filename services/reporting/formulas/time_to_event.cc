#include "services/reporting/formulas/time_to_event.h"

#include <algorithm>

namespace concord::reporting {
namespace {

constexpr double kTolerance = 1e-12;

}  // namespace

absl::optional<int64_t> DaysUntil(std::vector<TimeSpan> spans, int percent) {
  std::sort(spans.begin(), spans.end(), [](const TimeSpan& a, const TimeSpan& b) { return a.days < b.days; });
  const double wanted = static_cast<double>(percent) / 100;
  double still_open = 1;  // The share that has met no end before the days in hand.
  double reached = 0;
  for (size_t begin = 0; begin < spans.size();) {
    const auto at_risk = static_cast<double>(spans.size() - begin);
    const int64_t days = spans[begin].days;
    double ended = 0;
    double well_ended = 0;
    for (; begin < spans.size() && spans[begin].days == days; ++begin) {
      if (spans[begin].end != TimeSpan::End::kOpen) ++ended;
      if (spans[begin].end == TimeSpan::End::kReached) ++well_ended;
    }
    reached += still_open * (well_ended / at_risk);
    if (reached + kTolerance >= wanted) return days;
    still_open *= 1 - ended / at_risk;
  }
  return absl::nullopt;
}

absl::optional<int64_t> NearestRank(std::vector<int64_t> values, int percent) {
  if (values.empty()) return absl::nullopt;
  const size_t rank = (values.size() * static_cast<size_t>(percent) + 99) / 100;
  const size_t place = std::max<size_t>(rank, 1) - 1;
  std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(place), values.end());
  return values[place];
}

}  // namespace concord::reporting
