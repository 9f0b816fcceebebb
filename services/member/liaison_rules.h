// What a liaison must satisfy.
#ifndef SERVICES_MEMBER_LIAISON_RULES_H_
#define SERVICES_MEMBER_LIAISON_RULES_H_

#include "absl/strings/string_view.h"
#include "common/rpc/standard_methods.h"
#include "common/status/error.h"
#include "concord/member/v1/liaison.pb.h"

namespace concord::member {

void CheckLiaisonValues(const v1::Liaison& liaison, absl::string_view prefix, Violations& violations);

// Fills `review_due_date`: two years after the last review, or else after the first day (the directives ask for a
// review every two years at least).
void DeriveLiaison(v1::Liaison& liaison);

rpc::ResourceRules LiaisonRules();

}  // namespace concord::member

#endif  // SERVICES_MEMBER_LIAISON_RULES_H_
