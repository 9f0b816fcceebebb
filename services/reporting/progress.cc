#include "services/reporting/progress.h"

#include <tuple>

#include "common/aip/date.h"
#include "common/aip/decimal.h"
#include "services/reporting/dated_state.h"

namespace concord::reporting {
namespace {

using ::concord::action::v1::Action;
using ::concord::action::v1::Milestone;
using ::concord::action::v1::ProgressReport;
using ::google::protobuf::Timestamp;

auto KeyOf(const Timestamp& time) { return std::make_tuple(time.seconds(), time.nanos()); }

// Two reports about the same day: the one written last counts.
auto KeyOf(const ProgressReport& report) {
  return std::make_tuple(aip::ToDay(report.date()), KeyOf(report.create_time()), absl::string_view(report.name()));
}

const ProgressReport* InForce(absl::Span<const ProgressReport* const> reports, absl::CivilDay day) {
  const ProgressReport* latest = nullptr;
  for (const ProgressReport* report : reports) {
    if (aip::ToDay(report->date()) > day) continue;
    if (latest == nullptr || KeyOf(*latest) < KeyOf(*report)) latest = report;
  }
  return latest;
}

struct MilestoneSums {
  int count = 0;
  int reached_count = 0;
  double weight = 0;
  double reached_weight = 0;
  const Timestamp* time = nullptr;
};

MilestoneSums SumsOf(absl::Span<const Milestone* const> milestones, absl::CivilDay day) {
  MilestoneSums sums;
  for (const Milestone* milestone : milestones) {
    if (milestone->state() == Milestone::STATE_DROPPED) continue;
    const double weight = milestone->has_weight() ? milestone->weight() : 1.0;
    ++sums.count;
    sums.weight += weight;
    sums.time = Later(sums.time, &milestone->update_time());
    if (!ReachedBy(*milestone, day)) continue;
    ++sums.reached_count;
    sums.reached_weight += weight;
  }
  return sums;
}

}  // namespace

// The one place where progress comes from. What the state on the day says goes before everything: a completed action is
// done and one that is not started has nothing done. Then the most exact source counts.
Progress ProgressOf(const Action& action, const ActionRecord& record, absl::CivilDay day) {
  const MilestoneSums milestones = SumsOf(record.milestones, day);
  Progress progress;
  progress.report = InForce(record.reports, day);
  progress.milestone_count = milestones.count;
  progress.reached_milestone_count = milestones.reached_count;
  switch (StateOn(action, day)) {
    case Action::STATE_CANCELLED:
      return progress;
    case Action::STATE_PROPOSED:
    case Action::STATE_APPROVED:
      progress.share = 0.0;
      progress.time = &action.update_time();
      return progress;
    case Action::STATE_COMPLETED:
      progress.share = 1.0;
      progress.time = &action.update_time();
      return progress;
    default:  // In progress or on hold: somebody has to say.
      break;
  }
  if (milestones.weight > 0) {
    progress.share = milestones.reached_weight / milestones.weight;
    progress.time = milestones.time;
  } else if (progress.report != nullptr) {
    progress.share = aip::ToDouble(aip::ToNano(progress.report->percent())) / 100.0;
    progress.time = &progress.report->create_time();
  }
  return progress;
}

v1::HealthLevel DeclaredHealth(const ProgressReport* report) {
  if (report == nullptr) return v1::HEALTH_LEVEL_NO_DATA;
  switch (report->health()) {
    case ProgressReport::HEALTH_ON_TRACK:
      return v1::HEALTH_LEVEL_ON_TRACK;
    case ProgressReport::HEALTH_AT_RISK:
      return v1::HEALTH_LEVEL_AT_RISK;
    case ProgressReport::HEALTH_OFF_TRACK:
      return v1::HEALTH_LEVEL_OFF_TRACK;
    default:
      return v1::HEALTH_LEVEL_NO_DATA;
  }
}

const Timestamp* Later(const Timestamp* a, const Timestamp* b) {
  if (a == nullptr || b == nullptr) return a == nullptr ? b : a;
  return KeyOf(*a) < KeyOf(*b) ? b : a;
}

}  // namespace concord::reporting
