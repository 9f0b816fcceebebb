// What a rule about others finds wrong with a record. It refuses an ordinary write; with what is imported it is kept,
// as a finding on the row.
//
// Pure; safe from any thread.
#ifndef SERVICES_MEMBER_FINDINGS_H_
#define SERVICES_MEMBER_FINDINGS_H_

#include <vector>

#include "absl/status/status.h"
#include "concord/member/v1/finding.pb.h"
#include "google/protobuf/repeated_ptr_field.h"

namespace concord::member {

using KeptFindings = google::protobuf::RepeatedPtrField<v1::Finding>;

// Errors, each with a reason, in the order in which they were found.
using Found = std::vector<absl::Status>;

// For an ordinary write: the first error that is not kept with the record already; a record that was imported with
// faults may be changed as long as no other is added. `kept` becomes those of the old ones that are found still.
absl::Status RefuseNewFindings(const Found& found, KeptFindings& kept);

// As many are kept with a record; of more it is said how many there are.
inline constexpr int kFindingsLimit = 20;

// Whether what was found is kept with the record already.
bool IsKept(const absl::Status& error, const KeptFindings& kept);

// For an import: `kept` becomes what was found.
void KeepFindings(const Found& found, KeptFindings& kept);

}  // namespace concord::member

#endif  // SERVICES_MEMBER_FINDINGS_H_
