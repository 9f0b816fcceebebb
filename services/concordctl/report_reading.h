// Asking for all that one report is made of.
#ifndef SERVICES_CONCORDCTL_REPORT_READING_H_
#define SERVICES_CONCORDCTL_REPORT_READING_H_

#include <string>

#include "absl/status/statusor.h"
#include "concord/reporting/v1/reporting_service.pb.h"
#include "services/concordctl/report_answers.h"
#include "services/concordctl/session.h"

namespace concord::ctl {

// As people type it; what is empty has its default.
struct ReportQuestion {
  std::string plan;
  std::string published;  // The name of a published report, which says the plan, the day and the moment by itself.
  std::string date;
  std::string as_of;
  std::string by = "quarter";
};

// A request about the very state and day that the card is about.
template <typename Request>
Request AboutTheSame(const reporting::v1::Scorecard& card) {
  Request request;
  request.set_parent(card.plan());
  *request.mutable_date() = card.date();
  *request.mutable_as_of()->mutable_revisions() = card.revisions();
  return request;
}

// The plan as it was when the card was made.
absl::StatusOr<objective::v1::Plan> PlanOfCard(Session& session, const reporting::v1::Scorecard& card);

// USAGE unless it is month, quarter, half-year or year.
absl::StatusOr<reporting::v1::ListTrendPointsRequest::Frequency> FrequencyOf(const std::string& word);

// Asks for the scorecard, or takes it from the published report, and then for everything else at the revisions that
// it names. The trend ends with the day of the card, or with the plan; of a day before the plan there is none.
absl::StatusOr<ReportAnswers> ReadReport(Session& session, const ReportQuestion& question);

}  // namespace concord::ctl

#endif  // SERVICES_CONCORDCTL_REPORT_READING_H_
