#include "services/reporting/formulas/formula_methods.h"

#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/aip/resource_name.h"
#include "common/rpc/failure.h"
#include "common/rpc/standard_methods.h"
#include "common/status/macros.h"
#include "concord/reporting/v1/formula_service.pb.h"
#include "services/reporting/formulas/formula.h"
#include "services/reporting/formulas/record_reading.h"
#include "services/reporting/ordered_page.h"
#include "services/reporting/plan_reading.h"

namespace concord::reporting {
namespace {

using google::protobuf::Message;

const aip::NamePattern& FormulaPattern() {
  static const auto& pattern = *new aip::NamePattern("formulas/{formula}");
  return pattern;
}

// Null if the name is not one, or there is no such formula.
const FormulaDefinition* DefinitionOf(const std::string& name) {
  return FormulaPattern().Matches(name) ? FindFormula(aip::LastIdOf(name)) : nullptr;
}

absl::StatusOr<const FormulaDefinition*> FindOrNotFound(const std::string& name) {
  const FormulaDefinition* definition = DefinitionOf(name);
  if (definition == nullptr) return rpc::NotFound(name);
  return definition;
}

// A formula with what a request says of it, computed.
struct Computed {
  const FormulaDefinition* definition = nullptr;
  FormulaArguments arguments;
  FormulaInputs inputs;  // What they view is the context's.
  v1::FormulaResult result;
};

template <typename Request>
absl::StatusOr<Computed> Compute(const Request& request, rpc::Context& context) {
  CONCORD_ASSIGN_OR_RETURN(const FormulaDefinition* definition, FindOrNotFound(request.name()));
  CONCORD_ASSIGN_OR_RETURN(const absl::CivilDay day, PastDayOf(request, context));
  Computed computed{definition, FormulaArguments(day, definition->parameters, request.parameters()), {}, {}};
  for (const char* key : {"committee", "counterpart", "member", "secretariat"}) {
    const std::string name = computed.arguments.TextIfAny(key);
    if (!name.empty()) CONCORD_RETURN_IF_ERROR(CheckLives(context, name));
  }
  CONCORD_ASSIGN_OR_RETURN(const FormulaRecords records,
                           ReadRecords(context, definition->needs, computed.arguments.TextIfAny("plan")));
  // What was read is not all of it then, and whatever is returned is dropped.
  if (!context.missing().empty() || !context.MayGoOn()) return computed;
  computed.result = Evaluate(*definition, records, computed.arguments, computed.inputs);
  return computed;
}

absl::StatusOr<rpc::Reply> ListFormulas(const v1::ListFormulasRequest&, rpc::Context&) {
  v1::ListFormulasResponse response;
  for (const FormulaDefinition& definition : Formulas()) *response.add_formulas() = ToProto(definition);
  return rpc::ReplyWith(response);
}

absl::StatusOr<rpc::Reply> GetFormula(const v1::GetFormulaRequest& request, rpc::Context&) {
  CONCORD_ASSIGN_OR_RETURN(const FormulaDefinition* definition, FindOrNotFound(request.name()));
  return rpc::ReplyWith(ToProto(*definition));
}

absl::StatusOr<rpc::Reply> ComputeFormula(const v1::ComputeFormulaRequest& request, rpc::Context& context) {
  CONCORD_ASSIGN_OR_RETURN(Computed computed, Compute(request, context));
  AddRevisions(context, computed.result);
  return rpc::ReplyWith(computed.result);
}

// The scope that most of a formula's inputs are in.
std::string ScopeOf(const Computed& computed) {
  if (computed.definition->needs.work_items) return std::string(kWorkScope);
  return std::string(computed.definition->needs.directory ? kDirectoryScope : computed.arguments.Text("plan"));
}

absl::StatusOr<rpc::Reply> ListFormulaInputs(const rpc::PageTokens& tokens, const v1::ListFormulaInputsRequest& request,
                                             rpc::Context& context) {
  CONCORD_ASSIGN_OR_RETURN(const Computed computed, Compute(request, context));
  const std::string scope = ScopeOf(computed);
  const ledger::SnapshotPtr snapshot = context.Scope(scope);
  const ledger::Position position = snapshot == nullptr ? ledger::Position() : snapshot->position();
  CONCORD_ASSIGN_OR_RETURN(const std::string last_key, tokens.Open(request, scope, position));
  CONCORD_ASSIGN_OR_RETURN(auto page, OrderedPage<v1::FormulaInput>::Begin(request, last_key));
  for (const CountedRecord& record : computed.inputs.records()) {
    std::string place(record.name);
    if (page.Wants(place)) page.Offer(std::move(place), FormulaInputs::ToProto(record));
  }
  v1::ListFormulaInputsResponse response;
  SetPage(tokens, request, scope, position, page.MoveTo(response.mutable_formula_inputs()), response);
  *response.mutable_date() = aip::FromDay(computed.arguments.day());
  response.set_formula_edition(std::string(computed.definition->edition));
  AddRevisions(context, response);
  return rpc::ReplyWith(response);
}

// Of a formula that does not exist nothing is said about parameters: that it does not is told when it is looked for.
template <typename Request>
void CheckComputation(const Request& request, Violations& violations) {
  rpc::CheckName(FormulaPattern(), request.name(), "name", violations);
  CheckDate(request, violations);
  const FormulaDefinition* definition = DefinitionOf(request.name());
  if (definition != nullptr) CheckParameters(definition->parameters, request.parameters(), violations);
}

}  // namespace

void AddFormulaMethods(rpc::Engine& engine, const app::MethodParts& parts) {
  const std::string service = "concord.reporting.v1.FormulaService";
  engine.Add(service, rpc::ReadMethod<v1::ListFormulasRequest>("ListFormulas", ListFormulas));

  rpc::Method get = rpc::ReadMethod<v1::GetFormulaRequest>("GetFormula", GetFormula);
  get.validate = [](const Message& message, Violations& violations) {
    rpc::CheckName(FormulaPattern(), rpc::StringField(message, "name"), "name", violations);
  };
  engine.Add(service, std::move(get));

  rpc::Method compute = rpc::ReadMethod<v1::ComputeFormulaRequest>("ComputeFormula", ComputeFormula);
  compute.validate = [](const Message& message, Violations& violations) {
    CheckComputation(static_cast<const v1::ComputeFormulaRequest&>(message), violations);
  };
  compute.memoize = true;
  engine.Add(service, std::move(compute));

  rpc::Method inputs = rpc::ReadMethod<v1::ListFormulaInputsRequest>(
      "ListFormulaInputs", [tokens = parts.tokens](const v1::ListFormulaInputsRequest& request, rpc::Context& context) {
        return ListFormulaInputs(*tokens, request, context);
      });
  inputs.validate = [](const Message& message, Violations& violations) {
    const auto& request = static_cast<const v1::ListFormulaInputsRequest&>(message);
    CheckComputation(request, violations);
    rpc::CheckListing(request, *v1::FormulaInput::descriptor(), violations);
  };
  engine.Add(service, std::move(inputs));
}

}  // namespace concord::reporting
