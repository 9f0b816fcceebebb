#include "services/objective/measurement_methods.h"

#include <memory>
#include <string>
#include <utility>

#include "absl/strings/ascii.h"
#include "common/rpc/standard_methods.h"
#include "common/rpc/standard_service.h"
#include "common/status/macros.h"
#include "concord/objective/v1/measurement.pb.h"
#include "concord/objective/v1/measurement_service.pb.h"
#include "services/objective/measurement_rules.h"
#include "services/objective/measurement_status.h"
#include "services/objective/measurement_surroundings.h"
#include "services/objective/open_plan.h"
#include "services/objective/recorded_measurement_rules.h"

namespace concord::objective {
namespace {

using v1::Measurement;

absl::Status SubmitIt(const v1::SubmitMeasurementRequest& /*request*/, rpc::Context& context,
                      Measurement& measurement) {
  CONCORD_ASSIGN_OR_RETURN(const Surroundings around, LookAround(context, measurement));
  return Submit(*around.indicator, around.in_force, context.today(), measurement);
}

absl::Status ApproveIt(const v1::ApproveMeasurementRequest& /*request*/, rpc::Context& context,
                       Measurement& measurement, rpc::StandardMethods::Further& further) {
  CONCORD_ASSIGN_OR_RETURN(const Surroundings around, LookAround(context, measurement));
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
  const rpc::StandardMethods recorded(
      {&parts.types->Of(Measurement::descriptor()), RecordedMeasurementRules(), parts.stamper, parts.tokens});
  engine.Add(service.full_name(), recorded.Create(v1::RecordMeasurementRequest::default_instance()));
  engine.Add(service.full_name(), measurements.Change<v1::SubmitMeasurementRequest, Measurement>(SubmitIt));
  engine.Add(service.full_name(), measurements.Change<v1::ApproveMeasurementRequest, Measurement>(ApproveIt));
  engine.Add(service.full_name(), WithReason(measurements.Change<v1::ReturnMeasurementRequest, Measurement>(ReturnIt)));
}

}  // namespace concord::objective
