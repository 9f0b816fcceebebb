// The single texts of a StratML document.
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "common/aip/date.h"
#include "common/aip/limits.h"
#include "services/concordctl/stratml_reading.h"

namespace concord::ctl {
namespace {

std::string InOneLine(absl::string_view text) {
  return absl::StrJoin(absl::StrSplit(text, absl::ByAnyChar(" \t\n"), absl::SkipEmpty()), " ");
}

// The first `count` characters.
std::string CutTo(absl::string_view text, int count) {
  size_t end = 0;
  while (end < text.size() && aip::CountCharacters(text.substr(0, end + 1)) <= count) ++end;
  return std::string(text.substr(0, end));
}

std::string TooLong(int characters, int limit) {
  return absl::StrCat("has ", characters, " characters, at most ", limit, " are allowed");
}

}  // namespace

std::string TakeStratmlText(StratmlDocument& document, pugi::xml_node element, int limit) {
  std::string text = StratmlDocument::TextIn(element);
  const int characters = aip::CountCharacters(text);
  if (characters > limit) {
    document.SayWhyLost(element, TooLong(characters, limit));
    return "";
  }
  if (!text.empty()) document.Take(element);
  return text;
}

std::string TakeStratmlTitle(StratmlDocument& document, pugi::xml_node element, int limit) {
  std::string text = InOneLine(StratmlDocument::TextIn(element));
  const int characters = aip::CountCharacters(text);
  if (characters > limit) {
    document.SayWhyLost(element, absl::StrCat(TooLong(characters, limit), ": it was cut"));
    return absl::StrCat(CutTo(text, limit - 1), "…");
  }
  if (!text.empty()) document.Take(element);
  return text;
}

absl::optional<google::type::Date> TakeStratmlDate(StratmlDocument& document, pugi::xml_node element) {
  const std::string text = StratmlDocument::TextIn(element);
  if (text.empty()) return absl::nullopt;
  const absl::StatusOr<google::type::Date> date = aip::ParseDate(text);
  if (!date.ok()) {
    document.SayWhyLost(element, date.status().message());
    return absl::nullopt;
  }
  document.Take(element);
  return *date;
}

bool TakeStratmlRole(StratmlDocument& document, pugi::xml_node stakeholder, absl::string_view name,
                     absl::string_view type) {
  const pugi::xml_node role = document.Child(stakeholder, "Role");
  const pugi::xml_node named = document.Child(role, "Name");
  const pugi::xml_node typed = document.Child(role, "RoleType");
  if (StratmlDocument::TextIn(typed) == type) document.Take(typed);
  if (StratmlDocument::TextIn(named) != name) return false;
  document.Take(named);
  return true;
}

}  // namespace concord::ctl
