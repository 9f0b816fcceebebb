#include "services/concordctl/report_workbook.h"

#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "services/concordctl/display_text.h"
#include "services/concordctl/simulated_plan.h"

namespace concord::ctl {
namespace {

constexpr lxw_color_t kInk = 0x1F3A5F;
constexpr lxw_color_t kPale = 0xE8EEF5;
constexpr lxw_color_t kGrey = 0x767676;
constexpr lxw_color_t kRed = 0x9B1C1C;
constexpr uint8_t kA4 = 9;

// Writes a cell as what it is; nothing where nothing belongs.
struct CellWriter {
  void operator()(cell::NotApplicable) const {}
  void operator()(cell::NoData) const { worksheet_write_string(sheet, row, column, kNoData, looks.no_data); }
  // A string stays one, whatever it begins with.
  void operator()(const std::string& text) const {
    worksheet_write_string(sheet, row, column, text.c_str(), looks.text);
  }
  void operator()(absl::CivilDay day) const {
    lxw_datetime date = {static_cast<int>(day.year()), day.month(), day.day(), 0, 0, 0};
    worksheet_write_datetime(sheet, row, column, &date, looks.day);
  }
  void operator()(cell::Share share) const { worksheet_write_number(sheet, row, column, share.value, looks.share); }
  void operator()(int count) const { worksheet_write_number(sheet, row, column, count, looks.number); }
  void operator()(const cell::DecimalText& decimal) const {
    double value = 0;
    if (absl::SimpleAtod(decimal.digits, &value)) {
      worksheet_write_number(sheet, row, column, value, looks.number);
    } else {
      (*this)(decimal.digits);
    }
  }
  void operator()(cell::Coverage coverage) const { (*this)(CellText(coverage)); }

  lxw_worksheet* sheet;
  const Looks& looks;
  lxw_row_t row;
  lxw_col_t column;
};

constexpr int kLongText = 48;  // The width of a column of sentences, which go on in further lines.

// As wide as its widest cell, within limits.
int WidthOf(const ReportTable& table, size_t column) {
  if (table.columns[column].kind == ReportColumn::Kind::kLongText) return kLongText + 2;
  constexpr int kLeast = 9;
  constexpr int kMost = 40;
  constexpr int kMargin = 3;  // The button of the filter stands beside the heading.
  int width = DisplayWidth(table.columns[column].heading);
  for (const auto& row : table.rows) width = std::max(width, DisplayWidth(CellText(row[column])));
  return std::clamp(width + kMargin, kLeast, kMost);
}

// How high a row is; not every program finds that out by itself.
double HeightOf(const ReportTable& table, const std::vector<ReportCell>& row) {
  constexpr double kLineHeight = 15;
  size_t lines = 1;
  for (size_t column = 0; column < row.size(); ++column) {
    if (table.columns[column].kind != ReportColumn::Kind::kLongText) continue;
    lines = std::max(lines, Wrapped(CellText(row[column]), kLongText).size());
  }
  return kLineHeight * static_cast<double>(lines);
}

std::string SheetName(const ReportTable& table) {
  std::string name = table.id;
  name[0] = absl::ascii_toupper(name[0]);
  return name;
}

}  // namespace

Looks::Looks(lxw_workbook* book) {
  const auto add = [book](const char* number_format) {
    lxw_format* format = workbook_add_format(book);
    format_set_align(format, LXW_ALIGN_VERTICAL_TOP);
    if (number_format != nullptr) format_set_num_format(format, number_format);
    return format;
  };
  text = add(nullptr);
  format_set_text_wrap(text);
  format_set_indent(text, 1);  // Off the number before it.
  number = add(nullptr);
  share = add("0.0 %");
  day = add("yyyy-mm-dd");
  no_data = add(nullptr);
  format_set_font_color(no_data, kGrey);
  format_set_italic(no_data);
  format_set_align(no_data, LXW_ALIGN_RIGHT);
  const auto add_heading = [&] {
    lxw_format* format = add(nullptr);
    format_set_bold(format);
    format_set_text_wrap(format);
    format_set_bg_color(format, kPale);
    format_set_bottom(format, LXW_BORDER_THIN);
    return format;
  };
  heading = add_heading();
  format_set_indent(heading, 1);
  number_heading = add_heading();
  format_set_align(number_heading, LXW_ALIGN_RIGHT);
  label = add(nullptr);
  format_set_bold(label);
  title = add(nullptr);
  format_set_bold(title);
  format_set_font_size(title, 14);
  format_set_font_color(title, kInk);
  warning = add(nullptr);
  format_set_bold(warning);
  format_set_font_color(warning, kRed);
}

void Workbook::Fill() {
  SetProperties();
  AddSummary();
  for (const ReportTable& table : document_.tables) AddTable(WithCountsApart(table));
  AddCharts();
}

// Of the report, not of this moment, so that the same report is the same file.
void Workbook::SetProperties() {
  lxw_doc_properties properties = {};
  std::string title = document_.title;
  std::string comment = document_.simulated ? kSimulatedNotice : "";
  properties.title = title.data();
  properties.comments = comment.data();
  properties.created = document_.known_at == absl::InfinitePast() ? 1 : absl::ToTimeT(document_.known_at);
  workbook_set_properties(book_, &properties);
}

// A sheet for A4, with what it is about above and below it.
lxw_worksheet* Workbook::AddSheet(const std::string& name, const std::string& title) {
  lxw_worksheet* sheet = workbook_add_worksheet(book_, name.c_str());
  worksheet_set_landscape(sheet);
  worksheet_set_paper(sheet, kA4);
  worksheet_fit_to_pages(sheet, 1, 0);
  worksheet_set_footer(sheet, absl::StrCat("&L", document_.plan, " on ", absl::FormatCivilTime(document_.date),
                                           document_.simulated ? ", SIMULATED" : "", "&RPage &P of &N")
                                  .c_str());
  constexpr double kTitleHeight = 21;
  worksheet_set_row(sheet, 0, kTitleHeight, nullptr);
  worksheet_write_string(sheet, 0, 0, title.c_str(), looks_.title);
  if (document_.simulated) {
    worksheet_set_tab_color(sheet, kRed);
    worksheet_write_string(sheet, 1, 0, kSimulatedNotice, looks_.warning);
  }
  return sheet;
}

void Workbook::AddSummary() {
  lxw_worksheet* sheet = AddSheet("Summary", document_.title);
  constexpr double kLabelWidth = 20;
  constexpr double kFigureWidth = 14;
  worksheet_set_column(sheet, 0, 0, kLabelWidth, nullptr);
  worksheet_set_column(sheet, 1, 1, kFigureWidth, nullptr);
  lxw_row_t row = kFirstRow;
  for (const auto& [label, cell] : document_.highlights) {
    worksheet_write_string(sheet, row, 0, label.c_str(), looks_.label);
    absl::visit(CellWriter{sheet, looks_, row++, 1}, cell);
  }
  ++row;
  for (const auto& [label, text] : document_.facts) {
    worksheet_write_string(sheet, row, 0, label.c_str(), looks_.label);
    worksheet_write_string(sheet, row++, 1, text.c_str(), nullptr);
  }
}

void Workbook::AddTable(const ReportTable& table) {
  lxw_worksheet* sheet = AddSheet(SheetName(table), table.title);
  worksheet_write_string(sheet, kNoteRow, 0, table.note.c_str(), nullptr);
  const auto last_column = static_cast<lxw_col_t>(table.columns.size() - 1);
  const auto last_row = static_cast<lxw_row_t>(kFirstRow + table.rows.size());
  for (lxw_col_t column = 0; column <= last_column; ++column) {
    worksheet_set_column(sheet, column, column, WidthOf(table, column), nullptr);
    const ReportColumn& heading = table.columns[column];
    const bool text = heading.kind == ReportColumn::Kind::kText || heading.kind == ReportColumn::Kind::kLongText;
    worksheet_write_string(sheet, kFirstRow, column, heading.heading.c_str(),
                           text ? looks_.heading : looks_.number_heading);
  }
  lxw_row_t below = kFirstRow;
  for (const auto& row : table.rows) {
    worksheet_set_row(sheet, ++below, HeightOf(table, row), nullptr);
    for (lxw_col_t column = 0; column <= last_column; ++column)
      absl::visit(CellWriter{sheet, looks_, below, column}, row[column]);
  }
  worksheet_freeze_panes(sheet, kFirstRow + 1, 1);
  worksheet_repeat_rows(sheet, kFirstRow, kFirstRow);
  if (!table.rows.empty()) worksheet_autofilter(sheet, kFirstRow, 0, last_row, last_column);
}

}  // namespace concord::ctl
