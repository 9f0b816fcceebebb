#include "services/reporting/trend.h"

#include <algorithm>

#include "common/aip/date.h"
#include "services/reporting/scorecard.h"

namespace concord::reporting {
namespace {

// Of the plan and of an objective alike.
template <typename Score>
v1::TrendPoint PointOf(const Score& score, absl::CivilDay day) {
  v1::TrendPoint point;
  *point.mutable_date() = aip::FromDay(day);
  *point.mutable_delivery() = score.delivery();
  *point.mutable_computed_health() = score.computed_health();
  *point.mutable_outcome() = score.outcome();
  return point;
}

}  // namespace

std::vector<absl::CivilDay> TrendDays(absl::CivilDay first, absl::CivilDay last, int months) {
  std::vector<absl::CivilDay> days;
  for (const aip::DayPeriod& period : aip::PeriodsFrom(first, last, months)) {
    days.push_back(std::min(period.last, last));
  }
  return days;
}

std::vector<v1::TrendPoint> ComputeTrend(const PlanResources& resources, const std::vector<absl::CivilDay>& days) {
  std::vector<v1::TrendPoint> points;
  for (const absl::CivilDay day : days) {
    const v1::Scorecard card = ComputeScorecard(resources, day);
    points.push_back(PointOf(card, day));
    points.back().set_resource(card.plan());
    for (const v1::ObjectiveScore& score : card.objective_scores()) {
      points.push_back(PointOf(score, day));
      points.back().set_resource(score.objective());
      points.back().set_code(score.code());
    }
  }
  return points;
}

}  // namespace concord::reporting
