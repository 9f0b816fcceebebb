#include "services/action/progress_report_methods.h"

#include "common/rpc/standard_methods.h"
#include "common/rpc/standard_service.h"
#include "concord/action/v1/progress_report.pb.h"
#include "concord/action/v1/progress_report_service.pb.h"
#include "services/action/progress_report_rules.h"

namespace concord::action {

void AddProgressReportMethods(rpc::Engine& engine, const app::MethodParts& parts) {
  const rpc::StandardMethods methods(
      {&parts.types->Of(v1::ProgressReport::descriptor()), ProgressReportRules(), parts.stamper, parts.tokens});
  rpc::AddStandardMethods(*v1::GetProgressReportRequest::descriptor()->file()->service(0), methods, engine);
}

}  // namespace concord::action
