#include "services/action/milestone_rules.h"

#include "common/aip/date.h"
#include "common/aip/evidence.h"
#include "common/aip/limits.h"
#include "common/status/macros.h"
#include "services/action/members.h"
#include "services/action/records.h"

namespace concord::action {
namespace {

absl::Status CheckWrite(rpc::Context& context, const v1::Milestone* before, v1::Milestone& after) {
  CONCORD_ASSIGN_OR_RETURN(const v1::Action* action, OpenActionOf(context, after.name()));
  CONCORD_RETURN_IF_ERROR(CheckNotEnded(*action, after.name()));
  if (before == nullptr) after.set_state(v1::Milestone::STATE_PLANNED);
  return absl::OkStatus();
}

absl::Status CheckRemove(rpc::Context& context, const v1::Milestone& milestone) {
  CONCORD_ASSIGN_OR_RETURN(const v1::Action* action, OpenActionOf(context, milestone.name()));
  return CheckNotEnded(*action, milestone.name());
}

}  // namespace

void CheckMilestoneValues(const v1::Milestone& milestone, absl::string_view prefix, Violations& violations) {
  const auto path = [&](absl::string_view field) { return FieldPath(prefix, field); };
  aip::CheckText(milestone.title(), path("title"), 1, 200, violations);
  aip::CheckLabels(milestone.labels(), path("labels"), violations);
  if (milestone.has_due_date()) aip::CheckDay(milestone.due_date(), path("due_date"), violations);
  // Smaller than any weight that is meant, and more than nothing.
  if (milestone.has_weight()) aip::CheckNumber(milestone.weight(), path("weight"), 1e-9, 1'000'000, violations);
  CheckOptionalMember(milestone.owner(), path("owner"), violations);
  aip::CheckText(milestone.description(), path("description"), 0, 4'000, violations);
  aip::CheckEvidence(milestone.evidence(), path("evidence"), violations);
}

rpc::ResourceRules MilestoneRules() {
  return RecordRules<v1::Milestone>{CheckMilestoneValues, CheckWrite, CheckRemove}.ForAnyMessage();
}

}  // namespace concord::action
