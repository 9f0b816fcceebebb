// All that a handler may look at.
#ifndef COMMON_RPC_CONTEXT_H_
#define COMMON_RPC_CONTEXT_H_

#include <functional>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "common/ledger/commit.h"
#include "common/ledger/snapshot.h"
#include "common/rpc/access.h"
#include "common/rpc/resource_type.h"
#include "concord/type/moment.pb.h"

namespace concord::rpc {

// What stays the same however often a call is handled.
struct CallFacts {
  Caller caller;
  std::string method;  // "concord.action.v1.ActionService/GetAction".
  std::string trace_id;
  std::string request_id;  // The caller's, or the engine's.
  std::string request_key;
  absl::Time now;  // By the service's clock, when the call arrived.
};

// One look at immutable states, by one handler, on one thread. Remembers what was
// looked at, so that a commit can hold only if it is still so. What the caller
// may not see is not there.
//
// A scope whose state is not at hand looks empty and is noted as missing: the
// engine gets it and runs the handler again, whatever it returned.
class Context {
 public:
  Context(const CallFacts& facts, const ResourceTypes& types, const AccessPolicy& access,
          const absl::flat_hash_map<std::string, ledger::SnapshotPtr>& scopes)
      : facts_(facts), types_(types), access_(access), scopes_(scopes) {}

  // Asked every few rows that are visited; from its first true on no further ones are.
  void InterruptWhen(std::function<bool()> asked) { asked_ = std::move(asked); }
  // What was decided then means nothing.
  bool interrupted() const { return interrupted_; }
  // For whoever works through many rows of a request: false once it should leave off, whatever it returns then.
  bool MayGoOn() { return MayVisit(); }

  const CallFacts& facts() const { return facts_; }
  // Today by the service's clock, in UTC.
  absl::CivilDay today() const { return absl::ToCivilDay(facts_.now, absl::UTCTimeZone()); }

  // Null if there is no such resource. Valid as long as the context's states are.
  const ledger::Resource* Find(absl::string_view name);

  // Whether there is such a resource that the caller may not see. For whoever writes: what is hidden
  // must not be overwritten as if it were not there.
  bool IsHidden(absl::string_view name);

  // The same as Find, as its own message; the name's type must be `Message`'s.
  template <typename Message>
  const Message* Get(absl::string_view name) {
    const ledger::Resource* resource = Find(name);
    return resource == nullptr ? nullptr : static_cast<const Message*>(resource->message.get());
  }

  // Visits the children of `parent` of one type in the order of names, from the first that
  // is greater than `after`, until visit returns false. An empty parent stands for
  // types at the top, for whom `scope` says where they live. Ids of the parent may be "-": the children
  // of all such parents.
  void ForEach(const ResourceType& type, absl::string_view scope, absl::string_view parent, absl::string_view after,
               const std::function<bool(const ledger::Resource&)>& visit);

  // Who holds a unique value in the scope; empty if nobody does. Whether the caller
  // may see the holder is not asked: that the value is taken he learns anyway.
  std::string HolderOf(const ResourceType& type, absl::string_view scope, absl::string_view value);

  // The state of a scope; null if it is not at hand, which is noted.
  ledger::SnapshotPtr Scope(absl::string_view scope);

  // What a call is about to write, one step after the other: until the end of this object's life the context
  // shows it as if it were there, also to its caller from whom it would be hidden. One at a time.
  class Ahead {
   public:
    explicit Ahead(Context& context) : context_(context) {}
    ~Ahead() {
      context_.ahead_.clear();
      context_.ahead_holders_.clear();
    }
    Ahead(const Ahead&) = delete;
    Ahead& operator=(const Ahead&) = delete;

    // A resource that is not there yet, or another state of one.
    void Put(const std::string& name, const google::protobuf::Message& message);

   private:
    Context& context_;
  };

  // A UUID for a new resource: the same however often this call is handled.
  std::string NewUid(absl::string_view name) const;

  // The revision of every state that was looked at, in the order of scopes.
  std::vector<concord::type::ScopeRevision> Revisions() const;

  // For the engine.
  const std::set<std::string>& missing() const { return missing_; }
  const std::set<std::string>& used() const { return used_; }
  ledger::Preconditions PreconditionsOf(absl::string_view scope) const;
  const ResourceTypes& types() const { return types_; }

 private:
  // Of one collection, by name.
  using Rows = std::map<std::string, ledger::Resource>;

  bool MayVisit();
  const ledger::Resource* FindAhead(const std::string& collection, absl::string_view name) const;

  const CallFacts& facts_;
  const ResourceTypes& types_;
  const AccessPolicy& access_;
  const absl::flat_hash_map<std::string, ledger::SnapshotPtr>& scopes_;
  std::function<bool()> asked_;
  size_t visited_ = 0;
  bool interrupted_ = false;
  std::set<std::string> missing_;
  std::set<std::string> used_;
  absl::flat_hash_map<std::string, absl::flat_hash_set<std::string>> names_seen_;  // By scope.
  absl::flat_hash_map<std::string, std::set<std::string>> collections_seen_;       // By scope.
  absl::flat_hash_map<std::string, Rows> ahead_;                                   // By collection.
  absl::flat_hash_map<std::string, std::string> ahead_holders_;                    // By collection, scope and value.
};

}  // namespace concord::rpc

#endif  // COMMON_RPC_CONTEXT_H_
