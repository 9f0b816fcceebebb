#include "services/reporting/action_pace.h"

#include <algorithm>
#include <cmath>

#include "absl/types/span.h"
#include "common/aip/date.h"
#include "concord/action/v1/milestone.pb.h"
#include "services/reporting/dated_state.h"
#include "services/reporting/formula_edition.h"

namespace concord::reporting {
namespace {

using ::concord::action::v1::Action;
using ::concord::action::v1::Milestone;
using Basis = v1::ActionForecast;

constexpr double kMostDays = 366'000;

// The days from the start through a day, at least 1.
double UsedBy(absl::CivilDay day, absl::CivilDay start) {
  return static_cast<double>(std::max<int64_t>(1, day - start + 1));
}

// What milestones say of time: when the last one was reached, and what the share will be once the least of the others
// is.
struct Steps {
  absl::CivilDay last_day;
  double next_share = 1;
};

Steps StepsOf(absl::Span<const Milestone* const> milestones, absl::CivilDay day) {
  Steps steps;
  bool dated = false;
  double all = 0;
  double reached = 0;
  double least = 0;
  for (const Milestone* milestone : milestones) {
    if (milestone->state() == Milestone::STATE_DROPPED) continue;
    const double weight = milestone->has_weight() ? milestone->weight() : 1;
    all += weight;
    if (!ReachedBy(*milestone, day)) {
      least = least == 0 ? weight : std::min(least, weight);
      continue;
    }
    reached += weight;
    if (!milestone->has_reached_date()) continue;
    const absl::CivilDay on = aip::ToDay(milestone->reached_date());
    steps.last_day = dated ? std::max(steps.last_day, on) : on;
    dated = true;
  }
  if (!dated) steps.last_day = day;
  steps.next_share = (reached + least) / all;
  return steps;
}

// How many days the whole takes if it goes on as it did until its share was reached. What milestones say stands still
// in between, so it goes no faster than that the next one is not reached yet.
double WholeAsSoFar(const ActionRecord& record, const Progress& progress, absl::CivilDay day, ActionPace& pace) {
  if (progress.milestone_count == 0) {
    pace.rate_day = aip::ToDay(progress.report->date());
    return UsedBy(pace.rate_day, *pace.start) / *progress.share;
  }
  const Steps steps = StepsOf(record.milestones, day);
  pace.rate_day = steps.last_day;
  return std::max(UsedBy(steps.last_day, *pace.start) / *progress.share, UsedBy(day, *pace.start) / steps.next_share);
}

// Of an action in progress, or in a state of a later release, which is judged as that.
void LookAtRate(const ActionRecord& record, const Progress& progress, absl::CivilDay day, ActionPace& pace) {
  if (!pace.start.has_value()) {
    pace.basis = Basis::BASIS_START_NOT_RECORDED;
    return;
  }
  if (!progress.share.has_value()) {
    pace.basis = Basis::BASIS_NO_REPORT;
    return;
  }
  if (*progress.share <= 0) {
    pace.rate = 0;
    pace.rate_day = progress.milestone_count > 0 ? day : aip::ToDay(progress.report->date());
    pace.basis = Basis::BASIS_NO_PROGRESS;
    return;
  }
  const double whole = WholeAsSoFar(record, progress, day, pace);
  pace.rate = 1 / whole;
  pace.basis = Basis::BASIS_RATE_SO_FAR;
  pace.end = std::max(*pace.start + (WholeDays(whole) - 1), day + 1);
  if (pace.end > LastForecastDay()) pace.basis = Basis::BASIS_OUT_OF_RANGE;
}

}  // namespace

int64_t LengthOf(const Period& period) { return std::max<int64_t>(1, period.last_day - period.first_day + 1); }

int64_t WholeDays(double days) {
  return static_cast<int64_t>(std::clamp(std::ceil(days - kDayTolerance), 1.0, kMostDays));
}

ActionPace ActionPaceOf(const Action& action, const ActionRecord& record, const Period& plan_period,
                        absl::CivilDay day) {
  const Progress progress = ProgressOf(action, record, day);
  ActionPace pace;
  pace.state = StateOn(action, day);
  pace.planned = PeriodOf(action, plan_period);
  pace.share = progress.share;
  const bool begun = pace.state != Action::STATE_PROPOSED && pace.state != Action::STATE_APPROVED;
  if (begun && action.has_actual_start_date()) pace.start = aip::ToDay(action.actual_start_date());
  switch (pace.state) {
    case Action::STATE_PROPOSED:
      pace.basis = Basis::BASIS_PROPOSED;
      break;
    case Action::STATE_APPROVED:
      pace.basis = Basis::BASIS_PLANNED_DURATION;
      break;
    case Action::STATE_ON_HOLD:
      pace.basis = Basis::BASIS_ON_HOLD;
      break;
    case Action::STATE_CANCELLED:
      pace.basis = Basis::BASIS_CANCELLED;
      break;
    case Action::STATE_COMPLETED:
      pace.basis = action.has_actual_end_date() ? Basis::BASIS_ACTUAL_END : Basis::BASIS_END_NOT_RECORDED;
      if (action.has_actual_end_date()) pace.end = aip::ToDay(action.actual_end_date());
      break;
    default:
      LookAtRate(record, progress, day, pace);
      break;
  }
  return pace;
}

absl::optional<double> DurationRatio(const ActionPace& pace) {
  const bool ends = pace.basis == Basis::BASIS_ACTUAL_END || pace.basis == Basis::BASIS_RATE_SO_FAR;
  if (!ends || !pace.start.has_value()) return absl::nullopt;
  return static_cast<double>(LengthOf({*pace.start, pace.end})) / static_cast<double>(LengthOf(pace.planned));
}

}  // namespace concord::reporting
