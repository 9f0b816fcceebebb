// What of a plan somebody should look at, and why.
//
// The definitions, with examples, are in FIGURES.md. Pure; safe from any thread.
#ifndef SERVICES_REPORTING_ATTENTION_H_
#define SERVICES_REPORTING_ATTENTION_H_

#include <functional>
#include <string>

#include "absl/time/civil_time.h"
#include "concord/reporting/v1/attention.pb.h"
#include "services/reporting/plan_resources.h"

namespace concord::reporting {

// Visits all that needs attention at the end of `day`, in no particular order.
void ForEachAttention(const PlanResources& resources, absl::CivilDay day,
                      const std::function<void(const v1::AttentionItem&)>& visit);

// Text that compares as items do: by reason, then what has been so longest first, then by resource.
std::string PlaceOf(const v1::AttentionItem& item);

}  // namespace concord::reporting

#endif  // SERVICES_REPORTING_ATTENTION_H_
