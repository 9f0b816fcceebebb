// What a read gives back: the bytes of the response message.
#ifndef COMMON_RPC_REPLY_H_
#define COMMON_RPC_REPLY_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "common/ledger/snapshot.h"
#include "google/protobuf/message.h"

namespace concord::rpc {

// Serialized, and shared with whoever keeps it: a snapshot, or a memo.
using Reply = std::shared_ptr<const std::string>;

// A message, serialized now.
Reply ReplyWith(const google::protobuf::Message& message);

// A resource as it is stored. Copies nothing: keeps the snapshot that holds it.
Reply ReplyWith(ledger::SnapshotPtr snapshot, const ledger::Resource& resource);
Reply ReplyWith(ledger::ResourcePtr resource);

// A response whose rows are stored resources. Rows are appended as bytes; the
// rest of the response is a message in which the rows' field is left empty.
class ListReply {
 public:
  explicit ListReply(int rows_field_number) : field_(rows_field_number) {}
  void Add(const ledger::Resource& resource) { AddBytes(resource.bytes); }
  void AddBytes(const std::string& row);
  Reply Finish(const google::protobuf::Message& rest);
  Reply Finish();  // Nothing else.

 private:
  const int field_;
  std::string bytes_;
};

// The answer of a write: the first resource, or, where rows_field is not 0, a response with all of them in that
// field.
Reply ReplyWith(const std::vector<ledger::ResourcePtr>& resources, int rows_field);

}  // namespace concord::rpc

#endif  // COMMON_RPC_REPLY_H_
