#include "services/member/expert_delegation_rules.h"

#include <set>
#include <string>

#include "absl/strings/str_cat.h"
#include "common/aip/date.h"
#include "common/aip/limits.h"
#include "concord/member/v1/error_reason.pb.h"
#include "services/member/record_rules.h"
#include "services/member/references.h"

namespace concord::member {
namespace {

void DeriveNothing(v1::ExpertDelegation& /*delegation*/) {}

Found JudgeDelegation(rpc::Context& context, const v1::ExpertDelegation* /*before*/,
                      const v1::ExpertDelegation& after) {
  Found found;
  JudgeReference(context, after.name(), after.member(), found);
  if (aip::ToDay(after.count_date()) > context.today()) {
    Violations violations;
    // In words that are the same tomorrow, for they may be kept.
    if (aip::ToDay(after.count_date()) > context.today())
      violations.Add("expert_delegation.count_date", "must not be in the future");
    found.push_back(violations.ToStatus());
  }
  return found;
}

}  // namespace

void CheckExpertDelegationValues(const v1::ExpertDelegation& delegation, absl::string_view prefix,
                                 Violations& violations) {
  const auto path = [&](absl::string_view field) { return absl::StrCat(prefix, ".", field); };
  aip::CheckText(delegation.title(), path("title"), 0, 200, violations);
  aip::CheckLabels(delegation.labels(), path("labels"), violations);
  CheckOptionalReference(MemberPattern(), delegation.member(), path("member"), violations);
  CheckNamedAfter(delegation.name(), delegation.member(), path("member"), violations);
  if (delegation.has_count_date()) aip::CheckDay(delegation.count_date(), path("count_date"), violations);
  std::set<int> seen;
  for (int i = 0; i < delegation.expert_counts_size(); ++i) {
    const v1::ExpertCount& count = delegation.expert_counts(i);
    const std::string at = absl::StrCat(path("expert_counts"), "[", i, "]");
    if (count.expert_count() != 0) {
      aip::CheckNumber(count.expert_count(), absl::StrCat(at, ".expert_count"), 1, 10'000, violations);
    }
    if (count.category() != 0 && !seen.insert(count.category()).second) {
      violations.Add(absl::StrCat(at, ".category"), "is counted already: each category once");
    }
  }
}

rpc::ResourceRules ExpertDelegationRules() {
  return RecordRules<v1::ExpertDelegation>{CheckExpertDelegationValues, DeriveNothing, JudgeDelegation}.ForAnyMessage();
}

}  // namespace concord::member
