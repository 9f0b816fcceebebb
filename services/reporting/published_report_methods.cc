#include "services/reporting/published_report_methods.h"

#include <algorithm>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/aip/date.h"
#include "common/aip/limits.h"
#include "common/aip/resource_name.h"
#include "common/rpc/standard_methods.h"
#include "common/rpc/standard_service.h"
#include "common/status/macros.h"
#include "concord/reporting/v1/published_report_service.pb.h"
#include "services/reporting/plan_reading.h"
#include "services/reporting/restatements.h"
#include "services/reporting/scorecard.h"

namespace concord::reporting {
namespace {

using google::protobuf::Message;
using v1::PublishedReport;

absl::StatusOr<v1::Scorecard> CardOf(rpc::Context& context, const std::string& plan, absl::CivilDay day) {
  CONCORD_ASSIGN_OR_RETURN(const PlanResources resources, ReadPlan(context, plan));
  v1::Scorecard scorecard = ComputeScorecard(resources, day);
  AddRevisions(context, scorecard);
  return scorecard;
}

int NextNumber(rpc::Context& context, const std::string& plan) {
  int last = 0;
  context.ForEach(context.types().Of(PublishedReport::descriptor()), plan, plan, "",
                  [&](const ledger::Resource& resource) {
                    last = std::max(last, static_cast<const PublishedReport&>(*resource.message).number());
                    return true;
                  });
  return last + 1;
}

// Two at once look at the same list, so one of them is decided again and has the next number.
absl::Status Publish(rpc::Context& context, const Message* /*before*/, Message& message) {
  auto& after = static_cast<PublishedReport&>(message);
  const std::string plan(aip::ParentOf(after.name()));
  Violations violations;
  if (after.has_date()) aip::CheckNotInFuture(after.date(), context.today(), "published_report.date", violations);
  CONCORD_RETURN_IF_ERROR(violations.ToStatus());
  if (!after.has_date()) *after.mutable_date() = aip::FromDay(context.today());
  after.set_number(NextNumber(context, plan));
  CONCORD_ASSIGN_OR_RETURN(*after.mutable_scorecard(), CardOf(context, plan, aip::ToDay(after.date())));
  return absl::OkStatus();
}

void CheckValues(const Message& resource, absl::string_view prefix, Violations& violations) {
  const auto& report = static_cast<const PublishedReport&>(resource);
  const auto path = [&](absl::string_view field) { return absl::StrCat(prefix, ".", field); };
  aip::CheckText(report.title(), path("title"), 1, 200, violations);
  aip::CheckLabels(report.labels(), path("labels"), violations);
  if (report.has_date()) aip::CheckDay(report.date(), path("date"), violations);
  aip::CheckText(report.note(), path("note"), 0, 4'000, violations);
}

absl::StatusOr<rpc::Reply> ListRestatements(const v1::ListRestatementsRequest& request, rpc::Context& context) {
  CONCORD_ASSIGN_OR_RETURN(const ledger::Resource* resource, rpc::FindOrNotFound(context, request.parent()));
  const auto& report = static_cast<const PublishedReport&>(*resource->message);
  const std::string plan(aip::ParentOf(report.name()));
  CONCORD_ASSIGN_OR_RETURN(const v1::Scorecard current, CardOf(context, plan, aip::ToDay(report.date())));
  v1::ListRestatementsResponse response;
  for (v1::Restatement& restatement : FindRestatements(report.scorecard(), current)) {
    *response.add_restatements() = std::move(restatement);
  }
  AddRevisions(context, response);
  response.set_formula_edition(std::string(kFormulaEdition));
  return rpc::ReplyWith(response);
}

}  // namespace

void AddPublishedReportMethods(rpc::Engine& engine, const app::MethodParts& parts) {
  rpc::ResourceRules rules;
  rules.values = CheckValues;
  rules.write = Publish;
  const rpc::ResourceType& type = parts.types->Of(PublishedReport::descriptor());
  const rpc::StandardMethods reports({&type, std::move(rules), parts.stamper, parts.tokens});
  const auto& service = *v1::GetPublishedReportRequest::descriptor()->file()->service(0);
  rpc::AddStandardMethods(service, reports, engine);

  rpc::Method restatements = rpc::ReadMethod<v1::ListRestatementsRequest>("ListRestatements", ListRestatements);
  restatements.about = [](const Message& request) { return rpc::StringField(request, "parent"); };
  restatements.validate = [&type](const Message& request, Violations& violations) {
    rpc::CheckName(type.pattern(), rpc::StringField(request, "parent"), "parent", violations);
  };
  restatements.memoize = true;
  engine.Add(service.full_name(), std::move(restatements));
}

}  // namespace concord::reporting
