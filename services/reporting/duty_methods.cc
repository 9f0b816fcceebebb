#include "services/reporting/duty_methods.h"

#include <string>
#include <utility>

#include "common/rpc/standard_methods.h"
#include "common/status/macros.h"
#include "concord/reporting/v1/reporting_service.pb.h"
#include "services/reporting/duties.h"
#include "services/reporting/ordered_page.h"
#include "services/reporting/plan_reading.h"

namespace concord::reporting {
namespace {

using google::protobuf::Message;

constexpr int kDaysAheadLimit = 366;

absl::StatusOr<rpc::Reply> ListDuties(const rpc::PageTokens& tokens, const v1::ListDutiesRequest& request,
                                      rpc::Context& context) {
  const std::string& plan = request.parent();
  CONCORD_ASSIGN_OR_RETURN(const PlanResources resources, ReadPlan(context, plan));
  const ledger::Position& position = context.Scope(plan)->position();
  CONCORD_ASSIGN_OR_RETURN(const std::string last_key, tokens.Open(request, plan, position));
  CONCORD_ASSIGN_OR_RETURN(auto page, OrderedPage<v1::Duty>::Begin(request, last_key));
  const absl::CivilDay day = DayOf(request, context);
  ForEachDuty(resources, day, day + request.days_ahead(), [&](const OwedDuty& duty) {
    std::string place = PlaceOf(duty);
    if (page.Wants(place)) page.Offer(std::move(place), ToDuty(duty, day));
  });
  v1::ListDutiesResponse response;
  SetPage(tokens, request, plan, position, page.MoveTo(response.mutable_duties()), response);
  AddDayAndEdition(day, response);
  AddRevisions(context, response);
  return rpc::ReplyWith(response);
}

}  // namespace

void AddDutyMethods(rpc::Engine& engine, const app::MethodParts& parts) {
  rpc::Method duties = rpc::ReadMethod<v1::ListDutiesRequest>(
      "ListDuties", [tokens = parts.tokens](const v1::ListDutiesRequest& request, rpc::Context& context) {
        return ListDuties(*tokens, request, context);
      });
  duties.about = [](const Message& request) { return rpc::StringField(request, "parent"); };
  duties.validate = [](const Message& message, Violations& violations) {
    const auto& request = static_cast<const v1::ListDutiesRequest&>(message);
    rpc::CheckName(PlanPattern(), request.parent(), "parent", violations);
    CheckDate(request, violations);
    rpc::CheckListing(request, *v1::Duty::descriptor(), violations);
    if (request.days_ahead() < 0 || request.days_ahead() > kDaysAheadLimit) {
      violations.Add("days_ahead", absl::StrCat("must be 0 to ", kDaysAheadLimit));
    }
  };
  engine.Add(kReportingService, std::move(duties));
}

}  // namespace concord::reporting
