// One collection that is compared, for directory_difference.cc: what is there, and what is to be sent.
#ifndef SERVICES_CONCORDCTL_DIRECTORY_COMPARISON_H_
#define SERVICES_CONCORDCTL_DIRECTORY_COMPARISON_H_

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "services/concordctl/directory_difference.h"

namespace concord::ctl {

// What all collections share.
struct DirectoryComparison {
  const Directory& directory;
  const DirectoryState& state;
  absl::CivilDay day;
  DirectoryReport& report;
  DirectoryDifference& difference;
};

// Takes away the fields of `wanted` that `there` has like that; but its name. Whether any other is left.
bool KeepDifferences(const google::protobuf::Message& there, google::protobuf::Message& wanted);

// "45020/1619" of "committees/45020/participations/1619".
std::string IdsOfName(absl::string_view name);

// "committees/45020" of the same.
std::string TopOfName(absl::string_view name);

template <typename T>
class CollectionComparison {
 public:
  CollectionComparison(const DirectoryComparison& all, DirectoryCollection collection,
                       const google::protobuf::RepeatedPtrField<T>& there)
      : all_(all), collection_(collection) {
    for (const T& resource : there) there_[resource.name()] = &resource;
    for (const member::v1::Committee& committee : all.state.committees) {
      if (committee.has_delete_time()) deleted_committees_.insert(committee.name());
    }
  }

  // What is there under a name, deleted or not; nullptr if nothing is.
  const T* Find(const std::string& name) const {
    const auto found = there_.find(name);
    return found == there_.end() ? nullptr : found->second;
  }

  // Sends what is new or differs, and counts it. Whether it is taken.
  bool Put(T wanted, Origin origin) {
    const T* there = Find(wanted.name());
    if (there != nullptr && there->has_delete_time()) return Reject(wanted, origin, "it is deleted: undelete it first");
    if (deleted_committees_.contains(TopOfName(wanted.name()))) {
      return Reject(wanted, origin, "its committee is deleted: undelete that first");
    }
    if (there == nullptr) {
      Send(std::move(wanted), nullptr, origin, Fate::kCreated);
    } else if (KeepDifferences(*there, wanted)) {
      Send(std::move(wanted), there, origin, Fate::kChanged);
    } else {
      Leave(*there);
    }
    return true;
  }

  // Sends what is no longer so, if it differs; `wanted` has its name.
  void End(const T& there, T wanted, DirectoryPart part) {
    if (KeepDifferences(there, wanted)) Send(std::move(wanted), &there, {part, 0}, Fate::kEnded);
  }

  void Send(T wanted, const T* there, Origin origin, Fate fate) {
    all_.difference.counts[collection_].Count(fate);
    const size_t bytes = wanted.ByteSizeLong() + (there == nullptr ? 0 : there->ByteSizeLong());
    if (there != nullptr) wanted.set_etag(there->etag());
    sent_.push_back({std::make_unique<T>(std::move(wanted)), origin, fate, bytes});
  }

  // Counts what is as it should be.
  void Leave(const T& there) {
    all_.difference.counts[collection_].Count(Fate::kUnchanged);
    std::vector<std::string> reasons;
    for (const auto& finding : there.findings()) reasons.push_back(finding.reason());
    if (!reasons.empty()) all_.difference.findings[collection_][there.name()] = std::move(reasons);
  }

  bool Reject(const T& wanted, Origin origin, std::string reason) {
    all_.report.Reject({origin, collection_, IdsOfName(wanted.name()), std::move(reason)});
    return false;
  }

  void Finish() {
    if (!sent_.empty()) all_.difference.phases.push_back({collection_, std::move(sent_)});
  }

 private:
  const DirectoryComparison& all_;
  const DirectoryCollection collection_;
  absl::flat_hash_map<std::string, const T*> there_;
  absl::flat_hash_set<std::string> deleted_committees_;
  std::vector<Outgoing> sent_;
};

void CompareMembers(const DirectoryComparison& all);
void CompareCommittees(const DirectoryComparison& all, std::vector<Outgoing>& secretariats);
void CompareParticipations(const DirectoryComparison& all);
void CompareLiaisons(const DirectoryComparison& all);
void CompareWorkItems(const DirectoryComparison& all);

// The committees of which the file of committees says who takes part: those in it, and those that it names no longer.
absl::flat_hash_set<std::string> CommitteesTold(const DirectoryComparison& all);

}  // namespace concord::ctl

#endif  // SERVICES_CONCORDCTL_DIRECTORY_COMPARISON_H_
