#include "common/ledger/event.h"

#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "common/ledger/digest.h"
#include "common/ledger/encoding.h"
#include "common/status/macros.h"

namespace concord::ledger {
namespace {

absl::StatusOr<std::shared_ptr<const Resource>> MakeResource(const std::string& name, const std::string& image,
                                                             Stamp stamp, const Collection& collection,
                                                             const Stamper& stamper) {
  std::unique_ptr<google::protobuf::Message> message(collection.prototype->New());
  if (!message->ParseFromString(image)) {
    return absl::DataLossError(
        absl::StrCat("the image of ", name, " at revision ", stamp.revision, " is not readable"));
  }
  stamper.Apply(stamp, *message);
  auto resource = std::make_shared<Resource>();
  resource->name = name;
  resource->collection = collection.id;
  resource->stamp = std::move(stamp);
  resource->bytes = Encode(*message);
  resource->deleted = stamper.IsDeleted(*message);
  resource->sealed = stamper.IsSealed(*message);
  resource->message = std::move(message);
  return resource;
}

}  // namespace

absl::StatusOr<Event> ParseEvent(int64_t revision, int64_t time_micros, std::string digest, std::string raw_body) {
  Event event;
  event.revision = revision;
  event.time = absl::FromUnixMicros(time_micros);
  event.digest = std::move(digest);
  event.raw_body = std::move(raw_body);
  if (!event.body.ParseFromString(event.raw_body)) {
    return absl::DataLossError(absl::StrCat("the event of revision ", revision, " is not readable"));
  }
  return event;
}

bool Follows(const Event& event, const Position& position) {
  return event.revision == position.revision + 1 &&
         event.digest ==
             ChainDigest(position.digest, event.revision, absl::ToUnixMicros(event.time), Sha256Hex(event.raw_body));
}

Stamp StampAfter(const v1::Change& change, const Event& event) {
  Stamp stamp;
  stamp.revision = event.revision;
  stamp.digest_piece = DigestPiece(event.digest);
  stamp.update_time = event.time;
  stamp.create_time = change.create_time_micros() == 0 ? event.time : absl::FromUnixMicros(change.create_time_micros());
  return stamp;
}

absl::StatusOr<std::shared_ptr<const Resource>> ResourceAfter(const v1::Change& change, const Event& event,
                                                              const std::string& scope, const std::string& epoch,
                                                              const Collection& collection, const Stamper& stamper) {
  if (change.end()) return std::shared_ptr<const Resource>();
  Stamp stamp = StampAfter(change, event);
  stamp.scope = scope;
  stamp.epoch = epoch;
  return MakeResource(change.name(), change.image(), std::move(stamp), collection, stamper);
}

absl::StatusOr<StateRecord> ParseStateRecord(const std::string& text) {
  const size_t header_end = text.find('\n');
  if (header_end == std::string::npos) return absl::DataLossError("a state record has no header");
  const std::vector<std::string> parts = absl::StrSplit(text.substr(0, header_end), ' ');
  StateRecord record;
  int64_t time = 0;
  int64_t create_time = 0;
  if (parts.size() != 4 || !absl::SimpleAtoi(parts[0], &record.stamp.revision) || !absl::SimpleAtoi(parts[1], &time) ||
      !absl::SimpleAtoi(parts[2], &create_time)) {
    return absl::DataLossError("a state record has a damaged header");
  }
  record.stamp.update_time = absl::FromUnixMicros(time);
  record.stamp.create_time = absl::FromUnixMicros(create_time);
  record.stamp.digest_piece = parts[3];
  record.image = text.substr(header_end + 1);
  return record;
}

absl::StatusOr<std::shared_ptr<const Resource>> ResourceOf(const std::string& name, StateRecord record,
                                                           const std::string& scope, const std::string& epoch,
                                                           const Collection& collection, const Stamper& stamper) {
  record.stamp.scope = scope;
  record.stamp.epoch = epoch;
  return MakeResource(name, record.image, std::move(record.stamp), collection, stamper);
}

}  // namespace concord::ledger
