#include "services/reporting/outcome.h"

namespace concord::reporting {

void OutcomeSum::Add(const IndicatorFigures& figures, double weight) {
  ++indicator_count_;
  if (figures.pace == Pace::kOnTarget) ++on_target_count_;
  if (figures.pace == Pace::kBehindTarget) ++behind_target_count_;
  if (figures.guard_rail_state == v1::GUARD_RAIL_STATE_BELOW ||
      figures.guard_rail_state == v1::GUARD_RAIL_STATE_ABOVE) {
    ++guard_rail_count_;
  }
  if (figures.attainment.has_value()) {
    attainment_.Count(weight, *figures.attainment, 1.0, *figures.in_force->time);
  } else {
    attainment_.Miss(figures.indicator->name());
  }
}

v1::Outcome OutcomeSum::ToOutcome() const {
  v1::Outcome outcome;
  *outcome.mutable_attainment() = attainment_.ToFigure();
  outcome.set_indicator_count(indicator_count_);
  outcome.set_on_target_count(on_target_count_);
  outcome.set_behind_target_count(behind_target_count_);
  outcome.set_no_data_count(indicator_count_ - on_target_count_ - behind_target_count_);
  outcome.set_guard_rail_count(guard_rail_count_);
  return outcome;
}

}  // namespace concord::reporting
