// The limits of the member service that rows of a file may break.
#include <algorithm>
#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/aip/limits.h"
#include "common/aip/resource_name.h"
#include "common/status/error.h"
#include "services/concordctl/directory_file_values.h"

namespace concord::ctl {
namespace {

constexpr int kStageEventsLimit = 500;
constexpr int kIcsCodesLimit = 20;
constexpr int kEditionLimit = 1000;

// "title: has 780 characters, at most 600 are allowed".
std::string FirstOf(const Violations& violations) {
  const auto all = ViolationsOf(violations.ToStatus());
  return all.empty() ? "" : absl::StrCat(all.front().first, ": ", all.front().second);
}

bool IsCountry(absl::string_view code) {
  return code.size() == 3 &&
         std::all_of(code.begin(), code.end(), [](unsigned char c) { return absl::ascii_isupper(c); });
}

}  // namespace

std::string ProblemOf(const member::v1::Member& member) {
  Violations violations;
  aip::CheckText(member.title(), "title", 0, 300, violations);
  aip::CheckText(member.acronym(), "acronym", 0, 60, violations);
  if (!member.country_code().empty() && !IsCountry(member.country_code())) {
    violations.Add("country", "must be three letters A-Z, as ISO 3166-1 has them");
  }
  const std::string& uri = member.website_uri();
  aip::CheckText(uri, "website", 0, 500, violations);
  if (!uri.empty() && !absl::StartsWith(uri, "http://") && !absl::StartsWith(uri, "https://")) {
    violations.Add("website", "must begin with http:// or https://");
  }
  return FirstOf(violations);
}

std::string ProblemOf(const member::v1::Committee& committee) {
  Violations violations;
  aip::CheckText(committee.title(), "title", 0, 500, violations);
  aip::CheckText(committee.reference(), "reference", 1, 60, violations);
  return FirstOf(violations);
}

std::string ProblemOf(const member::v1::Liaison& liaison) {
  Violations violations;
  aip::CheckText(liaison.title(), "title", 0, 300, violations);
  if (liaison.counterpart() == aip::ParentOf(liaison.name())) {
    violations.Add("counterpart", "must be another committee than the one that has the liaison");
  }
  return FirstOf(violations);
}

std::string ProblemOf(const member::v1::WorkItem& item) {
  Violations violations;
  aip::CheckText(item.title(), "title", 0, 600, violations);
  aip::CheckText(item.reference(), "reference", 0, 120, violations);
  if (!item.stage().empty() && !LooksLikeStage(item.stage())) {
    violations.Add("stage", absl::StrCat("\"", item.stage(), "\" is no harmonised code as 40.20"));
  }
  aip::CheckNumber(item.edition(), "edition", 0, kEditionLimit, violations);
  aip::CheckCount(item.ics_codes_size(), "ics", kIcsCodesLimit, violations);
  aip::CheckCount(item.stage_events_size(), "stage events", kStageEventsLimit, violations);
  return FirstOf(violations);
}

}  // namespace concord::ctl
