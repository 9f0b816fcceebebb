// Members: their titles, what they are, and the groups of countries they belong to.
#include <algorithm>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "common/aip/date.h"
#include "common/status/macros.h"
#include "services/concordctl/directory_comparison.h"
#include "services/concordctl/directory_periods.h"

namespace concord::ctl {
namespace {

using google::protobuf::RepeatedPtrField;
using member::v1::CategoryPeriod;
using member::v1::GroupPeriod;
using member::v1::Member;

bool IsIncome(absl::string_view group) { return absl::StartsWith(group, "income-"); }

// Whether the file of groups speaks of it.
bool IsOfGroups(absl::string_view group) {
  return group == "ldc" || group == "lldc" || group == "sids" || absl::StartsWith(group, "region-");
}

bool IsNational(Member::Category category) {
  return category == Member::CATEGORY_MEMBER_BODY || category == Member::CATEGORY_CORRESPONDENT ||
         category == Member::CATEGORY_SUBSCRIBER;
}

bool IsSameCategory(const CategoryPeriod& a, const CategoryPeriod& b) { return a.category() == b.category(); }
bool IsSameGroup(const GroupPeriod& a, const GroupPeriod& b) { return a.group() == b.group(); }

std::vector<GroupPeriod> Sorted(const RepeatedPtrField<GroupPeriod>& periods) {
  std::vector<GroupPeriod> sorted(periods.begin(), periods.end());
  const auto key = [](const GroupPeriod& period) {
    const auto& start = period.start_date();
    return std::make_tuple(period.group(), start.year(), start.month(), start.day());
  };
  std::sort(sorted.begin(), sorted.end(), [&](const auto& a, const auto& b) { return key(a) < key(b); });
  return sorted;
}

bool IsSame(const std::vector<GroupPeriod>& a, const std::vector<GroupPeriod>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const GroupPeriod& one, const GroupPeriod& other) {
    return one.SerializeAsString() == other.SerializeAsString();
  });
}

// Continues the periods of one group in those of all.
absl::Status ContinueGroup(const std::string& group, bool holds, bool ever_told, absl::CivilDay day,
                           RepeatedPtrField<GroupPeriod>& all) {
  GroupPeriod now;
  now.set_group(group);
  RepeatedPtrField<GroupPeriod> own;
  RepeatedPtrField<GroupPeriod> rest;
  for (const GroupPeriod& period : all) *(period.group() == group ? own : rest).Add() = period;
  const bool is_new = own.empty();
  CONCORD_ASSIGN_OR_RETURN(const Continued continued, ContinuePeriods(holds ? &now : nullptr, day, IsSameGroup, own));
  if (continued == Continued::kBegun && is_new && ever_told) *own[0].mutable_start_date() = aip::FromDay(day);
  all.Swap(&rest);
  all.MergeFrom(own);
  return absl::OkStatus();
}

class MemberComparison {
 public:
  explicit MemberComparison(const DirectoryComparison& all)
      : all_(all), directory_(all.directory), rows_(all, DirectoryCollection::kMembers, all.state.members) {}

  void Run() {
    for (const auto& row : directory_.members) TakeRow(row);
    for (const auto& [name, mention] : directory_.mentioned) {
      if (!done_.contains(name)) TakeOther(name, &mention);
    }
    for (const Member& there : all_.state.members) {
      if (!done_.contains(there.name()) && !there.has_delete_time()) TakeOther(there.name(), nullptr);
    }
    rows_.Finish();
  }

 private:
  // Who is in the file of members.
  void TakeRow(const Sourced<Member>& row) {
    done_.insert(row.resource.name());
    Member wanted = row.resource;
    const Member* there = rows_.Find(wanted.name());
    if (there == nullptr && wanted.title().empty()) wanted.set_title(FallbackTitle(wanted));
    if (there != nullptr && wanted.category_periods_size() > 0) {
      const CategoryPeriod now = wanted.category_periods(0);
      *wanted.mutable_category_periods() = there->category_periods();
      const auto continued = ContinuePeriods(&now, all_.day, IsSameCategory, *wanted.mutable_category_periods());
      if (!continued.ok()) return Reject(wanted, row.origin, continued.status());
    }
    if (const auto groups = FillGroups(there, wanted); !groups.ok()) return Reject(wanted, row.origin, groups);
    rows_.Put(std::move(wanted), row.origin);
  }

  // Who is not: mentioned by committees, or just there.
  void TakeOther(const std::string& name, const Sourced<Member>* mention) {
    done_.insert(name);
    const Member* there = rows_.Find(name);
    const Origin origin = mention == nullptr ? Origin{DirectoryPart::kMembers, 0} : mention->origin;
    if (there == nullptr || there->has_delete_time()) {
      Member wanted = mention->resource;
      if (wanted.title().empty()) wanted.set_title(FallbackTitle(wanted));
      rows_.Put(std::move(wanted), origin);
      return;
    }
    Member wanted;
    wanted.set_name(name);
    wanted.set_country_code(there->country_code());
    // Of an organisation nothing but the acronym is known, which may change; who is more is told of elsewhere.
    if (mention != nullptr && there->category() == Member::CATEGORY_LIAISON_ORGANIZATION) {
      wanted.set_title(mention->resource.title());
      wanted.set_acronym(mention->resource.acronym());
    }
    const auto ended = FillEnd(*there, wanted);
    if (!ended.ok()) return Reject(wanted, origin, ended.status());
    if (const auto groups = FillGroups(there, wanted); !groups.ok()) return Reject(wanted, origin, groups);
    if (*ended) return rows_.End(*there, std::move(wanted), DirectoryPart::kMembers);
    if (mention != nullptr || wanted.group_periods_size() > 0) rows_.Put(std::move(wanted), origin);
  }

  static std::string FallbackTitle(const Member& member) {
    return member.acronym().empty() ? member.source_id() : member.acronym();
  }

  // Ends what a member was that the file of members no longer has. Whether that changes anything.
  absl::StatusOr<bool> FillEnd(const Member& there, Member& wanted) {
    const bool left = directory_.names_all_members && !there.source_id().empty() && IsNational(there.category()) &&
                      !directory_.unusable.contains(there.name());
    if (!left) return false;
    *wanted.mutable_category_periods() = there.category_periods();
    CONCORD_ASSIGN_OR_RETURN(
        const Continued continued,
        ContinuePeriods<CategoryPeriod>(nullptr, all_.day, IsSameCategory, *wanted.mutable_category_periods()));
    return continued == Continued::kEnded;
  }

  // The groups of the member's country, as far as the files say them.
  absl::Status FillGroups(const Member* there, Member& wanted) {
    const auto groups = directory_.groups.find(wanted.country_code());
    const auto incomes = directory_.incomes.find(wanted.country_code());
    if (groups == directory_.groups.end() && incomes == directory_.incomes.end()) return absl::OkStatus();
    RepeatedPtrField<GroupPeriod> periods;
    if (there != nullptr) periods = there->group_periods();
    if (groups != directory_.groups.end()) CONCORD_RETURN_IF_ERROR(ContinueGroups(groups->second, periods));
    if (incomes != directory_.incomes.end()) {
      const auto old =
          std::remove_if(periods.begin(), periods.end(), [](const auto& one) { return IsIncome(one.group()); });
      periods.erase(old, periods.end());
      periods.Add(incomes->second.begin(), incomes->second.end());
    }
    const std::vector<GroupPeriod> sorted = Sorted(periods);
    const bool is_same = there != nullptr && IsSame(sorted, Sorted(there->group_periods()));
    if (is_same) {
      *wanted.mutable_group_periods() = there->group_periods();  // In whatever order.
    } else {
      wanted.mutable_group_periods()->Assign(sorted.begin(), sorted.end());
    }
    return absl::OkStatus();
  }

  absl::Status ContinueGroups(const std::set<std::string>& now, RepeatedPtrField<GroupPeriod>& periods) {
    std::set<std::string> all = now;
    bool ever_told = false;
    for (const GroupPeriod& period : periods) {
      if (!IsOfGroups(period.group())) continue;
      ever_told = true;
      all.insert(period.group());
    }
    for (const std::string& group : all) {
      CONCORD_RETURN_IF_ERROR(ContinueGroup(group, now.contains(group), ever_told, all_.day, periods));
    }
    return absl::OkStatus();
  }

  void Reject(const Member& member, Origin origin, const absl::Status& status) {
    rows_.Reject(member, origin, std::string(status.message()));
  }

  const DirectoryComparison& all_;
  const Directory& directory_;
  CollectionComparison<Member> rows_;
  absl::flat_hash_set<std::string> done_;
};

}  // namespace

void CompareMembers(const DirectoryComparison& all) { MemberComparison(all).Run(); }

}  // namespace concord::ctl
