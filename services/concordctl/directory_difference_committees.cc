// Committees and their secretariats.
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/aip/date.h"
#include "services/concordctl/directory_comparison.h"
#include "services/concordctl/directory_periods.h"

namespace concord::ctl {
namespace {

using google::protobuf::RepeatedPtrField;
using member::v1::Committee;
using member::v1::SecretariatPeriod;

using Secretariats = RepeatedPtrField<SecretariatPeriod>;

bool IsSameHolder(const SecretariatPeriod& a, const SecretariatPeriod& b) { return a.member() == b.member(); }

class CommitteeComparison {
 public:
  CommitteeComparison(const DirectoryComparison& all, std::vector<Outgoing>& secretariats)
      : all_(all), rows_(all, DirectoryCollection::kCommittees, all.state.committees), secretariats_(secretariats) {}

  void Run() {
    for (const auto& row : all_.directory.committees) {
      done_.insert(row.resource.name());
      const Committee* there = rows_.Find(row.resource.name());
      if (there == nullptr || there->has_delete_time()) {
        TakeNew(row);
      } else {
        TakeKnown(row, *there);
      }
    }
    for (const std::string& name : CommitteesTold(all_)) {
      if (!done_.contains(name)) Disband(*rows_.Find(name));
    }
    rows_.Finish();
  }

 private:
  void TakeNew(const Sourced<Committee>& row) {
    Committee wanted = row.resource;
    if (wanted.title().empty()) wanted.set_title(wanted.reference());
    Secretariats secretariats;
    secretariats.Swap(wanted.mutable_secretariat_periods());
    const size_t bytes = wanted.ByteSizeLong();
    const std::string name = wanted.name();
    if (rows_.Put(std::move(wanted), row.origin) && !secretariats.empty()) {
      SendSecretariats(name, "", secretariats, bytes, row.origin, Fate::kCounted);
    }
  }

  void TakeKnown(const Sourced<Committee>& row, const Committee& there) {
    Committee wanted = row.resource;
    wanted.clear_secretariat_periods();
    const bool of_source = !wanted.source_id().empty();
    if (of_source && there.has_disbanding_date() && aip::ToDay(there.disbanding_date()) < all_.day) {
      const std::string reason = absl::StrCat("it was disbanded on ", aip::FormatDate(there.disbanding_date()),
                                              " and is there again: clear its disbanding_date first");
      rows_.Reject(wanted, row.origin, reason);
      return;
    }
    Secretariats after = there.secretariat_periods();
    Continued continued = Continued::kUnchanged;
    if (of_source && all_.directory.tells_secretariats) {
      const bool held = row.resource.secretariat_periods_size() > 0;
      const auto result =
          ContinuePeriods(held ? &row.resource.secretariat_periods(0) : nullptr, all_.day, IsSameHolder, after);
      if (!result.ok()) {
        rows_.Reject(wanted, row.origin, std::string(result.status().message()));
        return;
      }
      continued = *result;
    }
    SendKnown(std::move(wanted), there, continued, after, row.origin);
  }

  // What ends goes with the committee, what begins comes after the participations.
  void SendKnown(Committee wanted, const Committee& there, Continued continued, const Secretariats& after,
                 Origin origin) {
    if (continued != Continued::kUnchanged) *wanted.mutable_secretariat_periods() = after;
    if (continued == Continued::kBegun) wanted.mutable_secretariat_periods()->RemoveLast();
    const bool differs = KeepDifferences(there, wanted);
    if (differs) rows_.Send(std::move(wanted), &there, origin, Fate::kChanged);
    if (continued == Continued::kBegun) {
      const Fate fate = differs ? Fate::kCounted : Fate::kChanged;
      SendSecretariats(there.name(), there.etag(), after, there.ByteSizeLong(), origin, fate);
    } else if (!differs) {
      rows_.Leave(there);
    }
  }

  void SendSecretariats(const std::string& name, const std::string& etag, const Secretariats& periods, size_t bytes,
                        Origin origin, Fate fate) {
    auto committee = std::make_unique<Committee>();
    committee->set_name(name);
    committee->set_etag(etag);
    *committee->mutable_secretariat_periods() = periods;
    all_.difference.counts[DirectoryCollection::kCommittees].Count(fate);
    const size_t all_bytes = bytes + committee->ByteSizeLong();
    secretariats_.push_back({std::move(committee), origin, fate, all_bytes});
  }

  // The files no longer have it.
  void Disband(const Committee& there) {
    if (there.has_disbanding_date()) return;
    // An older snapshot than the committee could not have it.
    if (there.has_creation_date() && aip::ToDay(there.creation_date()) >= all_.day) return;
    Committee wanted;
    wanted.set_name(there.name());
    *wanted.mutable_disbanding_date() = aip::FromDay(all_.day - 1);
    *wanted.mutable_secretariat_periods() = there.secretariat_periods();
    const auto ended =
        ContinuePeriods<SecretariatPeriod>(nullptr, all_.day, IsSameHolder, *wanted.mutable_secretariat_periods());
    if (ended.ok()) return rows_.End(there, std::move(wanted), DirectoryPart::kCommittees);
    rows_.Reject(wanted, {DirectoryPart::kCommittees, 0}, std::string(ended.status().message()));
  }

  const DirectoryComparison& all_;
  CollectionComparison<Committee> rows_;
  std::vector<Outgoing>& secretariats_;
  absl::flat_hash_set<std::string> done_;
};

}  // namespace

void CompareCommittees(const DirectoryComparison& all, std::vector<Outgoing>& secretariats) {
  CommitteeComparison(all, secretariats).Run();
}

}  // namespace concord::ctl
