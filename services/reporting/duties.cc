#include "services/reporting/duties.h"

#include <algorithm>
#include <tuple>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "common/aip/date.h"
#include "common/aip/resource_name.h"
#include "services/reporting/calendar_periods.h"
#include "services/reporting/children.h"
#include "services/reporting/dated_state.h"
#include "services/reporting/delivery.h"
#include "services/reporting/formula_edition.h"
#include "services/reporting/indicator_values.h"

namespace concord::reporting {
namespace {

using ::concord::action::v1::Action;
using ::concord::action::v1::Milestone;
using ::concord::action::v1::ProgressReport;
using ::concord::action::v1::Risk;
using ::concord::objective::v1::Indicator;
using ::concord::objective::v1::Measurement;
using ::concord::objective::v1::Plan;

using VisitDuty = std::function<void(const OwedDuty&)>;

// Before the year 1, so that days after it have no sign; there are 7 digits of them until the year 10000 and long
// after.
constexpr absl::CivilDay kDayBeforeAll(-100, 1, 1);

// What is asked: what is owed at the end of `day`, and due by the end of `until`.
struct Question {
  const PlanResources& resources;
  Period plan_period;
  absl::CivilDay day;
  absl::CivilDay until;
};

auto OrderOf(const OwedDuty& duty) {
  return std::make_tuple(duty.due_day, duty.resource, duty.period.has_value() ? duty.period->last : absl::CivilDay(0));
}

// Visits the periods of `periods` that are not done and whose `days_after`-th day after the end is `until` or before.
void OwePeriods(const CalendarPeriods& periods, const std::vector<bool>& done, int days_after, absl::CivilDay until,
                OwedDuty duty, const VisitDuty& visit) {
  const int due_count = periods.EndedBy(until - days_after);
  for (int number = 0; number < due_count; ++number) {
    if (number < static_cast<int>(done.size()) && done[static_cast<size_t>(number)]) continue;
    duty.period = periods.At(number);
    duty.due_day = duty.period->last + days_after;
    visit(duty);
  }
}

void MarkDone(absl::optional<int> number, std::vector<bool>& done) {
  if (!number.has_value()) return;
  const size_t index = static_cast<size_t>(*number);
  if (done.size() <= index) done.resize(index + 1);
  done[index] = true;
}

bool IsHandedIn(const Measurement& measurement) {
  return IsWhole(measurement) && (measurement.status() == Measurement::STATUS_SUBMITTED ||
                                  measurement.status() == Measurement::STATUS_APPROVED);
}

void OweMeasurements(const Question& question, const Indicator& indicator, Children<Measurement>::Family measurements,
                     const VisitDuty& visit) {
  if (indicator.has_roll_up() || indicator.has_formula()) return;  // Nobody types it.
  const CalendarPeriods periods = PeriodsOf(indicator, question.plan_period);
  std::vector<bool> done;
  for (const Measurement* measurement : measurements) {
    // That of a period which ended later was not there yet.
    const bool was_there = aip::ToDay(measurement->period().end_date()) <= question.day;
    if (was_there && IsHandedIn(*measurement)) MarkDone(periods.NumberOf(measurement->period()), done);
  }
  OwedDuty duty;
  duty.kind = v1::Duty::KIND_MEASUREMENT;
  duty.resource = indicator.name();
  duty.title = indicator.title();
  duty.owner = indicator.reporter();
  OwePeriods(periods, done, indicator.due_days(), question.until, duty, visit);
}

// Handed in and not decided on. The strategy office decides.
void OweApprovals(const Indicator& indicator, Children<Measurement>::Family measurements, absl::CivilDay until,
                  const VisitDuty& visit) {
  for (const Measurement* measurement : measurements) {
    if (measurement->status() != Measurement::STATUS_SUBMITTED) continue;
    const absl::Time handed_in = absl::FromUnixSeconds(measurement->update_time().seconds());
    OwedDuty duty;
    duty.due_day = aip::DayOf(handed_in) + kApprovalDays;
    if (duty.due_day > until) continue;
    duty.kind = v1::Duty::KIND_APPROVAL;
    duty.resource = measurement->name();
    duty.title = indicator.title();
    duty.period =
        aip::DayPeriod{aip::ToDay(measurement->period().start_date()), aip::ToDay(measurement->period().end_date())};
    visit(duty);
  }
}

void OweReports(const Question& question, const Action& action, Children<ProgressReport>::Family reports,
                const VisitDuty& visit) {
  const Action::State state = StateOn(action, question.day);
  if (state != Action::STATE_IN_PROGRESS && state != Action::STATE_ON_HOLD) return;
  const int months = MonthsOf(action.report_frequency());
  if (months == 0) return;
  const absl::CivilDay begun = action.has_actual_start_date() ? aip::ToDay(action.actual_start_date())
                                                              : PeriodOf(action, question.plan_period).first_day;
  const CalendarPeriods periods(std::max(begun, question.plan_period.first_day), question.plan_period.last_day, months);
  std::vector<bool> done;
  for (const ProgressReport* report : reports) {
    // One about a later day was not there yet.
    const absl::CivilDay about = aip::ToDay(report->date());
    if (about <= question.day) MarkDone(periods.NumberOf(about), done);
  }
  OwedDuty duty;
  duty.kind = v1::Duty::KIND_PROGRESS_REPORT;
  duty.resource = action.name();
  duty.title = action.title();
  duty.owner = action.lead();
  OwePeriods(periods, done, action.report_due_days(), question.until, duty, visit);
}

void OweMilestones(const Question& question, const Action& action, Children<Milestone>::Family milestones,
                   const VisitDuty& visit) {
  for (const Milestone* milestone : milestones) {
    if (!PlannedOn(*milestone, question.day)) continue;
    OwedDuty duty;
    duty.due_day = aip::ToDay(milestone->due_date());
    if (duty.due_day > question.until) continue;
    duty.kind = v1::Duty::KIND_MILESTONE;
    duty.resource = milestone->name();
    duty.title = milestone->title();
    duty.owner = milestone->owner().empty() ? action.lead() : milestone->owner();
    visit(duty);
  }
}

void OweReviews(const Question& question, const Action& action, Children<Risk>::Family risks, const VisitDuty& visit) {
  for (const Risk* risk : risks) {
    if (risk->state() != Risk::STATE_OPEN || !risk->has_review_date()) continue;
    OwedDuty duty;
    duty.due_day = aip::ToDay(risk->review_date());
    if (duty.due_day > question.until) continue;
    duty.kind = v1::Duty::KIND_RISK_REVIEW;
    duty.resource = risk->name();
    duty.title = risk->title();
    duty.owner = risk->owner().empty() ? action.lead() : risk->owner();
    visit(duty);
  }
}

bool HasEnded(const Action& action, absl::CivilDay day) {
  const Action::State state = StateOn(action, day);
  return state == Action::STATE_COMPLETED || state == Action::STATE_CANCELLED;
}

void OweOfIndicators(const Question& question, const VisitDuty& visit) {
  const PlanResources& resources = question.resources;
  absl::flat_hash_set<absl::string_view> objectives;
  for (const auto* objective : resources.objectives) objectives.insert(objective->name());
  const Children<Measurement> measurements(resources.measurements);
  for (const Indicator* indicator : resources.indicators) {
    if (!objectives.contains(aip::ParentOf(indicator->name()))) continue;
    const auto family = measurements.Of(indicator->name());
    OweMeasurements(question, *indicator, family, visit);
    OweApprovals(*indicator, family, question.until, visit);
  }
}

void OweOfActions(const Question& question, const VisitDuty& visit) {
  const PlanResources& resources = question.resources;
  const Children<Milestone> milestones(resources.milestones);
  const Children<ProgressReport> reports(resources.progress_reports);
  const Children<Risk> risks(resources.risks);
  for (const Action* action : resources.actions) {
    if (HasEnded(*action, question.day)) continue;
    OweReports(question, *action, reports.Of(action->name()), visit);
    OweMilestones(question, *action, milestones.Of(action->name()), visit);
    OweReviews(question, *action, risks.Of(action->name()), visit);
  }
}

}  // namespace

bool operator<(const OwedDuty& a, const OwedDuty& b) { return OrderOf(a) < OrderOf(b); }

std::string PlaceOf(const OwedDuty& duty) {
  const auto digits = [](absl::CivilDay day) { return absl::Dec(day - kDayBeforeAll, absl::kZeroPad7); };
  return absl::StrCat(digits(duty.due_day), " ", duty.resource, " ",
                      duty.period.has_value() ? absl::StrCat(digits(duty.period->last)) : "");
}

void ForEachDuty(const PlanResources& resources, absl::CivilDay day, absl::CivilDay until, const VisitDuty& visit) {
  // A draft is not in force, and under a closed plan nothing can be done any more.
  if (resources.plan->state() != Plan::STATE_ACTIVE) return;
  const Question question{resources, PeriodOf(*resources.plan), day, until};
  OweOfIndicators(question, visit);
  OweOfActions(question, visit);
}

v1::Duty ToDuty(const OwedDuty& owed, absl::CivilDay day) {
  v1::Duty duty;
  duty.set_kind(owed.kind);
  duty.set_resource(std::string(owed.resource));
  duty.set_title(std::string(owed.title));
  duty.set_owner(std::string(owed.owner));
  if (owed.period.has_value()) {
    *duty.mutable_period_start_date() = aip::FromDay(owed.period->first);
    *duty.mutable_period_end_date() = aip::FromDay(owed.period->last);
  }
  *duty.mutable_due_date() = aip::FromDay(owed.due_day);
  duty.set_overdue(owed.due_day < day);
  return duty;
}

v1::DutyCounts CountDuties(const PlanResources& resources, absl::CivilDay day) {
  v1::DutyCounts counts;
  ForEachDuty(resources, day, day + kUpcomingDays, [&](const OwedDuty& duty) {
    if (duty.due_day < day) {
      counts.set_overdue_count(counts.overdue_count() + 1);
    } else {
      counts.set_upcoming_count(counts.upcoming_count() + 1);
    }
  });
  return counts;
}

}  // namespace concord::reporting
