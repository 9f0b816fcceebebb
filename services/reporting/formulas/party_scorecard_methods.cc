#include "services/reporting/formulas/party_scorecard_methods.h"

#include <string>
#include <utility>

#include "common/aip/date.h"
#include "common/aip/resource_name.h"
#include "common/rpc/failure.h"
#include "common/rpc/standard_methods.h"
#include "common/status/macros.h"
#include "concord/reporting/v1/formula_service.pb.h"
#include "services/reporting/formulas/party_scorecard.h"
#include "services/reporting/formulas/record_reading.h"
#include "services/reporting/plan_reading.h"

namespace concord::reporting {
namespace {

using google::protobuf::Message;

v1::FormulaResult FigureOf(const PartyScorecardKind& kind, const PartyFigure& figure, const std::string& party,
                           const std::string& plan, absl::CivilDay day, const FormulaRecords& records) {
  const FormulaDefinition& formula = *FindFormula(figure.formula);
  const FormulaArguments arguments(day, formula.parameters, ParametersOf(kind, figure, party, plan));
  FormulaInputs inputs;
  return Evaluate(formula, records, arguments, inputs);
}

absl::StatusOr<rpc::Reply> GetPartyScorecard(const v1::GetPartyScorecardRequest& request, rpc::Context& context) {
  const PartyScorecardKind* kind = FindPartyScorecardKind(request.name());
  if (kind == nullptr) return rpc::NotFound(request.name());
  CONCORD_ASSIGN_OR_RETURN(const absl::CivilDay day, PastDayOf(request, context));
  const std::string party(aip::ParentOf(request.name()));
  CONCORD_RETURN_IF_ERROR(CheckLives(context, party));
  CONCORD_ASSIGN_OR_RETURN(const FormulaRecords records, ReadRecords(context, NeedsOf(*kind), request.plan()));
  v1::PartyScorecard card;
  // What was read is not all of it then, and whatever is returned is dropped.
  if (!context.missing().empty() || !context.MayGoOn()) return rpc::ReplyWith(card);
  card.set_name(request.name());
  card.set_party(party);
  card.set_title(rpc::StringField(*context.Find(party)->message, "title"));
  *card.mutable_date() = aip::FromDay(day);
  for (const PartyFigure& figure : kind->figures) {
    *card.add_figures() = FigureOf(*kind, figure, party, request.plan(), day, records);
  }
  AddRevisions(context, card);
  return rpc::ReplyWith(card);
}

void CheckRequest(const v1::GetPartyScorecardRequest& request, Violations& violations) {
  const PartyScorecardKind* kind = FindPartyScorecardKind(request.name());
  if (kind == nullptr && !request.name().empty()) {
    violations.Add("name",
                   "must be members/{member}/scorecard, members/{member}/secretariatScorecard, "
                   "members/{member}/partnerScorecard or committees/{committee}/scorecard");
  }
  CheckDate(request, violations);
  if (kind == nullptr) return;
  if (!kind->with_plan) {
    if (!request.plan().empty()) violations.Add("plan", "must be empty: only the scorecard of a member is about one");
  } else if (request.plan().empty()) {
    violations.AddMissing("plan", "must be set");
  } else {
    rpc::CheckName(PlanPattern(), request.plan(), "plan", violations);
  }
}

}  // namespace

void AddPartyScorecardMethods(rpc::Engine& engine, const app::MethodParts& /*parts*/) {
  rpc::Method scorecard = rpc::ReadMethod<v1::GetPartyScorecardRequest>("GetPartyScorecard", GetPartyScorecard);
  scorecard.validate = [](const Message& request, Violations& violations) {
    CheckRequest(static_cast<const v1::GetPartyScorecardRequest&>(request), violations);
  };
  scorecard.memoize = true;
  engine.Add("concord.reporting.v1.FormulaService", std::move(scorecard));
}

}  // namespace concord::reporting
