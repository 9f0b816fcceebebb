// How a call gets the states that it looks at.
#include <algorithm>
#include <utility>

#include "common/rpc/call.h"
#include "common/rpc/failure.h"
#include "common/rpc/request_checks.h"

namespace concord::rpc {
namespace {

constexpr size_t kScopesLimit = 100;  // That one write may look into.

}  // namespace

// Gets the state of every scope in wanted_.
Call::Step Call::Fence() {
  if (wanted_.empty()) return Step::kGoOn;
  const std::set<std::string> wanted = std::exchange(wanted_, {});
  // Each is loaded whole. A read asks for as many as its page has rows at most.
  if (IsWrite() && wanted.size() > kScopesLimit) return End(TooManyScopes(kScopesLimit));
  // A write is decided on what is at hand: its commit proves that it was current.
  if (IsWrite() && !fenced_ && !validate_only_) {
    const std::string& scope = *wanted.begin();
    ledger::SnapshotPtr at_hand = engine_.parts().views->Get(scope, facts_.now)->Peek();
    if (wanted.size() == 1 && at_hand != nullptr) {
      scopes_[scope] = std::move(at_hand);
      return Step::kGoOn;
    }
  }
  fenced_ = true;
  {
    absl::MutexLock lock(&fetching_mutex_);
    fetching_ = wanted.size();
  }
  for (const std::string& scope : wanted) {
    if (moment_.has_value()) {
      FetchPast(scope);
    } else {
      FetchScope(scope);
    }
  }
  return Step::kWait;
}

void Call::FetchScope(const std::string& scope) {
  engine_.parts()
      .views->Get(scope, facts_.now)
      ->Fence([self = shared_from_this(), scope](absl::StatusOr<ledger::SnapshotPtr> snapshot) {
        self->TakeScope(scope, std::move(snapshot));
      });
}

void Call::FetchPast(const std::string& scope) {
  const auto take = [self = shared_from_this(), scope](absl::StatusOr<ledger::SnapshotPtr> snapshot) {
    if (!snapshot.ok()) snapshot = PastFailure(snapshot.status(), scope, *self->moment_);
    self->TakeScope(scope, std::move(snapshot));
  };
  if (moment_->has_time()) {
    engine_.parts().as_of->AtTime(scope, TimeOf(moment_->time()), take);
    return;
  }
  const auto& revisions = moment_->revisions();
  const auto found = std::find_if(revisions.begin(), revisions.end(),
                                  [&](const concord::type::ScopeRevision& r) { return r.scope() == scope; });
  if (found == revisions.end()) return take(UnnamedScope(scope));
  engine_.parts().as_of->AtRevision(scope, found->revision(), take);
}

void Call::TakeScope(const std::string& scope, absl::StatusOr<ledger::SnapshotPtr> snapshot) {
  bool last = false;
  {
    absl::MutexLock lock(&fetching_mutex_);
    if (snapshot.ok()) {
      scopes_[scope] = *std::move(snapshot);
    } else {
      problem_ = resends_ > 0 ? OutcomeUnknown(facts_.request_id) : StoreFailure(snapshot.status());
    }
    last = --fetching_ == 0;
  }
  if (!last) return;
  if (!problem_.ok()) return Finish(problem_);
  Resume();
}

}  // namespace concord::rpc
