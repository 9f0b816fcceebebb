#include "common/ledger/snapshot.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/status/macros.h"

namespace concord::ledger {

Snapshot::Snapshot(std::string scope, const std::vector<const Collection*>& collections) : scope_(std::move(scope)) {
  for (const Collection* collection : collections) {
    Held held;
    held.collection = collection;
    held_.push_back(std::move(held));
  }
}

const Snapshot::Held* Snapshot::HeldOf(absl::string_view collection) const {
  for (const Held& held : held_) {
    if (held.collection->id == collection) return &held;
  }
  return nullptr;
}

const Resource* Snapshot::Find(absl::string_view collection, absl::string_view name) const {
  const Held* held = HeldOf(collection);
  if (held == nullptr) return nullptr;
  // The rows keep it alive, and they never change.
  return held->resources.Find(name).get();
}

const OrderedRows<Resource>& Snapshot::List(absl::string_view collection) const {
  static const auto& empty = *new OrderedRows<Resource>();
  const Held* held = HeldOf(collection);
  return held == nullptr ? empty : held->resources;
}

size_t Snapshot::size() const {
  size_t size = 0;
  for (const Held& held : held_) size += held.resources.size();
  return size;
}

int64_t Snapshot::LastChange(absl::string_view collection) const {
  const Held* held = HeldOf(collection);
  return held == nullptr ? 0 : held->last_change;
}

std::string Snapshot::HolderOf(absl::string_view collection, absl::string_view unique_value) const {
  const Held* held = HeldOf(collection);
  const auto holder = held == nullptr ? nullptr : held->holders.Find(unique_value);
  return holder == nullptr ? "" : holder->name;
}

void Snapshot::Place(Held& held, const Resource* before, const std::string& name, ResourcePtr after) {
  if (held.collection->unique_values) {
    const auto values_of = [&](const Resource* resource) {
      return resource == nullptr ? std::vector<std::string>() : held.collection->unique_values(*resource->message);
    };
    const std::vector<std::string> had = values_of(before);
    const std::vector<std::string> has = values_of(after.get());
    if (had != has) {
      for (const std::string& value : had) {
        // Another resource of the same event may have taken the value over already.
        const auto holder = held.holders.Find(value);
        if (holder != nullptr && holder->name == name) held.holders.Erase(value);
      }
      for (const std::string& value : has) held.holders.Put(std::make_shared<const Holder>(Holder{value, name}));
    }
  }
  if (after == nullptr) {
    held.resources.Erase(name);
  } else {
    held.resources.Put(std::move(after));
  }
}

absl::StatusOr<SnapshotPtr> Snapshot::After(const Event& event, const std::string& epoch,
                                            const Stamper& stamper) const {
  if (!Follows(event, position_) || (position_.revision > 0 && position_.epoch != epoch)) {
    return absl::DataLossError(
        absl::StrCat("revision ", event.revision, " does not follow revision ", position_.revision, " of ", scope_));
  }
  auto next = std::make_shared<Snapshot>(*this);
  next->position_.epoch = epoch;
  next->position_.revision = event.revision;
  next->position_.digest = event.digest;
  next->position_.time = event.time;
  for (const v1::Change& change : event.body.changes()) {
    auto held = std::find_if(next->held_.begin(), next->held_.end(),
                             [&](const Held& h) { return h.collection->id == change.collection(); });
    if (held == next->held_.end()) continue;
    CONCORD_ASSIGN_OR_RETURN(ResourcePtr resource,
                             ResourceAfter(change, event, scope_, epoch, *held->collection, stamper));
    const ResourcePtr before = held->resources.Find(change.name());
    Place(*held, before.get(), change.name(), std::move(resource));
    held->last_change = event.revision;
  }
  return SnapshotPtr(std::move(next));
}

SnapshotPtr Snapshot::FromState(std::string scope, const std::vector<const Collection*>& collections, Position position,
                                std::vector<ResourcePtr> resources,
                                const absl::flat_hash_map<std::string, int64_t>& last_changes) {
  auto snapshot = std::make_shared<Snapshot>(std::move(scope), collections);
  snapshot->position_ = std::move(position);
  std::sort(resources.begin(), resources.end(),
            [](const ResourcePtr& a, const ResourcePtr& b) { return a->name < b->name; });
  for (Held& held : snapshot->held_) {
    std::vector<ResourcePtr> rows;
    std::vector<std::shared_ptr<const Holder>> holders;
    for (const ResourcePtr& resource : resources) {
      if (resource->collection != held.collection->id) continue;
      if (held.collection->unique_values) {
        for (std::string& value : held.collection->unique_values(*resource->message)) {
          holders.push_back(std::make_shared<const Holder>(Holder{std::move(value), resource->name}));
        }
      }
      rows.push_back(resource);
    }
    std::sort(holders.begin(), holders.end(), [](const auto& a, const auto& b) { return a->value < b->value; });
    held.resources = OrderedRows<Resource>::FromSorted(std::move(rows));
    held.holders = OrderedRows<Holder>::FromSorted(std::move(holders));
    auto change = last_changes.find(held.collection->id);
    held.last_change = change == last_changes.end() ? 0 : change->second;
  }
  return snapshot;
}

}  // namespace concord::ledger
