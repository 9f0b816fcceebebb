// What is done against documents that mean harm: their size, their tags and their depth are limited before anything
// walks them, and pugixml neither fetches anything nor reads declarations, so that a reference to an entity of the
// document's own stays the text that it is.
#include "services/concordctl/stratml_document.h"

#include <algorithm>
#include <string>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "common/status/error.h"
#include "common/status/macros.h"
#include "services/concordctl/display_text.h"

namespace concord::ctl {
namespace {

constexpr int kDepthLimit = 100;
constexpr size_t kNameLimit = 200;  // Of tags and attributes: each loss tells those that it lies in.
// Everything is kept that could be lost; CDATA and references to characters are decoded.
constexpr unsigned int kParsing = pugi::parse_default | pugi::parse_comments | pugi::parse_pi | pugi::parse_doctype |
                                  pugi::parse_fragment | pugi::parse_declaration;

// The name without a prefix.
absl::string_view LocalName(absl::string_view name) {
  const size_t colon = name.find(':');
  return colon == absl::string_view::npos ? name : name.substr(colon + 1);
}

bool IsText(pugi::xml_node node) { return node.type() == pugi::node_pcdata || node.type() == pugi::node_cdata; }

}  // namespace

absl::Status StratmlRefusal(int line, absl::string_view reason) {
  Violations violations;
  violations.Add(absl::StrCat("line ", line), reason);
  return violations.ToStatus();
}

absl::StatusOr<std::unique_ptr<StratmlDocument>> StratmlDocument::Parse(absl::string_view bytes) {
  CONCORD_ASSIGN_OR_RETURN(std::string text, DecodeStratml(bytes));
  std::unique_ptr<StratmlDocument> document(new StratmlDocument());
  CONCORD_RETURN_IF_ERROR(document->Load(std::move(text)));
  CONCORD_RETURN_IF_ERROR(document->CheckShape());
  CONCORD_RETURN_IF_ERROR(document->FindRoot());
  return document;
}

absl::Status StratmlDocument::Load(std::string text) {
  text_ = std::move(text);
  for (size_t i = 0; i < text_.size(); ++i) {
    if (text_[i] == '\n') line_starts_.push_back(i + 1);
  }
  const pugi::xml_parse_result parsed =
      tree_.load_buffer(text_.data(), text_.size(), kParsing, pugi::xml_encoding::encoding_utf8);
  if (parsed) return absl::OkStatus();
  const auto offset = static_cast<size_t>(std::max<std::ptrdiff_t>(parsed.offset, 0));
  return StratmlRefusal(StratmlLineAt(text_, offset),
                        absl::StrCat("the document is not well formed, or ends too early: ",
                                     absl::AsciiStrToLower(parsed.description())));
}

absl::Status StratmlDocument::CheckShape() const {
  // Without recursion, for the depth is not known yet.
  int depth = 0;
  pugi::xml_node node = tree_.first_child();
  while (node) {
    if (depth > kDepthLimit) {
      return StratmlRefusal(LineOf(node), absl::StrCat("elements are nested more than ", kDepthLimit, " deep"));
    }
    bool forbidden = HasStratmlForbidden(node.value()) || !IsUtf8(node.value());
    bool long_name = absl::string_view(node.name()).size() > kNameLimit;
    for (const pugi::xml_attribute attribute : node.attributes()) {
      long_name = long_name || absl::string_view(attribute.name()).size() > kNameLimit;
      forbidden = forbidden || HasStratmlForbidden(attribute.value()) || !IsUtf8(attribute.value());
    }
    if (forbidden) return StratmlRefusal(LineOf(node), "a reference stands for a character that XML does not allow");
    if (long_name) {
      return StratmlRefusal(LineOf(node), absl::StrCat("a name is longer than ", kNameLimit, " bytes"));
    }
    if (depth == 0 && IsText(node) && !absl::StripAsciiWhitespace(node.value()).empty()) {
      return StratmlRefusal(LineOf(node), "there is text outside of the root element");
    }
    if (node.first_child()) {
      node = node.first_child();
      ++depth;
      continue;
    }
    while (node && !node.next_sibling()) {
      node = node.parent();
      --depth;
    }
    if (node) node = node.next_sibling();
  }
  return absl::OkStatus();
}

absl::Status StratmlDocument::FindRoot() {
  for (const pugi::xml_node node : tree_.children()) {
    if (node.type() != pugi::node_element) continue;
    if (root_) return StratmlRefusal(LineOf(node), "there is a second root element");
    root_ = node;
  }
  if (!root_) return StratmlRefusal(1, "there is no element");
  const absl::string_view name = root_.name();
  const absl::string_view local = LocalName(name);
  prefix_ = std::string(name.substr(0, name.size() - local.size()));
  if (local == "StrategicPlan") {
    part_ = StratmlPart::kStrategicPlan;
  } else if (local == "PerformancePlanOrReport") {
    part_ = StratmlPart::kPerformance;
  } else {
    return StratmlRefusal(LineOf(root_), absl::StrCat("<", Printable(name),
                                                      "> is no root of StratML: that is <StrategicPlan> "
                                                      "(Part 1) or <PerformancePlanOrReport> (Part 2)"));
  }
  const std::string declares =
      prefix_.empty() ? "xmlns" : absl::StrCat("xmlns:", prefix_.substr(0, prefix_.size() - 1));
  const std::string expected = part_ == StratmlPart::kStrategicPlan ? kStratmlCore : kStratmlPerformance;
  const pugi::xml_attribute space = root_.attribute(declares.c_str());
  if (absl::string_view(space.value()) == expected) {
    Take(space);
  } else if (space) {
    Assume(root_, absl::StrCat("the namespace is \"", Printable(space.value()), "\"; it is taken for ", expected));
  } else {
    Assume(root_, absl::StrCat("there is no namespace; it is taken for ", expected));
  }
  return absl::OkStatus();
}

int StratmlDocument::LineOf(pugi::xml_node node) const {
  // Some nodes know no place of their own; that of what they are in is as near as one gets.
  while (node && node.offset_debug() < 0) node = node.parent();
  auto offset = static_cast<size_t>(std::max<std::ptrdiff_t>(node.offset_debug(), 0));
  if (IsText(node)) offset = std::min(text_.find_first_not_of(" \t\r\n", offset), text_.size());
  return 1 +
         static_cast<int>(std::upper_bound(line_starts_.begin(), line_starts_.end(), offset) - line_starts_.begin());
}

bool StratmlDocument::IsOurs(pugi::xml_node element, absl::string_view name) const {
  absl::string_view full = element.name();
  return element.type() == pugi::node_element && absl::ConsumePrefix(&full, prefix_) && full == name;
}

pugi::xml_node StratmlDocument::Child(pugi::xml_node parent, const char* name) const {
  return parent.find_child([&](pugi::xml_node child) { return IsOurs(child, name); });
}

std::vector<pugi::xml_node> StratmlDocument::Children(pugi::xml_node parent, const char* name) const {
  std::vector<pugi::xml_node> found;
  for (const pugi::xml_node child : parent.children()) {
    if (IsOurs(child, name)) found.push_back(child);
  }
  return found;
}

std::string StratmlDocument::TextIn(pugi::xml_node element) {
  std::string text;
  for (const pugi::xml_node child : element.children()) {
    if (IsText(child)) text.append(child.value());
  }
  // Services take line breaks of one kind only.
  text.erase(std::remove(text.begin(), text.end(), '\r'), text.end());
  return std::string(absl::StripAsciiWhitespace(text));
}

}  // namespace concord::ctl
