// When the actions of a plan are expected to be completed, and how far the same method was out before.
//
//   const ActionForecasts forecasts(resources, day);
//   for (size_t i = 0; i < resources.actions.size(); ++i) Show(forecasts.Of(i));
//
// The definitions, with examples, are in FIGURES.md ("Forecasts of actions"). Pure; safe from any thread.
#ifndef SERVICES_REPORTING_ACTION_FORECAST_H_
#define SERVICES_REPORTING_ACTION_FORECAST_H_

#include <cstddef>
#include <vector>

#include "absl/time/civil_time.h"
#include "absl/types/optional.h"
#include "concord/action/v1/milestone.pb.h"
#include "concord/action/v1/progress_report.pb.h"
#include "concord/reporting/v1/forecast.pb.h"
#include "services/reporting/action_network.h"
#include "services/reporting/children.h"
#include "services/reporting/plan_resources.h"

namespace concord::reporting {

// What became of a reckoning that was made on an earlier day.
struct PastOutcome {
  size_t place;        // Of the action.
  absl::CivilDay end;  // When it was completed.
  double ratio;        // The days that really remained over those reckoned.
};

// How many times as long things take as reckoned, as the past says.
struct Stretches {
  double earliest = 1;
  double expected = 1;
  double latest = 1;
};

// Computed once: linear in the actions and what is recorded of them, for the day and for each past quarter end in which
// an action ran that is completed by now, at most 40.
class ActionForecasts {
 public:
  // From nothing that is dated after the day. `resources` must outlive this.
  ActionForecasts(const PlanResources& resources, absl::CivilDay day);

  // Of the action in this place of the resources.
  v1::ActionForecast Of(size_t place) const;

  // How many actions are not cancelled, and how many of these have an expected end.
  int action_count() const;
  int forecast_count() const;

  const v1::MethodError& method_error() const { return error_; }
  double duration_factor() const { return pace_.duration_factor; }
  int duration_factor_count() const { return pace_.duration_factor_count; }

  // Nothing: too little is known of the past, so that what is expected is as reckoned, without an interval.
  const absl::optional<Stretches>& stretches() const { return stretches_; }

 private:
  void LookBack();
  void SetInterval(size_t place, v1::ActionForecast& forecast) const;

  const PlanResources& resources_;
  const absl::CivilDay day_;
  const Children<action::v1::Milestone> milestones_;
  const Children<action::v1::ProgressReport> reports_;
  const ActionNetwork network_;
  const PlanPace pace_;
  v1::MethodError error_;
  absl::optional<Stretches> stretches_;
  std::vector<ActionEnd> ends_;
  std::vector<ActionEnd> earliest_;  // Empty without an interval.
  std::vector<ActionEnd> latest_;
};

}  // namespace concord::reporting

#endif  // SERVICES_REPORTING_ACTION_FORECAST_H_
