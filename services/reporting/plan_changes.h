// What has changed in a plan, the newest first.
//
// Pure; safe from any thread.
#ifndef SERVICES_REPORTING_PLAN_CHANGES_H_
#define SERVICES_REPORTING_PLAN_CHANGES_H_

#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "concord/reporting/v1/duty.pb.h"

namespace concord::reporting {

// A resource as its last change left it. Its name points into it.
struct ChangedResource {
  absl::Time update_time;
  absl::Time create_time;
  absl::string_view name;
  std::string title;
  bool deleted = false;
};

// The newest first; of those that one commit changed the first by name.
bool operator<(const ChangedResource& a, const ChangedResource& b);

// Text that compares as changes do.
std::string PlaceOf(const ChangedResource& changed);

// What happened last: it is new if nothing has changed it since it was created.
v1::PlanChange ToPlanChange(const ChangedResource& changed);

}  // namespace concord::reporting

#endif  // SERVICES_REPORTING_PLAN_CHANGES_H_
