#include "services/concordctl/plan_stratml.h"

#include <ostream>
#include <string>
#include <utility>

#include "absl/types/optional.h"
#include "common/aip/date.h"
#include "common/status/macros.h"
#include "services/concordctl/files.h"
#include "services/concordctl/json.h"
#include "services/concordctl/names.h"
#include "services/concordctl/plan_file.h"
#include "services/concordctl/plan_reading.h"
#include "services/concordctl/stratml_report.h"

namespace concord::ctl {
namespace {

absl::StatusOr<absl::optional<google::type::Date>> ToDate(const std::string& flag, const std::string& text) {
  if (text.empty()) return absl::optional<google::type::Date>();
  const absl::StatusOr<google::type::Date> date = aip::ParseDate(text);
  if (date.ok()) return absl::optional<google::type::Date>(*date);
  return UsageError("{flag}: {problem}", {{"flag", flag}, {"problem", std::string(date.status().message())}});
}

}  // namespace

absl::Status ExportStratml(Session& session, const StratmlExportOptions& options) {
  const PlanParts parts =
      options.part == StratmlPart::kPerformance ? PlanParts::kWithMeasurements : PlanParts::kPlanFile;
  CONCORD_ASSIGN_OR_RETURN(const PlanState state, ReadPlanOfOneMoment(session, options.plan, options.as_of, parts));
  planfile::v1::PlanFile file = ToPlanFile(state);
  file.set_source(options.source);
  CONCORD_ASSIGN_OR_RETURN(const StratmlText text, WriteStratml(file, options.part, state.measurements));
  if (!options.sidecar.empty()) CONCORD_RETURN_IF_ERROR(WriteFile(options.sidecar, FormatPlanFile(file)));
  session.Print(text.xml);
  std::ostream& err = session.surroundings().err;
  if (session.settings().json) {
    err << ToJson(UnsaidJson(text.unsaid));
  } else {
    err << UnsaidText(text.unsaid, Terminal{});
  }
  return absl::OkStatus();
}

absl::Status ImportStratml(Session& session, absl::string_view xml, const StratmlImportOptions& options) {
  StratmlOptions reading;
  CONCORD_ASSIGN_OR_RETURN(const absl::optional<google::type::Date> start, ToDate("--start-date", options.start_date));
  CONCORD_ASSIGN_OR_RETURN(const absl::optional<google::type::Date> end, ToDate("--end-date", options.end_date));
  if (start.has_value()) reading.start_date = &*start;
  if (end.has_value()) reading.end_date = &*end;
  if (!session.settings().plan.empty()) {
    CONCORD_ASSIGN_OR_RETURN(reading.plan, ToPlanName(session.settings().plan));
  }
  planfile::v1::PlanFile sidecar;
  if (options.has_sidecar) {
    CONCORD_ASSIGN_OR_RETURN(sidecar, ParsePlanFile(options.sidecar));
    reading.sidecar = &sidecar;
  }
  CONCORD_ASSIGN_OR_RETURN(const StratmlPlan plan, ReadStratml(xml, reading));
  ImportOptions import = options.import;
  if (session.settings().json) {
    *(*import.told.mutable_fields())["stratml"].mutable_struct_value() = StratmlNotesJson(plan);
  } else {
    session.Print(StratmlNotesText(plan, session.surroundings().terminal));
  }
  return ImportPlan(session, plan.file, import);
}

}  // namespace concord::ctl
