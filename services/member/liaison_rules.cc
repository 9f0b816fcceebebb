#include "services/member/liaison_rules.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "absl/time/civil_time.h"
#include "common/aip/date.h"
#include "common/aip/dated_periods.h"
#include "common/aip/limits.h"
#include "common/aip/resource_name.h"
#include "services/member/record_rules.h"
#include "services/member/references.h"

namespace concord::member {
namespace {

constexpr int kReviewYears = 2;
constexpr int kContributionsLimit = 1'000'000;

void CheckCounterpart(const v1::Liaison& liaison, const std::string& field, Violations& violations) {
  const std::string& name = liaison.counterpart();
  if (name.empty()) return;  // Said already: it is required.
  if (!CommitteePattern().Matches(name) && !MemberPattern().Matches(name)) {
    violations.Add(field, R"(must be a name like "committees/{committee}" or "members/{member}")");
  } else if (name == aip::ParentOf(liaison.name())) {
    violations.Add(field, "must be another committee than the one that has the liaison");
  }
}

Found JudgeLiaison(rpc::Context& context, const v1::Liaison* /*before*/, const v1::Liaison& after) {
  Found found;
  JudgeReference(context, after.name(), after.counterpart(), found);
  if (after.has_review_date()) {
    Violations violations;
    // In words that are the same tomorrow, for they may be kept.
    if (aip::ToDay(after.review_date()) > context.today())
      violations.Add("liaison.review_date", "must not be in the future");
    if (!violations.empty()) found.push_back(violations.ToStatus());
  }
  return found;
}

}  // namespace

void CheckLiaisonValues(const v1::Liaison& liaison, absl::string_view prefix, Violations& violations) {
  const auto path = [&](absl::string_view field) { return absl::StrCat(prefix, ".", field); };
  aip::CheckText(liaison.title(), path("title"), 0, 300, violations);
  aip::CheckLabels(liaison.labels(), path("labels"), violations);
  CheckCounterpart(liaison, path("counterpart"), violations);
  if (liaison.category() != v1::Liaison::CATEGORY_UNSPECIFIED && CommitteePattern().Matches(liaison.counterpart())) {
    violations.Add(path("category"), "is of liaisons with organisations only: leave it out");
  }
  aip::CheckPeriod(liaison, prefix, violations);
  if (liaison.has_review_date()) aip::CheckDay(liaison.review_date(), path("review_date"), violations);
  if (liaison.has_given_count()) {
    aip::CheckNumber(liaison.given_count(), path("given_count"), 0, kContributionsLimit, violations);
  }
  if (liaison.has_received_count()) {
    aip::CheckNumber(liaison.received_count(), path("received_count"), 0, kContributionsLimit, violations);
  }
}

void DeriveLiaison(v1::Liaison& liaison) {
  liaison.clear_review_due_date();
  if (liaison.has_end_date() || !(liaison.has_review_date() || liaison.has_start_date())) return;
  const absl::CivilDay from = aip::ToDay(liaison.has_review_date() ? liaison.review_date() : liaison.start_date());
  // 29 February becomes 1 March where the year has no such day.
  *liaison.mutable_review_due_date() =
      aip::FromDay(absl::CivilDay(from.year() + kReviewYears, from.month(), from.day()));
}

rpc::ResourceRules LiaisonRules() {
  return RecordRules<v1::Liaison>{CheckLiaisonValues, DeriveLiaison, JudgeLiaison}.ForAnyMessage();
}

}  // namespace concord::member
