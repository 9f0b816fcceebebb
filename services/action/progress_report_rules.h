// What a progress report must satisfy. Pure.
#ifndef SERVICES_ACTION_PROGRESS_REPORT_RULES_H_
#define SERVICES_ACTION_PROGRESS_REPORT_RULES_H_

#include "absl/strings/string_view.h"
#include "common/rpc/standard_methods.h"
#include "common/status/error.h"
#include "concord/action/v1/progress_report.pb.h"

namespace concord::action {

rpc::ResourceRules ProgressReportRules();

// The limits that progress_report.proto states for the values of a progress report.
void CheckProgressReportValues(const v1::ProgressReport& report, absl::string_view prefix, Violations& violations);

}  // namespace concord::action

#endif  // SERVICES_ACTION_PROGRESS_REPORT_RULES_H_
