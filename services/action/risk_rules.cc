#include "services/action/risk_rules.h"

#include "common/aip/date.h"
#include "common/aip/limits.h"
#include "common/status/macros.h"
#include "services/action/members.h"
#include "services/action/records.h"

namespace concord::action {
namespace {

// 0 is refused as absent.
void CheckGrade(int grade, const std::string& field, Violations& violations) {
  if (grade != 0) aip::CheckNumber(grade, field, 1, 5, violations);
}

absl::Status CheckWrite(rpc::Context& context, const v1::Risk* before, v1::Risk& after) {
  CONCORD_RETURN_IF_ERROR(OpenActionOf(context, after.name()).status());
  if (before == nullptr) after.set_state(v1::Risk::STATE_OPEN);
  after.set_severity(after.likelihood() * after.impact());
  return absl::OkStatus();
}

}  // namespace

void CheckRiskValues(const v1::Risk& risk, absl::string_view prefix, Violations& violations) {
  const auto path = [&](absl::string_view field) { return FieldPath(prefix, field); };
  aip::CheckText(risk.title(), path("title"), 1, 200, violations);
  aip::CheckLabels(risk.labels(), path("labels"), violations);
  aip::CheckText(risk.description(), path("description"), 0, 4'000, violations);
  CheckGrade(risk.likelihood(), path("likelihood"), violations);
  CheckGrade(risk.impact(), path("impact"), violations);
  aip::CheckText(risk.mitigation(), path("mitigation"), 0, 4'000, violations);
  CheckOptionalMember(risk.owner(), path("owner"), violations);
  if (risk.has_review_date()) aip::CheckDay(risk.review_date(), path("review_date"), violations);
}

rpc::ResourceRules RiskRules() { return RecordRules<v1::Risk>{CheckRiskValues, CheckWrite}.ForAnyMessage(); }

}  // namespace concord::action
