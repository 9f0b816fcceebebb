#include "services/member/adoption_rules.h"

#include <algorithm>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/time/civil_time.h"
#include "common/aip/date.h"
#include "common/aip/enum_words.h"
#include "common/aip/limits.h"
#include "common/aip/resource_name.h"
#include "concord/member/v1/error_reason.pb.h"
#include "concord/member/v1/member.pb.h"
#include "concord/member/v1/work_item.pb.h"
#include "services/member/findings.h"
#include "services/member/member_rules.h"
#include "services/member/record_rules.h"
#include "services/member/references.h"
#include "services/member/stage_codes.h"

namespace concord::member {
namespace {

void DeriveNoField(v1::Adoption& /*adoption*/) {}

// Who sells and adopts standards. What a member was that is not known forbids nothing.
bool MayAdopt(v1::Member::Category category) {
  return category == v1::Member::CATEGORY_MEMBER_BODY || category == v1::Member::CATEGORY_CORRESPONDENT ||
         category == v1::Member::CATEGORY_UNSPECIFIED;
}

void JudgeAdopter(rpc::Context& context, const v1::Adoption& adoption, Found& found) {
  const auto* member = context.Get<v1::Member>(adoption.member());
  if (member == nullptr) return;
  const v1::Member::Category category = CategoryOn(*member, aip::ToDay(adoption.adoption_date()));
  if (MayAdopt(category)) return;
  found.push_back(MakeError(absl::StatusCode::kFailedPrecondition, v1::ERROR_REASON_NOT_ENTITLED_TO_ADOPT,
                            "{name}: {member} was {category} on {date} and could not adopt a standard",
                            {{"name", adoption.name()},
                             {"member", adoption.member()},
                             {"category", aip::WordOf(category)},
                             {"date", aip::FormatDate(adoption.adoption_date())}}));
}

// Whether it was published by a day. Of one that is published and does not say when, nobody knows better.
bool WasPublished(const v1::WorkItem& item, absl::CivilDay day) {
  if (item.has_publication_date()) return aip::ToDay(item.publication_date()) <= day;
  return item.stage() >= kPublished;  // Codes are ordered as their digits; given up is given up before.
}

void JudgePublication(rpc::Context& context, const v1::Adoption& adoption, Found& found) {
  const std::string item_name(aip::ParentOf(adoption.name()));
  const auto* item = context.Get<v1::WorkItem>(item_name);
  if (item == nullptr || WasPublished(*item, aip::ToDay(adoption.adoption_date()))) return;
  found.push_back(MakeError(
      absl::StatusCode::kFailedPrecondition, v1::ERROR_REASON_STANDARD_NOT_PUBLISHED,
      "{name}: {work_item} had not been published by {date} and could not be adopted",
      {{"name", adoption.name()}, {"work_item", item_name}, {"date", aip::FormatDate(adoption.adoption_date())}}));
}

void JudgeAdoptionDate(rpc::Context& context, const v1::Adoption& adoption, Found& found) {
  if (aip::ToDay(adoption.adoption_date()) <= context.today()) return;
  Violations violations;
  // In words that are the same tomorrow, for they may be kept.
  violations.Add("adoption.adoption_date", "must not be in the future");
  found.push_back(violations.ToStatus());
}

// A change that leaves the day as it was is held responsible for nothing that has become of member and standard since;
// what was broken from the start stays on record as long as it is.
Found JudgeAdoption(rpc::Context& context, const v1::Adoption* before, const v1::Adoption& after) {
  Found found;
  JudgeReference(context, after.name(), after.member(), found);
  JudgeAdopter(context, after, found);
  JudgePublication(context, after, found);
  JudgeAdoptionDate(context, after, found);
  const bool is_new = before == nullptr || rpc::IsDeleted(*before) ||
                      aip::ToDay(before->adoption_date()) != aip::ToDay(after.adoption_date());
  if (is_new) return found;
  found.erase(std::remove_if(found.begin(), found.end(),
                             [&](const absl::Status& error) { return !IsKept(error, before->findings()); }),
              found.end());
  return found;
}

}  // namespace

void CheckAdoptionValues(const v1::Adoption& adoption, absl::string_view prefix, Violations& violations) {
  const auto path = [&](absl::string_view field) { return absl::StrCat(prefix, ".", field); };
  aip::CheckText(adoption.title(), path("title"), 0, 200, violations);
  aip::CheckLabels(adoption.labels(), path("labels"), violations);
  CheckOptionalReference(MemberPattern(), adoption.member(), path("member"), violations);
  CheckNamedAfter(adoption.name(), adoption.member(), path("member"), violations);
  aip::CheckText(adoption.reference(), path("reference"), 0, 100, violations);
  if (adoption.has_adoption_date()) aip::CheckDay(adoption.adoption_date(), path("adoption_date"), violations);
  if (!adoption.has_withdrawal_date()) return;
  aip::CheckDay(adoption.withdrawal_date(), path("withdrawal_date"), violations);
  const bool both = aip::IsDay(adoption.withdrawal_date()) && aip::IsDay(adoption.adoption_date());
  if (both && aip::ToDay(adoption.withdrawal_date()) < aip::ToDay(adoption.adoption_date())) {
    violations.Add(path("withdrawal_date"), "must not be before adoption_date");
  }
}

rpc::ResourceRules AdoptionRules() {
  return RecordRules<v1::Adoption>{CheckAdoptionValues, DeriveNoField, JudgeAdoption}.ForAnyMessage();
}

}  // namespace concord::member
