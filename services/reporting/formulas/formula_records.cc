#include "services/reporting/formulas/formula_records.h"

#include <algorithm>

#include "absl/strings/match.h"
#include "common/aip/date.h"
#include "common/aip/dated_periods.h"
#include "common/aip/resource_name.h"

namespace concord::reporting {
namespace {

using member::v1::Committee;

constexpr int kMostLevels = 32;  // More than committees can have; a circle in old records ends here.

bool IsAtWork(const Committee& committee, absl::CivilDay day) {
  const bool founded = !committee.has_creation_date() || aip::ToDay(committee.creation_date()) <= day;
  return founded && (!committee.has_disbanding_date() || day <= aip::ToDay(committee.disbanding_date()));
}

bool IsIncome(absl::string_view group) { return absl::StartsWith(group, "income-"); }

// Whether a committee is another one or below it.
class Tree {
 public:
  explicit Tree(const FormulaRecords& records) {
    for (const Committee* committee : records.committees) committees_.emplace(committee->name(), committee);
  }

  bool IsBelow(const Committee* committee, const std::string& top) const {
    for (int level = 0; committee != nullptr && level < kMostLevels; ++level) {
      if (committee->name() == top) return true;
      const auto above = committees_.find(committee->parent_committee());
      committee = above == committees_.end() ? nullptr : above->second;
    }
    return false;
  }

 private:
  absl::flat_hash_map<absl::string_view, const Committee*> committees_;
};

}  // namespace

Committees Committees::AtWork(const FormulaRecords& records, const std::string& top, absl::CivilDay day) {
  Committees at_work;
  const Committees ever = Ever(records, top);
  for (const Committee* committee : ever.all()) {
    if (IsAtWork(*committee, day)) at_work.Add(*committee);
  }
  return at_work;
}

Committees Committees::Ever(const FormulaRecords& records, const std::string& top) {
  Committees ever;
  const Tree tree(records);
  for (const Committee* committee : records.committees) {
    if (top.empty() || tree.IsBelow(committee, top)) ever.Add(*committee);
  }
  return ever;
}

void Committees::Add(const Committee& committee) {
  all_.push_back(&committee);
  by_name_.emplace(committee.name(), &committee);
}

const Committee* Committees::Find(absl::string_view name) const {
  const auto found = by_name_.find(name);
  return found == by_name_.end() ? nullptr : found->second;
}

const Committee* Committees::OfChild(absl::string_view name) const { return Find(aip::ParentOf(name)); }

GroupsOfMembers::GroupsOfMembers(const FormulaRecords& records, const std::vector<std::string>& groups)
    : groups_(groups.begin(), groups.end()), incomes_only_(std::all_of(groups.begin(), groups.end(), IsIncome)) {
  for (const member::v1::Member* member : records.members) members_.emplace(member->name(), member);
}

GroupsOfMembers::Answer GroupsOfMembers::Of(absl::string_view member, absl::CivilDay day) const {
  const auto found = members_.find(member);
  if (found == members_.end()) return Answer::kUnknown;
  bool has_income = false;
  for (const member::v1::GroupPeriod& period : found->second->group_periods()) {
    if (!aip::HoldsOn(period, day)) continue;
    if (groups_.contains(period.group())) return Answer::kIn;
    has_income = has_income || IsIncome(period.group());
  }
  return incomes_only_ && !has_income ? Answer::kUnknown : Answer::kOut;
}

const member::v1::SecretariatPeriod* SecretariatOn(const Committee& committee, absl::CivilDay day) {
  return aip::InForceOn(committee.secretariat_periods(), day);
}

}  // namespace concord::reporting
