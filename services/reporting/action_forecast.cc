#include "services/reporting/action_forecast.h"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <set>
#include <string>

#include "absl/container/flat_hash_set.h"
#include "common/aip/calendar.h"
#include "common/aip/date.h"
#include "services/reporting/delivery.h"
#include "services/reporting/forecast_outlook.h"
#include "services/reporting/formula_edition.h"
#include "services/reporting/quantiles.h"
#include "services/reporting/scorecard.h"

namespace concord::reporting {
namespace {

using ::concord::action::v1::Action;
using ActionBasis = v1::ActionForecast;

constexpr int kQuarterMonths = 3;

// The quarter ends before the day, in order.
std::vector<absl::CivilDay> PastQuarterEnds(absl::CivilDay day) {
  std::vector<absl::CivilDay> ends;
  while (ends.size() < kMaxPastQuarters) {
    day = aip::PeriodHolding(day, kQuarterMonths).first - 1;
    ends.push_back(day);
  }
  std::reverse(ends.begin(), ends.end());
  return ends;
}

// From what was completed by the day; nothing if that is too little.
absl::optional<Stretches> StretchesOf(const std::vector<PastOutcome>& outcomes, absl::CivilDay day) {
  std::vector<double> ratios;
  absl::flat_hash_set<size_t> actions;
  for (const PastOutcome& outcome : outcomes) {
    if (outcome.end > day) continue;
    ratios.push_back(outcome.ratio);
    actions.insert(outcome.place);
  }
  if (ratios.size() < kMinPastForecasts || actions.size() < kMinPastActions) return absl::nullopt;
  std::sort(ratios.begin(), ratios.end());
  return Stretches{QuantileOfSorted(ratios, kEarliestQuantile), QuantileOfSorted(ratios, kMedianQuantile),
                   QuantileOfSorted(ratios, kLatestQuantile)};
}

// Sums of what past forecasts were out by.
class Errors {
 public:
  void Add(size_t place, int64_t days) {
    ++count_;
    sum_ += days;
    size_sum_ += std::abs(days);
    places_.insert(place);
  }
  void AddInterval(bool within) {
    ++interval_count_;
    within_count_ += within ? 1 : 0;
  }
  v1::MethodError ToMethodError() const {
    v1::MethodError error;
    error.set_forecast_count(count_);
    error.set_resource_count(static_cast<int>(places_.size()));
    error.set_interval_count(interval_count_);
    error.set_within_interval_count(within_count_);
    if (count_ == 0) return error;
    error.set_mean_absolute_error(static_cast<double>(size_sum_) / count_);
    error.set_bias(static_cast<double>(sum_) / count_);
    return error;
  }

 private:
  int count_ = 0;
  int64_t sum_ = 0;
  int64_t size_sum_ = 0;
  int interval_count_ = 0;
  int within_count_ = 0;
  std::set<size_t> places_;
};

// Whether the outcome of a forecast made on that day is known: it ran then and is completed now.
bool RanOn(const ActionPace& now, absl::CivilDay day) {
  return now.basis == ActionBasis::BASIS_ACTUAL_END && now.start.has_value() && *now.start <= day && now.end > day;
}

// Share per kRateDays that is needed to be done with by the end of the last day; nothing if that has come.
absl::optional<double> RateNeeded(const ActionPace& pace, absl::CivilDay day, absl::CivilDay last_day) {
  const bool to_be_done = pace.state == Action::STATE_APPROVED || pace.state == Action::STATE_IN_PROGRESS ||
                          pace.state == Action::STATE_ON_HOLD;
  if (!to_be_done || !pace.share.has_value() || last_day <= day) return absl::nullopt;
  return (1 - *pace.share) * kRateDays / static_cast<double>(last_day - day);
}

void SetRates(const ActionPace& pace, absl::CivilDay day, absl::CivilDay plan_end, v1::ActionForecast& forecast) {
  if (pace.rate.has_value()) {
    *forecast.mutable_progress_date() = aip::FromDay(pace.rate_day);
    forecast.set_progress_per_30_days(*pace.rate * kRateDays);
  }
  if (const auto rate = RateNeeded(pace, day, pace.planned.last_day); rate.has_value()) {
    forecast.set_progress_needed_per_30_days(*rate);
  }
  if (const auto rate = RateNeeded(pace, day, plan_end); rate.has_value()) {
    forecast.set_progress_needed_per_30_days_by_plan_end(*rate);
  }
}

v1::Outlook EndsBy(absl::CivilDay day, const v1::ActionForecast& forecast) {
  if (!forecast.has_expected_end_date()) return v1::OUTLOOK_NO_DATA;
  const auto ends_by = [day](const google::type::Date& end) { return aip::ToDay(end) <= day; };
  if (forecast.interval_state() != v1::INTERVAL_STATE_GIVEN) return OutlookOf({ends_by(forecast.expected_end_date())});
  return OutlookOf({ends_by(forecast.expected_end_date()), ends_by(forecast.earliest_end_date()),
                    ends_by(forecast.latest_end_date())});
}

}  // namespace

ActionForecasts::ActionForecasts(const PlanResources& resources, absl::CivilDay day)
    : resources_(resources),
      day_(day),
      milestones_(resources.milestones),
      reports_(resources.progress_reports),
      network_(resources.actions),
      pace_(PlanPaceOf(resources, milestones_, reports_, day)) {
  LookBack();
  ends_ = network_.EndsFor(pace_, stretches_.value_or(Stretches()).expected);
  if (!stretches_.has_value()) return;
  earliest_ = network_.EndsFor(pace_, stretches_->earliest);
  latest_ = network_.EndsFor(pace_, stretches_->latest);
}

int ActionForecasts::action_count() const {
  return static_cast<int>(std::count_if(pace_.actions.begin(), pace_.actions.end(), [](const ActionPace& pace) {
    return pace.basis != ActionBasis::BASIS_CANCELLED;
  }));
}

int ActionForecasts::forecast_count() const {
  return static_cast<int>(
      std::count_if(ends_.begin(), ends_.end(), [](const ActionEnd& end) { return end.end.has_value(); }));
}

// The whole method on each day, oldest first, with what was known then: also of how far it had been out by then.
void ActionForecasts::LookBack() {
  std::vector<PastOutcome> outcomes;
  Errors errors;
  for (const absl::CivilDay then : PastQuarterEnds(day_)) {
    std::vector<size_t> running;
    for (size_t i = 0; i < pace_.actions.size(); ++i) {
      if (RanOn(pace_.actions[i], then)) running.push_back(i);
    }
    if (running.empty()) continue;
    const PlanPace pace = PlanPaceOf(resources_, milestones_, reports_, then);
    const absl::optional<Stretches> known = StretchesOf(outcomes, then);
    const std::vector<ActionEnd> reckoned = network_.EndsFor(pace, 1);
    const std::vector<ActionEnd> expected = known.has_value() ? network_.EndsFor(pace, known->expected) : reckoned;
    std::vector<ActionEnd> earliest;
    std::vector<ActionEnd> latest;
    if (known.has_value()) {
      earliest = network_.EndsFor(pace, known->earliest);
      latest = network_.EndsFor(pace, known->latest);
    }
    for (const size_t place : running) {
      const absl::CivilDay end = pace_.actions[place].end;
      if (reckoned[place].end.has_value()) {
        outcomes.push_back(
            {place, end, static_cast<double>(end - then) / static_cast<double>(*reckoned[place].end - then)});
      }
      if (!expected[place].end.has_value()) continue;
      errors.Add(place, end - *expected[place].end);
      if (!known.has_value() || !earliest[place].end.has_value() || !latest[place].end.has_value()) continue;
      errors.AddInterval(*earliest[place].end <= end && end <= *latest[place].end);
    }
  }
  error_ = errors.ToMethodError();
  stretches_ = StretchesOf(outcomes, day_);
}

void ActionForecasts::SetInterval(size_t place, v1::ActionForecast& forecast) const {
  if (!forecast.has_expected_end_date()) return forecast.set_interval_state(v1::INTERVAL_STATE_NO_FORECAST);
  if (forecast.basis() == ActionBasis::BASIS_ACTUAL_END) return forecast.set_interval_state(v1::INTERVAL_STATE_KNOWN);
  if (!stretches_.has_value()) {
    return forecast.set_interval_state(error_.forecast_count() < kMinPastForecasts
                                           ? v1::INTERVAL_STATE_FEW_PAST_FORECASTS
                                           : v1::INTERVAL_STATE_FEW_PAST_ACTIONS);
  }
  if (!earliest_[place].end.has_value() || !latest_[place].end.has_value()) {
    return forecast.set_interval_state(v1::INTERVAL_STATE_OUT_OF_RANGE);
  }
  forecast.set_interval_state(v1::INTERVAL_STATE_GIVEN);
  *forecast.mutable_earliest_end_date() = aip::FromDay(*earliest_[place].end);
  *forecast.mutable_latest_end_date() = aip::FromDay(*latest_[place].end);
}

v1::ActionForecast ActionForecasts::Of(size_t place) const {
  const Action& action = *resources_.actions[place];
  const ActionPace& pace = pace_.actions[place];
  const ActionEnd& end = ends_[place];
  const Period plan_period = PeriodOf(*resources_.plan);
  v1::ActionForecast forecast;
  forecast.set_action(action.name());
  forecast.set_code(action.code());
  forecast.set_title(action.title());
  forecast.set_state(pace.state);
  *forecast.mutable_due_date() = aip::FromDay(pace.planned.last_day);
  forecast.set_basis(end.basis);
  forecast.set_held_by(std::string(end.held_by));
  const absl::optional<absl::CivilDay> start = pace.start.has_value() ? pace.start : end.start;
  if (start.has_value()) *forecast.mutable_start_date() = aip::FromDay(*start);
  if (end.end.has_value()) {
    *forecast.mutable_expected_end_date() = aip::FromDay(*end.end);
    forecast.set_delay_days(static_cast<int>(*end.end - pace.planned.last_day));
  }
  SetInterval(place, forecast);
  forecast.set_on_time(EndsBy(pace.planned.last_day, forecast));
  forecast.set_within_plan(EndsBy(plan_period.last_day, forecast));
  const ActionRecord record{milestones_.Of(action.name()), reports_.Of(action.name())};
  *forecast.mutable_progress() = ScoreAction(action, record, plan_period, day_).delivery().progress();
  SetRates(pace, day_, plan_period.last_day, forecast);
  return forecast;
}

}  // namespace concord::reporting
