// One commit as the log of its scope holds it.
#ifndef COMMON_LEDGER_EVENT_H_
#define COMMON_LEDGER_EVENT_H_

#include <cstdint>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/ledger/collection.h"
#include "concord/ledger/v1/event.pb.h"

namespace concord::ledger {

// A log segment, one stream, holds so many revisions.
inline constexpr int64_t kSegmentLength = 4096;

// A point in the history of a scope. Revision 0 is the empty scope: no epoch,
// no digest.
struct Position {
  std::string epoch;
  int64_t revision = 0;
  std::string digest;
  absl::Time time = absl::UnixEpoch();

  // Whether both name the same point of the same history.
  friend bool operator==(const Position& a, const Position& b) {
    return a.revision == b.revision && a.digest == b.digest && a.epoch == b.epoch;
  }
};

// A value. The body is what the service wrote, the rest what the store added.
struct Event {
  int64_t revision = 0;
  absl::Time time;
  std::string digest;
  std::string raw_body;  // What the digest was made from.
  v1::EventBody body;
};

// Parses a log entry. DATA_LOSS if it is not one.
absl::StatusOr<Event> ParseEvent(int64_t revision, int64_t time_micros, std::string digest, std::string raw_body);

// Whether `event` is what comes after `position` in an unbroken chain.
bool Follows(const Event& event, const Position& position);

// What is known of a resource that `change` of `event` leaves behind; without scope and epoch.
Stamp StampAfter(const v1::Change& change, const Event& event);

// The resource that `change` of `event` leaves behind, stamped; null if it ended.
// DATA_LOSS if the image is not one of the collection's message.
absl::StatusOr<std::shared_ptr<const Resource>> ResourceAfter(const v1::Change& change, const Event& event,
                                                              const std::string& scope, const std::string& epoch,
                                                              const Collection& collection, const Stamper& stamper);

// A record of the state hash. Revision, times and digest piece, and the image.
struct StateRecord {
  Stamp stamp;  // Without scope and epoch.
  std::string image;
};
absl::StatusOr<StateRecord> ParseStateRecord(const std::string& text);

// The resource of a state record, stamped.
absl::StatusOr<std::shared_ptr<const Resource>> ResourceOf(const std::string& name, StateRecord record,
                                                           const std::string& scope, const std::string& epoch,
                                                           const Collection& collection, const Stamper& stamper);

}  // namespace concord::ledger

#endif  // COMMON_LEDGER_EVENT_H_
