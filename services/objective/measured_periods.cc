#include "services/objective/measured_periods.h"

#include "absl/strings/str_cat.h"
#include "common/aip/resource_name.h"
#include "common/status/error.h"
#include "concord/objective/v1/error_reason.pb.h"
#include "concord/objective/v1/measurement.pb.h"
#include "services/objective/frequencies.h"
#include "services/objective/living_indicators.h"

namespace concord::objective {

absl::Status CheckMeasurementsFit(rpc::Context& context, const v1::Plan& plan, absl::string_view parent,
                                  const std::string& returning) {
  LivingIndicators living(context, returning);
  std::string first;
  std::string period;
  int count = 0;
  const rpc::ResourceType& type = context.types().Of(v1::Measurement::descriptor());
  context.ForEach(type, plan.name(), parent, "", [&](const ledger::Resource& resource) {
    const auto& measurement = static_cast<const v1::Measurement&>(*resource.message);
    if (resource.deleted || Overlap(measurement.period(), plan.period())) return true;
    const std::string indicator(aip::ParentOf(measurement.name()));
    if (indicator != returning && living.Find(indicator) == nullptr) return true;
    if (count++ == 0) {
      first = measurement.name();
      period = PeriodText(measurement.period());
    }
    return true;
  });
  if (count == 0) return absl::OkStatus();
  return MakeError(absl::StatusCode::kFailedPrecondition, v1::ERROR_REASON_PERIOD_BREAKS_MEASUREMENT,
                   "{count} measurements would lie outside the period of {name} and be missing from its figures, "
                   "{measurement} of {period} among them",
                   {{"name", plan.name()}, {"measurement", first}, {"period", period}, {"count", absl::StrCat(count)}});
}

}  // namespace concord::objective
