// Resource names after AIP-122: "plans/iso-2011-2015/actions/3-1".
//
// Pure; safe from any thread.
#ifndef COMMON_AIP_RESOURCE_NAME_H_
#define COMMON_AIP_RESOURCE_NAME_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/optional.h"

namespace concord::aip {

// Whether `id` is a resource id: 1 to 63 characters of a-z, 0-9 and hyphen,
// neither starting nor ending with a hyphen.
bool IsResourceId(absl::string_view id);

// What IsResourceId wants, as a sentence for a violation.
absl::string_view ResourceIdRule();

// A pattern such as "plans/{plan}/actions/{action}" or, for a singleton,
// "plans/{plan}/scorecard". Literal segments alternate with variables as they
// are written.
class NamePattern {
 public:
  // The pattern must be well formed; it comes from a schema, not from a caller.
  explicit NamePattern(absl::string_view pattern);

  // The ids of the variables in order, or nothing if `name` does not fit.
  absl::optional<std::vector<std::string>> Match(absl::string_view name) const;
  // The same without the ids, and without allocating.
  bool Matches(absl::string_view name) const;
  // The same where any id may be "-", which stands for all (AIP-159).
  bool MatchesWithWildcards(absl::string_view name) const;

  // The name for these ids; as many as the pattern has variables.
  std::string Format(const std::vector<std::string>& ids) const;

  // "plans/{plan}" of "plans/{plan}/actions/{action}"; empty at the top. A
  // parent pattern ends where the last collection begins.
  std::string ParentPattern() const;

  // "actions" of "plans/{plan}/actions/{action}".
  std::string CollectionId() const;

  // The collection as proto fields are written: "progress_reports" where the id is "progressReports".
  std::string CollectionField() const;

  const std::string& pattern() const { return pattern_; }

 private:
  bool Walk(absl::string_view name, bool wildcards, std::vector<std::string>* ids) const;

  std::string pattern_;
  std::vector<std::string> segments_;
};

// "plans/p" of "plans/p/actions/a"; empty for a name at the top.
absl::string_view ParentOf(absl::string_view name);

// "plans/p" of "plans/p/actions/-/milestones/m": the resource above the first wildcard; the name itself
// where it has none.
absl::string_view AboveWildcards(absl::string_view name);

// Whether a name is one of those that a name with wildcards stands for.
bool IsOneOf(absl::string_view name, absl::string_view with_wildcards);

// "a" of "plans/p/actions/a".
absl::string_view LastIdOf(absl::string_view name);

}  // namespace concord::aip

#endif  // COMMON_AIP_RESOURCE_NAME_H_
