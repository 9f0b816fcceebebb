#include "services/concordctl/names.h"

#include <algorithm>
#include <iterator>
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

constexpr char kIndicatorPath[] = "plans/objectives/indicators";
constexpr char kPlans[] = "plans";

// The collections that lie in nothing else.
constexpr const char* kTopCollections[] = {kPlans, "members", "committees", "ballots", "formulas"};

// The scopes of the member service.
constexpr const char* kMemberScopes[] = {"directory", "work"};

absl::string_view FirstOf(absl::string_view path) { return path.substr(0, path.find('/')); }

// "plans/PLAN/actions/ID/milestones/ID" of "plans/actions/milestones".
std::string LongForm(absl::string_view path) {
  return absl::StrJoin(absl::StrSplit(path, '/'), "/", [](std::string* text, absl::string_view collection) {
    absl::StrAppend(text, collection, "/", collection == kPlans ? "PLAN" : "ID");
  });
}

// The collections for which a short name has an id.
std::vector<std::string> NamedCollections(absl::string_view path) {
  std::vector<std::string> collections = absl::StrSplit(path, '/');
  if (IsInPlan(path)) collections.erase(collections.begin());
  return collections;
}

// "ACTION/MILESTONE" of "plans/actions/milestones".
std::string ShortForm(absl::string_view path) {
  return absl::StrJoin(NamedCollections(path), "/", [](std::string* text, absl::string_view collection) {
    absl::StrAppend(text, SingularOf(collection));
  });
}

aip::NamePattern PatternOf(absl::string_view path) {
  return aip::NamePattern(
      absl::StrJoin(absl::StrSplit(path, '/'), "/", [](std::string* pattern, absl::string_view collection) {
        absl::StrAppend(pattern, collection, "/{", absl::AsciiStrToLower(SingularOf(collection)), "}");
      }));
}

// A full name, perhaps without its last collection; nothing if it is none of the path.
absl::StatusOr<std::string> FromFullName(absl::string_view text, absl::string_view path, const absl::Status& no_name) {
  if (PatternOf(path).Matches(text)) return std::string(text);
  const std::string parent = ParentPath(path);
  const size_t slash = text.rfind('/');
  if (parent.empty() || parent == kPlans || !PatternOf(parent).Matches(text.substr(0, slash))) return no_name;
  CONCORD_ASSIGN_OR_RETURN(const std::string id, ToId(text.substr(slash + 1)));
  return absl::StrCat(text.substr(0, slash), "/", path.substr(path.rfind('/') + 1), "/", id);
}

}  // namespace

std::string SingularOf(absl::string_view collection) {
  if (collection == "activities") return "ACTIVITY";
  if (collection == "progressReports") return "REPORT";
  if (collection == "workItems") return "ITEM";
  if (collection == "publishedReports") return "REPORT";
  return absl::AsciiStrToUpper(absl::StripSuffix(collection, "s"));
}

bool IsInPlan(absl::string_view path) { return absl::StartsWith(path, "plans/"); }

int IdsOf(absl::string_view path) { return static_cast<int>(NamedCollections(path).size()); }

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

bool IsFullName(absl::string_view text) {
  return std::any_of(std::begin(kTopCollections), std::end(kTopCollections), [text](absl::string_view collection) {
    return absl::StartsWith(text, absl::StrCat(collection, "/"));
  });
}

bool NeedsPlan(absl::string_view text, absl::string_view path) {
  return IsInPlan(path) && !absl::StartsWith(text, "plans/");
}

absl::StatusOr<std::string> ToName(absl::string_view text, absl::string_view path, absl::string_view plan) {
  const absl::Status no_name =
      UsageError("\"{text}\" is no name here: give \"{short}\", each a code or an id, or \"{long}\"",
                 {{"text", std::string(text)}, {"short", ShortForm(path)}, {"long", LongForm(path)}});
  if (absl::StartsWith(text, absl::StrCat(FirstOf(path), "/"))) return FromFullName(text, path, no_name);
  const std::vector<std::string> collections = NamedCollections(path);
  std::vector<std::string> pieces = absl::StrSplit(text, '/');
  if (pieces.size() + 1 == collections.size() && absl::StartsWith(path, kIndicatorPath)) {
    const size_t mark = pieces.front().find_last_of(".-_");
    if (mark == std::string::npos) return no_name;
    pieces.insert(pieces.begin(), pieces.front().substr(0, mark));
  }
  if (pieces.size() != collections.size()) return no_name;
  std::vector<std::string> name;
  if (IsInPlan(path)) name.emplace_back(plan);
  for (size_t i = 0; i < pieces.size(); ++i) {
    CONCORD_ASSIGN_OR_RETURN(const std::string id, ToId(pieces[i]));
    name.push_back(absl::StrCat(collections[i], "/", id));
  }
  return absl::StrJoin(name, "/");
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
  if (!IsFullName(name) || pieces.size() % 2 != 0) return std::string(name);
  std::vector<std::string> collections;
  std::vector<std::string> ids;
  for (size_t i = 0; i < pieces.size(); i += 2) {
    collections.push_back(pieces[i]);
    ids.push_back(pieces[i + 1]);
  }
  const std::string path = absl::StrJoin(collections, "/");
  if (path == kPlans) return std::string(name);
  if (!IsInPlan(path)) return absl::StrJoin(ids, "/");
  const std::string without_first = absl::StrJoin(ids.begin() + 2, ids.end(), "/");
  const auto found = ToName(without_first, path, PlanOf(name));
  return found.ok() && *found == name ? without_first : absl::StrJoin(ids.begin() + 1, ids.end(), "/");
}

std::string ServiceOf(absl::string_view name) {
  const absl::string_view first = FirstOf(name);
  const bool member_scope =
      std::find(std::begin(kMemberScopes), std::end(kMemberScopes), first) != std::end(kMemberScopes);
  if (member_scope || (IsFullName(name) && first != kPlans)) return "member";
  if (absl::StartsWith(name, absl::StrCat(PlanOf(name), "/publishedReports/"))) return "reporting";
  return absl::StartsWith(name, absl::StrCat(PlanOf(name), "/actions/")) ? "action" : "objective";
}

}  // namespace concord::ctl
