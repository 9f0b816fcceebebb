#include <utility>

#include "common/rpc/call.h"

namespace concord::rpc {

// Begun, a watch keeps nothing of its call but how to end it.
Call::Step Call::HandleWatch(Context& context) {
  absl::StatusOr<Method::BeginWatch> begin = method_->watch(*request_, context);
  if (context.interrupted()) return HandleElsewhere();
  if (!context.missing().empty()) {
    wanted_ = context.missing();
    return DecideAgain();
  }
  if (!begin.ok()) return End(begin.status());
  scopes_.clear();
  if (std::exchange(admitted_, false)) {
    engine_.FreePlace();
    engine_.Ended();
  }
  WatchOpening opening;
  opening.outlet = invocation_.outlet;
  opening.end = [self = shared_from_this()](absl::Status status) {
    if (status.ok()) return self->Finish(Reply());
    self->Finish(std::move(status));
  };
  absl::Status begun = (*begin)(std::move(opening));
  return begun.ok() ? Step::kWait : End(std::move(begun));
}

}  // namespace concord::rpc
