// When the actions of a plan end, as they depend on each other.
//
//   const ActionNetwork network(resources.actions);
//   const PlanPace pace = PlanPaceOf(resources, milestones, reports, day);
//   const std::vector<ActionEnd> ends = network.EndsFor(pace, 1.0);
//
// The definitions, with examples, are in FIGURES.md ("Forecasts of actions"). Immutable; safe from any thread.
#ifndef SERVICES_REPORTING_ACTION_NETWORK_H_
#define SERVICES_REPORTING_ACTION_NETWORK_H_

#include <cstddef>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "absl/types/optional.h"
#include "concord/action/v1/action.pb.h"
#include "concord/reporting/v1/forecast.pb.h"
#include "services/reporting/action_pace.h"
#include "services/reporting/children.h"
#include "services/reporting/plan_resources.h"

namespace concord::reporting {

// How all actions of a plan go by themselves, in the order of the resources.
struct PlanPace {
  absl::CivilDay day;
  std::vector<ActionPace> actions;
  double duration_factor = 1;     // What planned durations came to so far.
  int duration_factor_count = 0;  // Of how many actions; 0: nothing is known of it.
};

// When one action begins and ends.
struct ActionEnd {
  // As of its pace, or else why there is no end because of what it depends on.
  v1::ActionForecast::Basis basis = v1::ActionForecast::BASIS_UNSPECIFIED;
  absl::optional<absl::CivilDay> start;
  absl::optional<absl::CivilDay> end;
  absl::string_view held_by;  // Points into the action; empty for none.
};

class ActionNetwork {
 public:
  // Sorted by name, as in PlanResources; they must outlive this.
  explicit ActionNetwork(const std::vector<const action::v1::Action*>& actions);

  // In the same order. What is expected to remain of each action by itself is `stretch` times as long; 1 gives what is
  // expected. Later ends of some never give earlier ones of others.
  std::vector<ActionEnd> EndsFor(const PlanPace& pace, double stretch) const;

 private:
  void Reckon(const PlanPace& pace, size_t place, std::vector<ActionEnd>& ends) const;

  static constexpr int kGone = -1;

  std::vector<const action::v1::Action*> actions_;
  std::vector<std::vector<int>> needs_;   // What each depends on, by place; kGone for what is not there.
  std::vector<std::vector<int>> serves_;  // The other way round.
};

PlanPace PlanPaceOf(const PlanResources& resources, const Children<action::v1::Milestone>& milestones,
                    const Children<action::v1::ProgressReport>& reports, absl::CivilDay day);

}  // namespace concord::reporting

#endif  // SERVICES_REPORTING_ACTION_NETWORK_H_
