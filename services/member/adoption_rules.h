// What a national adoption must satisfy.
#ifndef SERVICES_MEMBER_ADOPTION_RULES_H_
#define SERVICES_MEMBER_ADOPTION_RULES_H_

#include "absl/strings/string_view.h"
#include "common/rpc/standard_methods.h"
#include "common/status/error.h"
#include "concord/member/v1/adoption.pb.h"

namespace concord::member {

void CheckAdoptionValues(const v1::Adoption& adoption, absl::string_view prefix, Violations& violations);

rpc::ResourceRules AdoptionRules();

}  // namespace concord::member

#endif  // SERVICES_MEMBER_ADOPTION_RULES_H_
