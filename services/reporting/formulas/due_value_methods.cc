#include "services/reporting/formulas/due_value_methods.h"

#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/aip/date.h"
#include "common/rpc/standard_methods.h"
#include "common/status/macros.h"
#include "concord/reporting/v1/formula_service.pb.h"
#include "services/reporting/formulas/due_values.h"
#include "services/reporting/ordered_page.h"
#include "services/reporting/plan_reading.h"

namespace concord::reporting {
namespace {

using google::protobuf::Message;

absl::StatusOr<rpc::Reply> ListDueFormulaValues(const rpc::PageTokens& tokens,
                                                const v1::ListDueFormulaValuesRequest& request, rpc::Context& context) {
  const std::string& plan = request.parent();
  CONCORD_ASSIGN_OR_RETURN(const PlanResources resources, ReadIndicators(context, plan));
  const ledger::Position& position = context.Scope(plan)->position();
  CONCORD_ASSIGN_OR_RETURN(const std::string last_key, tokens.Open(request, plan, position));
  CONCORD_ASSIGN_OR_RETURN(auto page, OrderedPage<v1::DueFormulaValue>::Begin(request, last_key));
  ForEachDueValue(resources, context.today(), [&](const v1::DueFormulaValue& value) {
    std::string place = absl::StrCat(value.indicator(), " ", aip::FormatDate(value.end_date()));
    if (page.Wants(place)) page.Offer(std::move(place), value);
  });
  v1::ListDueFormulaValuesResponse response;
  SetPage(tokens, request, plan, position, page.MoveTo(response.mutable_due_formula_values()), response);
  AddRevisions(context, response);
  return rpc::ReplyWith(response);
}

}  // namespace

void AddDueValueMethods(rpc::Engine& engine, const app::MethodParts& parts) {
  rpc::Method due = rpc::ReadMethod<v1::ListDueFormulaValuesRequest>(
      "ListDueFormulaValues",
      [tokens = parts.tokens](const v1::ListDueFormulaValuesRequest& request, rpc::Context& context) {
        return ListDueFormulaValues(*tokens, request, context);
      });
  due.about = [](const Message& request) { return rpc::StringField(request, "parent"); };
  due.validate = [](const Message& request, Violations& violations) {
    rpc::CheckName(PlanPattern(), rpc::StringField(request, "parent"), "parent", violations);
    rpc::CheckListing(request, *v1::DueFormulaValue::descriptor(), violations);
  };
  engine.Add("concord.reporting.v1.FormulaService", std::move(due));
}

}  // namespace concord::reporting
