// A report as a workbook, sheet by sheet. What the library calls belongs to the workbook, and ends with it.
//
// Not safe from several threads.
#ifndef SERVICES_CONCORDCTL_REPORT_WORKBOOK_H_
#define SERVICES_CONCORDCTL_REPORT_WORKBOOK_H_

#include <xlsxwriter.h>

#include <string>

#include "services/concordctl/report_document.h"

namespace concord::ctl {

// How cells look.
struct Looks {
  explicit Looks(lxw_workbook* book);

  lxw_format* text;
  lxw_format* number;
  lxw_format* share;
  lxw_format* day;
  lxw_format* no_data;
  lxw_format* heading;
  lxw_format* number_heading;  // Above what is aligned to the right.
  lxw_format* label;
  lxw_format* title;
  lxw_format* warning;
};

class Workbook {
 public:
  // `document` must outlive it. Nothing is written to the path before Close.
  Workbook(const std::string& path, const ReportDocument& document)
      : document_(document), book_(workbook_new(path.c_str())), looks_(book_) {}

  // Adds all sheets; to be called once.
  void Fill();

  // Writes it and gives it up; to be called once, last.
  lxw_error Close() { return workbook_close(book_); }

 private:
  void SetProperties();
  lxw_worksheet* AddSheet(const std::string& name, const std::string& title);
  void AddSummary();
  void AddTable(const ReportTable& table);
  void AddCharts();
  void WriteSeries(lxw_worksheet* sheet, lxw_row_t row, const ReportChart& chart);
  void Draw(lxw_worksheet* sheet, lxw_row_t row, const ReportChart& of);

  // Above it: the title, whether it is simulated, a note.
  static constexpr lxw_row_t kNoteRow = 2;
  static constexpr lxw_row_t kFirstRow = 4;

  const ReportDocument& document_;
  lxw_workbook* book_;
  Looks looks_;
};

}  // namespace concord::ctl

#endif  // SERVICES_CONCORDCTL_REPORT_WORKBOOK_H_
