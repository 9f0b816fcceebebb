#include "services/objective/living_indicators.h"

#include "absl/strings/str_cat.h"
#include "common/aip/resource_name.h"

namespace concord::objective {

bool LivingIndicators::ObjectiveLives(const std::string& objective) {
  if (objective == returning_) return true;
  const auto [known, is_new] = objectives_.emplace(objective, false);
  if (is_new) {
    const ledger::Resource* resource = context_.Find(objective);
    known->second = resource != nullptr && !resource->deleted;
  }
  return known->second;
}

const v1::Indicator* LivingIndicators::Find(const std::string& name) {
  const ledger::Resource* resource = context_.Find(name);
  if (resource == nullptr || resource->deleted) return nullptr;
  if (!ObjectiveLives(std::string(aip::ParentOf(name)))) return nullptr;
  return static_cast<const v1::Indicator*>(resource->message.get());
}

void LivingIndicators::ForEach(const std::string& plan, const std::function<void(const v1::Indicator&)>& visit) {
  const rpc::ResourceType& type = context_.types().Of(v1::Indicator::descriptor());
  context_.ForEach(type, plan, absl::StrCat(plan, "/objectives/-"), "", [&](const ledger::Resource& resource) {
    if (!resource.deleted && ObjectiveLives(std::string(aip::ParentOf(resource.name)))) {
      visit(static_cast<const v1::Indicator&>(*resource.message));
    }
    return true;
  });
}

}  // namespace concord::objective
