// The tables of scorecards.
//
// Pure; safe from any thread.
#ifndef SERVICES_CONCORDCTL_SCORECARD_TABLES_H_
#define SERVICES_CONCORDCTL_SCORECARD_TABLES_H_

#include <string>

#include "concord/reporting/v1/reporting_service.pb.h"
#include "services/concordctl/table.h"

namespace concord::ctl {

// A row for each objective and one for the plan: delivery, and beside it attainment. With a card of before, what the
// main figures were then.
Table ObjectivesTable(const reporting::v1::Scorecard& card, const reporting::v1::Scorecard* before);

Table ActionsTable(const reporting::v1::ListActionScoresResponse& scores);
Table IndicatorsTable(const reporting::v1::ListIndicatorScoresResponse& scores);

// A row for each period; with `objectives` also one for each of them.
Table TrendTable(const reporting::v1::ListTrendPointsResponse& list, bool objectives);

// Duties in the order given.
Table DutiesTable(const google::protobuf::RepeatedPtrField<reporting::v1::Duty>& duties);

}  // namespace concord::ctl

#endif  // SERVICES_CONCORDCTL_SCORECARD_TABLES_H_
