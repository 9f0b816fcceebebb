// A report in each of the formats that it is exported in. Equal documents have equal bytes.
//
// Pure but for FormatXlsx, which has a file in the folder for temporary ones while it runs; safe from any thread.
#ifndef SERVICES_CONCORDCTL_REPORT_FORMATS_H_
#define SERVICES_CONCORDCTL_REPORT_FORMATS_H_

#include <string>

#include "absl/status/statusor.h"
#include "services/concordctl/report_document.h"

namespace concord::ctl {

// One page that needs nothing else: its charts' library, its style and its data are in it, and it asks for nothing
// from anywhere. Without JavaScript it lacks the charts and says all the same.
std::string FormatHtml(const ReportDocument& document);

// A workbook: a sheet of facts, one for each table, one with the charts and what they are drawn from. Numbers, shares
// and days are such; "no data" is a text, which no sum takes for zero. No text becomes a formula. UNAVAILABLE if the
// temporary file cannot be written.
absl::StatusOr<std::string> FormatXlsx(const ReportDocument& document);

// One table, as RFC 4180 has it, in UTF-8 without a byte order mark. Before its own columns each row has the plan,
// whether it is simulated, the day, the revisions and the edition. Shares are numbers of which 1 is 100 %, coverage is
// two columns; "no data" is written so, and an empty cell is one where nothing belongs. A text that a spreadsheet
// would run as a formula has an apostrophe before it.
std::string FormatCsv(const ReportDocument& document, const ReportTable& table);

}  // namespace concord::ctl

#endif  // SERVICES_CONCORDCTL_REPORT_FORMATS_H_
