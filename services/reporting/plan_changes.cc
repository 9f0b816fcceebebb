#include "services/reporting/plan_changes.h"

#include <cstdint>
#include <limits>

#include "absl/strings/str_cat.h"

namespace concord::reporting {
namespace {

constexpr int64_t kMicrosPerSecond = 1'000'000;

v1::PlanChange::Kind KindOf(const ChangedResource& changed) {
  if (changed.deleted) return v1::PlanChange::KIND_DELETED;
  return changed.update_time == changed.create_time ? v1::PlanChange::KIND_CREATED : v1::PlanChange::KIND_UPDATED;
}

}  // namespace

bool operator<(const ChangedResource& a, const ChangedResource& b) {
  if (a.update_time != b.update_time) return a.update_time > b.update_time;
  return a.name < b.name;
}

std::string PlaceOf(const ChangedResource& changed) {
  const int64_t micros = absl::ToUnixMicros(changed.update_time);
  return absl::StrCat(absl::Dec(std::numeric_limits<int64_t>::max() - micros, absl::kZeroPad20), " ", changed.name);
}

v1::PlanChange ToPlanChange(const ChangedResource& changed) {
  v1::PlanChange change;
  change.set_kind(KindOf(changed));
  change.set_resource(std::string(changed.name));
  change.set_title(changed.title);
  const int64_t micros = absl::ToUnixMicros(changed.update_time);  // Whole ones, after 1970: the store's clock.
  change.mutable_update_time()->set_seconds(micros / kMicrosPerSecond);
  change.mutable_update_time()->set_nanos(static_cast<int32_t>(micros % kMicrosPerSecond) * 1000);
  return change;
}

}  // namespace concord::reporting
