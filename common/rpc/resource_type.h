// A kind of resource: a message, a name pattern, a scope.
#ifndef COMMON_RPC_RESOURCE_TYPE_H_
#define COMMON_RPC_RESOURCE_TYPE_H_

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/optional.h"
#include "common/aip/resource_name.h"
#include "common/ledger/collection.h"
#include "google/protobuf/message.h"

namespace concord::rpc {

// Immutable. The name pattern and the collection come from the message's own
// google.api.resource option, its unique values from the fields annotated with
// concord.type.unique; a softly deleted resource holds none.
class ResourceType {
 public:
  // `scope` is the scope that holds such resources: a name such as "catalog", or the
  // pattern of the leading part of their names, "plans/{plan}".
  ResourceType(const google::protobuf::Message& prototype, absl::string_view scope);

  const aip::NamePattern& pattern() const { return pattern_; }
  const ledger::Collection& collection() const { return collection_; }

  // The scope of a resource with this name, or of the children of this parent, or of these
  // parents ("plans/p/actions/-"), or of all at the top (no name) where they have one; empty if the name is none of
  // these, or names several scopes.
  std::string ScopeOf(absl::string_view name) const;
  // Whether resources of this type live in the scope.
  bool LivesIn(absl::string_view scope) const;

 private:
  aip::NamePattern pattern_;
  absl::optional<aip::NamePattern> parent_;  // Of a type that is not at the top.
  ledger::Collection collection_;
  std::string scope_;
  absl::optional<aip::NamePattern> scope_pattern_;  // Of a type whose scope depends on the name.
  size_t scope_segments_;
};

// All types that a program works on. Build it at start, then share it.
class ResourceTypes {
 public:
  // Takes types in any order; names must be told apart by their patterns.
  explicit ResourceTypes(std::vector<ResourceType> types);

  // The type of a resource name; null if it fits no pattern.
  const ResourceType* Of(absl::string_view name) const;
  // The type of a message.
  const ResourceType& Of(const google::protobuf::Descriptor* message) const;
  // The collections that live in a scope; empty if it is no scope's name.
  std::vector<const ledger::Collection*> InScope(absl::string_view scope) const;

 private:
  std::vector<ResourceType> types_;
};

}  // namespace concord::rpc

#endif  // COMMON_RPC_RESOURCE_TYPE_H_
