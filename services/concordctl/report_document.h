// A report as tables, charts and facts, before anybody has said in which format: what every export of it says alike.
//
// "No data" is a kind of cell of its own, and a gap in a chart, so that no writer can take it for a zero.
//
// Pure; safe from any thread.
#ifndef SERVICES_CONCORDCTL_REPORT_DOCUMENT_H_
#define SERVICES_CONCORDCTL_REPORT_DOCUMENT_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "absl/types/optional.h"
#include "absl/types/variant.h"
#include "services/concordctl/report_answers.h"

namespace concord::ctl {

// What is written where something should be known and is not, in every format.
inline constexpr char kNoData[] = "no data";

namespace cell {

// Nothing belongs here, so nothing is missing.
struct NotApplicable {};
// Something belongs here, and is not known.
struct NoData {};
// 1 is 100 %; may be below 0 and above 1.
struct Share {
  double value;
};
// As it is written: digits, perhaps a minus sign and a point.
struct DecimalText {
  std::string digits;
};
// Of how many of the expected inputs something is known.
struct Coverage {
  int counted;
  int expected;
};

}  // namespace cell

// Texts are in one line and printable.
using ReportCell = absl::variant<cell::NotApplicable, cell::NoData, std::string, absl::CivilDay, cell::Share, int,
                                 cell::DecimalText, cell::Coverage>;

struct ReportColumn {
  enum class Kind { kText, kLongText, kDate, kShare, kCount, kDecimal, kCoverage };

  std::string heading;
  Kind kind = Kind::kText;
  bool on_paper = true;  // Whether it is on the page for people, which has less room.
};

struct ReportTable {
  std::string id;     // "scorecard"; stands for it on the command line.
  std::string title;  // "Actions".
  std::string note;   // What a reader must know; may be empty.
  std::vector<ReportColumn> columns;
  std::vector<std::vector<ReportCell>> rows;  // A cell for each column.
  bool last_row_is_total = false;             // The row of the whole.
};

struct ReportSeries {
  std::string name;
  std::vector<absl::optional<double>> values;  // One for each category; absent is no data.
};

struct ReportChart {
  enum class Kind { kLines, kBars };

  std::string id;           // "delivery-trend".
  std::string title;        // What it shows, in a line.
  std::string description;  // In a sentence, for who does not see it.
  Kind kind = Kind::kLines;
  bool shares = true;  // Values are shares; else counts.
  std::vector<std::string> categories;
  std::vector<ReportSeries> series;
};

struct ReportDocument {
  std::string title;  // Of the plan.
  std::string kind;   // Whose report it is and which: "Company, report 3: The year 2012".
  std::string about;  // The day, the moment and the edition, in a sentence.
  std::string plan;   // "plans/p".
  absl::CivilDay date;
  absl::Time known_at;    // When the newest of what it was made from was written; infinite past if nothing was.
  std::string revisions;  // "plans/p@17", separated by spaces.
  std::string formula_edition;
  bool simulated = false;
  std::vector<std::pair<std::string, std::string>> facts;      // Label and text, in order.
  std::vector<std::pair<std::string, ReportCell>> highlights;  // The main figures.
  std::vector<ReportTable> tables;
  std::vector<ReportChart> charts;
};

ReportDocument MakeReportDocument(const ReportAnswers& answers);

// The table for programs that compute: each column of coverage becomes two of counts.
ReportTable WithCountsApart(const ReportTable& table);

// What the chart has no data of, "Attainment: 2011-03-31 to 2011-12-31; Planned: 2015-12-31". Empty: it has no gap.
std::string GapsOf(const ReportChart& chart);

// What a cell says to people: "62.5 %", "2 of 3", "2012-12-31", "no data"; empty where nothing belongs.
std::string CellText(const ReportCell& cell);

}  // namespace concord::ctl

#endif  // SERVICES_CONCORDCTL_REPORT_DOCUMENT_H_
