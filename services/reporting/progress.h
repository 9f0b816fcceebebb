// How much of one action is done, and what its people say of it.
//
// The definitions, with examples, are in FIGURES.md. Pure; safe from any thread.
#ifndef SERVICES_REPORTING_PROGRESS_H_
#define SERVICES_REPORTING_PROGRESS_H_

#include "absl/time/civil_time.h"
#include "absl/types/optional.h"
#include "absl/types/span.h"
#include "concord/action/v1/action.pb.h"
#include "concord/action/v1/milestone.pb.h"
#include "concord/action/v1/progress_report.pb.h"
#include "concord/reporting/v1/scorecard.pb.h"
#include "google/protobuf/timestamp.pb.h"

namespace concord::reporting {

// What is recorded of one action: living resources, sorted by name.
struct ActionRecord {
  absl::Span<const action::v1::Milestone* const> milestones;
  absl::Span<const action::v1::ProgressReport* const> reports;
};

// What the record says at the end of a day. Points into the record and the action.
struct Progress {
  // Share of the action that is done, 0 to 1; nothing where it is not known, and from the day on that it is cancelled.
  absl::optional<double> share;
  // When the newest of what the share was taken from was written; null without one.
  const google::protobuf::Timestamp* time = nullptr;
  // The report in force; null if there is none.
  const action::v1::ProgressReport* report = nullptr;
  // Milestones that are not dropped, and those of them that were reached by the day.
  int milestone_count = 0;
  int reached_milestone_count = 0;
};

Progress ProgressOf(const action::v1::Action& action, const ActionRecord& record, absl::CivilDay day);

// How it goes as the report says; NO_DATA for null.
v1::HealthLevel DeclaredHealth(const action::v1::ProgressReport* report);

// Whichever is later; null stands for "never".
const google::protobuf::Timestamp* Later(const google::protobuf::Timestamp* a, const google::protobuf::Timestamp* b);

}  // namespace concord::reporting

#endif  // SERVICES_REPORTING_PROGRESS_H_
