#include "services/reporting/health.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "common/aip/date.h"
#include "services/reporting/dated_state.h"
#include "services/reporting/formula_edition.h"

namespace concord::reporting {
namespace {

using ::concord::action::v1::Action;

Verdict JudgeStart(const Period& period, absl::CivilDay day) {
  if (period.first_day > day) return {v1::HEALTH_LEVEL_ON_TRACK, HealthRule::kNotDue};
  const bool tolerable = day - period.first_day <= kTolerableStartDelayDays;
  return {tolerable ? v1::HEALTH_LEVEL_AT_RISK : v1::HEALTH_LEVEL_OFF_TRACK, HealthRule::kStartOverdue};
}

Verdict JudgePerformance(const Period& period, absl::optional<double> progress, absl::CivilDay day) {
  if (!progress.has_value()) return {v1::HEALTH_LEVEL_NO_DATA, HealthRule::kNoProgressData};
  const absl::optional<double> performance = SchedulePerformance(progress, PlannedProgress(period, day));
  // Begun before anything was planned to be done: whatever is done is ahead.
  if (!performance.has_value() || *performance >= kOnTrackPerformance - kPerformanceTolerance) {
    return {v1::HEALTH_LEVEL_ON_TRACK, HealthRule::kAheadOrOnSchedule};
  }
  if (*performance >= kAtRiskPerformance - kPerformanceTolerance) {
    return {v1::HEALTH_LEVEL_AT_RISK, HealthRule::kBehindSchedule};
  }
  return {v1::HEALTH_LEVEL_OFF_TRACK, HealthRule::kFarBehindSchedule};
}

std::string DayText(absl::CivilDay day) { return aip::FormatDate(aip::FromDay(day)); }

// "2012-06-30, 14 days ago", as seen from `today`.
std::string Relative(absl::CivilDay day, absl::CivilDay today) {
  const auto late = today - day;
  if (late == 0) return absl::StrCat(DayText(day), ", this day");
  const auto distance = late > 0 ? late : -late;
  const std::string days = absl::StrCat(distance, distance == 1 ? " day" : " days");
  return absl::StrCat(DayText(day), ", ", late > 0 ? absl::StrCat(days, " ago") : absl::StrCat("in ", days));
}

// "completed 2012-06-30"; without the day where it is not known.
std::string Ended(absl::string_view how, const Action& action) {
  if (!action.has_actual_end_date()) return std::string(how);
  return absl::StrCat(how, " ", aip::FormatDate(action.actual_end_date()));
}

std::string ExplainPerformance(const Period& period, absl::optional<double> progress, absl::CivilDay day) {
  const double done = progress.value_or(0.0);
  const double planned = PlannedProgress(period, day);
  const absl::optional<double> performance = SchedulePerformance(progress, planned);
  if (!performance.has_value()) return absl::StrFormat("%.1f %% done, nothing planned yet", 100 * done);
  return absl::StrFormat("%.1f %% done of %.1f %% planned, schedule performance %.2f", 100 * done, 100 * planned,
                         *performance);
}

std::string Explain(HealthRule rule, const Action& action, const Period& period, absl::optional<double> progress,
                    absl::CivilDay day) {
  switch (rule) {
    case HealthRule::kCancelled:
      return Ended("cancelled", action);
    case HealthRule::kCompleted:
      return Ended("completed", action);
    case HealthRule::kOverdue:
      return absl::StrCat("due ", Relative(period.last_day, day));
    case HealthRule::kOnHold:
      return absl::StrCat("on hold, due ", Relative(period.last_day, day));
    case HealthRule::kStartOverdue:
      return absl::StrCat("not started, planned to start ", Relative(period.first_day, day));
    case HealthRule::kNotDue:
      return absl::StrCat("planned to start ", Relative(period.first_day, day));
    case HealthRule::kNoProgressData:
      return absl::StrCat("begun, progress not known, due ", Relative(period.last_day, day));
    case HealthRule::kAheadOrOnSchedule:
    case HealthRule::kBehindSchedule:
    case HealthRule::kFarBehindSchedule:
      return ExplainPerformance(period, progress, day);
    case HealthRule::kNothingExpected:
      break;
  }
  return "nothing is expected";
}

}  // namespace

absl::string_view WordOf(HealthRule rule) {
  switch (rule) {
    case HealthRule::kCancelled:
      return "cancelled";
    case HealthRule::kCompleted:
      return "completed";
    case HealthRule::kOverdue:
      return "overdue";
    case HealthRule::kOnHold:
      return "on_hold";
    case HealthRule::kStartOverdue:
      return "start_overdue";
    case HealthRule::kNotDue:
      return "not_due";
    case HealthRule::kNoProgressData:
      return "no_progress_data";
    case HealthRule::kAheadOrOnSchedule:
      return "ahead_or_on_schedule";
    case HealthRule::kBehindSchedule:
      return "behind_schedule";
    case HealthRule::kFarBehindSchedule:
      return "far_behind_schedule";
    case HealthRule::kNothingExpected:
      break;
  }
  return "nothing_expected";
}

Verdict JudgeHealth(const Action& action, const Period& period, absl::optional<double> progress, absl::CivilDay day) {
  const Action::State state = StateOn(action, day);
  if (state == Action::STATE_CANCELLED) {
    return {v1::HEALTH_LEVEL_NOT_APPLICABLE, HealthRule::kCancelled};
  }
  if (state == Action::STATE_COMPLETED) return {v1::HEALTH_LEVEL_ON_TRACK, HealthRule::kCompleted};
  if (period.last_day < day) return {v1::HEALTH_LEVEL_OFF_TRACK, HealthRule::kOverdue};
  switch (state) {
    case Action::STATE_ON_HOLD:
      return {v1::HEALTH_LEVEL_AT_RISK, HealthRule::kOnHold};
    case Action::STATE_PROPOSED:
    case Action::STATE_APPROVED:
      return JudgeStart(period, day);
    default:  // In progress, or a state of a later release: what is done decides.
      return JudgePerformance(period, progress, day);
  }
}

v1::Health ComputeHealth(const Action& action, const Period& period, absl::optional<double> progress,
                         absl::CivilDay day) {
  const Verdict verdict = JudgeHealth(action, period, progress, day);
  v1::Health health;
  health.set_level(verdict.level);
  const absl::string_view word = WordOf(verdict.rule);
  health.set_rule(word.data(), word.size());
  health.set_explanation(Explain(verdict.rule, action, period, progress, day));
  return health;
}

int Severity(v1::HealthLevel level) {
  switch (level) {
    case v1::HEALTH_LEVEL_OFF_TRACK:
      return 3;
    case v1::HEALTH_LEVEL_AT_RISK:
      return 2;
    case v1::HEALTH_LEVEL_ON_TRACK:
      return 1;
    case v1::HEALTH_LEVEL_NO_DATA:
      return 0;
    default:
      return -1;
  }
}

}  // namespace concord::reporting
