// The syntax of filters; FILTERS.md says what it means. For filter.cc.
//
// Pure; safe from any thread.
#ifndef COMMON_AIP_FILTER_SYNTAX_H_
#define COMMON_AIP_FILTER_SYNTAX_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace concord::aip {

inline constexpr int kFilterCharactersLimit = 2'000;
inline constexpr int kFilterDepthLimit = 20;
inline constexpr int kFilterComparisonsLimit = 100;

enum class FilterOperator { kEqual, kNotEqual, kLess, kLessEqual, kGreater, kGreaterEqual, kHas };

// A field's name, or a key of a map, within a path.
struct FilterPathPart {
  std::string text;
  size_t at = 0;  // The byte where it stands in the filter.
};

// What a field is compared with.
struct FilterLiteral {
  std::string text;         // What is meant: without quotes, escapes and the wildcards at the ends.
  std::string written;      // As it is written, quotes included.
  bool quoted = false;      // Stands in quotes.
  bool any_before = false;  // Begins with a wildcard.
  bool any_after = false;   // Ends with one.
  size_t at = 0;
};

struct FilterComparison {
  std::vector<FilterPathPart> path;
  FilterOperator op = FilterOperator::kEqual;
  size_t op_at = 0;
  FilterLiteral literal;
};

struct FilterExpression {
  enum class Kind { kEverything, kAnd, kOr, kNot, kComparison };
  Kind kind = Kind::kEverything;
  std::vector<FilterExpression> parts;  // Of AND and OR two or more, of NOT one.
  FilterComparison comparison;
};

// INVALID_ARGUMENT whose message says what is wrong and where.
absl::StatusOr<FilterExpression> ParseFilter(absl::string_view text);

// INVALID_ARGUMENT: "at character 7: " and the sentence. `at` is a byte of `text`.
absl::Status FilterProblem(absl::string_view text, size_t at, absl::string_view sentence);

}  // namespace concord::aip

#endif  // COMMON_AIP_FILTER_SYNTAX_H_
