#include "services/concordctl/names.h"

#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "common/aip/resource_name.h"
#include "common/status/macros.h"
#include "services/concordctl/failures.h"

namespace concord::ctl {
namespace {

constexpr char kIndicatorPath[] = "objectives/indicators";

// "actions/ID/milestones/ID" of "actions/milestones".
std::string LongForm(absl::string_view path, absl::string_view id) {
  return absl::StrJoin(absl::StrSplit(path, '/'), "/", [&](std::string* text, absl::string_view collection) {
    absl::StrAppend(text, collection, "/", id);
  });
}

// "ACTION/MILESTONE" of "actions/milestones".
std::string ShortForm(absl::string_view path) {
  return absl::StrJoin(absl::StrSplit(path, '/'), "/", [](std::string* text, absl::string_view collection) {
    absl::StrAppend(text, SingularOf(collection));
  });
}

aip::NamePattern PatternOf(absl::string_view path) {
  std::string pattern = "plans/{plan}";
  for (absl::string_view collection : absl::StrSplit(path, '/')) {
    absl::StrAppend(&pattern, "/", collection, "/{", absl::AsciiStrToLower(SingularOf(collection)), "}");
  }
  return aip::NamePattern(pattern);
}

}  // namespace

std::string SingularOf(absl::string_view collection) {
  if (collection == "activities") return "ACTIVITY";
  if (collection == "progressReports") return "REPORT";
  return absl::AsciiStrToUpper(absl::StripSuffix(collection, "s"));
}

absl::StatusOr<std::string> ToId(absl::string_view text) {
  const std::string id = absl::StrReplaceAll(absl::AsciiStrToLower(text), {{".", "-"}, {"_", "-"}});
  if (!aip::IsResourceId(id)) {
    return UsageError("\"{text}\" cannot be made into an id: {rule}",
                      {{"text", std::string(text)}, {"rule", std::string(aip::ResourceIdRule())}});
  }
  return id;
}

absl::StatusOr<std::string> ToPlanName(absl::string_view text) {
  if (aip::NamePattern("plans/{plan}").Matches(text)) return std::string(text);
  if (IsFullName(text) || !aip::IsResourceId(text)) {
    return UsageError("\"{text}\" is no plan: give its id, or \"plans/\" and its id", {{"text", std::string(text)}});
  }
  return absl::StrCat("plans/", text);
}

bool IsFullName(absl::string_view text) { return absl::StartsWith(text, "plans/"); }

absl::StatusOr<std::string> ToName(absl::string_view text, absl::string_view path, absl::string_view plan) {
  const absl::Status no_name =
      UsageError("\"{text}\" is no name here: give \"{short}\", each a code or an id, or \"plans/PLAN/{long}\"",
                 {{"text", std::string(text)}, {"short", ShortForm(path)}, {"long", LongForm(path, "ID")}});
  const std::vector<std::string> collections = absl::StrSplit(path, '/');
  if (IsFullName(text)) {
    if (PatternOf(path).Matches(text)) return std::string(text);
    const size_t slash = text.rfind('/');
    if (collections.size() < 2 || !PatternOf(ParentPath(path)).Matches(text.substr(0, slash))) return no_name;
    CONCORD_ASSIGN_OR_RETURN(const std::string id, ToId(text.substr(slash + 1)));
    return absl::StrCat(text.substr(0, slash), "/", collections.back(), "/", id);
  }
  std::vector<std::string> pieces = absl::StrSplit(text, '/');
  if (pieces.size() + 1 == collections.size() && absl::StartsWith(path, kIndicatorPath)) {
    const size_t mark = pieces.front().find_last_of(".-_");
    if (mark == std::string::npos) return no_name;
    pieces.insert(pieces.begin(), pieces.front().substr(0, mark));
  }
  if (pieces.size() != collections.size()) return no_name;
  std::string name(plan);
  for (size_t i = 0; i < pieces.size(); ++i) {
    CONCORD_ASSIGN_OR_RETURN(const std::string id, ToId(pieces[i]));
    absl::StrAppend(&name, "/", collections[i], "/", id);
  }
  return name;
}

std::string ParentPath(absl::string_view path) {
  const size_t slash = path.rfind('/');
  return slash == absl::string_view::npos ? "" : std::string(path.substr(0, slash));
}

std::string PlanOf(absl::string_view name) {
  const std::vector<absl::string_view> pieces = absl::StrSplit(name, '/');
  return pieces.size() < 2 ? std::string(name) : absl::StrCat(pieces[0], "/", pieces[1]);
}

std::string ShortName(absl::string_view name) {
  const std::vector<std::string> pieces = absl::StrSplit(name, '/');
  if (pieces.size() < 4 || pieces.size() % 2 != 0) return std::string(name);
  std::vector<std::string> collections;
  std::vector<std::string> ids;
  for (size_t i = 2; i < pieces.size(); i += 2) {
    collections.push_back(pieces[i]);
    ids.push_back(pieces[i + 1]);
  }
  const std::string without_first = absl::StrJoin(ids.begin() + 1, ids.end(), "/");
  const auto found = ToName(without_first, absl::StrJoin(collections, "/"), PlanOf(name));
  return found.ok() && *found == name ? without_first : absl::StrJoin(ids, "/");
}

}  // namespace concord::ctl
