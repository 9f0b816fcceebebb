// The harmonised stage codes: where a work item is on its way from an idea to a withdrawn standard. The first two
// digits are the stage, the last two the sub-stage: 00 registered, 20 begun, 60 done, then a decision: 92 back to an
// earlier stage, 93 the same again, 98 given up, 99 go on.
//
// Reference data: the codes that are published, in words of our own. Which code may follow which is no rule: real
// histories skip codes, repeat them and go back.
//
// Pure; safe from any thread.
#ifndef SERVICES_MEMBER_STAGE_CODES_H_
#define SERVICES_MEMBER_STAGE_CODES_H_

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "common/status/error.h"

namespace concord::member {

// Those that rules and figures ask for.
inline constexpr absl::string_view kProjectApproved = "10.99";
inline constexpr absl::string_view kProjectRegistered = "20.00";
inline constexpr absl::string_view kEnquiryRegistered = "40.00";
inline constexpr absl::string_view kPublished = "60.60";
inline constexpr absl::string_view kWithdrawn = "95.99";

struct StageCode {
  absl::string_view code;  // "40.20".
  absl::string_view name;  // What happened, in a few words; no two have the same.
};

// All of them, in the order of codes.
absl::Span<const StageCode> StageCodes();

bool IsStageCode(absl::string_view code);

// Empty if there is no such code.
absl::string_view NameOfStage(absl::string_view code);

// Whether the project was given up there, or its proposal refused: xx.98.
bool IsAbandoned(absl::string_view code);

// Adds a violation that says what is wrong unless there is such a code.
void CheckStageCode(absl::string_view code, absl::string_view field, Violations& violations);

}  // namespace concord::member

#endif  // SERVICES_MEMBER_STAGE_CODES_H_
