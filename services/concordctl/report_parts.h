// The parts that a report is put together from.
//
// Pure; safe from any thread.
#ifndef SERVICES_CONCORDCTL_REPORT_PARTS_H_
#define SERVICES_CONCORDCTL_REPORT_PARTS_H_

#include <vector>

#include "services/concordctl/report_answers.h"
#include "services/concordctl/report_document.h"

namespace concord::ctl {

// The value, or "no data".
ReportCell FigureCell(const reporting::v1::Figure& figure);
cell::Coverage CoverageOf(const reporting::v1::Figure& figure);

// In the order in which they are read. That of restatements is there for published reports only.
std::vector<ReportTable> TablesOf(const ReportAnswers& answers);

std::vector<ReportChart> ChartsOf(const ReportAnswers& answers);

}  // namespace concord::ctl

#endif  // SERVICES_CONCORDCTL_REPORT_PARTS_H_
