// Plans of the services as StratML, and back.
#ifndef SERVICES_CONCORDCTL_PLAN_STRATML_H_
#define SERVICES_CONCORDCTL_PLAN_STRATML_H_

#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "services/concordctl/plan_import.h"
#include "services/concordctl/session.h"
#include "services/concordctl/stratml.h"

namespace concord::ctl {

struct StratmlExportOptions {
  StratmlPart part = StratmlPart::kStrategicPlan;
  std::string plan;     // "plans/{plan}".
  std::string source;   // Where the content comes from.
  std::string as_of;    // RFC 3339; empty: now.
  std::string sidecar;  // The file that gets the plan as it is; empty: none.
};

// Prints the document; on the standard error what it does not say.
absl::Status ExportStratml(Session& session, const StratmlExportOptions& options);

struct StratmlImportOptions {
  ImportOptions import;
  std::string sidecar;  // The bytes of the file; only if has_sidecar.
  bool has_sidecar = false;
  std::string start_date;  // "2011-01-31"; empty: not said.
  std::string end_date;
};

// Brings a plan to what a document says, and tells what of it could not be taken.
absl::Status ImportStratml(Session& session, absl::string_view xml, const StratmlImportOptions& options);

}  // namespace concord::ctl

#endif  // SERVICES_CONCORDCTL_PLAN_STRATML_H_
