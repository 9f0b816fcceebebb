#include "services/objective/measurement_methods.h"

#include <memory>
#include <string>
#include <utility>

#include "absl/strings/ascii.h"
#include "common/aip/resource_name.h"
#include "common/rpc/failure.h"
#include "common/rpc/standard_methods.h"
#include "common/rpc/standard_service.h"
#include "common/status/macros.h"
#include "concord/objective/v1/indicator.pb.h"
#include "concord/objective/v1/measurement.pb.h"
#include "concord/objective/v1/measurement_service.pb.h"
#include "services/objective/measurement_rules.h"
#include "services/objective/measurement_status.h"
#include "services/objective/open_plan.h"

namespace concord::objective {
namespace {

using v1::Measurement;

// What a move of a measurement depends on.
struct Around {
  const v1::Indicator* indicator = nullptr;
  InForce in_force;
};

absl::StatusOr<Around> LookAround(rpc::Context& context, const Measurement& measurement) {
  CONCORD_RETURN_IF_ERROR(FindOpenPlan(context, measurement.name()).status());
  const std::string indicator(aip::ParentOf(measurement.name()));
  Around around;
  around.indicator = context.Get<v1::Indicator>(indicator);
  if (around.indicator == nullptr) return rpc::NotFound(indicator);
  const rpc::ResourceType& type = context.types().Of(Measurement::descriptor());
  context.ForEach(type, PlanNameOf(indicator), indicator, "", [&](const ledger::Resource& resource) {
    const auto& other = static_cast<const Measurement&>(*resource.message);
    if (other.status() == Measurement::STATUS_APPROVED) around.in_force.push_back(&other);
    return true;
  });
  return around;
}

absl::Status SubmitIt(const v1::SubmitMeasurementRequest& /*request*/, rpc::Context& context,
                      Measurement& measurement) {
  CONCORD_ASSIGN_OR_RETURN(const Around around, LookAround(context, measurement));
  return Submit(*around.indicator, around.in_force, context.today(), measurement);
}

absl::Status ApproveIt(const v1::ApproveMeasurementRequest& /*request*/, rpc::Context& context,
                       Measurement& measurement, rpc::StandardMethods::Further& further) {
  CONCORD_ASSIGN_OR_RETURN(const Around around, LookAround(context, measurement));
  CONCORD_ASSIGN_OR_RETURN(absl::optional<Measurement> superseded,
                           Approve(*around.indicator, around.in_force, context.today(), measurement));
  if (superseded.has_value()) further.push_back(std::make_unique<Measurement>(*std::move(superseded)));
  return absl::OkStatus();
}

absl::Status ReturnIt(const v1::ReturnMeasurementRequest& request, rpc::Context& context, Measurement& measurement) {
  CONCORD_RETURN_IF_ERROR(FindOpenPlan(context, measurement.name()).status());
  return Return(request.reason(), measurement);
}

// Whoever mends it has to be told something.
rpc::Method WithReason(rpc::Method method) {
  method.validate = [validate = std::move(method.validate)](const rpc::Method::Request& request,
                                                            Violations& violations) {
    validate(request, violations);
    const std::string& reason = static_cast<const v1::ReturnMeasurementRequest&>(request).reason();
    if (!reason.empty() && absl::StripAsciiWhitespace(reason).empty()) violations.Add("reason", "must not be blank");
  };
  return method;
}

}  // namespace

void AddMeasurementMethods(rpc::Engine& engine, const app::MethodParts& parts) {
  const rpc::StandardMethods measurements(
      {&parts.types->Of(Measurement::descriptor()), MeasurementRules(), parts.stamper, parts.tokens});
  const auto& service = *v1::GetMeasurementRequest::descriptor()->file()->service(0);
  rpc::AddStandardMethods(service, measurements, engine);
  engine.Add(service.full_name(), measurements.Change<v1::SubmitMeasurementRequest, Measurement>(SubmitIt));
  engine.Add(service.full_name(), measurements.Change<v1::ApproveMeasurementRequest, Measurement>(ApproveIt));
  engine.Add(service.full_name(), WithReason(measurements.Change<v1::ReturnMeasurementRequest, Measurement>(ReturnIt)));
}

}  // namespace concord::objective
