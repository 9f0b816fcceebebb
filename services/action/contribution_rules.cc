#include "services/action/contribution_rules.h"

#include "common/aip/date.h"
#include "common/aip/evidence.h"
#include "common/aip/limits.h"
#include "common/status/macros.h"
#include "services/action/amounts.h"
#include "services/action/members.h"
#include "services/action/records.h"

namespace concord::action {
namespace {

absl::Status CheckWrite(rpc::Context& context, const v1::Contribution* /*before*/, v1::Contribution& after) {
  CONCORD_RETURN_IF_ERROR(OpenActionOf(context, after.name()).status());
  Violations violations;
  aip::CheckNotInFuture(after.date(), context.today(), "contribution.date", violations);
  return violations.ToStatus();
}

}  // namespace

void CheckContributionValues(const v1::Contribution& contribution, absl::string_view prefix, Violations& violations) {
  const auto path = [&](absl::string_view field) { return FieldPath(prefix, field); };
  aip::CheckText(contribution.title(), path("title"), 1, 200, violations);
  aip::CheckLabels(contribution.labels(), path("labels"), violations);
  CheckOptionalMember(contribution.member(), path("member"), violations);
  if (contribution.has_amount()) CheckAmount(contribution.amount(), path("amount"), violations);
  if (contribution.kind() == v1::Contribution::KIND_MONEY) {
    CheckCurrency(contribution.currency_code(), path("currency_code"), violations);
  } else if (!contribution.currency_code().empty()) {
    violations.Add(path("currency_code"), "is of money only: leave it empty");
  }
  if (contribution.has_date()) aip::CheckDay(contribution.date(), path("date"), violations);
  aip::CheckText(contribution.note(), path("note"), 0, 4'000, violations);
  aip::CheckEvidence(contribution.evidence(), path("evidence"), violations);
}

rpc::ResourceRules ContributionRules() {
  return RecordRules<v1::Contribution>{CheckContributionValues, CheckWrite}.ForAnyMessage();
}

}  // namespace concord::action
