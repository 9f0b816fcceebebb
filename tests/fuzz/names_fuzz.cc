// Any text against the name patterns of the schemas: what matches is formatted
// back to itself, consists of resource ids and has a parent of the parent's
// pattern; what does not match never crashes. Ids on lines of their own are
// formatted and match again.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_split.h"
#include "common/aip/resource_name.h"
#include "concord/action/v1/action.pb.h"
#include "concord/objective/v1/objective.pb.h"
#include "concord/objective/v1/plan.pb.h"
#include "google/api/resource.pb.h"
#include "tests/fuzz/check.h"

namespace {

using concord::aip::NamePattern;

template <typename Message>
NamePattern PatternOf() {
  return NamePattern(Message::descriptor()->options().GetExtension(google::api::resource).pattern(0));
}

std::vector<NamePattern> AllPatterns() {
  return {PatternOf<concord::objective::v1::Plan>(), PatternOf<concord::objective::v1::PlanRegistration>(),
          PatternOf<concord::objective::v1::Objective>(), PatternOf<concord::action::v1::Action>(),
          NamePattern("plans/{plan}/scorecard")};
}

bool AreIds(const std::vector<std::string>& ids) {
  return std::all_of(ids.begin(), ids.end(), [](const std::string& id) { return concord::aip::IsResourceId(id); });
}

void CheckName(const NamePattern& pattern, absl::string_view name) {
  const absl::optional<std::vector<std::string>> ids = pattern.Match(name);
  if (!ids.has_value()) return;
  FUZZ_CHECK(AreIds(*ids));
  FUZZ_CHECK(pattern.Format(*ids) == name);
  FUZZ_CHECK(absl::EndsWith(name, concord::aip::LastIdOf(name)));
  const absl::string_view parent = concord::aip::ParentOf(name);
  const std::string parent_pattern = pattern.ParentPattern();
  FUZZ_CHECK(parent.empty() == parent_pattern.empty());
  FUZZ_CHECK(parent.empty() || NamePattern(parent_pattern).Matches(parent));
}

void CheckIds(const NamePattern& pattern, std::vector<std::string> ids) {
  ids.resize(static_cast<size_t>(std::count(pattern.pattern().begin(), pattern.pattern().end(), '{')));
  const absl::optional<std::vector<std::string>> matched = pattern.Match(pattern.Format(ids));
  FUZZ_CHECK(matched.has_value() == AreIds(ids));
  FUZZ_CHECK(!matched.has_value() || *matched == ids);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static const std::vector<NamePattern>& patterns = *new std::vector<NamePattern>(AllPatterns());
  const absl::string_view text(reinterpret_cast<const char*>(data), size);
  concord::aip::ParentOf(text);
  concord::aip::LastIdOf(text);
  for (const NamePattern& pattern : patterns) {
    CheckName(pattern, text);
    CheckIds(pattern, absl::StrSplit(text, '\n'));
  }
  return 0;
}
