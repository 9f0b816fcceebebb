// Short ways to write down indicators and their measurements in tests of figures.
#ifndef SERVICES_REPORTING_INDICATOR_TEST_PLAN_H_
#define SERVICES_REPORTING_INDICATOR_TEST_PLAN_H_

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/reporting/figures_test_plan.h"
#include "services/reporting/indicator_score.h"
#include "services/reporting/indicator_values.h"
#include "services/reporting/proto_of.h"

namespace concord::reporting {

inline std::string IndicatorName(const std::string& code) {
  return absl::StrCat(ObjectiveName("o"), "/indicators/", code);
}

// Indicators of one objective, yearly unless they say otherwise, with direction INCREASE unless they say otherwise.
class IndicatorPlan {
 public:
  explicit IndicatorPlan(int first_year = 2011, int last_year = 2015)
      : plan_(APlan(absl::CivilDay(first_year, 1, 1), absl::CivilDay(last_year, 12, 31))),
        objectives_({AnObjective("o")}) {
    plan_.set_state(objective::v1::Plan::STATE_ACTIVE);
  }

  objective::v1::Indicator& Add(const std::string& code, const std::string& fields) {
    objective::v1::Indicator indicator;
    indicator.set_name(IndicatorName(code));
    indicator.set_code(code);
    indicator.set_frequency(objective::v1::Indicator::FREQUENCY_YEARLY);
    indicator.set_direction(objective::v1::Indicator::DIRECTION_INCREASE);
    indicator.MergeFrom(ProtoOf<objective::v1::Indicator>(fields));
    indicators_.push_back(indicator);
    return indicators_.back();
  }

  // An indicator that follows from others, for example ("s", "METHOD_SUM", {"a", "b"}).
  void Compute(const std::string& code, const std::string& method, const std::vector<std::string>& inputs,
               const std::string& fields = "") {
    std::string roll_up = absl::StrCat("roll_up { method: ", method);
    for (const std::string& input : inputs)
      absl::StrAppend(&roll_up, " inputs { indicator: '", IndicatorName(input), "' }");
    Add(code, absl::StrCat(fields, " ", roll_up, " }"));
  }

  // Approved, for a year; an empty value: it is said that it is not known.
  objective::v1::Measurement& Measure(const std::string& code, int year, const std::string& value, int written = 0) {
    objective::v1::Measurement measurement;
    measurement.set_name(absl::StrCat(IndicatorName(code), "/measurements/", year, "-", value));
    measurement.set_status(objective::v1::Measurement::STATUS_APPROVED);
    *measurement.mutable_period()->mutable_start_date() = DateOf(absl::CivilDay(year, 1, 1));
    *measurement.mutable_period()->mutable_end_date() = DateOf(absl::CivilDay(year, 12, 31));
    if (value.empty()) {
      measurement.mutable_no_data()->set_reason("not counted");
    } else {
      measurement.mutable_value()->set_value(value);
    }
    measurement.mutable_create_time()->set_seconds(written);
    measurement.mutable_update_time()->set_seconds(written);
    measurements_.push_back(measurement);
    return measurements_.back();
  }

  void DeleteObjective() { objectives_.clear(); }

  PlanResources Resources() const {
    PlanResources resources = ResourcesOf(plan_, objectives_, {});
    resources.indicators = ByName(indicators_);
    resources.measurements = ByName(measurements_);
    return resources;
  }

  v1::IndicatorScore Score(const std::string& code, absl::CivilDay day) const {
    const PlanResources resources = Resources();
    return ScoreIndicator(Find(code), IndicatorValues(resources), PeriodOf(plan_), day);
  }

  // Without what points into the values.
  IndicatorFigures Figures(const std::string& code, absl::CivilDay day) const {
    const PlanResources resources = Resources();
    const IndicatorValues values(resources);
    IndicatorFigures figures = IndicatorFiguresOf(Find(code), values, PeriodOf(plan_), day);
    figures.in_force = nullptr;
    return figures;
  }

  objective::v1::Plan& plan() { return plan_; }

 private:
  const objective::v1::Indicator& Find(const std::string& code) const {
    for (const auto& indicator : indicators_) {
      if (indicator.code() == code) return indicator;
    }
    ADD_FAILURE() << "no indicator " << code;
    return indicators_.front();
  }

  objective::v1::Plan plan_;
  std::vector<objective::v1::Objective> objectives_;
  std::vector<objective::v1::Indicator> indicators_;
  std::vector<objective::v1::Measurement> measurements_;
};

}  // namespace concord::reporting

#endif  // SERVICES_REPORTING_INDICATOR_TEST_PLAN_H_
