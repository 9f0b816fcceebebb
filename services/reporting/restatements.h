// What of a scorecard is another figure in a later one about the same day.
//
// Pure; safe from any thread.
#ifndef SERVICES_REPORTING_RESTATEMENTS_H_
#define SERVICES_REPORTING_RESTATEMENTS_H_

#include <vector>

#include "concord/reporting/v1/published_report.pb.h"
#include "concord/reporting/v1/scorecard.pb.h"

namespace concord::reporting {

// The plan's own, then those of its objectives by name. What reads the same is the same: figures are compared as they
// are written.
std::vector<v1::Restatement> FindRestatements(const v1::Scorecard& published, const v1::Scorecard& current);

}  // namespace concord::reporting

#endif  // SERVICES_REPORTING_RESTATEMENTS_H_
