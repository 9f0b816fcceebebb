#include "services/reporting/indicator_methods.h"

#include <string>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/rpc/standard_methods.h"
#include "common/status/macros.h"
#include "concord/reporting/v1/reporting_service.pb.h"
#include "services/reporting/indicator_score.h"
#include "services/reporting/indicator_values.h"
#include "services/reporting/ordered_page.h"
#include "services/reporting/plan_reading.h"

namespace concord::reporting {
namespace {

using google::protobuf::Message;

const aip::NamePattern& ObjectivePattern() {
  static const auto& pattern = *new aip::NamePattern("plans/{plan}/objectives/{objective}");
  return pattern;
}

// Computed indicators follow from others anywhere in the plan, so the values of all are needed for some.
absl::StatusOr<rpc::Reply> ListIndicatorScores(const rpc::PageTokens& tokens,
                                               const v1::ListIndicatorScoresRequest& request, rpc::Context& context) {
  const bool of_plan = PlanPattern().Matches(request.parent());
  const std::string plan = of_plan ? request.parent() : std::string(aip::ParentOf(request.parent()));
  CONCORD_ASSIGN_OR_RETURN(const PlanResources resources, ReadIndicators(context, plan));
  if (!of_plan) CONCORD_RETURN_IF_ERROR(rpc::FindOrNotFound(context, request.parent()).status());
  const ledger::Position& position = context.Scope(plan)->position();
  CONCORD_ASSIGN_OR_RETURN(const std::string last_key, tokens.Open(request, plan, position));
  CONCORD_ASSIGN_OR_RETURN(auto page, OrderedPage<v1::IndicatorScore>::Begin(request, last_key));
  const std::string prefix = absl::StrCat(request.parent(), "/");
  const absl::CivilDay day = DayOf(request, context);
  const Period period = PeriodOf(*resources.plan);
  const IndicatorValues values(resources);
  for (const objective::v1::Indicator* indicator : values.indicators()) {
    if (!absl::StartsWith(indicator->name(), prefix) || !page.Wants(indicator->name())) continue;
    page.Offer(indicator->name(), ScoreIndicator(*indicator, values, period, day));
  }
  v1::ListIndicatorScoresResponse response;
  SetPage(tokens, request, plan, position, page.MoveTo(response.mutable_indicator_scores()), response);
  AddDayAndEdition(day, response);
  AddRevisions(context, response);
  return rpc::ReplyWith(response);
}

void CheckParent(absl::string_view parent, Violations& violations) {
  if (!PlanPattern().Matches(parent)) rpc::CheckName(ObjectivePattern(), parent, "parent", violations);
}

}  // namespace

void AddIndicatorMethods(rpc::Engine& engine, const app::MethodParts& parts) {
  rpc::Method scores = rpc::ReadMethod<v1::ListIndicatorScoresRequest>(
      "ListIndicatorScores",
      [tokens = parts.tokens](const v1::ListIndicatorScoresRequest& request, rpc::Context& context) {
        return ListIndicatorScores(*tokens, request, context);
      });
  scores.about = [](const Message& request) { return rpc::StringField(request, "parent"); };
  scores.validate = [](const Message& message, Violations& violations) {
    const auto& request = static_cast<const v1::ListIndicatorScoresRequest&>(message);
    CheckParent(request.parent(), violations);
    CheckDate(request, violations);
    rpc::CheckListing(request, *v1::IndicatorScore::descriptor(), violations);
  };
  engine.Add(kReportingService, std::move(scores));
}

}  // namespace concord::reporting
