// What a scope consists of: collections of resources, each resource a protobuf
// message with a name. A name belongs to one collection of its scope for ever.
#ifndef COMMON_LEDGER_COLLECTION_H_
#define COMMON_LEDGER_COLLECTION_H_

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "google/protobuf/message.h"

namespace concord::ledger {

// A kind of resource. Immutable once a Schema holds it.
struct Collection {
  // For example "actions"; also the name of its state hash in the store.
  std::string id;
  // The default instance of its message; lives for ever, as generated messages do.
  const google::protobuf::Message* prototype = nullptr;
  // The values that no two resources of the scope may hold at once, for example
  // {"actions.code=3.1"}; empty for a resource that holds none, for example because it
  // is deleted. Absent: the collection has no unique values.
  std::function<std::vector<std::string>(const google::protobuf::Message&)> unique_values;
};

// All collections that a program works on. Build it at start, then share it.
class Schema {
 public:
  void Add(Collection collection) {
    const std::string id = collection.id;
    collections_.insert_or_assign(id, std::make_unique<Collection>(std::move(collection)));
  }
  // Null for a collection that this program does not work on.
  const Collection* Find(absl::string_view id) const {
    auto found = collections_.find(id);
    return found == collections_.end() ? nullptr : found->second.get();
  }

 private:
  absl::flat_hash_map<std::string, std::unique_ptr<Collection>> collections_;
};

// What the commit knows of a resource and its image does not say.
struct Stamp {
  std::string scope;
  std::string epoch;
  int64_t revision = 0;      // Of the commit that last changed it.
  std::string digest_piece;  // 16 hexadecimal digits of that commit's digest.
  absl::Time create_time;
  absl::Time update_time;
};

// Writes a stamp into the fields of a message (times, etag). Implementations are
// pure functions, called from any thread.
class Stamper {
 public:
  virtual ~Stamper() = default;
  virtual void Apply(const Stamp& stamp, google::protobuf::Message& message) const = 0;

  // Whether the resource is deleted softly: kept, but left out of lists.
  virtual bool IsDeleted(const google::protobuf::Message& /*message*/) const { return false; }

  // Whether the resource is there for the rules only: no answer and no feed shows it to anybody yet.
  virtual bool IsSealed(const google::protobuf::Message& /*message*/) const { return false; }
};

// One resource at one revision, stamped. Immutable; shared by all snapshots in
// which it is the same.
struct Resource {
  // What a walk over many looks at comes first, so that it lies together in memory.
  std::string name;
  std::unique_ptr<const google::protobuf::Message> message;
  bool deleted = false;  // Softly.
  bool sealed = false;   // Stamper::IsSealed.

  std::string collection;
  Stamp stamp;
  std::string bytes;  // `message`, serialized, ready to be sent.
};

}  // namespace concord::ledger

#endif  // COMMON_LEDGER_COLLECTION_H_
