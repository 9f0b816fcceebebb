#include <algorithm>
#include <iterator>
#include <string>

#include "absl/strings/str_cat.h"
#include "services/concordctl/report_workbook.h"

namespace concord::ctl {
namespace {

constexpr char kSheet[] = "Charts";
constexpr lxw_color_t kSeries[] = {0x1F4E8C, 0xC25E00};

// The first and the others differ by more than their colour.
void Style(size_t number, bool lines, lxw_chart_series* series) {
  lxw_chart_line line = {};
  line.color = kSeries[number % std::size(kSeries)];
  if (number > 0) line.dash_type = LXW_CHART_LINE_DASH_DASH;
  lxw_chart_fill fill = {};
  fill.color = line.color;
  if (lines) {
    chart_series_set_line(series, &line);
    chart_series_set_marker_type(series, number == 0 ? LXW_CHART_MARKER_CIRCLE : LXW_CHART_MARKER_DIAMOND);
    chart_series_set_marker_fill(series, &fill);
  } else {
    chart_series_set_fill(series, &fill);
    chart_series_set_labels(series);  // A zero says so; a gap says nothing.
  }
}

// From 0 to 100 % where all shares lie between them; else the spreadsheet chooses.
void SetScale(const ReportChart& of, lxw_chart* chart) {
  bool within = of.shares;
  for (const ReportSeries& series : of.series) {
    for (const auto& value : series.values) within = within && (!value || (*value >= 0 && *value <= 1));
  }
  chart_axis_set_num_format(chart->y_axis, of.shares ? "0 %" : "0");
  if (!within) return;
  chart_axis_set_min(chart->y_axis, 0);
  chart_axis_set_max(chart->y_axis, 1);
}

}  // namespace

// Charts stand beside what they are drawn from. A gap is an empty cell there: spreadsheets draw a text as a zero.
void Workbook::AddCharts() {
  lxw_worksheet* sheet = AddSheet(kSheet, "Charts, and what they are drawn from");
  worksheet_write_string(sheet, kNoteRow, 0, "An empty cell is one without data: a gap in the chart, not a zero.",
                         nullptr);
  worksheet_set_portrait(sheet);
  worksheet_fit_to_pages(sheet, 1, 1);
  constexpr double kCategoryWidth = 14;
  worksheet_set_column(sheet, 0, 2, kCategoryWidth, nullptr);
  lxw_row_t row = kFirstRow;
  for (const ReportChart& chart : document_.charts) {
    constexpr size_t kRowsOfChart = 18;
    WriteSeries(sheet, row, chart);
    // A chart without any category would be refused by spreadsheets.
    if (!chart.categories.empty()) Draw(sheet, row, chart);
    row += static_cast<lxw_row_t>(std::max(kRowsOfChart, chart.categories.size() + 4));
  }
}

void Workbook::WriteSeries(lxw_worksheet* sheet, lxw_row_t row, const ReportChart& chart) {
  worksheet_write_string(sheet, row, 0, chart.title.c_str(), looks_.label);
  for (size_t i = 0; i < chart.categories.size(); ++i) {
    worksheet_write_string(sheet, static_cast<lxw_row_t>(row + 2 + i), 0, chart.categories[i].c_str(), looks_.text);
  }
  lxw_col_t column = 1;
  for (const ReportSeries& series : chart.series) {
    worksheet_write_string(sheet, row + 1, column, series.name.c_str(), looks_.number_heading);
    for (size_t i = 0; i < series.values.size(); ++i) {
      if (!series.values[i]) continue;
      worksheet_write_number(sheet, static_cast<lxw_row_t>(row + 2 + i), column, *series.values[i],
                             chart.shares ? looks_.share : looks_.number);
    }
    ++column;
  }
}

void Workbook::Draw(lxw_worksheet* sheet, lxw_row_t row, const ReportChart& of) {
  const bool lines = of.kind == ReportChart::Kind::kLines;
  lxw_chart* chart = workbook_add_chart(book_, lines ? LXW_CHART_LINE : LXW_CHART_COLUMN);
  const lxw_row_t first = row + 2;
  const auto last = static_cast<lxw_row_t>(row + 1 + of.categories.size());
  for (size_t i = 0; i < of.series.size(); ++i) {
    const auto column = static_cast<lxw_col_t>(1 + i);
    lxw_chart_series* series = chart_add_series(chart, nullptr, nullptr);
    chart_series_set_categories(series, kSheet, first, 0, last, 0);
    chart_series_set_values(series, kSheet, first, column, last, column);
    chart_series_set_name(series, of.series[i].name.c_str());
    Style(i, lines, series);
  }
  chart_title_set_name(chart, of.title.c_str());
  chart_legend_set_position(chart, LXW_CHART_LEGEND_BOTTOM);
  SetScale(of, chart);
  chart_show_blanks_as(chart, LXW_CHART_BLANKS_AS_GAP);
  lxw_chart_options options = {};
  std::string description = of.description;
  const std::string gaps = GapsOf(of);
  if (!gaps.empty()) absl::StrAppend(&description, " No data: ", gaps, ".");
  options.description = description.data();
  options.x_scale = 1.4;
  worksheet_insert_chart_opt(sheet, row, 4, chart, &options);
}

}  // namespace concord::ctl
