// What happened in a simulated plan: invented, and the same for the same seed.
//
// Pure and free of gRPC; safe from any thread.
#ifndef SERVICES_CONCORDCTL_SIMULATED_HISTORY_H_
#define SERVICES_CONCORDCTL_SIMULATED_HISTORY_H_

#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "absl/types/optional.h"
#include "concord/action/v1/activity.pb.h"
#include "concord/action/v1/contribution.pb.h"
#include "concord/action/v1/progress_report.pb.h"
#include "concord/action/v1/risk.pb.h"
#include "concord/objective/v1/measurement.pb.h"
#include "services/concordctl/simulated_plan.h"

namespace concord::ctl {

// What becomes of an action. It is approved; then what is set here happens, in this order.
struct ActionCourse {
  std::string name;
  absl::optional<absl::CivilDay> started;
  bool held = false;  // And stays so.
  absl::optional<absl::CivilDay> completed;
  absl::optional<absl::CivilDay> cancelled;
};

// What becomes of a milestone: reached, or dropped.
struct MilestoneCourse {
  std::string name;
  absl::optional<absl::CivilDay> reached;  // Absent: dropped.
};

// What becomes of a risk.
struct RiskCourse {
  std::string name;
  bool realized = false;
  bool closed = false;
};

// A measurement and how far it comes.
struct MeasurementCourse {
  objective::v1::Measurement measurement;
  objective::v1::Measurement::Status status = objective::v1::Measurement::STATUS_APPROVED;
};

struct SimulatedHistory {
  planfile::v1::PlanFile file;
  std::vector<ActionCourse> actions;
  std::vector<action::v1::ProgressReport> reports;
  std::vector<MilestoneCourse> milestones;  // Those that are not left planned.
  std::vector<action::v1::Contribution> contributions;
  std::vector<action::v1::Activity> activities;
  std::vector<action::v1::Risk> risks;
  std::vector<RiskCourse> risk_courses;
  std::vector<MeasurementCourse> measurements;
  std::vector<MeasurementCourse> corrections;  // Each supersedes an approved one of those.
};

// The history of the plan that MakeSimulatedPlan makes of `source`, from its first to its last day: some things are
// late, some are never reported, some are corrected.
SimulatedHistory SimulateHistory(const planfile::v1::PlanFile& source, uint64_t seed);

}  // namespace concord::ctl

#endif  // SERVICES_CONCORDCTL_SIMULATED_HISTORY_H_
