// The figures of one indicator at a day: its value, how far it is towards its target, and whether it is where it
// should be by now.
//
// The definitions, with examples, are in FIGURES.md. Pure; safe from any thread.
#ifndef SERVICES_REPORTING_INDICATOR_SCORE_H_
#define SERVICES_REPORTING_INDICATOR_SCORE_H_

#include "absl/numeric/int128.h"
#include "absl/time/civil_time.h"
#include "absl/types/optional.h"
#include "common/aip/decimal.h"
#include "concord/objective/v1/indicator.pb.h"
#include "concord/reporting/v1/indicator_score.pb.h"
#include "concord/type/decimal.pb.h"
#include "services/reporting/delivery.h"
#include "services/reporting/indicator_values.h"

namespace concord::reporting {

// A value and the last day of its period.
struct DatedValue {
  aip::Nano value;
  absl::CivilDay day;
};

// Where an indicator stands compared with the line from its baseline through its targets.
enum class Pace {
  kUnknown,  // No value, or nothing to compare it with.
  kOnTarget,
  kBehindTarget,
};

// Whether a value is as good as the wanted one, or better.
bool AtOrBeyond(const objective::v1::Indicator& indicator, absl::int128 value, absl::int128 wanted);

// The value of a period as it is sent: a measured one as it was written, a computed one with as many digits as the
// indicator has. There must be one.
void SetValue(const objective::v1::Indicator& indicator, const PeriodValue& value, concord::type::Decimal& decimal);

// The target in force for a value of `day`: the first one on or after it, or else the last; null if there is none.
const objective::v1::Target* TargetInForce(const objective::v1::Indicator& indicator, absl::CivilDay day);

// (value - baseline) / (target - baseline), not clamped; nothing without baseline or target. Where the target is
// the baseline: 1 if the value is at or beyond it, else 0.
absl::optional<double> Attainment(const objective::v1::Indicator& indicator, const DatedValue& value);

Pace PaceOf(const objective::v1::Indicator& indicator, const DatedValue& value, const Period& plan_period);

// As it is sent.
v1::TargetState TargetStateOf(Pace pace);

v1::GuardRailState GuardRailStateOf(const objective::v1::Indicator& indicator, absl::optional<aip::Nano> value);

// What a whole needs to know of an indicator. Points into the values.
struct IndicatorFigures {
  const objective::v1::Indicator* indicator = nullptr;
  int ended_count = 0;                    // Periods that have ended by the day.
  int value_number = -1;                  // The period of the value in force.
  const PeriodValue* in_force = nullptr;  // Null: no data.
  absl::optional<double> attainment;
  Pace pace = Pace::kUnknown;
  v1::GuardRailState guard_rail_state = v1::GUARD_RAIL_STATE_NOT_APPLICABLE;
};

IndicatorFigures IndicatorFiguresOf(const objective::v1::Indicator& indicator, const IndicatorValues& values,
                                    const Period& plan_period, absl::CivilDay day);

// The same as it is sent.
v1::IndicatorScore ScoreIndicator(const objective::v1::Indicator& indicator, const IndicatorValues& values,
                                  const Period& plan_period, absl::CivilDay day);

}  // namespace concord::reporting

#endif  // SERVICES_REPORTING_INDICATOR_SCORE_H_
