// HTML as plain text, by Gumbo.
#include <gumbo.h>

#include <algorithm>
#include <memory>
#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/string_view.h"
#include "services/concordctl/directory_file_text.h"

namespace concord::ctl {
namespace {

// Puts words together. What stands between two of them is the strongest of what was asked for.
class Lines {
 public:
  enum Gap { kNone, kSpace, kLine, kParagraph };

  void Ask(Gap gap) { gap_ = std::max(gap_, gap); }
  void BeginItem() {
    Ask(kLine);
    item_ = true;
  }

  // People also write paragraphs as they are, with an empty line between them.
  void Add(absl::string_view text) {
    int line_ends = 0;
    for (const char c : text) {
      if (!absl::ascii_isspace(static_cast<unsigned char>(c))) {
        line_ends = 0;
        Write(c);
        continue;
      }
      line_ends += c == '\n' ? 1 : 0;
      Ask(line_ends > 1 ? kParagraph : kSpace);
    }
  }

  std::string Take() { return std::move(text_); }

 private:
  void Write(char c) {
    constexpr absl::string_view kGaps[] = {"", " ", "\n", "\n\n"};
    if (!text_.empty()) text_.append(kGaps[gap_].data(), kGaps[gap_].size());
    gap_ = kNone;
    if (item_) text_ += "- ";
    item_ = false;
    text_.push_back(c);
  }

  std::string text_;
  Gap gap_ = kNone;
  bool item_ = false;
};

// What comes before and after the content of a tag.
Lines::Gap GapAround(GumboTag tag) {
  switch (tag) {
    case GUMBO_TAG_P:
    case GUMBO_TAG_H1:
    case GUMBO_TAG_H2:
    case GUMBO_TAG_H3:
    case GUMBO_TAG_H4:
      return Lines::kParagraph;
    case GUMBO_TAG_BR:
    case GUMBO_TAG_DIV:
    case GUMBO_TAG_UL:
    case GUMBO_TAG_OL:
    case GUMBO_TAG_LI:
    case GUMBO_TAG_TABLE:
    case GUMBO_TAG_TR:
      return Lines::kLine;
    case GUMBO_TAG_TD:
    case GUMBO_TAG_TH:
      return Lines::kSpace;
    default:
      return Lines::kNone;
  }
}

void AddNode(const GumboNode& node, Lines& lines) {
  if (node.type == GUMBO_NODE_TEXT || node.type == GUMBO_NODE_CDATA || node.type == GUMBO_NODE_WHITESPACE) {
    return lines.Add(node.v.text.text);
  }
  if (node.type != GUMBO_NODE_ELEMENT) return;
  const GumboElement& element = node.v.element;
  if (element.tag == GUMBO_TAG_SCRIPT || element.tag == GUMBO_TAG_STYLE) return;
  lines.Ask(GapAround(element.tag));
  if (element.tag == GUMBO_TAG_LI) lines.BeginItem();
  for (unsigned int i = 0; i < element.children.length; ++i) {
    AddNode(*static_cast<const GumboNode*>(element.children.data[i]), lines);
  }
  lines.Ask(GapAround(element.tag));
}

}  // namespace

std::string PlainText(const std::string& html) {
  const auto destroy = [](GumboOutput* output) { gumbo_destroy_output(&kGumboDefaultOptions, output); };
  const std::unique_ptr<GumboOutput, decltype(destroy)> parsed(
      gumbo_parse_with_options(&kGumboDefaultOptions, html.data(), html.size()), destroy);
  Lines lines;
  AddNode(*parsed->root, lines);
  return lines.Take();
}

}  // namespace concord::ctl
