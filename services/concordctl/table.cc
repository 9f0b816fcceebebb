#include "services/concordctl/table.h"

#include <algorithm>
#include <numeric>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "services/concordctl/display_text.h"

namespace concord::ctl {
namespace {

constexpr int kGap = 2;
constexpr int kNarrowest = 12;  // Of a column that gives way.

absl::string_view EscapeOf(Tone tone) {
  switch (tone) {
    case Tone::kPlain:
      return "";
    case Tone::kGood:
      return "\033[32m";
    case Tone::kWarning:
      return "\033[33m";
    case Tone::kBad:
      return "\033[31m";
    case Tone::kFaint:
      return "\033[2m";
    case Tone::kHeading:
      return "\033[1m";
  }
  return "";
}

// One line; colour goes around the text of a cell, not around its padding.
std::string Line(const std::vector<Cell>& cells, const std::vector<Column>& columns, const std::vector<int>& widths,
                 const Terminal& terminal) {
  std::string line;
  int pending = 0;  // Spaces that are written only if something follows.
  int used = 0;
  for (size_t i = 0; i < cells.size(); ++i) {
    std::string text = CutToWidth(cells[i].text, std::max(widths[i], 1));
    const int padding = widths[i] - DisplayWidth(text);
    if (columns[i].kind == Column::kNumber) pending += padding;
    if (!text.empty()) {
      // Where even the narrowest columns do not fit, the line ends.
      const int left = terminal.width - used - pending;
      if (terminal.width > 0 && left <= 0) break;
      if (terminal.width > 0) text = CutToWidth(text, left);
      used += pending + DisplayWidth(text);
      line.append(std::exchange(pending, 0), ' ');
      line += Toned(text, cells[i].tone, terminal);
    }
    pending += kGap + (columns[i].kind == Column::kNumber ? 0 : padding);
  }
  return line + "\n";
}

}  // namespace

std::string Toned(const std::string& text, Tone tone, const Terminal& terminal) {
  if (!terminal.colour || tone == Tone::kPlain || text.empty()) return text;
  return absl::StrCat(EscapeOf(tone), text, "\033[0m");
}

void Table::AddRow(std::vector<Cell> cells) {
  for (Cell& cell : cells) cell.text = Printable(cell.text);
  rows_.push_back(std::move(cells));
}

std::vector<int> Table::WidthsFor(const Terminal& terminal) const {
  std::vector<int> widths;
  for (size_t i = 0; i < columns_.size(); ++i) {
    int width = DisplayWidth(columns_[i].heading);
    for (const auto& row : rows_) width = std::max(width, DisplayWidth(row[i].text));
    widths.push_back(width);
  }
  int excess =
      std::accumulate(widths.begin(), widths.end(), kGap * (static_cast<int>(widths.size()) - 1)) - terminal.width;
  while (terminal.width > 0 && excess > 0) {
    // A column at a time from the widest, so that they end up alike.
    int widest = -1;
    for (size_t i = 0; i < columns_.size(); ++i) {
      const bool gives = columns_[i].kind == Column::kFlexible && widths[i] > kNarrowest;
      if (gives && (widest < 0 || widths[i] > widths[widest])) widest = static_cast<int>(i);
    }
    if (widest < 0) break;
    --widths[widest];
    --excess;
  }
  return widths;
}

std::string Table::Format(const Terminal& terminal) const {
  if (rows_.empty()) return "";
  const std::vector<int> widths = WidthsFor(terminal);
  std::vector<Cell> headings;
  headings.reserve(columns_.size());
  for (const Column& column : columns_) headings.emplace_back(column.heading, Tone::kHeading);
  std::string text = Line(headings, columns_, widths, terminal);
  for (const auto& row : rows_) text += Line(row, columns_, widths, terminal);
  return text;
}

}  // namespace concord::ctl
