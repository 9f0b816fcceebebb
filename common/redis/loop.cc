#include "common/redis/loop.h"

#include <pthread.h>
#include <signal.h>

#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/redis/loop_state.h"

namespace concord::redis {
namespace {

// Tasks may post tasks; so many rounds are run before libuv gets its turn.
constexpr int kRoundsPerTurn = 4;

absl::Status FromUv(int error, const char* what) {
  if (error == 0) return absl::OkStatus();
  return absl::InternalError(absl::StrCat(what, ": ", uv_strerror(error)));
}

// Writing to a connection that the other side has closed must be an error of
// that connection, not the end of the process.
void BlockBrokenPipeSignal() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGPIPE);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
}

}  // namespace

absl::Status Loop::State::Start() {
  if (absl::Status status = FromUv(uv_loop_init(&uv_), "cannot make an event loop"); !status.ok()) return status;
  // The callback has nothing to do: the tasks run where `after_events_` is called.
  if (absl::Status status = FromUv(uv_async_init(&uv_, &wake_, [](uv_async_t*) {}), "cannot make a wake-up");
      !status.ok()) {
    uv_loop_close(&uv_);
    return status;
  }
  uv_prepare_init(&uv_, &before_sleep_);
  uv_check_init(&uv_, &after_events_);
  before_sleep_.data = after_events_.data = this;
  uv_prepare_start(&before_sleep_, [](uv_prepare_t* handle) { static_cast<State*>(handle->data)->RunTasks(true); });
  uv_check_start(&after_events_, [](uv_check_t* handle) { static_cast<State*>(handle->data)->RunTasks(false); });
  thread_ = std::thread([this] { Run(); });
  started_.WaitForNotification();
  return absl::OkStatus();
}

Loop::State::~State() {
  if (!thread_.joinable()) return;
  Post([this] { stopping_ = true; });
  thread_.join();
  uv_loop_close(&uv_);
}

void Loop::State::Run() {
  BlockBrokenPipeSignal();
  thread_id_ = std::this_thread::get_id();
  started_.Notify();
  uv_run(&uv_, UV_RUN_DEFAULT);
}

void Loop::State::Post(std::function<void()> task) {
  absl::MutexLock lock(&mutex_);
  tasks_.push_back(std::move(task));
  if (!asleep_) return;
  asleep_ = false;  // One wake-up is enough for all that come before it works.
  uv_async_send(&wake_);
}

void Loop::State::PostAfter(absl::Duration delay, std::function<void()> task) {
  Post([this, delay, task = std::move(task)]() mutable {
    const uint64_t id = next_delayed_++;
    auto timer = std::make_unique<Timer>(&uv_, [this, id, task = std::move(task)] {
      delayed_.erase(id);  // The timer keeps this function until it is closed, which is later.
      task();
    });
    timer->Start(delay);
    delayed_.emplace(id, std::move(timer));
  });
}

bool Loop::State::RunPosted(bool before_sleep) {
  {
    absl::MutexLock lock(&mutex_);
    asleep_ = before_sleep && tasks_.empty();
    running_.swap(tasks_);
  }
  if (running_.empty()) return false;
  for (std::function<void()>& task : running_) {
    task();
    task = nullptr;  // What it holds goes now, not after its successors.
  }
  running_.clear();
  return true;
}

void Loop::State::RunTasks(bool before_sleep) {
  if (closed_) return;
  for (int round = 0; round < kRoundsPerTurn || stopping_; ++round) {
    if (RunPosted(before_sleep)) continue;
    if (stopping_) CloseHandles();
    return;
  }
  // More may be waiting: do not sleep, come back after the events.
  if (before_sleep) uv_async_send(&wake_);
}

void Loop::State::CloseHandles() {
  closed_ = true;
  delayed_.clear();
  uv_close(reinterpret_cast<uv_handle_t*>(&wake_), nullptr);
  uv_close(reinterpret_cast<uv_handle_t*>(&before_sleep_), nullptr);
  uv_close(reinterpret_cast<uv_handle_t*>(&after_events_), nullptr);
}

absl::StatusOr<std::unique_ptr<Loop>> Loop::Create() {
  auto state = std::make_unique<State>();
  if (absl::Status status = state->Start(); !status.ok()) return status;
  return std::unique_ptr<Loop>(new Loop(std::move(state)));
}

Loop::Loop(std::unique_ptr<State> state) : state_(std::move(state)) {}
Loop::~Loop() = default;

void Loop::Post(std::function<void()> task) { state_->Post(std::move(task)); }
void Loop::PostAfter(absl::Duration delay, std::function<void()> task) { state_->PostAfter(delay, std::move(task)); }
bool Loop::IsCurrentThread() const { return state_->IsCurrentThread(); }

}  // namespace concord::redis
