#include "services/reporting/indicator_values.h"

#include <cstddef>
#include <set>
#include <tuple>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "common/aip/resource_name.h"
#include "services/reporting/children.h"
#include "services/reporting/indicator_roll_up.h"
#include "services/reporting/progress.h"

namespace concord::reporting {
namespace {

using ::concord::objective::v1::Indicator;
using ::concord::objective::v1::Measurement;
using ::concord::objective::v1::RollUpInput;

auto KeyOf(const Measurement& measurement) {
  return std::make_tuple(measurement.create_time().seconds(), measurement.create_time().nanos(),
                         absl::string_view(measurement.name()));
}

PeriodValue ValueOf(const Measurement& measurement) {
  PeriodValue value;
  value.measurement = &measurement;
  value.time = &measurement.update_time();
  if (measurement.has_value()) value.value = aip::ToNano(measurement.value());
  return value;
}

// A period has one approved measurement of the whole. Should a record hold two, the one written last counts.
Series SeriesOf(const CalendarPeriods& periods, Children<Measurement>::Family measurements) {
  Series series;
  for (const Measurement* measurement : measurements) {
    if (measurement->status() != Measurement::STATUS_APPROVED || !IsWhole(*measurement)) continue;
    const absl::optional<int> number = periods.NumberOf(measurement->period());
    if (!number.has_value()) continue;
    PeriodValue& held = series[*number];
    if (held.measurement == nullptr || KeyOf(*held.measurement) < KeyOf(*measurement)) held = ValueOf(*measurement);
  }
  return series;
}

}  // namespace

CalendarPeriods PeriodsOf(const Indicator& indicator, const Period& plan_period) {
  return CalendarPeriods(plan_period.first_day, plan_period.last_day, MonthsOf(indicator.frequency()));
}

IndicatorValues::IndicatorValues(const PlanResources& resources) {
  Measure(resources);
  Compute();
}

void IndicatorValues::Measure(const PlanResources& resources) {
  absl::flat_hash_set<absl::string_view> objectives;
  for (const auto* objective : resources.objectives) objectives.insert(objective->name());
  const Children<Measurement> measurements(resources.measurements);
  const Period plan_period = PeriodOf(*resources.plan);
  by_name_.reserve(resources.indicators.size());
  for (const Indicator* indicator : resources.indicators) {
    if (!objectives.contains(aip::ParentOf(indicator->name()))) continue;
    living_.push_back(indicator);
    Held& held = by_name_[indicator->name()];
    held.indicator = indicator;
    if (indicator->has_roll_up()) continue;
    held.series = SeriesOf(PeriodsOf(*indicator, plan_period), measurements.Of(indicator->name()));
  }
}

// Each computed indicator once all of its inputs are: what stands in a circle, or is computed from one, never
// gets there and has no data, in whatever order they are met.
void IndicatorValues::Compute() {
  absl::flat_hash_map<absl::string_view, std::vector<const Indicator*>> users;
  absl::flat_hash_map<absl::string_view, int> waits_for;
  std::vector<const Indicator*> ready;
  for (const Indicator* indicator : living_) {
    if (!indicator->has_roll_up()) continue;
    int inputs = 0;
    for (const RollUpInput& input : indicator->roll_up().inputs()) {
      const auto found = by_name_.find(input.indicator());
      if (found == by_name_.end() || !found->second.indicator->has_roll_up()) continue;
      users[input.indicator()].push_back(indicator);
      ++inputs;
    }
    waits_for[indicator->name()] = inputs;
    if (inputs == 0) ready.push_back(indicator);
  }
  while (!ready.empty()) {
    const Indicator* indicator = ready.back();
    ready.pop_back();
    by_name_[indicator->name()].series = ComputeSeries(*indicator);
    const auto found = users.find(indicator->name());
    if (found == users.end()) continue;
    for (const Indicator* user : found->second) {
      if (--waits_for[user->name()] == 0) ready.push_back(user);
    }
  }
}

Series IndicatorValues::ComputeSeries(const Indicator& indicator) const {
  std::set<int> periods;
  for (const RollUpInput& input : indicator.roll_up().inputs()) {
    for (const auto& [period, value] : Of(input.indicator())) periods.insert(period);
  }
  Series series;
  for (const int period : periods) {
    std::vector<absl::optional<aip::Nano>> values;
    const google::protobuf::Timestamp* newest = nullptr;
    for (const RollUpInput& input : indicator.roll_up().inputs()) {
      values.push_back(InputAt(indicator, input.indicator(), period));
      if (values.back().has_value()) newest = Later(newest, Of(input.indicator()).at(period).time);
    }
    const absl::optional<aip::Nano> value = RollUpValue(indicator, values);
    if (value.has_value()) series[period] = {value, nullptr, newest};
  }
  return series;
}

const Series& IndicatorValues::Of(absl::string_view indicator) const {
  static const auto& nothing = *new Series();
  const auto found = by_name_.find(indicator);
  return found == by_name_.end() ? nothing : found->second.series;
}

absl::optional<aip::Nano> IndicatorValues::InputAt(const Indicator& indicator, absl::string_view input,
                                                   int period) const {
  const auto found = by_name_.find(input);
  if (found == by_name_.end() || found->second.indicator->frequency() != indicator.frequency()) return absl::nullopt;
  const auto value = found->second.series.find(period);
  return value == found->second.series.end() ? absl::nullopt : value->second.value;
}

}  // namespace concord::reporting
