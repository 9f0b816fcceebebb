#include "common/rpc/engine.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "common/rpc/call.h"
#include "common/status/error.h"
#include "concord/rpc/v1/error_reason.pb.h"

namespace concord::rpc {

Engine::Engine(EngineParts parts, EngineOptions options)
    : parts_(parts), options_(options), memo_(options.memo_bytes_limit) {}

void Engine::Add(const std::string& service, Method method) {
  const std::string name = absl::StrCat(service, "/", method.name);
  methods_.insert_or_assign(name, std::make_unique<Method>(std::move(method)));
}

const Method* Engine::Find(const std::string& full_name) const {
  auto found = methods_.find(full_name);
  return found == methods_.end() ? nullptr : found->second.get();
}

std::vector<std::string> Engine::MethodNames() const {
  std::vector<std::string> names;
  names.reserve(methods_.size());
  for (const auto& [name, method] : methods_) names.push_back(name);
  return names;
}

void Engine::Handle(Invocation invocation) { Call::Begin(*this, std::move(invocation)); }

absl::Status Engine::Enter() {
  absl::MutexLock lock(&mutex_);
  if (draining_) {
    return MakeError(absl::StatusCode::kUnavailable, v1::ERROR_REASON_SHUTTING_DOWN,
                     "the service is stopping: another replica will answer");
  }
  if (!ready_) {
    return MakeError(absl::StatusCode::kUnavailable, v1::ERROR_REASON_STORE_UNAVAILABLE,
                     "the store is not known to keep what is acknowledged yet: try again later");
  }
  if (calls_ >= options_.calls_limit) {
    return WithRetryDelay(MakeError(absl::StatusCode::kResourceExhausted, v1::ERROR_REASON_OVERLOADED,
                                    "the service is at its limit of {limit} calls at once: wait, then try again",
                                    {{"limit", absl::StrCat(options_.calls_limit)}}),
                          options_.retry_delay);
  }
  ++calls_;
  ++not_ended_;
  return absl::OkStatus();
}

absl::Status Engine::Overloaded() const {
  return WithRetryDelay(
      MakeError(absl::StatusCode::kResourceExhausted, v1::ERROR_REASON_OVERLOADED,
                "the service has too much long work waiting ({limit}): try again later", {{"limit", "of long work"}}),
      options_.retry_delay);
}

void Engine::FreePlace() {
  absl::MutexLock lock(&mutex_);
  --calls_;
}

void Engine::Ended() {
  absl::MutexLock lock(&mutex_);
  --not_ended_;
}

void Engine::Leave(const CallRecord& record) {
  if (observer_) observer_(record);
}

int Engine::calls() const {
  absl::MutexLock lock(&mutex_);
  return calls_;
}

void Engine::SetReady(bool ready) {
  absl::MutexLock lock(&mutex_);
  ready_ = ready;
}

bool Engine::Drain(absl::Duration limit) {
  absl::MutexLock lock(&mutex_);
  draining_ = true;
  const auto idle = +[](const int* calls) { return *calls == 0; };
  return mutex_.AwaitWithTimeout(absl::Condition(idle, static_cast<const int*>(&not_ended_)), limit);
}

}  // namespace concord::rpc
