#include "services/action/dependencies.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "common/aip/enum_words.h"
#include "common/status/error.h"
#include "concord/action/v1/error_reason.pb.h"

namespace concord::action {

absl::Status CheckDependenciesCompleted(rpc::Context& context, const v1::Action& action) {
  const v1::Action* first = nullptr;
  int count = 0;
  for (const std::string& name : action.dependencies()) {
    const auto* dependency = context.Get<v1::Action>(name);
    if (dependency == nullptr || dependency->state() == v1::Action::STATE_COMPLETED) continue;
    if (count++ == 0) first = dependency;
  }
  if (first == nullptr) return absl::OkStatus();
  return MakeError(
      absl::StatusCode::kFailedPrecondition, v1::ERROR_REASON_DEPENDENCY_NOT_COMPLETED,
      "{name} waits for {count} actions that are not completed, {dependency} among them, which is {state}: "
      "complete them first, or say that it no longer depends on them",
      {{"name", action.name()},
       {"dependency", first->name()},
       {"state", aip::WordOf(first->state())},
       {"count", absl::StrCat(count)}});
}

}  // namespace concord::action
