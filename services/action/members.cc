#include "services/action/members.h"

#include "common/aip/resource_name.h"
#include "common/rpc/standard_methods.h"

namespace concord::action {

void CheckMember(const std::string& name, absl::string_view field, Violations& violations) {
  static const auto& pattern = *new aip::NamePattern("members/{member}");
  rpc::CheckName(pattern, name, field, violations);
}

void CheckOptionalMember(const std::string& name, absl::string_view field, Violations& violations) {
  if (!name.empty()) CheckMember(name, field, violations);
}

}  // namespace concord::action
