// What hangs on committees: participations and liaisons.
#include <string>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/aip/date.h"
#include "common/aip/resource_name.h"
#include "services/concordctl/directory_comparison.h"
#include "services/concordctl/directory_periods.h"

namespace concord::ctl {
namespace {

using member::v1::Liaison;
using member::v1::Participation;
using member::v1::RolePeriod;

using Names = absl::flat_hash_set<std::string>;

// The committees of which something of the kind is recorded. What is new in others holds as long as anybody knows.
template <typename T>
Names ParentsOf(const google::protobuf::RepeatedPtrField<T>& resources) {
  Names parents;
  for (const T& resource : resources) parents.insert(std::string(aip::ParentOf(resource.name())));
  return parents;
}

bool IsSameRole(const RolePeriod& a, const RolePeriod& b) { return a.role() == b.role(); }

class ParticipationComparison {
 public:
  explicit ParticipationComparison(const DirectoryComparison& all)
      : all_(all),
        known_(ParentsOf(all.state.participations)),
        rows_(all, DirectoryCollection::kParticipations, all.state.participations) {}

  void Run() {
    Names done;
    for (const auto& row : all_.directory.participations) {
      done.insert(row.resource.name());
      Take(row);
    }
    if (all_.directory.tells_participations) {
      const Names told = CommitteesTold(all_);
      for (const Participation& there : all_.state.participations) {
        const std::string committee = TopOfName(there.name());
        const bool gone = !done.contains(there.name()) && told.contains(committee) &&
                          !all_.directory.unsure_participations.contains(committee);
        if (gone && !there.has_delete_time()) End(there);
      }
    }
    rows_.Finish();
  }

 private:
  void Take(const Sourced<Participation>& row) {
    Participation wanted = row.resource;
    const Participation* there = rows_.Find(wanted.name());
    if (there != nullptr) {
      *wanted.mutable_role_periods() = there->role_periods();
      const auto continued =
          ContinuePeriods(&row.resource.role_periods(0), all_.day, IsSameRole, *wanted.mutable_role_periods());
      if (!continued.ok()) {
        rows_.Reject(wanted, row.origin, std::string(continued.status().message()));
        return;
      }
    } else if (known_.contains(TopOfName(wanted.name()))) {
      *wanted.mutable_role_periods(0)->mutable_start_date() = aip::FromDay(all_.day);
    }
    rows_.Put(std::move(wanted), row.origin);
  }

  void End(const Participation& there) {
    Participation wanted;
    wanted.set_name(there.name());
    *wanted.mutable_role_periods() = there.role_periods();
    const auto ended = ContinuePeriods<RolePeriod>(nullptr, all_.day, IsSameRole, *wanted.mutable_role_periods());
    if (ended.ok()) return rows_.End(there, std::move(wanted), DirectoryPart::kCommittees);
    rows_.Reject(wanted, {DirectoryPart::kCommittees, 0}, std::string(ended.status().message()));
  }

  const DirectoryComparison& all_;
  const Names known_;
  CollectionComparison<Participation> rows_;
};

// A liaison holds for one time only, so one that comes back is another record.
class LiaisonComparison {
 public:
  explicit LiaisonComparison(const DirectoryComparison& all)
      : all_(all),
        known_(ParentsOf(all.state.liaisons)),
        rows_(all, DirectoryCollection::kLiaisons, all.state.liaisons) {
    for (const Liaison& liaison : all.state.liaisons) {
      if (!liaison.has_delete_time()) records_[KeyOf(liaison)].push_back(&liaison);
    }
  }

  void Run() {
    Names done;
    for (const auto& row : all_.directory.liaisons) {
      done.insert(KeyOf(row.resource));
      Take(row);
    }
    const Names told = CommitteesTold(all_);
    for (const auto& [key, records] : records_) {
      if (done.contains(key)) continue;
      for (const Liaison* there : records) {
        if (told.contains(TopOfName(there->name())) && IsTold(*there)) End(*there);
      }
    }
    rows_.Finish();
  }

 private:
  // Whose liaison it is, with whom.
  static std::string KeyOf(const Liaison& liaison) {
    return absl::StrCat(aip::ParentOf(liaison.name()), " ", liaison.counterpart());
  }

  bool IsTold(const Liaison& liaison) const {
    if (all_.directory.unusable.contains(liaison.name())) return false;
    if (all_.directory.unsure_liaisons.contains(TopOfName(liaison.name()))) return false;
    return absl::StartsWith(liaison.counterpart(), "members/") ? all_.directory.tells_organization_liaisons
                                                               : all_.directory.tells_committee_liaisons;
  }

  void Take(const Sourced<Liaison>& row) {
    Liaison wanted = row.resource;
    for (const Liaison* there : records_[KeyOf(wanted)]) {
      if (PeriodHoldsOn(*there, all_.day)) {
        wanted.set_name(there->name());  // Perhaps somebody has recorded it under a name of his own.
        rows_.Put(std::move(wanted), row.origin);
        return;
      }
      if (there->has_start_date() && aip::ToDay(there->start_date()) > all_.day) {
        rows_.Reject(wanted, row.origin, BeginsLater(there->start_date()));
        return;
      }
    }
    const Liaison* ended = rows_.Find(wanted.name());
    if (ended != nullptr && !ended->has_delete_time()) {
      wanted.set_name(absl::StrCat(wanted.name(), "-", aip::FormatDate(aip::FromDay(all_.day))));
    }
    if (known_.contains(TopOfName(wanted.name()))) *wanted.mutable_start_date() = aip::FromDay(all_.day);
    rows_.Put(std::move(wanted), row.origin);
  }

  void End(const Liaison& there) {
    if (!PeriodHoldsOn(there, all_.day)) return;
    Liaison wanted;
    wanted.set_name(there.name());
    *wanted.mutable_end_date() = LastDayBefore(all_.day, there.has_start_date() ? &there.start_date() : nullptr);
    rows_.End(there, std::move(wanted), DirectoryPart::kCommittees);
  }

  const DirectoryComparison& all_;
  const Names known_;
  CollectionComparison<Liaison> rows_;
  std::map<std::string, std::vector<const Liaison*>> records_;  // By KeyOf, those that are not deleted.
};

}  // namespace

void CompareParticipations(const DirectoryComparison& all) { ParticipationComparison(all).Run(); }

void CompareLiaisons(const DirectoryComparison& all) { LiaisonComparison(all).Run(); }

}  // namespace concord::ctl
