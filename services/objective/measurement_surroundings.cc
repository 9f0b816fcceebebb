#include "services/objective/measurement_surroundings.h"

#include <string>

#include "common/aip/resource_name.h"
#include "common/rpc/failure.h"
#include "common/status/macros.h"
#include "services/objective/open_plan.h"

namespace concord::objective {

absl::StatusOr<Surroundings> LookAround(rpc::Context& context, const v1::Measurement& measurement) {
  Surroundings around;
  CONCORD_ASSIGN_OR_RETURN(around.plan, FindOpenPlan(context, measurement.name()));
  const std::string indicator(aip::ParentOf(measurement.name()));
  around.indicator = context.Get<v1::Indicator>(indicator);
  if (around.indicator == nullptr) return rpc::NotFound(indicator);
  const rpc::ResourceType& type = context.types().Of(v1::Measurement::descriptor());
  context.ForEach(type, PlanNameOf(indicator), indicator, "", [&](const ledger::Resource& resource) {
    const auto& other = static_cast<const v1::Measurement&>(*resource.message);
    if (other.status() == v1::Measurement::STATUS_APPROVED) around.in_force.push_back(&other);
    return true;
  });
  return around;
}

}  // namespace concord::objective
