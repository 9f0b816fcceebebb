// The health of one action, computed: the first rule that applies decides.
//
// The rules in their order are in FIGURES.md, their constants in
// formula_edition.h. Pure; safe from any thread.
#ifndef SERVICES_REPORTING_HEALTH_H_
#define SERVICES_REPORTING_HEALTH_H_

#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "absl/types/optional.h"
#include "concord/action/v1/action.pb.h"
#include "concord/reporting/v1/scorecard.pb.h"
#include "services/reporting/delivery.h"

namespace concord::reporting {

// What decided; in the order in which the rules are tried.
enum class HealthRule {
  kCancelled,
  kCompleted,
  kOverdue,
  kOnHold,
  kStartOverdue,
  kNotDue,
  kNoProgressData,
  kAheadOrOnSchedule,
  kBehindSchedule,
  kFarBehindSchedule,
  // Never of an action: of a whole that has no part to go by.
  kNothingExpected,
};

// The constant word that stands for the rule in answers, for example "overdue".
absl::string_view WordOf(HealthRule rule);

// A level, and the rule that gave it.
struct Verdict {
  v1::HealthLevel level;
  HealthRule rule;
};

// The verdict on an action whose period in force is `period` and whose progress
// is `progress`, at the end of `day`. Allocates nothing.
Verdict JudgeHealth(const action::v1::Action& action, const Period& period, absl::optional<double> progress,
                    absl::CivilDay day);

// The same in words for people.
v1::Health ComputeHealth(const action::v1::Action& action, const Period& period, absl::optional<double> progress,
                         absl::CivilDay day);

// How bad a level is, to find the worst: OFF_TRACK 3, AT_RISK 2, ON_TRACK 1,
// NO_DATA 0; -1 where nothing is expected.
int Severity(v1::HealthLevel level);

}  // namespace concord::reporting

#endif  // SERVICES_REPORTING_HEALTH_H_
