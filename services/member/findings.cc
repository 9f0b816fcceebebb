#include "services/member/findings.h"

#include <algorithm>
#include <string>

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
  for (const absl::Status& error : found) {
    const v1::Finding finding = FindingOf(error);
    const bool known = std::any_of(kept.begin(), kept.end(), [&](const v1::Finding& old) {
      return old.reason() == finding.reason() && old.detail() == finding.detail();
    });
    if (!known) return error;
  }
  KeepFindings(found, kept);
  return absl::OkStatus();
}

void KeepFindings(const Found& found, KeptFindings& kept) {
  kept.Clear();
  for (const absl::Status& error : found) *kept.Add() = FindingOf(error);
}

}  // namespace concord::member
