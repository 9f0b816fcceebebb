#include "common/aip/resource_name.h"

#include <algorithm>
#include <cassert>
#include <cstddef>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"

namespace concord::aip {
namespace {

constexpr size_t kMaximumIdSize = 63;
constexpr absl::string_view kWildcard = "-";

bool IsVariable(absl::string_view segment) { return !segment.empty() && segment.front() == '{'; }

// `name` without its last segment; empty when it has only one.
absl::string_view WithoutLastSegment(absl::string_view name) {
  const size_t slash = name.rfind('/');
  return slash == absl::string_view::npos ? absl::string_view() : name.substr(0, slash);
}

}  // namespace

bool IsResourceId(absl::string_view id) {
  if (id.empty() || id.size() > kMaximumIdSize || id.front() == '-' || id.back() == '-') return false;
  return std::all_of(id.begin(), id.end(),
                     [](unsigned char c) { return absl::ascii_islower(c) || absl::ascii_isdigit(c) || c == '-'; });
}

absl::string_view ResourceIdRule() {
  return "must have 1 to 63 characters a-z, 0-9 and hyphen, and neither start nor end with a hyphen";
}

NamePattern::NamePattern(absl::string_view pattern) : pattern_(pattern), segments_(absl::StrSplit(pattern, '/')) {}

bool NamePattern::Walk(absl::string_view name, bool wildcards, std::vector<std::string>* ids) const {
  for (size_t i = 0; i < segments_.size(); ++i) {
    const size_t slash = name.find('/');
    // The name must end with the pattern, neither before nor after it.
    if ((slash == absl::string_view::npos) != (i + 1 == segments_.size())) return false;
    const absl::string_view segment = name.substr(0, slash);
    if (IsVariable(segments_[i])) {
      if (!IsResourceId(segment) && !(wildcards && segment == kWildcard)) return false;
      if (ids != nullptr) ids->emplace_back(segment);
    } else if (segment != segments_[i]) {
      return false;
    }
    if (slash != absl::string_view::npos) name.remove_prefix(slash + 1);
  }
  return true;
}

bool NamePattern::Matches(absl::string_view name) const { return Walk(name, false, nullptr); }

bool NamePattern::MatchesWithWildcards(absl::string_view name) const { return Walk(name, true, nullptr); }

absl::optional<std::vector<std::string>> NamePattern::Match(absl::string_view name) const {
  std::vector<std::string> ids;
  if (!Walk(name, false, &ids)) return absl::nullopt;
  return ids;
}

std::string NamePattern::Format(const std::vector<std::string>& ids) const {
  assert(ids.size() == static_cast<size_t>(std::count_if(segments_.begin(), segments_.end(), IsVariable)));
  std::string name;
  auto id = ids.begin();
  for (const std::string& segment : segments_) {
    absl::StrAppend(&name, name.empty() ? "" : "/");
    if (!IsVariable(segment)) {
      name += segment;
    } else if (id != ids.end()) {
      name += *id++;
    }
  }
  return name;
}

std::string NamePattern::ParentPattern() const {
  const size_t last_of_own = IsVariable(segments_.back()) ? 2 : 1;
  if (segments_.size() <= last_of_own) return "";
  return absl::StrJoin(segments_.begin(), segments_.end() - static_cast<std::ptrdiff_t>(last_of_own), "/");
}

std::string NamePattern::CollectionId() const {
  for (auto segment = segments_.rbegin(); segment != segments_.rend(); ++segment) {
    if (!IsVariable(*segment)) return *segment;
  }
  return "";
}

std::string NamePattern::CollectionField() const {
  std::string field;
  for (const char c : CollectionId()) {
    const auto letter = static_cast<unsigned char>(c);
    if (absl::ascii_isupper(letter)) field.push_back('_');
    field.push_back(absl::ascii_tolower(letter));
  }
  return field;
}

absl::string_view ParentOf(absl::string_view name) {
  // Collections and ids alternate, so that an odd number of segments ends in a
  // singleton, which has no id.
  const bool is_singleton = std::count(name.begin(), name.end(), '/') % 2 == 0;
  const absl::string_view rest = WithoutLastSegment(name);
  return is_singleton ? rest : WithoutLastSegment(rest);
}

absl::string_view AboveWildcards(absl::string_view name) {
  for (size_t begin = 0; begin < name.size();) {
    const size_t slash = std::min(name.find('/', begin), name.size());
    // Above an id stands its collection.
    if (name.substr(begin, slash - begin) == kWildcard) {
      return WithoutLastSegment(name.substr(0, begin == 0 ? 0 : begin - 1));
    }
    begin = slash + 1;
  }
  return name;
}

bool IsOneOf(absl::string_view name, absl::string_view with_wildcards) {
  while (true) {
    const size_t name_slash = name.find('/');
    const size_t other_slash = with_wildcards.find('/');
    const absl::string_view wanted = with_wildcards.substr(0, other_slash);
    if (wanted != kWildcard && name.substr(0, name_slash) != wanted) return false;
    const bool ends = name_slash == absl::string_view::npos;
    if (ends != (other_slash == absl::string_view::npos)) return false;
    if (ends) return true;
    name.remove_prefix(name_slash + 1);
    with_wildcards.remove_prefix(other_slash + 1);
  }
}

absl::string_view LastIdOf(absl::string_view name) {
  const size_t slash = name.rfind('/');
  return slash == absl::string_view::npos ? name : name.substr(slash + 1);
}

}  // namespace concord::aip
