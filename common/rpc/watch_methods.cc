#include "common/rpc/watch_methods.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/rpc/failure.h"
#include "common/status/macros.h"
#include "concord/ledger/v1/ledger_service.pb.h"

namespace concord::rpc {
namespace {

using ledger::v1::WatchResourcesRequest;

constexpr int kCollectionsLimit = 20;

// The scope that the parent names or is in; empty if it is neither.
std::string ScopeOf(const ResourceTypes& types, const std::string& parent) {
  if (const ResourceType* type = types.Of(parent); type != nullptr) return type->ScopeOf(parent);
  return types.InScope(parent).empty() ? "" : parent;
}

void AppendId(std::string* text, const ledger::Collection* collection) { text->append(collection->id); }

void Validate(const ResourceTypes& types, const WatchResourcesRequest& request, Violations& violations) {
  const std::string scope = ScopeOf(types, request.parent());
  if (scope.empty()) {
    violations.Add("parent", "is neither a scope nor the name of a resource that this service knows");
    return;
  }
  if (request.collections_size() > kCollectionsLimit) {
    violations.Add("collections", absl::StrCat("must be at most ", kCollectionsLimit));
    return;
  }
  const std::vector<const ledger::Collection*> known = types.InScope(scope);
  for (int i = 0; i < request.collections_size(); ++i) {
    const bool found = std::any_of(known.begin(), known.end(),
                                   [&](const ledger::Collection* c) { return c->id == request.collections(i); });
    if (!found) {
      violations.Add(absl::StrCat("collections[", i, "]"),
                     absl::StrCat("must be one that this service works on in ", scope, ": ",
                                  absl::StrJoin(known, ", ", AppendId)));
    }
  }
}

WatchedPart PartOf(const ResourceTypes& types, const WatchResourcesRequest& request, const CallFacts& facts) {
  WatchedPart part;
  part.scope = ScopeOf(types, request.parent());
  part.parent = request.parent();
  part.caller = facts.caller;
  part.method = facts.method;
  for (const ledger::Collection* collection : types.InScope(part.scope)) {
    const auto& asked = request.collections();
    if (asked.empty() || std::find(asked.begin(), asked.end(), collection->id) != asked.end()) {
      part.collections.push_back(collection);
    }
  }
  std::sort(part.collections.begin(), part.collections.end(),
            [](const ledger::Collection* a, const ledger::Collection* b) { return a->id < b->id; });
  // Where "all" has become more, the state of what is new has never been sent: such a token is one of another watch.
  part.arguments = absl::StrCat(part.parent, "\n", absl::StrJoin(part.collections, ",", AppendId));
  return part;
}

// Who goes on may do so although the parent is gone by now: that it went is among what he missed.
absl::Status CheckParent(const WatchResourcesRequest& request, Context& context) {
  const std::string& parent = request.parent();
  if (context.types().Of(parent) == nullptr || context.Find(parent) != nullptr) return absl::OkStatus();
  const bool gone = !request.resume_token().empty() && !context.IsHidden(parent);
  return gone ? absl::OkStatus() : NotFound(parent);
}

}  // namespace

void AddWatchMethod(Engine& engine, WatchHub* hub) {
  Method method;
  method.name = "WatchResources";
  method.prototype = &WatchResourcesRequest::default_instance();
  method.validate = [types = engine.parts().types](const Method::Request& request, Violations& violations) {
    Validate(*types, static_cast<const WatchResourcesRequest&>(request), violations);
  };
  method.about = [](const Method::Request& request) {
    return static_cast<const WatchResourcesRequest&>(request).parent();
  };
  method.watch = [hub](const Method::Request& any, Context& context) -> absl::StatusOr<Method::BeginWatch> {
    const auto& request = static_cast<const WatchResourcesRequest&>(any);
    WatchedPart part = PartOf(context.types(), request, context.facts());
    ledger::SnapshotPtr state = context.Scope(part.scope);
    if (state == nullptr) return absl::UnavailableError("the scope is not at hand yet");
    absl::optional<WatchPlace> place;
    if (!request.resume_token().empty()) {
      CONCORD_ASSIGN_OR_RETURN(place, hub->tokens().Open(request.resume_token(), part.arguments, part.scope));
    }
    CONCORD_RETURN_IF_ERROR(CheckParent(request, context));
    return Method::BeginWatch([hub, part = std::move(part), place = std::move(place), state = std::move(state)](
                                  WatchOpening opening) { return hub->Open(part, place, state, std::move(opening)); });
  };
  engine.Add("concord.ledger.v1.LedgerService", std::move(method));
}

}  // namespace concord::rpc
