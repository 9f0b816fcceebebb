#include <csv.h>

#include <algorithm>
#include <charconv>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "services/concordctl/report_formats.h"

namespace concord::ctl {
namespace {

constexpr char kLineEnd[] = "\r\n";

// The shortest number that is read as the same one again.
std::string ShortestNumber(double value) {
  char text[32];
  const auto end = std::to_chars(text, text + sizeof(text), value);
  return {text, end.ptr};
}

// "-12.5" or "-12.5 %", which nothing runs.
bool IsNumber(absl::string_view text) {
  absl::ConsumePrefix(&text, "-");
  absl::ConsumeSuffix(&text, " %");
  return !text.empty() && std::count(text.begin(), text.end(), '.') <= 1 &&
         text.find_first_not_of("0123456789.") == absl::string_view::npos;
}

// Spreadsheets run what begins with one of these, some of them also behind spaces. Whoever needs texts as they are
// takes JSON.
std::string Harmless(const std::string& text) {
  const absl::string_view begin = absl::StripLeadingAsciiWhitespace(text);
  if (IsNumber(begin)) return text;
  const bool runs = !begin.empty() && absl::StrContains("=+-@", begin.substr(0, 1));
  return runs ? absl::StrCat("'", text) : text;
}

std::string Quoted(const std::string& text) {
  std::string quoted(2 * text.size() + 2, '\0');
  quoted.resize(csv_write(quoted.data(), quoted.size(), text.data(), text.size()));
  return quoted;
}

struct ToField {
  std::string operator()(cell::NotApplicable) const { return ""; }
  std::string operator()(const std::string& text) const { return Quoted(Harmless(text)); }
  std::string operator()(cell::Share share) const { return ShortestNumber(share.value); }
  template <typename Other>
  std::string operator()(const Other& other) const {
    return CellText(other);
  }
};

void AddLine(const std::vector<ReportCell>& cells, std::string& csv) {
  for (size_t i = 0; i < cells.size(); ++i) absl::StrAppend(&csv, i == 0 ? "" : ",", absl::visit(ToField(), cells[i]));
  csv += kLineEnd;
}

}  // namespace

std::string FormatCsv(const ReportDocument& document, const ReportTable& table) {
  const ReportTable apart = WithCountsApart(table);
  std::vector<ReportCell> headings = {std::string("Plan"), std::string("Record"), std::string("About"),
                                      std::string("Revisions"), std::string("Formulas")};
  headings.reserve(headings.size() + apart.columns.size());
  for (const ReportColumn& column : apart.columns) headings.emplace_back(column.heading);
  std::string csv;
  AddLine(headings, csv);
  for (const auto& row : apart.rows) {
    std::vector<ReportCell> cells = {document.plan, std::string(document.simulated ? "SIMULATED" : "real"),
                                     document.date, document.revisions, document.formula_edition};
    cells.insert(cells.end(), row.begin(), row.end());
    AddLine(cells, csv);
  }
  return csv;
}

}  // namespace concord::ctl
