// The values of all indicators of a plan, by period: measured ones as they are in force, computed ones from them.
#ifndef SERVICES_REPORTING_INDICATOR_VALUES_H_
#define SERVICES_REPORTING_INDICATOR_VALUES_H_

#include <map>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "absl/types/optional.h"
#include "common/aip/decimal.h"
#include "concord/objective/v1/indicator.pb.h"
#include "concord/objective/v1/measurement.pb.h"
#include "google/protobuf/timestamp.pb.h"
#include "services/reporting/calendar_periods.h"
#include "services/reporting/delivery.h"
#include "services/reporting/plan_resources.h"

namespace concord::reporting {

// What is known of one period.
struct PeriodValue {
  absl::optional<aip::Nano> value;                          // Nothing: it is said that it is not known.
  const objective::v1::Measurement* measurement = nullptr;  // Null for a computed one.
  const google::protobuf::Timestamp* time = nullptr;        // The latest update_time of what it is from.
};

// By number of the period; a period of which nothing is known is not there.
using Series = std::map<int, PeriodValue>;

// The periods of an indicator: from the one that the plan's first day lies in to that of its last.
CalendarPeriods PeriodsOf(const objective::v1::Indicator& indicator, const Period& plan_period);

// Whether a measurement is about the whole, not a part.
inline bool IsWhole(const objective::v1::Measurement& measurement) { return measurement.dimensions().empty(); }

// Computed once, linear in measurements and inputs times periods with data. Points into `resources`, which must
// outlive it. Immutable; safe from any thread.
class IndicatorValues {
 public:
  explicit IndicatorValues(const PlanResources& resources);

  // Empty if nothing is known of it, or if it is not among the living indicators of living objectives.
  const Series& Of(absl::string_view indicator) const;

  // The value of an input in a period of `indicator`, the series being of the same frequency.
  absl::optional<aip::Nano> InputAt(const objective::v1::Indicator& indicator, absl::string_view input,
                                    int period) const;

  // Those of which there are values, by name.
  const std::vector<const objective::v1::Indicator*>& indicators() const { return living_; }

 private:
  struct Held {
    const objective::v1::Indicator* indicator;
    Series series;
  };

  void Measure(const PlanResources& resources);
  void Compute();
  Series ComputeSeries(const objective::v1::Indicator& indicator) const;

  std::vector<const objective::v1::Indicator*> living_;
  absl::flat_hash_map<absl::string_view, Held> by_name_;
};

}  // namespace concord::reporting

#endif  // SERVICES_REPORTING_INDICATOR_VALUES_H_
