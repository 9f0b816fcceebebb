// The scores of actions and objectives, and the scorecard of a plan.
//
// Pure functions of resources and a day; safe from any thread. What each figure
// means, with examples by hand, is in FIGURES.md. The resources must be valid
// and living (the caller leaves out what is deleted), and lists of them sorted
// by name: figures are summed in that order, so equal input gives equal bits.
// Nothing of the input is copied but what the answer shows.
#ifndef SERVICES_REPORTING_SCORECARD_H_
#define SERVICES_REPORTING_SCORECARD_H_

#include "absl/time/civil_time.h"
#include "concord/action/v1/action.pb.h"
#include "concord/reporting/v1/scorecard.pb.h"
#include "services/reporting/delivery.h"
#include "services/reporting/plan_resources.h"
#include "services/reporting/progress.h"

namespace concord::reporting {

// The figures of one action at the end of `day`, from what is recorded of it.
v1::ActionScore ScoreAction(const action::v1::Action& action, const ActionRecord& record, const Period& plan_period,
                            absl::CivilDay day);

// The whole scorecard but for its `revisions`, which only the caller knows.
// Linear in the resources, but for duties: they are also linear in the periods that nobody reported on.
v1::Scorecard ComputeScorecard(const PlanResources& resources, absl::CivilDay day);

}  // namespace concord::reporting

#endif  // SERVICES_REPORTING_SCORECARD_H_
