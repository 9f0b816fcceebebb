#include "services/reporting/scorecard_methods.h"

#include <string>
#include <utility>
#include <vector>

#include "common/rpc/standard_methods.h"
#include "common/status/macros.h"
#include "concord/reporting/v1/reporting_service.pb.h"
#include "services/reporting/ordered_page.h"
#include "services/reporting/plan_reading.h"
#include "services/reporting/scorecard.h"

namespace concord::reporting {
namespace {

using google::protobuf::Message;

absl::StatusOr<rpc::Reply> GetScorecard(const v1::GetScorecardRequest& request, rpc::Context& context) {
  const std::string plan(aip::ParentOf(request.name()));
  CONCORD_ASSIGN_OR_RETURN(const PlanResources resources, ReadPlan(context, plan));
  v1::Scorecard scorecard = ComputeScorecard(resources, DayOf(request, context));
  AddRevisions(context, scorecard);
  return rpc::ReplyWith(scorecard);
}

// Reads of the record only that of the actions on the page.
v1::ActionScore ScoreOf(rpc::Context& context, const std::string& plan, const action::v1::Action& action,
                        const Period& plan_period, absl::CivilDay day) {
  const auto milestones = Living<action::v1::Milestone>(context, plan, action.name());
  const auto reports = Living<action::v1::ProgressReport>(context, plan, action.name());
  return ScoreAction(action, {milestones, reports}, plan_period, day);
}

absl::StatusOr<rpc::Reply> ListActionScores(const rpc::PageTokens& tokens, const v1::ListActionScoresRequest& request,
                                            rpc::Context& context) {
  CONCORD_ASSIGN_OR_RETURN(const objective::v1::Plan* plan, FindPlan(context, request.parent()));
  const std::string& scope = request.parent();
  const ledger::Position& position = context.Scope(scope)->position();
  CONCORD_ASSIGN_OR_RETURN(const std::string last_key, tokens.Open(request, scope, position));
  CONCORD_ASSIGN_OR_RETURN(auto page, OrderedPage<v1::ActionScore>::Begin(request, last_key));
  const absl::CivilDay day = DayOf(request, context);
  const Period period = PeriodOf(*plan);
  const rpc::ResourceType& type = context.types().Of(action::v1::Action::descriptor());
  context.ForEach(type, scope, scope, page.after(), [&](const ledger::Resource& resource) {
    if (resource.deleted) return true;
    const bool wanted = page.Wants(resource.name);
    const auto& action = static_cast<const action::v1::Action&>(*resource.message);
    if (wanted) page.Offer(resource.name, ScoreOf(context, scope, action, period, day));
    return wanted;  // They come in the order of their places.
  });
  v1::ListActionScoresResponse response;
  SetPage(tokens, request, scope, position, page.MoveTo(response.mutable_action_scores()), response);
  AddDayAndEdition(day, response);
  AddRevisions(context, response);
  return rpc::ReplyWith(response);
}

}  // namespace

const aip::NamePattern& ScorecardPattern() {
  static const auto& pattern = *new aip::NamePattern("plans/{plan}/scorecard");
  return pattern;
}

void AddScorecardMethods(rpc::Engine& engine, const app::MethodParts& parts) {
  rpc::Method scorecard = rpc::ReadMethod<v1::GetScorecardRequest>("GetScorecard", GetScorecard);
  scorecard.about = [](const Message& request) {
    return std::string(aip::ParentOf(static_cast<const v1::GetScorecardRequest&>(request).name()));
  };
  scorecard.validate = [](const Message& message, Violations& violations) {
    const auto& request = static_cast<const v1::GetScorecardRequest&>(message);
    rpc::CheckName(ScorecardPattern(), request.name(), "name", violations);
    CheckDate(request, violations);
  };
  // So its cost does not grow with the plan while the plan is unchanged.
  scorecard.memoize = true;
  engine.Add(kReportingService, std::move(scorecard));

  rpc::Method scores = rpc::ReadMethod<v1::ListActionScoresRequest>(
      "ListActionScores", [tokens = parts.tokens](const v1::ListActionScoresRequest& request, rpc::Context& context) {
        return ListActionScores(*tokens, request, context);
      });
  scores.about = [](const Message& request) { return rpc::StringField(request, "parent"); };
  scores.validate = [](const Message& message, Violations& violations) {
    const auto& request = static_cast<const v1::ListActionScoresRequest&>(message);
    rpc::CheckName(PlanPattern(), request.parent(), "parent", violations);
    CheckDate(request, violations);
    rpc::CheckListing(request, *v1::ActionScore::descriptor(), violations);
  };
  engine.Add(kReportingService, std::move(scores));
}

}  // namespace concord::reporting
