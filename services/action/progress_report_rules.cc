#include "services/action/progress_report_rules.h"

#include "common/aip/date.h"
#include "common/aip/evidence.h"
#include "common/aip/limits.h"
#include "common/status/macros.h"
#include "services/action/amounts.h"
#include "services/action/members.h"
#include "services/action/records.h"

namespace concord::action {
namespace {

absl::Status CheckWrite(rpc::Context& context, const v1::ProgressReport* /*before*/, v1::ProgressReport& after) {
  CONCORD_ASSIGN_OR_RETURN(const v1::Action* action, OpenActionOf(context, after.name()));
  CONCORD_RETURN_IF_ERROR(CheckBegun(*action, after.name()));
  Violations violations;
  aip::CheckNotInFuture(after.date(), context.today(), "progress_report.date", violations);
  CONCORD_RETURN_IF_ERROR(violations.ToStatus());
  return CheckSinceStart(*action, aip::ToDay(after.date()), "progress_report.date");
}

}  // namespace

void CheckProgressReportValues(const v1::ProgressReport& report, absl::string_view prefix, Violations& violations) {
  const auto path = [&](absl::string_view field) { return FieldPath(prefix, field); };
  aip::CheckLabels(report.labels(), path("labels"), violations);
  if (report.has_date()) aip::CheckDay(report.date(), path("date"), violations);
  if (report.has_percent()) CheckPercent(report.percent(), path("percent"), violations);
  aip::CheckText(report.confidence_reason(), path("confidence_reason"), 1, 1'000, violations);
  aip::CheckText(report.narrative(), path("narrative"), 0, 4'000, violations);
  aip::CheckEvidence(report.evidence(), path("evidence"), violations);
  CheckOptionalMember(report.reporter(), path("reporter"), violations);
}

rpc::ResourceRules ProgressReportRules() {
  return RecordRules<v1::ProgressReport>{CheckProgressReportValues, CheckWrite}.ForAnyMessage();
}

}  // namespace concord::action
