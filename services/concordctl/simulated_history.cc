#include "services/concordctl/simulated_history.h"

#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "common/aip/calendar.h"
#include "common/aip/date.h"
#include "common/aip/decimal.h"
#include "common/aip/resource_name.h"

namespace concord::ctl {
namespace {

using action::v1::Action;
using action::v1::Activity;
using action::v1::Contribution;
using action::v1::Milestone;
using action::v1::ProgressReport;
using action::v1::Risk;
using objective::v1::Indicator;
using objective::v1::Measurement;

// Writes the history of one action after the other, in the order of their names.
class Historian {
 public:
  Historian(SimulatedHistory& history, Chance& chance)
      : history_(history), chance_(chance), end_(LastDayOf(history.file.plan())) {
    for (const Milestone& milestone : history.file.milestones()) {
      milestones_[std::string(aip::ParentOf(milestone.name()))].push_back(&milestone);
    }
  }

  void Write(const Action& action) {
    ActionCourse course;
    course.name = action.name();
    AddRisks(action);
    const absl::CivilDay planned = aip::ToDay(action.start_date());
    const absl::CivilDay started = planned + (chance_.Happens(40) ? chance_.Below(100) : 0);
    if (chance_.Happens(6)) {
      if (chance_.Happens(50)) course.cancelled = std::min(end_, planned + 200);
    } else if (started <= end_) {
      course.started = started;
      Work(action, course);
    }
    history_.actions.push_back(std::move(course));
  }

 private:
  // Quarter by quarter from the start until it is done, given up, or the plan is over.
  void Work(const Action& action, ActionCourse& course) {
    const absl::CivilDay due = aip::ToDay(action.due_date());
    const absl::CivilDay planned = aip::ToDay(action.start_date());
    const int speed = 60 + chance_.Below(60);  // Percent of what is planned.
    const int gives_up_after = chance_.Happens(6) ? 3 + chance_.Below(4) : 1000;
    course.held = chance_.Happens(8);
    const int stops_after = course.held ? 2 + chance_.Below(6) : 1000;
    int done = 0;  // Hundredths of a percent.
    size_t reached = 0;
    int quarter = 0;
    for (const aip::DayPeriod& period : aip::PeriodsFrom(*course.started, end_, 3)) {
      const int64_t days = std::min<int64_t>(period.last - *course.started + 1, 91);
      const int64_t rise = days * 10000 * (speed + chance_.Below(31) - 15) / 100 / (due - planned + 1);
      if (quarter++ < stops_after) done = static_cast<int>(std::min<int64_t>(done + std::max<int64_t>(rise, 0), 10000));
      const int64_t expected = std::clamp<int64_t>((period.last - planned + 1) * 10000 / (due - planned + 1), 1, 10000);
      ReachMilestones(action, done, *course.started, period, reached);
      if (done == 10000) {
        course.completed = period.last;
        course.held = false;
        return;
      }
      if (!chance_.Happens(12)) Report(action, period.last, done, static_cast<int>(done * 100 / expected));
      if (chance_.Happens(20)) Contribute(action, *course.started, period);
      if (chance_.Happens(15)) Hold(action, *course.started, period);
      if (quarter == gives_up_after) {
        course.cancelled = period.last;
        course.held = false;
        return;
      }
    }
  }

  absl::CivilDay DayIn(absl::CivilDay not_before, const aip::DayPeriod& period) {
    const absl::CivilDay first = std::max(not_before, period.first);
    return first + chance_.Below(static_cast<int>(period.last - first) + 1);
  }

  void ReachMilestones(const Action& action, int done, absl::CivilDay started, const aip::DayPeriod& period,
                       size_t& reached) {
    const std::vector<const Milestone*>& all = milestones_[action.name()];
    while (reached < all.size() && done >= static_cast<int>(10000 * (reached + 1) / all.size())) {
      MilestoneCourse course{all[reached]->name(), {}};
      if (reached + 1 == all.size() || !chance_.Happens(4)) course.reached = DayIn(started, period);
      history_.milestones.push_back(std::move(course));
      ++reached;
    }
  }

  void Report(const Action& action, absl::CivilDay day, int done, int performance) {
    ProgressReport report;
    report.set_name(absl::StrCat(action.name(), "/progressReports/", absl::FormatCivilTime(day)));
    *report.mutable_date() = aip::FromDay(day);
    report.mutable_percent()->set_value(absl::StrFormat("%d.%02d", done / 100, done % 100));
    // People see it a little brighter than it is.
    const int seen = performance + chance_.Below(15);
    report.set_health(seen >= 90   ? ProgressReport::HEALTH_ON_TRACK
                      : seen >= 70 ? ProgressReport::HEALTH_AT_RISK
                                   : ProgressReport::HEALTH_OFF_TRACK);
    constexpr const char* kReasons[] = {"Half of the members have not answered yet", "All members have answered",
                                        "Counted by two people", "The work of one month is estimated"};
    const int reason = chance_.Below(4);
    report.set_confidence(reason == 0   ? ProgressReport::CONFIDENCE_LOW
                          : reason == 3 ? ProgressReport::CONFIDENCE_MEDIUM
                                        : ProgressReport::CONFIDENCE_HIGH);
    report.set_confidence_reason(kReasons[reason]);
    report.set_narrative(seen >= 90 ? "The work goes on as planned." : "The work is behind; the lead asks for help.");
    Add(report, history_.reports);
    if (!chance_.Happens(3)) return;
    // Counted again for the same day: the later one counts.
    report.set_name(report.name() + "-corrected");
    report.mutable_percent()->set_value(absl::StrCat(std::max(0, done / 100 - 2)));
    report.set_narrative("Counted again: what was not finished had been counted.");
    Add(report, history_.reports);
  }

  void Contribute(const Action& action, absl::CivilDay started, const aip::DayPeriod& period) {
    Contribution contribution;
    contribution.set_name(absl::StrCat(action.name(), "/contributions/c", ++count_));
    contribution.set_member(SimulatedMember(chance_));
    const int kind = 1 + chance_.Below(4);
    contribution.set_kind(static_cast<Contribution::Kind>(kind));
    constexpr const char* kTitles[] = {"", "Experts for a working group", "Money for travel", "Seats in a course",
                                       "A meeting that was hosted"};
    contribution.set_title(kTitles[kind]);
    const bool money = contribution.kind() == Contribution::KIND_MONEY;
    if (money) contribution.set_currency_code("CHF");
    contribution.mutable_amount()->set_value(
        absl::StrCat(money ? (1 + chance_.Below(40)) * 500 : 1 + chance_.Below(30)));
    *contribution.mutable_date() = aip::FromDay(DayIn(started, period));
    Add(contribution, history_.contributions);
  }

  void Hold(const Action& action, absl::CivilDay started, const aip::DayPeriod& period) {
    Activity activity;
    activity.set_name(absl::StrCat(action.name(), "/activities/a", ++count_));
    const int kind = 1 + chance_.Below(4);
    activity.set_kind(static_cast<Activity::Kind>(kind));
    constexpr const char* kTitles[] = {"", "Course for members", "Regional meeting", "Study", "Talks with the public"};
    activity.set_title(kTitles[kind]);
    *activity.mutable_start_date() = aip::FromDay(DayIn(started, period));
    activity.set_organizer(SimulatedMember(chance_));
    const bool counted = activity.kind() != Activity::KIND_STUDY && !chance_.Happens(15);
    for (int i = counted ? 2 + chance_.Below(5) : 0; i > 0; --i) {
      const std::string member = SimulatedMember(chance_);
      const auto& there = activity.participations();
      if (std::any_of(there.begin(), there.end(), [&](const auto& one) { return one.member() == member; })) continue;
      auto& participation = *activity.add_participations();
      participation.set_member(member);
      participation.set_participant_count(1 + chance_.Below(12));
    }
    if (activity.kind() == Activity::KIND_STUDY) activity.set_reach_count(100 + chance_.Below(4000));
    Add(activity, history_.activities);
  }

  void AddRisks(const Action& action) {
    constexpr const char* kTitles[] = {"Experts are not released by their employers", "The budget is cut",
                                       "Members answer late", "Another body publishes first"};
    for (int i = chance_.Below(3); i > 0; --i) {
      Risk risk;
      risk.set_name(absl::StrCat(action.name(), "/risks/r", i));
      risk.set_title(kTitles[chance_.Below(4)]);
      risk.set_likelihood(1 + chance_.Below(5));
      risk.set_impact(1 + chance_.Below(5));
      risk.set_mitigation("The lead speaks with those concerned every quarter.");
      *risk.mutable_review_date() = aip::FromDay(std::min(end_, aip::ToDay(action.due_date()) - chance_.Below(200)));
      RiskCourse course{risk.name(), chance_.Happens(15), chance_.Happens(60)};
      Add(risk, history_.risks);
      if (course.realized || course.closed) history_.risk_courses.push_back(std::move(course));
    }
  }

  template <typename T>
  static void Add(T resource, std::vector<T>& list) {
    MarkSimulated(resource);
    list.push_back(std::move(resource));
  }

  SimulatedHistory& history_;
  Chance& chance_;
  absl::CivilDay end_;
  std::map<std::string, std::vector<const Milestone*>> milestones_;
  int count_ = 0;
};

Measurement NewMeasurement(const Indicator& indicator, int64_t year, const std::string& id) {
  Measurement measurement;
  measurement.set_name(absl::StrCat(indicator.name(), "/measurements/", id));
  *measurement.mutable_period()->mutable_start_date() = aip::FromDay(absl::CivilDay(year, 1, 1));
  *measurement.mutable_period()->mutable_end_date() = aip::FromDay(absl::CivilDay(year, 12, 31));
  measurement.add_evidence()->set_title("Return of the members");
  return measurement;
}

// A value on the way from the baseline to the last target; a bit off it, never outside of what can be.
int64_t ValueOf(const Indicator& indicator, int64_t step, int64_t steps, Chance& chance) {
  const int64_t from = UnitsOf(indicator.baseline().value(), indicator.scale());
  const auto& targets = indicator.targets();
  const int64_t to = targets.empty() ? from : UnitsOf(targets.rbegin()->value(), indicator.scale());
  int64_t value = from + (to - from) * step * (65 + chance.Below(45)) / (100 * steps);
  if (indicator.guard_rails().has_upper()) {
    value = std::min(value, UnitsOf(indicator.guard_rails().upper(), indicator.scale()));
  }
  return std::max<int64_t>(value, 0);
}

void Measure(const Indicator& indicator, const objective::v1::Plan& plan, Chance& chance, SimulatedHistory& history) {
  const int64_t first = FirstDayOf(plan).year();
  const int64_t last = LastDayOf(plan).year();
  int64_t highest = 0;
  for (int64_t year = first; year <= last; ++year) {
    if (chance.Happens(year == last ? 15 : 5)) continue;  // Nobody said anything.
    MeasurementCourse course{NewMeasurement(indicator, year, absl::StrCat(year)), Measurement::STATUS_APPROVED};
    Measurement& measurement = course.measurement;
    if (year == last && chance.Happens(40)) course.status = Measurement::STATUS_SUBMITTED;
    if (year == last && chance.Happens(15)) course.status = Measurement::STATUS_DRAFT;
    if (year == last && chance.Happens(10)) course.status = Measurement::STATUS_RETURNED;
    int64_t value = ValueOf(indicator, year - first + 1, last - first + 1, chance);
    if (indicator.kind() == Indicator::KIND_CUMULATIVE) value = highest = std::max(value, highest);
    const bool no_data = chance.Happens(8);
    if (no_data) {
      measurement.mutable_no_data()->set_reason("Fewer than half of the members answered");
    } else {
      measurement.mutable_value()->set_value(DecimalText(value, indicator.scale()));
    }
    MarkSimulated(measurement);
    const bool corrected = course.status == Measurement::STATUS_APPROVED && !no_data && chance.Happens(12);
    history.measurements.push_back(course);
    if (!corrected) continue;
    MeasurementCourse correction{NewMeasurement(indicator, year, absl::StrCat(year, "-corrected")),
                                 Measurement::STATUS_APPROVED};
    correction.measurement.set_supersedes(measurement.name());
    // A cumulative one may not pass its neighbours: it stays as it is, with another note.
    const int64_t change = indicator.kind() == Indicator::KIND_CUMULATIVE ? 0 : 1 + value / 50;
    correction.measurement.mutable_value()->set_value(
        DecimalText(std::max<int64_t>(value - change, 0), indicator.scale()));
    correction.measurement.set_note("Corrected: a late return of a member.");
    MarkSimulated(correction.measurement);
    history.corrections.push_back(std::move(correction));
  }
}

}  // namespace

SimulatedHistory SimulateHistory(const planfile::v1::PlanFile& source, uint64_t seed) {
  Chance chance(seed);
  SimulatedHistory history;
  history.file = MakeSimulatedPlan(source, chance);
  Historian historian(history, chance);
  for (const Action& action : history.file.actions()) historian.Write(action);
  for (const Indicator& indicator : history.file.indicators()) {
    const bool yearly = indicator.frequency() == Indicator::FREQUENCY_YEARLY;
    if (yearly && !indicator.has_roll_up()) Measure(indicator, history.file.plan(), chance, history);
  }
  return history;
}

}  // namespace concord::ctl
