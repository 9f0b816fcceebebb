// What the indicators of a whole say together: of an objective, or of a plan.
//
//   OutcomeSum sum;
//   for (...) sum.Add(figures, 1.0);
//   *score.mutable_outcome() = sum.ToOutcome();
//
// Attainments enter as they are, above 1 and below 0 too; whoever displays a mean may clamp it.
// Indicators are added in the order of their names: the same ones give the same bits. One thread at a time.
#ifndef SERVICES_REPORTING_OUTCOME_H_
#define SERVICES_REPORTING_OUTCOME_H_

#include "concord/reporting/v1/scorecard.pb.h"
#include "services/reporting/indicator_score.h"
#include "services/reporting/roll_up.h"

namespace concord::reporting {

class OutcomeSum {
 public:
  // `weight` is the indicator's share in the mean, more than 0.
  void Add(const IndicatorFigures& figures, double weight);

  v1::Outcome ToOutcome() const;

 private:
  RollUp attainment_;
  int indicator_count_ = 0;
  int on_target_count_ = 0;
  int behind_target_count_ = 0;
  int guard_rail_count_ = 0;
};

}  // namespace concord::reporting

#endif  // SERVICES_REPORTING_OUTCOME_H_
