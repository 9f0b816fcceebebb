#include "services/concordctl/stratml_names.h"

#include <algorithm>
#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/strip.h"
#include "common/aip/limits.h"
#include "common/aip/resource_name.h"

namespace concord::ctl {
namespace {

constexpr size_t kCodeLimit = 20;
constexpr size_t kIdLimit = 60;  // Leaves room for a number behind it.

bool IsCode(absl::string_view text) {
  Violations violations;
  aip::CheckCode(text, "code", violations);
  return violations.empty();
}

// A code as near to the text as there is one: "Goal-1" of "Goal 1"; perhaps none.
std::string AsCode(absl::string_view text) {
  std::string code;
  for (const char c : text) {
    const bool allowed = absl::ascii_isalnum(static_cast<unsigned char>(c)) || c == '.' || c == '_';
    if (allowed) code.push_back(c);
    if (!allowed && !code.empty() && code.back() != '-') code.push_back('-');
  }
  while (!code.empty() && (code.back() == '-' || code.back() == '.')) code.pop_back();
  return code.size() > kCodeLimit ? "" : code;
}

// "3-a" of "3.A".
std::string AsId(absl::string_view code) {
  std::string id;
  for (const char character : code) {
    const auto c = static_cast<unsigned char>(character);
    if (absl::ascii_isalnum(c)) {
      id.push_back(absl::ascii_tolower(c));
    } else if (!id.empty() && id.back() != '-') {
      id.push_back('-');
    }
  }
  if (id.size() > kIdLimit) id.resize(kIdLimit);
  while (!id.empty() && id.back() == '-') id.pop_back();
  return id.empty() ? "x" : id;
}

}  // namespace

std::string StratmlIdentifier(absl::string_view name) {
  return absl::StrCat("_", absl::StrReplaceAll(name, {{"/", "."}}));
}

std::string NameOfIdentifier(absl::string_view identifier) {
  if (!absl::ConsumePrefix(&identifier, "_") || !absl::StartsWith(identifier, "plans.")) return "";
  return absl::StrReplaceAll(identifier, {{".", "/"}});
}

void StratmlNames::AddOfSidecar(const std::string& name, const std::string& code) {
  sidecar_.insert(name);
  sidecar_by_code_.emplace(code, name);
}

void StratmlNames::AddOfDocument(pugi::xml_node element) {
  if (const std::string own = OwnName(element); !own.empty()) identified_.insert(own);
  said_codes_.insert(StratmlDocument::TextIn(document_.Child(element, "SequenceIndicator")));
}

std::string StratmlNames::OwnName(pugi::xml_node element) const {
  std::string name = NameOfIdentifier(StratmlDocument::TextIn(document_.Child(element, "Identifier")));
  // The same plan under another name keeps the ids of what is in it.
  const size_t end_of_plan = name.find('/', sizeof("plans/") - 1);
  if (name.empty() || end_of_plan == std::string::npos) return "";
  name = absl::StrCat(plan_, name.substr(end_of_plan));
  return aip::NamePattern(pattern_).Matches(name) ? name : "";
}

std::string StratmlNames::KnownName(pugi::xml_node element) {
  std::string own = OwnName(element);
  if (!own.empty() && used_names_.insert(own).second) {
    document_.Take(document_.Child(element, "Identifier"));
    return own;
  }
  const auto by_code = sidecar_by_code_.find(StratmlDocument::TextIn(document_.Child(element, "SequenceIndicator")));
  if (by_code == sidecar_by_code_.end() || identified_.contains(by_code->second)) return "";
  return used_names_.insert(by_code->second).second ? by_code->second : "";
}

std::string StratmlNames::FreeCode(const std::string& wanted) {
  const auto is_free = [&](const std::string& code) {
    return IsCode(code) && !used_codes_.contains(code) && !said_codes_.contains(code) &&
           !sidecar_by_code_.contains(code);
  };
  std::string code = wanted;
  const std::string stem = wanted.substr(0, kCodeLimit - 8);
  int& next = next_numbers_.emplace(stem, 2).first->second;
  while (!is_free(code)) code = absl::StrCat(stem, "-", next++);
  return code;
}

std::string StratmlNames::CodeOf(pugi::xml_node element, const std::string& known, const std::string& fallback) {
  const pugi::xml_node indicator = document_.Child(element, "SequenceIndicator");
  std::string said = StratmlDocument::TextIn(indicator);
  if (said.empty() && sidecar_.contains(known)) return "";
  if (IsCode(said) && used_codes_.insert(said).second) {
    document_.Take(indicator);
    return said;
  }
  const std::string near = AsCode(said);
  std::string code = FreeCode(near.empty() || IsCode(said) ? fallback : near);
  used_codes_.insert(code);
  if (said.empty()) {
    document_.Assume(element, absl::StrCat("it has no SequenceIndicator; its code is \"", code, "\""));
  } else {
    document_.SayWhyLost(indicator, absl::StrCat(IsCode(said) ? "is there already" : "is no code", "; it is \"", code,
                                                 "\" in the plan"));
  }
  return code;
}

std::string StratmlNames::NewName(const std::string& parent, const std::string& code) {
  const size_t collection = pattern_.rfind('/', pattern_.rfind('/') - 1);
  const std::string prefix = absl::StrCat(parent, pattern_.substr(collection, pattern_.rfind('/') - collection + 1));
  const std::string id = AsId(code);
  std::string name = prefix + id;
  int& next = next_numbers_.emplace(name, 2).first->second;
  while (used_names_.contains(name) || identified_.contains(name) || sidecar_.contains(name)) {
    name = absl::StrCat(prefix, id, "-", next++);
  }
  used_names_.insert(name);
  return name;
}

}  // namespace concord::ctl
