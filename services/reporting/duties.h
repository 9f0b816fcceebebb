// Who owes what by when.
//
// The definitions, with examples, are in FIGURES.md. Pure; safe from any thread. Nothing is kept but what the
// caller keeps: a plan in which nobody ever reports owes very much.
#ifndef SERVICES_REPORTING_DUTIES_H_
#define SERVICES_REPORTING_DUTIES_H_

#include <functional>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "absl/types/optional.h"
#include "common/aip/calendar.h"
#include "concord/reporting/v1/duty.pb.h"
#include "concord/reporting/v1/scorecard.pb.h"
#include "services/reporting/plan_resources.h"

namespace concord::reporting {

// Something that is owed and not done. Points into the resources.
struct OwedDuty {
  absl::CivilDay due_day;
  absl::string_view resource;
  absl::optional<aip::DayPeriod> period;
  v1::Duty::Kind kind = v1::Duty::KIND_UNSPECIFIED;
  absl::string_view title;
  absl::string_view owner;
};

// In the order of due days, then of resources, then of periods. No two duties are equal.
bool operator<(const OwedDuty& a, const OwedDuty& b);

// Text that compares as duties do.
std::string PlaceOf(const OwedDuty& duty);

// Visits all that is owed at the end of `day` and due by the end of `until`, in no particular order.
void ForEachDuty(const PlanResources& resources, absl::CivilDay day, absl::CivilDay until,
                 const std::function<void(const OwedDuty&)>& visit);

// As it is sent to somebody who asks about `day`.
v1::Duty ToDuty(const OwedDuty& owed, absl::CivilDay day);

// What is overdue at the end of `day`, and what comes due in the days after it.
v1::DutyCounts CountDuties(const PlanResources& resources, absl::CivilDay day);

}  // namespace concord::reporting

#endif  // SERVICES_REPORTING_DUTIES_H_
