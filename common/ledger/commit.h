// The one way to write: a commit to one scope.
#ifndef COMMON_LEDGER_COMMIT_H_
#define COMMON_LEDGER_COMMIT_H_

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "common/ledger/event.h"
#include "concord/ledger/v1/event.pb.h"

namespace concord::ledger {

inline constexpr int kCommitResourceLimit = 500;
inline constexpr int64_t kCommitBytesLimit = 1 << 20;

// What a decision looked at. The commit holds only if none of it has moved.
struct Preconditions {
  struct ResourceAt {
    std::string collection;
    std::string name;
    int64_t revision = 0;  // 0: there was none.
  };
  struct CollectionAt {
    std::string collection;
    int64_t last_change = 0;
  };

  // The state that was looked at. An empty one (revision 0) is the empty scope.
  Position position;
  std::vector<ResourceAt> resources;
  std::vector<CollectionAt> collections;
};

// A commit, ready to be sent. A value: sending it twice is safe where it carries
// a request key.
struct Commit {
  std::string scope;
  v1::EventBody body;  // Without changes: only the request is remembered.
  Preconditions preconditions;

  // Values that must be free, or held by the same name, or let go by this commit.
  std::vector<std::pair<std::string, std::string>> reservations;  // Value, name.
  std::vector<std::pair<std::string, std::string>> releases;      // Value, name.

  // Principal, method and request id, hashed. Never empty.
  std::string request_key;
  v1::RequestRecord request_record;
};

// Size of the images in a commit, which kCommitBytesLimit bounds.
int64_t ImageBytes(const v1::EventBody& body);

// A request that was answered before.
struct RememberedRequest {
  int64_t revision = 0;  // Of the commit; where nothing was changed, of the head then.
  std::string epoch;
  v1::RequestRecord record;
};

// What became of a commit that the store answered.
struct CommitOutcome {
  enum class Kind {
    kCommitted,   // `event` is what was written; no event where nothing was changed.
    kRemembered,  // The request id was used before: `remembered`. Nothing was written.
    kConflict,    // A precondition does not hold any more. Nothing was written.
    kDiverged,    // The state that was looked at never was: load again. Nothing was written.
    kTaken,       // `taken_value` is held by `taken_by`. Nothing was written.
  };
  Kind kind = Kind::kConflict;
  Position head;  // After the commit; of a taken value only its revision.
  Event event;
  RememberedRequest remembered;
  std::string taken_value;
  std::string taken_by;
};

}  // namespace concord::ledger

#endif  // COMMON_LEDGER_COMMIT_H_
