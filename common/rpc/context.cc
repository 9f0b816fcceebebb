#include "common/rpc/context.h"

#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/aip/resource_name.h"
#include "common/ledger/digest.h"
#include "common/rpc/request_checks.h"
#include "common/rpc/stamper.h"

namespace concord::rpc {

namespace {

constexpr size_t kRowsBetweenQuestions = 8;

std::string HolderKey(absl::string_view collection, absl::string_view scope, absl::string_view value) {
  return absl::StrCat(collection, "\n", scope, "\n", value);
}

}  // namespace

ledger::SnapshotPtr Context::Scope(absl::string_view scope) {
  auto found = scopes_.find(scope);
  if (found == scopes_.end()) {
    missing_.insert(std::string(scope));
    return nullptr;
  }
  used_.insert(std::string(scope));
  return found->second;
}

const ledger::Resource* Context::Find(absl::string_view name) {
  const ResourceType* type = types_.Of(name);
  if (type == nullptr) return nullptr;
  const std::string scope = type->ScopeOf(name);
  const ledger::SnapshotPtr snapshot = Scope(scope);
  if (snapshot == nullptr) return nullptr;
  names_seen_[scope].insert(std::string(name));
  if (const ledger::Resource* ahead = FindAhead(type->collection().id, name); ahead != nullptr) return ahead;
  const ledger::Resource* resource = snapshot->Find(type->collection().id, name);
  return resource != nullptr && access_.Visible(facts_.caller, *resource) ? resource : nullptr;
}

bool Context::IsHidden(absl::string_view name) {
  const ResourceType* type = types_.Of(name);
  const ledger::SnapshotPtr snapshot = type == nullptr ? nullptr : Scope(type->ScopeOf(name));
  const ledger::Resource* resource = snapshot == nullptr ? nullptr : snapshot->Find(type->collection().id, name);
  return resource != nullptr && !access_.Visible(facts_.caller, *resource);
}

void Context::ForEach(const ResourceType& type, absl::string_view scope, absl::string_view parent,
                      absl::string_view after, const std::function<bool(const ledger::Resource&)>& visit) {
  const ledger::SnapshotPtr snapshot = Scope(scope);
  if (snapshot == nullptr) return;
  const std::string& collection = type.collection().id;
  collections_seen_[std::string(scope)].insert(collection);
  // All names in question begin with this: with wildcards, what stands before the first.
  const bool wildcards = aip::AboveWildcards(parent) != parent;
  const std::string all = parent.empty() ? "" : absl::StrCat(parent, "/", collection, "/");
  const std::string prefix = wildcards ? all.substr(0, aip::AboveWildcards(parent).size()) : all;
  const std::string from = after.empty() || after < prefix ? prefix : std::string(after);
  std::string meant;  // With wildcards: with what the names of the last row's siblings begin, which are meant like it.
  const auto is_meant = [&](const std::string& name) {
    if (!meant.empty() && absl::StartsWith(name, meant)) return true;
    const absl::string_view above = aip::ParentOf(name);
    if (!aip::IsOneOf(above, parent)) return false;
    meant = absl::StrCat(above, "/", collection, "/");
    return true;
  };
  const auto offer = [&](const std::string& name, const ledger::Resource& resource) {
    if (!MayVisit()) return false;
    if (name == after || (wildcards && !is_meant(name))) return true;
    return visit(resource);
  };
  // What is ahead stands between the others, or in their place.
  static const auto& nothing = *new Rows();
  const auto found = ahead_.find(collection);
  const Rows& ahead = found == ahead_.end() ? nothing : found->second;
  auto next = ahead.lower_bound(from);
  const auto offer_ahead = [&](const std::string* until) {
    for (; next != ahead.end() && (until == nullptr || next->first < *until); ++next) {
      if (next->first.compare(0, prefix.size(), prefix) != 0) return true;
      if (next->second.stamp.scope == scope && !offer(next->first, next->second)) return false;
    }
    return true;
  };
  bool stopped = false;
  snapshot->List(collection).ForEachFrom(from, [&](const ledger::Resource& resource) {
    const std::string& name = resource.name;
    if (name.compare(0, prefix.size(), prefix) != 0) return false;
    stopped = !offer_ahead(&name);
    const bool replaced = !stopped && next != ahead.end() && next->first == name;
    if (stopped || replaced) return !stopped;
    stopped = access_.Visible(facts_.caller, resource) && !offer(name, resource);
    return !stopped;
  });
  if (!stopped) offer_ahead(nullptr);
}

bool Context::MayVisit() {
  if (!interrupted_ && asked_ && ++visited_ % kRowsBetweenQuestions == 0) interrupted_ = asked_();
  return !interrupted_;
}

const ledger::Resource* Context::FindAhead(const std::string& collection, absl::string_view name) const {
  const auto rows = ahead_.find(collection);
  if (rows == ahead_.end()) return nullptr;
  const auto found = rows->second.find(std::string(name));
  return found == rows->second.end() ? nullptr : &found->second;
}

void Context::Ahead::Put(const std::string& name, const google::protobuf::Message& message) {
  const ResourceType& type = *context_.types_.Of(name);
  const ledger::Collection& collection = type.collection();
  ledger::Resource resource;
  resource.name = name;
  resource.collection = collection.id;
  resource.stamp.scope = type.ScopeOf(name);
  resource.deleted = HasField(message, "delete_time");
  resource.sealed = HasField(message, "sealed");
  std::unique_ptr<google::protobuf::Message> copy = CopyOf(message);
  resource.message = std::move(copy);
  if (collection.unique_values) {
    for (const std::string& value : collection.unique_values(message)) {
      context_.ahead_holders_[HolderKey(collection.id, resource.stamp.scope, value)] = name;
    }
  }
  context_.ahead_[collection.id].insert_or_assign(name, std::move(resource));
}

std::string Context::HolderOf(const ResourceType& type, absl::string_view scope, absl::string_view value) {
  const ledger::SnapshotPtr snapshot = Scope(scope);
  if (snapshot == nullptr) return "";
  const std::string& collection = type.collection().id;
  if (!ahead_holders_.empty()) {
    const auto ahead = ahead_holders_.find(HolderKey(collection, scope, value));
    if (ahead != ahead_holders_.end()) return ahead->second;
  }
  const std::string holder = snapshot->HolderOf(collection, value);
  return FindAhead(collection, holder) == nullptr ? holder : "";  // Its next state holds it no more.
}

std::string Context::NewUid(absl::string_view name) const {
  std::string hex = ledger::Sha256Hex(absl::StrCat(facts_.request_key, "\n", name)).substr(0, 32);
  hex[12] = '8';                                       // Version 8: made in our own way (RFC 9562).
  hex[16] = "89ab"[static_cast<size_t>(hex[16]) & 3];  // Variant.
  return absl::StrCat(hex.substr(0, 8), "-", hex.substr(8, 4), "-", hex.substr(12, 4), "-", hex.substr(16, 4), "-",
                      hex.substr(20));
}

std::vector<concord::type::ScopeRevision> Context::Revisions() const {
  std::vector<concord::type::ScopeRevision> revisions;
  for (const std::string& scope : used_) {
    const ledger::Position& position = scopes_.find(scope)->second->position();
    concord::type::ScopeRevision& revision = revisions.emplace_back();
    revision.set_scope(scope);
    revision.set_revision(position.revision);
    if (position.revision == 0) continue;
    *revision.mutable_commit_time() = TimestampOf(position.time);
  }
  return revisions;
}

ledger::Preconditions Context::PreconditionsOf(absl::string_view scope) const {
  ledger::Preconditions seen;
  const auto held = scopes_.find(scope);
  if (held == scopes_.end()) return seen;  // Noted as missing: whatever comes of it is decided again.
  const ledger::SnapshotPtr& snapshot = held->second;
  seen.position = snapshot->position();
  if (auto names = names_seen_.find(scope); names != names_seen_.end()) {
    for (const std::string& name : names->second) {
      const std::string& collection = types_.Of(name)->collection().id;
      const ledger::Resource* resource = snapshot->Find(collection, name);
      seen.resources.push_back({collection, name, resource == nullptr ? 0 : resource->stamp.revision});
    }
  }
  if (auto collections = collections_seen_.find(scope); collections != collections_seen_.end()) {
    for (const std::string& collection : collections->second) {
      seen.collections.push_back({collection, snapshot->LastChange(collection)});
    }
  }
  return seen;
}

}  // namespace concord::rpc
