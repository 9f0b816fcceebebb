#include "services/objective/indicator_rules.h"

#include <functional>

#include "absl/strings/str_cat.h"
#include "common/aip/resource_name.h"
#include "common/status/error.h"
#include "common/status/macros.h"
#include "concord/objective/v1/error_reason.pb.h"
#include "concord/objective/v1/indicator.pb.h"
#include "concord/objective/v1/measurement.pb.h"
#include "services/objective/indicator_values.h"
#include "services/objective/living_indicators.h"
#include "services/objective/measured_indicator.h"
#include "services/objective/measured_periods.h"
#include "services/objective/open_plan.h"
#include "services/objective/roll_up_links.h"

namespace concord::objective {
namespace {

using google::protobuf::Message;
using v1::Indicator;

// Finds living indicators, and in the place of one of them what it is about to become.
FindIndicator WithChange(LivingIndicators& living, const Indicator& changed) {
  return [&living, &changed](const std::string& name) { return name == changed.name() ? &changed : living.Find(name); };
}

absl::Status CheckRollUp(rpc::Context& context, const Indicator& after) {
  if (!after.has_roll_up()) return absl::OkStatus();
  LivingIndicators living(context);
  const FindIndicator find = WithChange(living, after);
  CONCORD_RETURN_IF_ERROR(CheckInputsFit(after, find));
  return CheckNoCircle(after, find);
}

// Those that are computed from the indicator still can be.
absl::Status CheckUsersFit(rpc::Context& context, const Indicator& before, const Indicator& after) {
  if (before.unit() == after.unit() && before.kind() == after.kind() && before.frequency() == after.frequency()) {
    return absl::OkStatus();
  }
  LivingIndicators living(context);
  const FindIndicator find = WithChange(living, after);
  absl::Status status;
  living.ForEach(PlanNameOf(after.name()), [&](const Indicator& user) {
    if (status.ok() && user.name() != after.name() && HasInput(user, after.name())) status = CheckInputsFit(user, find);
  });
  return status;
}

// What was measured keeps its meaning.
absl::Status CheckMeasured(rpc::Context& context, const Indicator& before, const Indicator& after) {
  if (!MightMatterToMeasurements(before, after)) return absl::OkStatus();
  absl::Status status;
  const rpc::ResourceType& type = context.types().Of(v1::Measurement::descriptor());
  context.ForEach(type, PlanNameOf(after.name()), after.name(), "", [&](const ledger::Resource& resource) {
    if (!resource.deleted) {
      status = CheckStillMeans(before, after, static_cast<const v1::Measurement&>(*resource.message));
    }
    return status.ok();
  });
  return status;
}

absl::Status CheckIndicatorWrite(rpc::Context& context, const Message* before, Message& message) {
  const auto& after = static_cast<const Indicator&>(message);
  CONCORD_ASSIGN_OR_RETURN(const v1::Plan* plan, FindOpenPlan(context, after.name()));
  if (before != nullptr) {
    if (rpc::IsDeleted(*before)) {
      CONCORD_RETURN_IF_ERROR(CheckMeasurementsFit(context, *plan, after.name(), after.name()));
    }
    const auto& old = static_cast<const Indicator&>(*before);
    CONCORD_RETURN_IF_ERROR(CheckMeasured(context, old, after));
    CONCORD_RETURN_IF_ERROR(CheckUsersFit(context, old, after));
  }
  return CheckRollUp(context, after);
}

// No living indicator that `counts` has an input that `goes`.
absl::Status CheckNotInUse(rpc::Context& context, const std::string& plan,
                           const std::function<bool(const Indicator& user)>& counts,
                           const std::function<bool(const std::string& input)>& goes) {
  std::string input;
  std::string first;
  int count = 0;
  LivingIndicators(context).ForEach(plan, [&](const Indicator& user) {
    if (!counts(user)) return;
    for (const v1::RollUpInput& link : user.roll_up().inputs()) {
      if (!goes(link.indicator())) continue;
      if (count++ == 0) {
        input = link.indicator();
        first = user.name();
      }
      return;
    }
  });
  if (count == 0) return absl::OkStatus();
  return MakeError(absl::StatusCode::kFailedPrecondition, v1::ERROR_REASON_INDICATOR_IN_USE,
                   "{count} living indicators are computed from {name}, {indicator} among them: change them first",
                   {{"name", input}, {"count", absl::StrCat(count)}, {"indicator", first}});
}

absl::Status CheckIndicatorRemove(rpc::Context& context, const Message& message) {
  const std::string& name = static_cast<const Indicator&>(message).name();
  CONCORD_RETURN_IF_ERROR(FindOpenPlan(context, name).status());
  return CheckNotInUse(
      context, PlanNameOf(name), [&](const Indicator& user) { return user.name() != name; },
      [&](const std::string& input) { return input == name; });
}

}  // namespace

absl::Status CheckIndicatorsUnused(rpc::Context& context, const std::string& objective) {
  return CheckNotInUse(
      context, PlanNameOf(objective), [&](const Indicator& user) { return aip::ParentOf(user.name()) != objective; },
      [&](const std::string& input) { return aip::ParentOf(input) == objective; });
}

absl::Status CheckIndicatorsFit(rpc::Context& context, const std::string& objective) {
  LivingIndicators living(context, objective);
  const FindIndicator find = [&living](const std::string& name) { return living.Find(name); };
  absl::Status status;
  living.ForEach(PlanNameOf(objective), [&](const Indicator& indicator) {
    if (status.ok() && aip::ParentOf(indicator.name()) == objective) status = CheckInputsFit(indicator, find);
  });
  return status;
}

rpc::ResourceRules IndicatorRules() {
  rpc::ResourceRules rules;
  rules.values = [](const Message& resource, absl::string_view prefix, Violations& violations) {
    CheckIndicatorValues(static_cast<const Indicator&>(resource), prefix, violations);
  };
  rules.write = CheckIndicatorWrite;
  rules.remove = CheckIndicatorRemove;
  return rules;
}

}  // namespace concord::objective
