// The files that are built into the program for the page of a report.
#ifndef SERVICES_CONCORDCTL_REPORT_PAGE_ASSETS_H_
#define SERVICES_CONCORDCTL_REPORT_PAGE_ASSETS_H_

#include "absl/strings/string_view.h"

namespace concord::ctl {

// Live as long as the program.
struct ReportPageAssets {
  absl::string_view d3_script;    // Of Debian's libjs-d3, which C3 draws with.
  absl::string_view c3_script;    // Of Debian's libjs-c3.
  absl::string_view c3_style;     // The same.
  absl::string_view page_script;  // report_page.js.
  absl::string_view page_style;   // report_page.css.
  absl::string_view notices;      // Copyright and licences of the two libraries.
};

ReportPageAssets GetReportPageAssets();

}  // namespace concord::ctl

#endif  // SERVICES_CONCORDCTL_REPORT_PAGE_ASSETS_H_
