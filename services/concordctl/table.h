// Tables for people: aligned columns, cut to the width of a terminal.
//
//   Table table({{"CODE"}, {"TITLE", Column::kFlexible}, {"PROGRESS", Column::kNumber}});
//   table.AddRow({{"3.1"}, {"Find what has worked"}, {"50 %", Tone::kGood}});
//   text = table.Format(terminal);
#ifndef SERVICES_CONCORDCTL_TABLE_H_
#define SERVICES_CONCORDCTL_TABLE_H_

#include <string>
#include <utility>
#include <vector>

namespace concord::ctl {

// Where the output goes.
struct Terminal {
  int width = 0;        // In columns; 0 is no limit, as for a file or a pipe.
  bool colour = false;  // Whether tones are shown.
};

enum class Tone { kPlain, kGood, kWarning, kBad, kFaint, kHeading };

// The text in the colour of its tone, if the terminal shows colours.
std::string Toned(const std::string& text, Tone tone, const Terminal& terminal);

struct Column {
  enum Kind {
    kText,      // As wide as its widest cell.
    kNumber,    // The same, aligned to the right.
    kFlexible,  // Gives way when the terminal is too narrow.
  };
  // NOLINTNEXTLINE(google-explicit-constructor): a column is its heading.
  Column(std::string the_heading, Kind the_kind = kText) : heading(std::move(the_heading)), kind(the_kind) {}

  std::string heading;
  Kind kind;
};

struct Cell {
  // NOLINTNEXTLINE(google-explicit-constructor): a cell is its text.
  Cell(std::string the_text, Tone the_tone = Tone::kPlain) : text(std::move(the_text)), tone(the_tone) {}

  std::string text;
  Tone tone;
};

// Not safe from several threads.
class Table {
 public:
  explicit Table(std::vector<Column> columns) : columns_(std::move(columns)) {}

  // A cell for each column. Texts are made printable.
  void AddRow(std::vector<Cell> cells);

  // Headings and rows, each with a line end and none with spaces at its end.
  // Empty if there are no rows.
  std::string Format(const Terminal& terminal) const;

 private:
  std::vector<int> WidthsFor(const Terminal& terminal) const;

  std::vector<Column> columns_;
  std::vector<std::vector<Cell>> rows_;
};

}  // namespace concord::ctl

#endif  // SERVICES_CONCORDCTL_TABLE_H_
