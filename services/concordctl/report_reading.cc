#include "services/concordctl/report_reading.h"

#include <algorithm>
#include <string>

#include "common/aip/calendar.h"
#include "common/aip/date.h"
#include "common/aip/enum_words.h"
#include "common/status/macros.h"
#include "concord/objective/v1/plan_service.pb.h"
#include "services/concordctl/failures.h"
#include "services/concordctl/field_options.h"
#include "services/concordctl/names.h"

namespace concord::ctl {
namespace {

using reporting::v1::ListTrendPointsRequest;
using reporting::v1::Scorecard;

constexpr char kPublishedReports[] = "plans/publishedReports";
constexpr int kTrendPeriods = 120;

absl::Status ReadCard(Session& session, const ReportQuestion& question, ReportAnswers& answers) {
  reporting::v1::GetScorecardRequest request;
  CONCORD_ASSIGN_OR_RETURN(const std::string plan, session.PlanOr(question.plan));
  request.set_name(plan + "/scorecard");
  if (!question.date.empty()) CONCORD_RETURN_IF_ERROR(FillDate(question.date, *request.mutable_date()));
  CONCORD_RETURN_IF_ERROR(SetAsOf(question.as_of, request));
  CONCORD_ASSIGN_OR_RETURN(answers.card, session.Call<Scorecard>(request));
  return absl::OkStatus();
}

absl::Status ReadPublished(Session& session, const ReportQuestion& question, ReportAnswers& answers) {
  if (!question.date.empty() || !question.as_of.empty())
    return UsageError("a published report says its day and its moment by itself: leave --on and --as-of out");
  std::string plan;
  if (NeedsPlan(question.published, kPublishedReports)) {
    CONCORD_ASSIGN_OR_RETURN(plan, session.PlanOr(question.plan));
  }
  reporting::v1::GetPublishedReportRequest request;
  CONCORD_ASSIGN_OR_RETURN(*request.mutable_name(), ToName(question.published, kPublishedReports, plan));
  CONCORD_ASSIGN_OR_RETURN(answers.published, session.Call<reporting::v1::PublishedReport>(request));
  answers.card = answers.published->scorecard();
  reporting::v1::ListRestatementsRequest restatements;
  restatements.set_parent(request.name());
  CONCORD_ASSIGN_OR_RETURN(answers.restatements, session.Call<reporting::v1::ListRestatementsResponse>(restatements));
  return absl::OkStatus();
}

absl::Status ReadTrend(Session& session, const std::string& by, ReportAnswers& answers) {
  CONCORD_ASSIGN_OR_RETURN(const ListTrendPointsRequest::Frequency frequency, FrequencyOf(by));
  const objective::v1::Period& period = answers.plan.period();
  absl::CivilDay end = aip::ToDay(answers.card.date());
  if (aip::IsDay(period.end_date())) end = std::min(end, aip::ToDay(period.end_date()));
  if (aip::IsDay(period.start_date()) && end < aip::ToDay(period.start_date())) return absl::OkStatus();
  ListTrendPointsRequest request;
  request.set_parent(answers.card.plan());
  request.set_frequency(frequency);
  *request.mutable_end_date() = aip::FromDay(end);
  // The service tells so many at most: of a long plan the last ones.
  const int months = aip::MonthsOf(aip::WordOf(frequency));
  const absl::CivilDay first = absl::CivilDay(absl::CivilMonth(end) - (kTrendPeriods - 1) * months);
  if (!aip::IsDay(period.start_date()) || aip::ToDay(period.start_date()) < first) {
    *request.mutable_start_date() = aip::FromDay(first);
  }
  *request.mutable_as_of()->mutable_revisions() = answers.card.revisions();
  CONCORD_ASSIGN_OR_RETURN(answers.trend, session.Call<reporting::v1::ListTrendPointsResponse>(request));
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<objective::v1::Plan> PlanOfCard(Session& session, const Scorecard& card) {
  objective::v1::GetPlanRequest request;
  request.set_name(card.plan());
  *request.mutable_as_of()->mutable_revisions() = card.revisions();
  return session.Call<objective::v1::Plan>(request);
}

absl::StatusOr<ListTrendPointsRequest::Frequency> FrequencyOf(const std::string& word) {
  if (word == "month") return ListTrendPointsRequest::FREQUENCY_MONTHLY;
  if (word == "quarter") return ListTrendPointsRequest::FREQUENCY_QUARTERLY;
  if (word == "half-year") return ListTrendPointsRequest::FREQUENCY_HALF_YEARLY;
  if (word == "year") return ListTrendPointsRequest::FREQUENCY_YEARLY;
  return UsageError("--by {text}: give month, quarter, half-year or year", {{"text", word}});
}

absl::StatusOr<ReportAnswers> ReadReport(Session& session, const ReportQuestion& question) {
  CONCORD_RETURN_IF_ERROR(FrequencyOf(question.by).status());  // Before anything is asked for.
  ReportAnswers answers;
  CONCORD_RETURN_IF_ERROR(question.published.empty() ? ReadCard(session, question, answers)
                                                     : ReadPublished(session, question, answers));
  const Scorecard& card = answers.card;
  CONCORD_ASSIGN_OR_RETURN(answers.plan, PlanOfCard(session, card));
  CONCORD_ASSIGN_OR_RETURN(answers.actions, session.ListAll<reporting::v1::ListActionScoresResponse>(
                                                AboutTheSame<reporting::v1::ListActionScoresRequest>(card)));
  CONCORD_ASSIGN_OR_RETURN(answers.indicators, session.ListAll<reporting::v1::ListIndicatorScoresResponse>(
                                                   AboutTheSame<reporting::v1::ListIndicatorScoresRequest>(card)));
  CONCORD_ASSIGN_OR_RETURN(answers.attention, session.ListAll<reporting::v1::ListAttentionResponse>(
                                                  AboutTheSame<reporting::v1::ListAttentionRequest>(card)));
  CONCORD_RETURN_IF_ERROR(ReadTrend(session, question.by, answers));
  return answers;
}

}  // namespace concord::ctl
