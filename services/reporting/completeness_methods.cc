#include "services/reporting/completeness_methods.h"

#include <string>
#include <utility>

#include "common/rpc/standard_methods.h"
#include "common/status/macros.h"
#include "concord/reporting/v1/reporting_service.pb.h"
#include "services/reporting/completeness.h"
#include "services/reporting/plan_reading.h"

namespace concord::reporting {
namespace {

using google::protobuf::Message;
using v1::GetCompletenessRequest;

const aip::NamePattern& CompletenessPattern() {
  static const auto& pattern = *new aip::NamePattern("plans/{plan}/completeness");
  return pattern;
}

std::string PlanOf(const GetCompletenessRequest& request) { return std::string(aip::ParentOf(request.name())); }

absl::StatusOr<rpc::Reply> GetCompleteness(const GetCompletenessRequest& request, rpc::Context& context) {
  CONCORD_ASSIGN_OR_RETURN(const PlanResources resources, ReadPlan(context, PlanOf(request)));
  v1::Completeness completeness = ComputeCompleteness(resources, DayOf(request, context));
  AddRevisions(context, completeness);
  return rpc::ReplyWith(completeness);
}

}  // namespace

void AddCompletenessMethods(rpc::Engine& engine, const app::MethodParts& /*parts*/) {
  rpc::Method method = rpc::ReadMethod<GetCompletenessRequest>("GetCompleteness", GetCompleteness);
  method.about = [](const Message& request) { return PlanOf(static_cast<const GetCompletenessRequest&>(request)); };
  method.validate = [](const Message& message, Violations& violations) {
    const auto& request = static_cast<const GetCompletenessRequest&>(message);
    rpc::CheckName(CompletenessPattern(), request.name(), "name", violations);
    CheckDate(request, violations);
  };
  method.memoize = true;
  engine.Add(kReportingService, std::move(method));
}

}  // namespace concord::reporting
