// What a plan and its record lack.
//
// The definitions, with examples, are in FIGURES.md. Pure; safe from any thread.
#ifndef SERVICES_REPORTING_COMPLETENESS_H_
#define SERVICES_REPORTING_COMPLETENESS_H_

#include "absl/time/civil_time.h"
#include "concord/reporting/v1/completeness.pb.h"
#include "services/reporting/plan_resources.h"

namespace concord::reporting {

// At the end of `day`; without the revisions.
v1::Completeness ComputeCompleteness(const PlanResources& resources, absl::CivilDay day);

}  // namespace concord::reporting

#endif  // SERVICES_REPORTING_COMPLETENESS_H_
