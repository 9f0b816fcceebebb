// What statements rest on, checked the same way wherever it is given.
//
// Pure; safe from any thread.
#ifndef COMMON_AIP_EVIDENCE_H_
#define COMMON_AIP_EVIDENCE_H_

#include "absl/strings/string_view.h"
#include "common/status/error.h"
#include "concord/type/evidence.pb.h"
#include "google/protobuf/repeated_ptr_field.h"

namespace concord::aip {

// At most 20; each has a title of 1 to 200 characters, and an address that is empty or begins with http:// or https://,
// has a host, at most 2,000 characters, and neither blanks nor control characters.
void CheckEvidence(const google::protobuf::RepeatedPtrField<concord::type::Evidence>& evidence, absl::string_view field,
                   Violations& violations);

}  // namespace concord::aip

#endif  // COMMON_AIP_EVIDENCE_H_
