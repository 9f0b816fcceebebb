// Names of members, as actions and their records refer to them.
#ifndef SERVICES_ACTION_MEMBERS_H_
#define SERVICES_ACTION_MEMBERS_H_

#include <string>

#include "absl/strings/string_view.h"
#include "common/status/error.h"

namespace concord::action {

// Adds a violation unless it is a name like "members/{member}". That the member exists is not asked: there is
// no directory yet.
void CheckMember(const std::string& name, absl::string_view field, Violations& violations);

// The same where it may be empty.
void CheckOptionalMember(const std::string& name, absl::string_view field, Violations& violations);

}  // namespace concord::action

#endif  // SERVICES_ACTION_MEMBERS_H_
