#include "common/ledger/verify.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/ledger/checkpoints.h"
#include "common/ledger/digest.h"
#include "common/status/macros.h"

namespace concord::ledger {
namespace {

class Fold {
 public:
  Fold(Store& store, std::string scope, const VerifyOptions& options,
       const std::function<bool(const Verification&)>& progress)
      : store_(store), scope_(std::move(scope)), options_(options), progress_(progress) {
    for (const Anchor& anchor : options.anchors) anchored_[anchor.revision];
  }

  absl::Status Run() {
    const auto head = store_.ReadHead(scope_);
    absl::Status status = head.status();
    if (status.ok()) status = Until(*head);
    if (status.ok()) status = CompareState(*head);
    if (!status.ok() && !absl::IsDataLoss(status)) return status;
    if (!status.ok())
      Find(std::string(status.message()));  // Damage is what is looked for, not a failure of the search.
    CompareAnchors();
    return absl::OkStatus();
  }

  const Verification& result() const { return result_; }

 private:
  struct Known {
    std::string collection;
    int64_t revision = 0;
    int64_t time = 0;
    int64_t create_time = 0;
    std::string digest_piece;
    std::string image_sha256;
  };

  void Find(std::string sentence) {
    if (result_.findings.size() < kFindingsLimit) result_.findings.push_back(std::move(sentence));
  }

  // Folds the log up to `head`, from where the last call ended, and not beyond.
  absl::Status Until(const Position& head) {
    result_.head_revision = head.revision;
    while (result_.revision < head.revision && complete_) {
      const int64_t begin = result_.revision;
      const int limit = static_cast<int>(std::min<int64_t>(kFenceEvents, head.revision - begin));
      const auto events = store_.ReadEvents(scope_, begin + 1, limit);
      if (absl::IsDataLoss(events.status())) {
        CONCORD_RETURN_IF_ERROR(TakeOneByOne(limit));
      } else if (!events.ok()) {
        return events.status();
      } else {
        for (const Event& event : *events) {
          if (event.revision > head.revision) break;
          Take(event);
          if (Checkpoints::IsPlace(event.revision)) CONCORD_RETURN_IF_ERROR(CompareCheckpoint(event));
        }
      }
      if (result_.revision == begin) {
        // There is nothing to go on with, and nothing to hold the state against.
        Find(absl::StrCat("revision ", begin + 1, " is missing from the log"));
        complete_ = false;
      }
      if (result_.revision < next_report_) continue;
      next_report_ = result_.revision + kProgressEvents;
      CONCORD_RETURN_IF_ERROR(Report());
    }
    return absl::OkStatus();
  }

  absl::Status Report() {
    return progress_(result_) ? absl::OkStatus() : absl::CancelledError("the verification was given up");
  }

  // Among the next entries is one that is not readable: finds which.
  absl::Status TakeOneByOne(int count) {
    for (int64_t revision = result_.revision + 1; count > 0; ++revision, --count) {
      const auto event = store_.ReadEvent(scope_, revision);
      if (event.ok()) {
        Take(*event);
        continue;
      }
      if (!absl::IsDataLoss(event.status()) && !absl::IsNotFound(event.status())) return event.status();
      Find(absl::StrCat("revision ", revision,
                        absl::IsNotFound(event.status()) ? " is missing from" : " is not readable in", " the log"));
      result_.revision = revision;
      chain_known_ = false;
    }
    return absl::OkStatus();
  }

  void Take(const Event& event) {
    if (event.revision != result_.revision + 1) {
      Find(absl::StrCat("revision ", result_.revision + 1, " is missing from the log, which goes on with ",
                        event.revision));
      chain_known_ = false;
    }
    const std::string digest =
        ChainDigest(result_.digest, event.revision, absl::ToUnixMicros(event.time), Sha256Hex(event.raw_body));
    if (chain_known_ && digest != event.digest) {
      Find(absl::StrCat("the digest of revision ", event.revision, " does not fit its content"));
    }
    if (event.time <= time_) Find(absl::StrCat("the time of revision ", event.revision, " does not grow"));
    for (const v1::Change& change : event.body.changes()) TakeChange(event, change);
    if (auto anchored = anchored_.find(event.revision); anchored != anchored_.end()) anchored->second = event.digest;
    time_ = event.time;
    result_.revision = event.revision;
    // The stored digest, so that one damaged entry is one finding.
    result_.digest = event.digest;
    chain_known_ = true;
    result_.resources = static_cast<int64_t>(resources_.size());
  }

  void TakeChange(const Event& event, const v1::Change& change) {
    auto known = resources_.find(change.name());
    auto ended = ended_.find(change.name());
    const int64_t previous = known == resources_.end() ? 0 : known->second.revision;
    // Who writes a second life may not know of the first.
    const bool second_life =
        known == resources_.end() && ended != ended_.end() && change.previous_revision() == ended->second;
    if (change.previous_revision() != previous && !second_life) {
      Find(absl::StrCat("revision ", event.revision, " takes the previous revision of ", change.name(), " for ",
                        change.previous_revision(), ", the log has ", previous));
    }
    last_changes_[change.collection()] = event.revision;
    if (change.end()) {
      resources_.erase(change.name());
      ended_[change.name()] = event.revision;
      return;
    }
    const int64_t time = absl::ToUnixMicros(event.time);
    const int64_t created = change.create_time_micros() == 0 ? time : change.create_time_micros();
    if (known != resources_.end() && known->second.create_time != created) {
      Find(absl::StrCat("revision ", event.revision, " changes the creation time of ", change.name()));
    }
    resources_[change.name()] =
        Known{change.collection(), event.revision, time, created, DigestPiece(event.digest), Sha256Hex(change.image())};
  }

  // What is kept of the state at this revision is what the log has led to.
  absl::Status CompareCheckpoint(const Event& event) {
    CONCORD_ASSIGN_OR_RETURN(const auto checkpoint, Checkpoint::Read(store_, scope_, event.revision / kSegmentLength));
    // One of a history that is gone is used by nobody.
    if (!checkpoint.has_value() || checkpoint->position().digest != event.digest) return absl::OkStatus();
    size_t kept = 0;
    for (const std::string& collection : checkpoint->collections()) {
      const auto rows = checkpoint->Rows(collection);
      if (absl::IsDataLoss(rows.status())) {
        Find(std::string(rows.status().message()));
        return absl::OkStatus();
      }
      CONCORD_RETURN_IF_ERROR(rows.status());
      CompareRows(event.revision, collection, *rows);
      kept += rows->records.size();
    }
    if (kept != resources_.size()) {
      Find(absl::StrCat("the checkpoint at revision ", event.revision, " has ", kept, " resources, the log ",
                        resources_.size()));
    }
    return absl::OkStatus();
  }

  void CompareRows(int64_t revision, const std::string& collection, const CheckpointRows& rows) {
    const std::string place = absl::StrCat(" in the checkpoint at revision ", revision, " is not what the log says");
    const auto changed = last_changes_.find(collection);
    if (changed == last_changes_.end() || rows.last_change != changed->second) {
      Find(absl::StrCat("the last change of ", collection, place));
    }
    for (const auto& [name, record] : rows.records) {
      const auto known = resources_.find(name);
      if (known == resources_.end() || !IsWhatWasFolded(collection, record, known->second)) {
        Find(absl::StrCat(name, place));
      }
    }
  }

  static bool IsWhatWasFolded(const std::string& collection, const StateRecord& record, const Known& folded) {
    return record.stamp.revision == folded.revision && collection == folded.collection &&
           absl::ToUnixMicros(record.stamp.update_time) == folded.time &&
           absl::ToUnixMicros(record.stamp.create_time) == folded.create_time &&
           record.stamp.digest_piece == folded.digest_piece && Sha256Hex(record.image) == folded.image_sha256;
  }

  // Compares what is stored with what was folded. The state may have moved on: then
  // the events since are folded first.
  absl::Status CompareState(const Position& begin) {
    CONCORD_ASSIGN_OR_RETURN(const std::vector<std::string> collections, store_.ReadCollections(scope_));
    CONCORD_ASSIGN_OR_RETURN(const StoredState state, store_.ReadState(scope_, collections));
    CONCORD_ASSIGN_OR_RETURN(const auto unique, store_.ReadUnique(scope_));
    CONCORD_ASSIGN_OR_RETURN(const Position after, store_.ReadHead(scope_));
    if (begin.revision > 0 && after.epoch != begin.epoch) {
      return absl::AbortedError(absl::StrCat(scope_, " was replaced while it was verified"));
    }
    CONCORD_RETURN_IF_ERROR(Until(after));
    if (!complete_) return absl::OkStatus();
    CONCORD_RETURN_IF_ERROR(CompareHead(after));
    CONCORD_RETURN_IF_ERROR(Report());
    CompareRecords(state);
    CompareLastChanges(state);
    CONCORD_RETURN_IF_ERROR(Report());
    CompareUnique(state, unique);
    return absl::OkStatus();
  }

  absl::Status CompareHead(const Position& head) {
    if (head.revision == 0 && result_.revision == 0) {
      Find(absl::StrCat(scope_, " has no head: nothing was ever committed to it, or all of it is lost"));
    }
    if (head.revision < result_.revision) {
      Find(absl::StrCat("the head has gone back from revision ", result_.revision, " to ", head.revision));
      return absl::OkStatus();
    }
    if (head.digest != result_.digest) {
      Find(absl::StrCat("the head has the digest ", head.digest, ", the log gives ", result_.digest));
    }
    if (head.revision > 0 && head.time != time_) Find("the head has another time than the last revision of the log");
    const auto next = store_.ReadEvents(scope_, head.revision + 1, 1);
    if (!next.ok() && !absl::IsDataLoss(next.status())) return next.status();
    if (next.ok() && next->empty()) return absl::OkStatus();
    // Committed meanwhile, or never.
    const int64_t revision = next.ok() ? next->front().revision : head.revision + 1;
    CONCORD_ASSIGN_OR_RETURN(const Position newest, store_.ReadHead(scope_));
    if (newest.revision < revision) Find(absl::StrCat("revision ", revision, " is in the log beyond the head"));
    return absl::OkStatus();
  }

  bool EndedAfter(const Position& before, const std::string& name) const {
    auto ended = ended_.find(name);
    return ended != ended_.end() && ended->second > before.revision;
  }

  void CompareRecords(const StoredState& state) {
    absl::flat_hash_set<std::string> stored;
    for (size_t i = 0; i < state.records.size(); ++i) {
      const auto& [name, record] = state.records[i];
      stored.insert(name);
      CompareRecord(state.before, state.collections[i], name, record);
    }
    for (const auto& [name, known] : resources_) {
      if (known.revision > state.before.revision || stored.contains(name)) continue;
      Find(absl::StrCat(name, " is in the log but not in the state"));
    }
  }

  void CompareRecord(const Position& before, const std::string& collection, const std::string& name,
                     const StateRecord& record) {
    auto known = resources_.find(name);
    if (known == resources_.end()) {
      if (!EndedAfter(before, name)) Find(absl::StrCat(name, " is in the state but no event explains it"));
      return;
    }
    const Known& folded = known->second;
    // A record that was changed after the scan began may have been read before or after that.
    if (folded.revision > before.revision) return;
    if (IsWhatWasFolded(collection, record, folded)) return;
    Find(absl::StrCat("the state of ", name, " is not what revision ", folded.revision, " of the log says"));
  }

  void CompareLastChanges(const StoredState& state) {
    for (const auto& [collection, revision] : last_changes_) {
      auto found = state.last_changes.find(collection);
      const int64_t kept = found == state.last_changes.end() ? 0 : found->second;
      if (revision > state.before.revision || kept == revision) continue;
      Find(absl::StrCat("the collection ", collection, " was last changed at ", revision, ", the state says ", kept));
    }
    for (const auto& [collection, kept] : state.last_changes) {
      if (last_changes_.contains(collection)) continue;
      Find(absl::StrCat("the collection ", collection, " was never changed, the state says at ", kept));
    }
  }

  // Null if the collection is not known here.
  const Collection* CollectionOf(const std::string& id) const {
    const auto found = std::find_if(options_.collections.begin(), options_.collections.end(),
                                    [&](const Collection* collection) { return collection->id == id; });
    return found == options_.collections.end() ? nullptr : *found;
  }

  // Whether nothing has changed the resource since the state was begun to be read.
  bool IsSettled(const Position& before, const Known& known) const { return known.revision <= before.revision; }

  void CompareUnique(const StoredState& state, const absl::flat_hash_map<std::string, std::string>& reserved) {
    absl::flat_hash_set<std::string> held;  // Value and holder.
    for (size_t i = 0; i < state.records.size(); ++i) {
      const auto& [name, record] = state.records[i];
      const auto known = resources_.find(name);
      const Collection* collection = CollectionOf(state.collections[i]);
      if (known == resources_.end() || collection == nullptr || !collection->unique_values) continue;
      const std::unique_ptr<google::protobuf::Message> message(collection->prototype->New());
      if (!message->ParseFromString(record.image)) {
        Find(absl::StrCat("the image of ", name, " is not readable"));
        continue;
      }
      for (const std::string& value : collection->unique_values(*message)) {
        held.insert(absl::StrCat(value, "\n", name));
        const auto found = reserved.find(value);
        if (!IsSettled(state.before, known->second) || (found != reserved.end() && found->second == name)) continue;
        Find(absl::StrCat(name, " has the unique value ", value, ", which is reserved for ",
                          found == reserved.end() ? "nobody" : found->second));
      }
    }
    for (const auto& [value, holder] : reserved) {
      const auto known = resources_.find(holder);
      if (known == resources_.end()) {
        if (EndedAfter(state.before, holder)) continue;
        Find(absl::StrCat("the unique value ", value, " is held by ", holder, ", which does not exist"));
      } else if (CollectionOf(known->second.collection) != nullptr && IsSettled(state.before, known->second) &&
                 !held.contains(absl::StrCat(value, "\n", holder))) {
        Find(absl::StrCat("the unique value ", value, " is reserved for ", holder, ", which does not have it"));
      }
    }
  }

  void CompareAnchors() {
    for (const Anchor& anchor : options_.anchors) {
      const std::string& digest = anchored_[anchor.revision];
      if (!digest.empty() && absl::StartsWith(digest, anchor.digest)) continue;
      Find(absl::StrCat("the anchor at revision ", anchor.revision, " has the digest ", anchor.digest, ", the log has ",
                        digest.empty() ? "no such revision" : digest));
    }
  }

  Store& store_;
  const std::string scope_;
  const VerifyOptions& options_;
  const std::function<bool(const Verification&)>& progress_;
  Verification result_;
  int64_t next_report_ = kProgressEvents;
  bool complete_ = true;     // Nothing is missing at the end of the log.
  bool chain_known_ = true;  // `result_.digest` is that of the revision before.
  absl::Time time_ = absl::InfinitePast();
  absl::flat_hash_map<std::string, Known> resources_;
  absl::flat_hash_map<std::string, int64_t> last_changes_;
  absl::flat_hash_map<std::string, int64_t> ended_;     // Name to the revision that ended it last.
  absl::flat_hash_map<int64_t, std::string> anchored_;  // Digests of the revisions that there are anchors for.
};

}  // namespace

absl::StatusOr<Verification> VerifyScope(Store& store, const std::string& scope, const VerifyOptions& options,
                                         const std::function<bool(const Verification&)>& progress) {
  Fold fold(store, scope, options, progress);
  CONCORD_RETURN_IF_ERROR(fold.Run());
  return fold.result();
}

}  // namespace concord::ledger
