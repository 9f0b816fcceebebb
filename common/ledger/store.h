// Scopes in Redis. The only place that knows the keys.
//
// Errors of all methods:
//   UNAVAILABLE        the store does not answer, or refuses; nothing happened.
//   DEADLINE_EXCEEDED,
//   ABORTED            no answer came; a commit may have happened.
//   DATA_LOSS          what is stored is damaged.
//   RESOURCE_EXHAUSTED the store is full; nothing happened.
#ifndef COMMON_LEDGER_STORE_H_
#define COMMON_LEDGER_STORE_H_

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/optional.h"
#include "common/ledger/commit.h"
#include "common/ledger/event.h"
#include "common/redis/client.h"

namespace concord::ledger {

struct StoreOptions {
  // A commit, and whatever is read, counts only when so many replicas have it.
  int replicas = 0;
  absl::Duration replica_timeout = absl::Seconds(1);
  // The store may lose acknowledged writes: a Redis that is not durable is
  // accepted. For experiments only.
  bool accept_data_loss = false;
};

// What a fence found.
struct FenceAnswer {
  Position head;              // Read before `events`.
  std::vector<Event> events;  // What the log holds after the revision asked about, at most kFenceEvents, without gaps.
};
inline constexpr int kFenceEvents = 512;

// A value beside a scope that may be lost at any time without harm.
struct CachedName {
  std::string key;  // For example "checkpoint:3".
  std::string field;
};

// The state of a scope as it is stored, all of some collections.
struct StoredState {
  Position before;                                           // The head before the first record was read,
  std::vector<std::pair<std::string, StateRecord>> records;  // name and record; each may be newer than `before`.
  std::vector<std::string> collections;                      // Of each record.
  absl::flat_hash_map<std::string, int64_t> last_changes;
};

// Thread-safe. Callbacks run on the loop of the client; they must not block. The
// client must outlive the store. Methods that return their result wait for it: never
// call them on the loop, or on a thread of gRPC.
class Store {
 public:
  Store(redis::Client* client, StoreOptions options);

  // FAILED_PRECONDITION if this Redis may lose acknowledged writes or evict
  // keys; says which setting is wrong. With replicas, also one whose version does not fit (CheckVersion), and
  // UNAVAILABLE while it has too few of them. What it says holds for the connection that it was asked on.
  absl::Status CheckSettings();

  // FAILED_PRECONDITION unless WAIT of this version of Redis ("7.0.15") proves something of reads.
  static absl::Status CheckVersion(absl::string_view version);

  // What follows `revision` in the log, and the head. Empty events and an equal
  // head prove that `revision` was the newest at a moment after the call.
  void Fence(const std::string& scope, int64_t revision, std::function<void(absl::StatusOr<FenceAnswer>)> callback);

  void Commit(ledger::Commit commit, std::function<void(absl::StatusOr<CommitOutcome>)> callback);

  // The answer that a request id had, if it was used within the last day.
  void FindRequest(const std::string& scope, const std::string& request_key,
                   std::function<void(absl::StatusOr<absl::optional<RememberedRequest>>)> callback);

  // The event of one revision; NOT_FOUND if the log does not have it.
  void ReadEvent(const std::string& scope, int64_t revision, std::function<void(absl::StatusOr<Event>)> callback);

  absl::StatusOr<Position> ReadHead(const std::string& scope);
  absl::StatusOr<Event> ReadEvent(const std::string& scope, int64_t revision);
  // Events from `revision` on, at most `limit`, never past the end of a segment:
  // empty only if there is none.
  absl::StatusOr<std::vector<Event>> ReadEvents(const std::string& scope, int64_t revision, int limit);
  // Reads in pieces, so that Redis is never held up for long, but all of them on one connection: ABORTED if it broke,
  // then begin again.
  absl::StatusOr<StoredState> ReadState(const std::string& scope, const std::vector<std::string>& collections);
  // Every collection that a scope ever had, from the store.
  absl::StatusOr<std::vector<std::string>> ReadCollections(const std::string& scope);
  // All unique values of a scope and who holds them.
  absl::StatusOr<absl::flat_hash_map<std::string, std::string>> ReadUnique(const std::string& scope);
  // The last revision whose time is at or before `time`; 0 if there is none.
  absl::StatusOr<int64_t> RevisionAt(const std::string& scope, absl::Time time);
  // The store's clock.
  absl::StatusOr<absl::Time> Now();

  // What is kept under each of these names; empty where nothing is.
  absl::StatusOr<std::vector<std::string>> ReadCached(const std::string& scope, const std::vector<CachedName>& names);
  absl::Status WriteCached(const std::string& scope, const CachedName& name, const std::string& value);
  // All fields of a key.
  absl::Status DropCached(const std::string& scope, const std::string& key);
  // Whether nobody else has claimed `key` and not dropped it again, at most for `limit`: then it is the caller's.
  absl::StatusOr<bool> ClaimCached(const std::string& scope, const std::string& key, absl::Duration limit);

  // The stream that holds a revision, for the follower.
  static std::string LogKey(absl::string_view scope, int64_t revision);
  // A stream entry as Redis sends it: id and fields.
  static absl::StatusOr<Event> ParseEntry(const redis::Reply& entry);

 private:
  using Answer = std::function<void(absl::StatusOr<std::vector<redis::Reply>>)>;
  void Send(std::vector<redis::Command> commands, const std::string& scope, Answer answer);
  absl::StatusOr<std::vector<redis::Reply>> SendAndWait(std::vector<redis::Command> commands, const std::string& scope);
  absl::Status CheckReplicas();
  // An error that Redis answered, to a read or before a script wrote anything.
  static absl::Status ErrorOf(const redis::Reply& reply);
  static absl::Status CommitErrorOf(const redis::Reply& reply);
  absl::Status ReadCollection(const std::string& scope, const std::string& collection, StoredState& state);
  absl::StatusOr<int64_t> RevisionInSegment(const std::string& scope, const Position& head, int64_t segment,
                                            absl::Time time);

  redis::Client* const client_;
  const StoreOptions options_;
};

}  // namespace concord::ledger

#endif  // COMMON_LEDGER_STORE_H_
