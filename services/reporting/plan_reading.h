// What the methods of ReportingService have in common: the resources of a plan, the day, the filter, the answer.
#ifndef SERVICES_REPORTING_PLAN_READING_H_
#define SERVICES_REPORTING_PLAN_READING_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "common/aip/date.h"
#include "common/aip/resource_name.h"
#include "common/rpc/context.h"
#include "common/rpc/method.h"
#include "common/rpc/page_token.h"
#include "concord/objective/v1/plan.pb.h"
#include "services/reporting/formula_edition.h"
#include "services/reporting/plan_resources.h"

namespace concord::reporting {

inline constexpr char kReportingService[] = "concord.reporting.v1.ReportingService";

// "plans/{plan}".
const aip::NamePattern& PlanPattern();

// NOT_FOUND.
absl::StatusOr<const objective::v1::Plan*> FindPlan(rpc::Context& context, const std::string& name);

// All living resources of one type in the scope of a plan, by name; of one parent only if `parent` is not empty.
template <typename Resource>
std::vector<const Resource*> Living(rpc::Context& context, const std::string& plan, const std::string& parent = "") {
  std::vector<const Resource*> living;
  context.ForEach(context.types().Of(Resource::descriptor()), plan, parent, "", [&](const ledger::Resource& resource) {
    if (!resource.deleted) living.push_back(static_cast<const Resource*>(resource.message.get()));
    return true;
  });
  return living;
}

// All of a plan that figures are made of; valid as long as the context's states are. NOT_FOUND.
absl::StatusOr<PlanResources> ReadPlan(rpc::Context& context, const std::string& name);

// The same, but only what the figures of indicators are made of.
absl::StatusOr<PlanResources> ReadIndicators(rpc::Context& context, const std::string& plan);

// The day that a request is about.
template <typename Request>
absl::CivilDay DayOf(const Request& request, const rpc::Context& context) {
  return request.has_date() ? aip::ToDay(request.date()) : context.today();
}

template <typename Request>
void CheckDate(const Request& request, Violations& violations) {
  if (request.has_date()) aip::CheckDay(request.date(), "date", violations);
}

// Where the next page goes on; `next_key` is empty if there is none.
template <typename Request, typename Response>
void SetPage(const rpc::PageTokens& tokens, const Request& request, const std::string& scope,
             const ledger::Position& position, const std::string& next_key, Response& response) {
  if (!next_key.empty()) response.set_next_page_token(tokens.Make(request, scope, position, next_key));
}

// What every answer says about what it was made from.
template <typename Response>
void AddRevisions(const rpc::Context& context, Response& response) {
  for (concord::type::ScopeRevision& revision : context.Revisions()) *response.add_revisions() = std::move(revision);
}

template <typename Response>
void AddDayAndEdition(absl::CivilDay day, Response& response) {
  *response.mutable_date() = aip::FromDay(day);
  response.set_formula_edition(std::string(kFormulaEdition));
}

}  // namespace concord::reporting

#endif  // SERVICES_REPORTING_PLAN_READING_H_
