#include "services/member/findings.h"

#include <algorithm>
#include <string>

#include "absl/strings/str_cat.h"
#include "common/status/error.h"

namespace concord::member {
namespace {

v1::Finding FindingOf(const absl::Status& error) {
  v1::Finding finding;
  const auto reason = ReasonOf(error);
  finding.set_reason(reason.has_value() ? reason->name : "");
  finding.set_detail(std::string(error.message()));
  return finding;
}

}  // namespace

absl::Status RefuseNewFindings(const Found& found, KeptFindings& kept) {
  const bool cut = kept.size() > kFindingsLimit;  // Then those of one reason cannot be told apart any more.
  for (const absl::Status& error : found) {
    const v1::Finding finding = FindingOf(error);
    const bool known = std::any_of(kept.begin(), kept.end(), [&](const v1::Finding& old) {
      return old.reason() == finding.reason() && (cut || old.detail() == finding.detail());
    });
    if (!known) return error;
  }
  KeepFindings(found, kept);
  return absl::OkStatus();
}

bool IsKept(const absl::Status& error, const KeptFindings& kept) {
  return std::any_of(kept.begin(), kept.end(),
                     [&](const v1::Finding& finding) { return finding.detail() == error.message(); });
}

void KeepFindings(const Found& found, KeptFindings& kept) {
  kept.Clear();
  for (const absl::Status& error : found) {
    if (kept.size() == kFindingsLimit) break;
    *kept.Add() = FindingOf(error);
  }
  if (found.size() <= kFindingsLimit) return;
  v1::Finding& rest = *kept.Add();
  rest = FindingOf(found.back());
  rest.set_detail(absl::StrCat("and ", found.size() - kFindingsLimit, " more"));
}

}  // namespace concord::member
