#include "services/member/member_rules.h"

#include <algorithm>
#include <functional>
#include <set>
#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/aip/dated_periods.h"
#include "common/aip/limits.h"
#include "common/aip/resource_name.h"
#include "common/status/macros.h"
#include "concord/member/v1/adoption.pb.h"
#include "concord/member/v1/ballot.pb.h"
#include "concord/member/v1/committee.pb.h"
#include "concord/member/v1/expert_delegation.pb.h"
#include "concord/member/v1/liaison.pb.h"
#include "concord/member/v1/participation.pb.h"
#include "services/member/participation_rules.h"
#include "services/member/record_rules.h"
#include "services/member/references.h"

namespace concord::member {
namespace {

using google::protobuf::Message;

constexpr int kGroupPeriodsLimit = 200;

void CheckCountry(const std::string& code, const std::string& field, Violations& violations) {
  const bool letters = code.size() == 3 && std::all_of(code.begin(), code.end(), absl::ascii_isupper);
  if (!code.empty() && !letters) violations.Add(field, "must be three letters A-Z, as ISO 3166-1 has them, or empty");
}

void CheckWebsite(const std::string& uri, const std::string& field, Violations& violations) {
  aip::CheckText(uri, field, 0, 500, violations);
  if (uri.empty() || absl::StartsWith(uri, "http://") || absl::StartsWith(uri, "https://")) return;
  violations.Add(field, "must begin with http:// or https://");
}

// A member that becomes something else takes part no more as it may not then.
Found JudgeMember(rpc::Context& context, const v1::Member* before, const v1::Member& after) {
  Found found;
  if (before == nullptr || before->category() == after.category()) return found;
  const rpc::ResourceType& type = context.types().Of(v1::Participation::descriptor());
  context.ForEach(type, "directory", "committees/-", "", [&](const ledger::Resource& resource) {
    const auto& participation = static_cast<const v1::Participation&>(*resource.message);
    if (resource.deleted || participation.member() != after.name()) return true;
    JudgeEntitlement(context.today(), participation, after, found);
    return true;
  });
  return found;
}

// The groups of the periods that are wanted, each once, in their order.
void SetGroups(v1::Member& member, const std::function<bool(const v1::GroupPeriod&)>& wanted) {
  std::set<std::string> groups;
  for (const v1::GroupPeriod& period : member.group_periods()) {
    if (wanted(period)) groups.insert(period.group());
  }
  member.mutable_groups()->Assign(groups.begin(), groups.end());
}

bool NamesAsSecretariat(const v1::Committee& committee, const std::string& member) {
  const auto& secretariats = committee.secretariat_periods();
  const auto& chairs = committee.chair_periods();
  return std::any_of(secretariats.begin(), secretariats.end(),
                     [&](const auto& period) { return period.member() == member || period.twin() == member; }) ||
         std::any_of(chairs.begin(), chairs.end(), [&](const auto& period) { return period.member() == member; });
}

// A member that others refer to is not deleted: it gets a last day.
absl::Status CheckRemove(rpc::Context& context, const v1::Member& member) {
  const std::string& name = member.name();
  CONCORD_RETURN_IF_ERROR(CheckUnused(context, v1::Committee::descriptor(), "", name, [&](const Message& m) {
    return NamesAsSecretariat(static_cast<const v1::Committee&>(m), name);
  }));
  CONCORD_RETURN_IF_ERROR(
      CheckUnused(context, v1::Participation::descriptor(), "committees/-", name,
                  [&](const Message& m) { return static_cast<const v1::Participation&>(m).member() == name; }));
  CONCORD_RETURN_IF_ERROR(
      CheckUnused(context, v1::ExpertDelegation::descriptor(), "committees/-", name,
                  [&](const Message& m) { return static_cast<const v1::ExpertDelegation&>(m).member() == name; }));
  CONCORD_RETURN_IF_ERROR(CheckUnused(context, v1::Liaison::descriptor(), "committees/-", name, [&](const Message& m) {
    return static_cast<const v1::Liaison&>(m).counterpart() == name;
  }));
  CONCORD_RETURN_IF_ERROR(CheckUnused(context, v1::Vote::descriptor(), "ballots/-", name, [&](const Message& m) {
    return static_cast<const v1::Vote&>(m).member() == name;
  }));
  return CheckUnused(context, v1::Adoption::descriptor(), "committees/-/workItems/-", name,
                     [&](const Message& m) { return static_cast<const v1::Adoption&>(m).member() == name; });
}

}  // namespace

void CheckMemberValues(const v1::Member& member, absl::string_view prefix, Violations& violations) {
  const auto path = [&](absl::string_view field) { return absl::StrCat(prefix, ".", field); };
  aip::CheckText(member.title(), path("title"), 1, 300, violations);
  aip::CheckLabels(member.labels(), path("labels"), violations);
  aip::CheckText(member.acronym(), path("acronym"), 0, 60, violations);
  aip::CheckText(member.source_id(), path("source_id"), 0, 60, violations);
  CheckCountry(member.country_code(), path("country_code"), violations);
  aip::CheckPeriods(member.category_periods(), path("category_periods"), 50, violations);
  aip::CheckPeriods(
      member.group_periods(), path("group_periods"), kGroupPeriodsLimit,
      [](const v1::GroupPeriod& period) -> const std::string& { return period.group(); }, violations);
  for (int i = 0; i < std::min(member.group_periods_size(), kGroupPeriodsLimit); ++i) {
    const std::string& group = member.group_periods(i).group();
    if (group.empty() || aip::IsResourceId(group)) continue;  // One that is missing is said already.
    violations.Add(absl::StrCat(path("group_periods"), "[", i, "].group"), aip::ResourceIdRule());
  }
  CheckWebsite(member.website_uri(), path("website_uri"), violations);
}

void DeriveMember(v1::Member& member) {
  const v1::CategoryPeriod* open = aip::OpenOneOf(member.category_periods());
  member.set_category(open == nullptr ? v1::Member::CATEGORY_UNSPECIFIED : open->category());
  SetGroups(member, [](const v1::GroupPeriod& period) { return !period.has_end_date(); });
}

void SetFactsOn(absl::CivilDay day, v1::Member& member) {
  member.set_category(CategoryOn(member, day));
  SetGroups(member, [day](const v1::GroupPeriod& period) { return aip::HoldsOn(period, day); });
}

v1::Member::Category CategoryOn(const v1::Member& member, absl::CivilDay day) {
  const v1::CategoryPeriod* period = aip::InForceOn(member.category_periods(), day);
  return period == nullptr ? v1::Member::CATEGORY_UNSPECIFIED : period->category();
}

rpc::ResourceRules MemberRules() {
  return RecordRules<v1::Member>{CheckMemberValues, DeriveMember, JudgeMember, CheckRemove, SetFactsOn}.ForAnyMessage();
}

}  // namespace concord::member
