// Names of other resources in a record.
//
// Pure; safe from any thread.
#ifndef SERVICES_MEMBER_REFERENCES_H_
#define SERVICES_MEMBER_REFERENCES_H_

#include <functional>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "common/aip/resource_name.h"
#include "common/rpc/context.h"
#include "common/status/error.h"
#include "services/member/findings.h"

namespace concord::member {

const aip::NamePattern& MemberPattern();
const aip::NamePattern& CommitteePattern();

// Adds a violation unless `name` fits the pattern, or is empty where that is allowed.
void CheckReference(const aip::NamePattern& pattern, const std::string& name, absl::string_view field,
                    Violations& violations);
void CheckOptionalReference(const aip::NamePattern& pattern, const std::string& name, absl::string_view field,
                            Violations& violations);

// Adds a violation if a record that there is one of for each member is not named after it: "committees/c/experts/42" of
// "members/42".
void CheckNamedAfter(const std::string& name, const std::string& member, absl::string_view field,
                     Violations& violations);

// FAILED_PRECONDITION with REFERENCE_BROKEN if what `name` refers to does not exist or is deleted; else OK.
absl::Status CheckLiving(rpc::Context& context, const std::string& name, const std::string& reference);

// The same, added to what was found.
void JudgeReference(rpc::Context& context, const std::string& name, const std::string& reference, Found& found);

// FAILED_PRECONDITION with RESOURCE_IN_USE if living resources of a type refer to `name`. Looks at all of the type
// whose parents `parent` stands for ("" at the top, "committees/-").
absl::Status CheckUnused(rpc::Context& context, const google::protobuf::Descriptor* type, const std::string& parent,
                         const std::string& name, const std::function<bool(const google::protobuf::Message&)>& refers);

}  // namespace concord::member

#endif  // SERVICES_MEMBER_REFERENCES_H_
