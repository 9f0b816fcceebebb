// CSV, by libcsv.
#include <csv.h>

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "services/concordctl/directory_file_text.h"
#include "services/concordctl/display_text.h"

namespace concord::ctl {
namespace {

// Reads a text line by line, for libcsv does not say where a row began.
class CsvReader {
 public:
  // A row and the line in which it begins; `whole` is false if it is none.
  using Take = absl::FunctionRef<void(std::vector<std::string> cells, int line, bool whole)>;

  explicit CsvReader(Take take) : take_(take) { Begin(); }
  ~CsvReader() { csv_free(&parser_); }
  CsvReader(const CsvReader&) = delete;
  CsvReader& operator=(const CsvReader&) = delete;

  // A line with its end.
  void Read(absl::string_view line) {
    ++line_;
    if (!in_row_) {
      row_line_ = line_;
      in_row_ = !absl::StripAsciiWhitespace(line).empty();
    }
    if (csv_parse(&parser_, line.data(), line.size(), OnCell, OnRow, this) == line.size()) return;
    TakeBroken();
    csv_free(&parser_);
    Begin();
  }

  void End() {
    if (csv_fini(&parser_, OnCell, OnRow, this) != 0) TakeBroken();
  }

 private:
  void Begin() { csv_init(&parser_, CSV_STRICT | CSV_STRICT_FINI); }

  void TakeBroken() {
    cells_.clear();
    in_row_ = false;
    take_({}, row_line_, false);
  }

  static void OnCell(void* text, size_t size, void* self) {
    static_cast<CsvReader*>(self)->cells_.emplace_back(static_cast<const char*>(text), size);
  }
  static void OnRow(int, void* self) {
    auto& reader = *static_cast<CsvReader*>(self);
    reader.in_row_ = false;
    reader.take_(std::exchange(reader.cells_, {}), reader.row_line_, true);
  }

  csv_parser parser_{};
  const Take take_;
  int line_ = 0;
  int row_line_ = 0;
  bool in_row_ = false;
  std::vector<std::string> cells_;
};

// Why the cells are no row under so many headings; empty if they are one.
std::string ProblemOfCells(const std::vector<std::string>& cells, bool whole, size_t columns) {
  if (!whole) return "the quotes in it are not as CSV has them";
  if (cells.size() != columns) return absl::StrCat("has ", cells.size(), " columns under ", columns, " headings");
  for (const std::string& cell : cells) {
    if (!IsUtf8(cell)) return "is not UTF-8";
  }
  return "";
}

}  // namespace

absl::string_view CsvRow::operator[](absl::string_view heading) const {
  const auto column = columns_.find(heading);
  return column == columns_.end() ? "" : absl::StripAsciiWhitespace(cells_[column->second]);
}

absl::StatusOr<bool> ForEachCsvRow(absl::string_view text, DirectoryPart part,
                                   absl::optional<DirectoryCollection> collection,
                                   const std::vector<std::string>& headings, DirectoryReport& report,
                                   absl::FunctionRef<void(const CsvRow&, Origin)> take) {
  absl::flat_hash_map<std::string, size_t> columns;
  bool all = true;
  bool headed = false;
  std::string missing;
  const auto take_headings = [&](const std::vector<std::string>& cells) {
    for (size_t i = 0; i < cells.size(); ++i) columns.emplace(cells[i], i);
    for (const std::string& heading : headings) {
      if (!columns.contains(heading) && missing.empty()) missing = heading;
    }
    headed = true;
  };
  size_t count = 0;
  const auto take_row = [&](std::vector<std::string> cells, int line, bool whole) {
    if (!headed) {
      count = cells.size();
      return take_headings(cells);
    }
    if (!missing.empty()) return;
    const std::string problem = ProblemOfCells(cells, whole, count);
    if (problem.empty()) return take(CsvRow(columns, cells), {part, line});
    all = false;
    report.Reject({{part, line}, collection, "", problem});
  };
  CsvReader reader(take_row);
  while (!text.empty() && missing.empty()) {
    const size_t end = text.find('\n');
    const size_t size = end == absl::string_view::npos ? text.size() : end + 1;
    reader.Read(text.substr(0, size));
    text.remove_prefix(size);
  }
  reader.End();
  if (!headed && !headings.empty()) missing = headings.front();
  if (!missing.empty()) return absl::InvalidArgumentError(absl::StrCat("has no column \"", missing, "\""));
  return all;
}

}  // namespace concord::ctl
