// One revision of a scope in memory. Nothing in it ever changes.
#ifndef COMMON_LEDGER_SNAPSHOT_H_
#define COMMON_LEDGER_SNAPSHOT_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "common/ledger/collection.h"
#include "common/ledger/event.h"
#include "common/ledger/ordered_rows.h"

namespace concord::ledger {

using ResourcePtr = std::shared_ptr<const Resource>;  // Shared by the snapshots in which it is the same.

inline const std::string& KeyOf(const Resource& resource) { return resource.name; }

// A walk looks into the message, whose first fields are in the first few lines of its memory.
inline void FetchContent(const Resource& resource) {
  __builtin_prefetch(resource.name.data());
  const auto* message = reinterpret_cast<const char*>(resource.message.get());
  for (int line = 0; line < 4; ++line) __builtin_prefetch(message + 64 * line);
}

// Who holds a unique value.
struct Holder {
  std::string value;
  std::string name;  // Of the resource.
};
inline const std::string& KeyOf(const Holder& holder) { return holder.value; }

// Safe to read from any thread. Holds only the collections it was made with.
class Snapshot {
 public:
  // The empty scope.
  Snapshot(std::string scope, const std::vector<const Collection*>& collections);

  const std::string& scope() const { return scope_; }
  const Position& position() const { return position_; }

  // Null if there is no such resource or the collection is not held.
  const Resource* Find(absl::string_view collection, absl::string_view name) const;

  // The resources of a collection in the order of names; none if the collection
  // is not held.
  const OrderedRows<Resource>& List(absl::string_view collection) const;

  // How many resources it holds.
  size_t size() const;

  // The revision that last changed anything in the collection; 0 if none did.
  int64_t LastChange(absl::string_view collection) const;

  // The name of the resource that holds a unique value; empty if none does.
  std::string HolderOf(absl::string_view collection, absl::string_view unique_value) const;

  // The state after `event`, which must follow this one in the life of the scope
  // that `epoch` names. DATA_LOSS if it does not, or if an image is damaged.
  absl::StatusOr<std::shared_ptr<const Snapshot>> After(const Event& event, const std::string& epoch,
                                                        const Stamper& stamper) const;

  // From loaded resources, in any order. `last_changes` may miss collections.
  static std::shared_ptr<const Snapshot> FromState(std::string scope, const std::vector<const Collection*>& collections,
                                                   Position position, std::vector<ResourcePtr> resources,
                                                   const absl::flat_hash_map<std::string, int64_t>& last_changes);

 private:
  struct Held {
    const Collection* collection = nullptr;
    int64_t last_change = 0;
    OrderedRows<Resource> resources;
    OrderedRows<Holder> holders;
  };

  static void Place(Held& held, const Resource* before, const std::string& name, ResourcePtr after);
  const Held* HeldOf(absl::string_view collection) const;

  std::string scope_;
  Position position_;
  std::vector<Held> held_;  // Few: searched from front to back.
};

using SnapshotPtr = std::shared_ptr<const Snapshot>;  // Shared by all readers of that revision.

}  // namespace concord::ledger

#endif  // COMMON_LEDGER_SNAPSHOT_H_
