#include "services/reporting/attention_methods.h"

#include <string>
#include <utility>

#include "common/rpc/standard_methods.h"
#include "common/status/macros.h"
#include "concord/reporting/v1/reporting_service.pb.h"
#include "services/reporting/attention.h"
#include "services/reporting/ordered_page.h"
#include "services/reporting/plan_reading.h"

namespace concord::reporting {
namespace {

using google::protobuf::Message;

absl::StatusOr<rpc::Reply> ListAttention(const rpc::PageTokens& tokens, const v1::ListAttentionRequest& request,
                                         rpc::Context& context) {
  const std::string& plan = request.parent();
  CONCORD_ASSIGN_OR_RETURN(const PlanResources resources, ReadPlan(context, plan));
  const ledger::Position& position = context.Scope(plan)->position();
  CONCORD_ASSIGN_OR_RETURN(const std::string last_key, tokens.Open(request, plan, position));
  CONCORD_ASSIGN_OR_RETURN(auto page, OrderedPage<v1::AttentionItem>::Begin(request, last_key));
  const absl::CivilDay day = DayOf(request, context);
  ForEachAttention(resources, day, [&](const v1::AttentionItem& item) {
    std::string place = PlaceOf(item);
    if (page.Wants(place)) page.Offer(std::move(place), item);
  });
  v1::ListAttentionResponse response;
  SetPage(tokens, request, plan, position, page.MoveTo(response.mutable_attention_items()), response);
  AddDayAndEdition(day, response);
  AddRevisions(context, response);
  return rpc::ReplyWith(response);
}

}  // namespace

void AddAttentionMethods(rpc::Engine& engine, const app::MethodParts& parts) {
  rpc::Method attention = rpc::ReadMethod<v1::ListAttentionRequest>(
      "ListAttention", [tokens = parts.tokens](const v1::ListAttentionRequest& request, rpc::Context& context) {
        return ListAttention(*tokens, request, context);
      });
  attention.about = [](const Message& request) { return rpc::StringField(request, "parent"); };
  attention.validate = [](const Message& message, Violations& violations) {
    const auto& request = static_cast<const v1::ListAttentionRequest&>(message);
    rpc::CheckName(PlanPattern(), request.parent(), "parent", violations);
    CheckDate(request, violations);
    rpc::CheckListing(request, *v1::AttentionItem::descriptor(), violations);
  };
  engine.Add(kReportingService, std::move(attention));
}

}  // namespace concord::reporting
