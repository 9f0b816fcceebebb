// What of a document was not taken, and of what could not be said in one.
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "common/aip/limits.h"
#include "services/concordctl/stratml_document.h"

namespace concord::ctl {
namespace {

constexpr int kValueLimit = 200;
constexpr size_t kPathLimit = 300;  // Bytes: there may be as many losses as tags.

// In one line, and not longer than is good for a list.
std::string Shortened(absl::string_view text) {
  std::string line = absl::StrJoin(absl::StrSplit(text, absl::ByAnyChar(" \t\r\n"), absl::SkipEmpty()), " ");
  if (aip::CountCharacters(line) <= kValueLimit) return line;
  size_t end = 0;
  for (int characters = 0; characters < kValueLimit; ++characters) {
    do ++end;
    while ((static_cast<unsigned char>(line[end]) & 0xC0) == 0x80);
  }
  line.resize(end);
  return line + "…";
}

// The innermost of a long path.
std::string EndOf(const std::string& path) {
  if (path.size() <= kPathLimit) return path;
  const size_t slash = path.find('/', path.size() - kPathLimit);
  return absl::StrCat("…", path.substr(slash == std::string::npos ? path.rfind('/') : slash));
}

// What is generally so of elements of a name.
const std::map<std::string, std::string>& UsualReasons() {
  static const auto& reasons = *new std::map<std::string, std::string>{
      {"ActualResult", "results are no part of a plan: report them as measurements"},
      {"AdministrativeInformation", "is not kept of a document"},
      {"Identifier", "identifiers of other systems are not kept"},
      {"PerformanceIndicator", "is not kept of an indicator"},
      {"Stakeholder", "is no member of the directory, \"members/{member}\", nor what a plan has otherwise"},
      {"Submitter", "who handed a document in is not kept"},
      {"TargetResult", "of a target its number and its EndDate are kept, if it has both"}};
  return reasons;
}

std::string WithoutPrefix(absl::string_view name) {
  return std::string(name.substr(name.find(':') == absl::string_view::npos ? 0 : name.find(':') + 1));
}

}  // namespace

struct StratmlDocument::Walk {
  const StratmlDocument& document;
  std::vector<StratmlNote> losses;

  void Lose(pugi::xml_node where, const std::string& path, absl::string_view value, const std::string& reason) {
    losses.push_back({document.LineOf(where), EndOf(path), Shortened(value), reason});
  }

  void Attributes(pugi::xml_node element, const std::string& path, const std::string& reason) {
    for (const pugi::xml_attribute attribute : element.attributes()) {
      if (document.taken_.contains(attribute.internal_object()) || document.IsMarkup(attribute)) continue;
      Lose(element, absl::StrCat(path, "/@", attribute.name()), attribute.value(), reason);
    }
  }

  // What stands in an element, or beside the root. Elements nest no deeper than was checked when the document was read.
  void Content(pugi::xml_node parent, const std::string& path, const std::string& reason) {
    const bool taken = document.taken_.contains(parent.internal_object());
    std::map<std::string, int> seen;
    for (const pugi::xml_node node : parent.children()) {
      switch (node.type()) {
        case pugi::node_element:
          Element(node, absl::StrCat(path, "/", node.name()), ++seen[node.name()], reason);
          break;
        case pugi::node_pcdata:
        case pugi::node_cdata:
          if (!taken && !absl::StripAsciiWhitespace(node.value()).empty()) Lose(node, path, node.value(), reason);
          break;
        case pugi::node_comment:
          Lose(node, path + "/comment()", node.value(), "comments are not kept");
          break;
        case pugi::node_pi:
          Lose(node, path + "/processing-instruction()", absl::StrCat(node.name(), " ", node.value()),
               "instructions to programs are not kept");
          break;
        case pugi::node_doctype:
          Lose(node, path + "/!DOCTYPE", node.value(),
               "declarations are not read: references to entities of the document's own stay as they are written");
          break;
        default:
          break;
      }
    }
  }

  void Element(pugi::xml_node element, std::string path, int position, std::string reason) {
    if (position > 1) absl::StrAppend(&path, "[", position, "]");
    const auto usual = UsualReasons().find(WithoutPrefix(element.name()));
    if (usual != UsualReasons().end()) reason = usual->second;
    const auto own = document.reasons_.find(element.internal_object());
    if (own != document.reasons_.end()) reason = own->second;
    Attributes(element, path, reason);
    Content(element, path, reason);
  }
};

bool StratmlDocument::IsMarkup(pugi::xml_attribute attribute) const {
  // The instance namespace tells where a schema is: it says nothing about a plan. What the root declares is checked.
  const absl::string_view name = attribute.name();
  return absl::StartsWith(name, "xmlns") || absl::StartsWith(name, "xsi:");
}

void StratmlDocument::Assume(pugi::xml_node element, absl::string_view what) {
  assumptions_.push_back({LineOf(element), absl::StrCat(element.path()), "", std::string(what)});
}

std::vector<StratmlNote> StratmlDocument::Losses() const {
  Walk walk{*this, {}};
  walk.Content(tree_.root(), "", "has no place in a plan");
  return std::move(walk.losses);
}

}  // namespace concord::ctl
