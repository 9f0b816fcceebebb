// All that the services said for one report: everything read at the revisions that the scorecard names, so that its
// parts fit together.
//
// Pure; safe from any thread.
#ifndef SERVICES_CONCORDCTL_REPORT_ANSWERS_H_
#define SERVICES_CONCORDCTL_REPORT_ANSWERS_H_

#include <string>

#include "absl/types/optional.h"
#include "concord/objective/v1/plan.pb.h"
#include "concord/reporting/v1/published_report.pb.h"
#include "concord/reporting/v1/published_report_service.pb.h"
#include "concord/reporting/v1/reporting_service.pb.h"

namespace concord::ctl {

struct ReportAnswers {
  objective::v1::Plan plan;
  reporting::v1::Scorecard card;
  reporting::v1::ListActionScoresResponse actions;
  reporting::v1::ListIndicatorScoresResponse indicators;
  reporting::v1::ListAttentionResponse attention;
  reporting::v1::ListTrendPointsResponse trend;

  // Of a published report: it, and what of it is another figure as it is known now.
  absl::optional<reporting::v1::PublishedReport> published;
  reporting::v1::ListRestatementsResponse restatements;
};

// All answers as one document in protobuf's mapping, with "simulated" before them.
std::string ReportJson(const ReportAnswers& answers);

}  // namespace concord::ctl

#endif  // SERVICES_CONCORDCTL_REPORT_ANSWERS_H_
