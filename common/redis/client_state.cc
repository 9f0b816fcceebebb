#include "common/redis/client_state.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/redis/loop_state.h"

namespace concord::redis {
namespace {

// Bytes handed to the connection ahead of the kernel. Enough for one write of
// many batches; more would only be moved about in its buffer.
constexpr int64_t kWriteAhead = 1 << 20;
constexpr absl::Duration kLoadingPause = absl::Milliseconds(25);

uint64_t Milliseconds(absl::Duration duration) {
  duration = std::clamp(duration, absl::Milliseconds(1), absl::Hours(24 * 365));
  return static_cast<uint64_t>(absl::ToInt64Milliseconds(absl::Ceil(duration, absl::Milliseconds(1))));
}

bool IsLoading(const Reply& reply) { return reply.is_error("LOADING"); }

}  // namespace

Client::State::State(Loop* loop, ClientOptions options)
    : loop_(loop), uv_(loop->state_->uv()), options_(std::move(options)), pause_(options_.reconnect_pause) {}

void Client::State::Start() {
  if (phase_ == Phase::kClosed) return;
  step_timer_ = std::make_unique<Timer>(uv_, [this] { OnStepTimer(); });
  deadline_timer_ = std::make_unique<Timer>(uv_, [this] { OnDeadline(); });
  Connect();
}

// ---- The connection.

void Client::State::Connect() {
  phase_ = Phase::kConnecting;
  connection_ = std::make_unique<Connection>(uv_, this);
  const absl::Status opened = connection_->Open(options_.address, attempt_++);
  if (!opened.ok()) return Break(std::string(opened.message()));
  step_timer_->Start(options_.connect_timeout);
}

void Client::State::OnConnected() {
  phase_ = Phase::kGreeting;
  // Written when this returns. If it is not taken, the time allowed since Connect runs out.
  connection_->Append({"PING"});
}

void Client::State::Greet() {
  phase_ = Phase::kGreeting;
  step_timer_->Start(options_.connect_timeout);
  if (!connection_->Append({"PING"})) return Break("the connection takes no command");
  connection_->Flush();
}

void Client::State::OnGreeting(const Reply& reply) {
  if (IsLoading(reply)) {
    phase_ = Phase::kLoading;
    last_error_ = reply.text;
    step_timer_->Start(kLoadingPause);
  } else if (reply.kind == Reply::Kind::kStatus) {
    Ready();
  } else {
    Break(absl::StrCat("PING was answered by: ", reply.text));
  }
}

void Client::State::Ready() {
  phase_ = Phase::kReady;
  step_timer_->Stop();
  pause_ = options_.reconnect_pause;
  known_scripts_.clear();
  connections_.fetch_add(1, std::memory_order_relaxed);
  connected_.store(true, std::memory_order_release);
  if (options_.on_connection_change) options_.on_connection_change(true);
  RequestDrain();  // What has waited.
}

void Client::State::OnStepTimer() {
  switch (phase_) {
    case Phase::kPausing:
      return Connect();
    case Phase::kLoading:
      return Greet();
    case Phase::kConnecting:
    case Phase::kGreeting:
      return Break("no answer to the try to connect in time");
    case Phase::kReady:
    case Phase::kClosed:
      return;
  }
}

void Client::State::Break(const std::string& why) {
  const bool was_connected = phase_ == Phase::kReady;
  phase_ = Phase::kPausing;
  connection_.reset();
  unwritten_bytes_.store(0, std::memory_order_relaxed);
  last_error_ = why;
  connected_.store(false, std::memory_order_release);
  // Half of each pause is random, so that many clients do not come back at once.
  step_timer_->Start(pause_ * absl::Uniform(random_, 0.5, 1.0));
  pause_ = std::min(pause_ * 2, options_.reconnect_pause_limit);
  uv_update_time(uv_);
  FailSent(std::exchange(sent_, {}), absl::StatusCode::kAborted, why, uv_now(uv_));
  if (was_connected && options_.on_connection_change) options_.on_connection_change(false);
  if (!options_.wait_for_connection) FailWaiting(absl::UnavailableError("the connection to Redis is broken"));
}

// ---- Sending.

void Client::State::RequestDrain() {
  {
    absl::MutexLock lock(&mutex_);
    if (drain_requested_) return;
    drain_requested_ = true;
  }
  loop_->Post([self = shared_from_this()] { self->Drain(); });
}

void Client::State::Drain() {
  {
    absl::MutexLock lock(&mutex_);
    drain_requested_ = false;
    draining_.swap(incoming_);
  }
  if (!draining_.empty()) {
    uv_update_time(uv_);
    const uint64_t now = uv_now(uv_);
    for (Pending& pending : draining_) {
      const absl::Duration timeout = pending.batch.timeout;
      pending.deadline = now + Milliseconds(timeout > absl::ZeroDuration() ? timeout : options_.timeout);
      ArmDeadline(pending.deadline);
      waiting_.push_back(std::move(pending));
    }
    draining_.clear();
  }
  if (phase_ == Phase::kReady) {
    Write();
  } else if (!options_.wait_for_connection && !waiting_.empty()) {
    FailWaiting(absl::UnavailableError(absl::StrCat("not connected to Redis: ", last_error_)));
  }
}

void Client::State::Write() {
  while (!waiting_.empty() && connection_->unwritten() < kWriteAhead) {
    while (!waiting_.empty() && connection_->unwritten() < kWriteAhead) {
      if (!WriteFront()) return Break("the connection takes no command");
    }
    connection_->Flush();
    if (phase_ != Phase::kReady) return;  // It broke in Flush.
  }
  unwritten_bytes_.store(connection_->unwritten(), std::memory_order_relaxed);
}

bool Client::State::WriteFront() {
  Pending& pending = sent_.emplace_back(std::move(waiting_.front()));
  waiting_.pop_front();
  queued_bytes_.fetch_sub(pending.bytes, std::memory_order_relaxed);
  const std::vector<Command>& commands = pending.batch.commands;
  pending.answered = 0;
  if (!pending.again.empty()) {
    pending.expected = pending.again.size();
    return std::all_of(pending.again.begin(), pending.again.end(),
                       [&](uint32_t index) { return Write(commands[index], true); });
  }
  pending.expected = commands.size();
  pending.replies.resize(commands.size());
  for (const Command& command : commands) {
    pending.has_script |= command.script != nullptr;
    if (!Write(command, false)) return false;
  }
  // Only scripts may have to be sent again; the rest need not be kept.
  if (!pending.has_script) pending.batch.commands = {};
  return true;
}

bool Client::State::Write(const Command& command, bool resend) {
  arguments_.assign(command.arguments.begin(), command.arguments.end());
  if (command.script != nullptr && (known_scripts_.insert(command.script).second || resend)) {
    arguments_[0] = "EVAL";
    arguments_[1] = command.script->source();
  }
  return connection_->Append(arguments_);
}

void Client::State::OnWritten() {
  if (phase_ == Phase::kReady) Write();
}

// ---- Answers.

void Client::State::OnAnswer(Reply reply) {
  if (phase_ == Phase::kGreeting) return OnGreeting(reply);
  if (sent_.empty()) return Break("Redis answered what was not asked");
  Pending& front = sent_.front();
  const size_t index = front.again.empty() ? front.answered : front.again[front.answered];
  front.replies[index] = std::move(reply);
  if (++front.answered < front.expected) return;
  Pending done = std::move(front);
  sent_.pop_front();
  if (done.has_script && MustSendAgain(done)) {
    queued_bytes_.fetch_add(done.bytes, std::memory_order_relaxed);
    waiting_.push_front(std::move(done));
    return RequestDrain();
  }
  std::vector<Reply> replies = std::move(done.replies);
  Finish(done, std::move(replies));
}

bool Client::State::MustSendAgain(Pending& pending) const {
  if (!pending.again.empty()) return false;  // Sent as EVAL already: then the error is the answer.
  const std::vector<Command>& commands = pending.batch.commands;
  for (uint32_t i = 0; i < commands.size(); ++i) {
    const bool refused = commands[i].script != nullptr && pending.replies[i].is_error("NOSCRIPT");
    // From the first refused script on all is sent again but the scripts that did run.
    if (refused || (!pending.again.empty() && commands[i].script == nullptr)) pending.again.push_back(i);
  }
  return !pending.again.empty();
}

void Client::State::Finish(Pending& pending, absl::StatusOr<std::vector<Reply>> result) {
  in_flight_.fetch_sub(1, std::memory_order_relaxed);
  if (!result.ok()) failures_.fetch_add(1, std::memory_order_relaxed);
  if (pending.callback) pending.callback(std::move(result));
}

// ---- Time-outs and failures.

void Client::State::ArmDeadline(uint64_t deadline) {
  if (armed_deadline_ != 0 && armed_deadline_ <= deadline) return;
  armed_deadline_ = deadline;
  const uint64_t now = uv_now(uv_);
  deadline_timer_->Start(absl::Milliseconds(deadline > now ? deadline - now : 0));
}

// Deadlines of answered batches are not taken back from the timer; it finds out
// here, once per shortest timeout and not once per batch, what is still due.
void Client::State::OnDeadline() {
  armed_deadline_ = 0;
  const uint64_t now = uv_now(uv_);
  FailExpiredWaiting(now);
  if (std::any_of(sent_.begin(), sent_.end(), [&](const Pending& pending) { return pending.deadline <= now; })) {
    Break("Redis did not answer in time");
  }
  uint64_t next = 0;
  for (const std::deque<Pending>* queue : {&sent_, &waiting_}) {
    for (const Pending& pending : *queue) next = next == 0 ? pending.deadline : std::min(next, pending.deadline);
  }
  if (next != 0) ArmDeadline(next);
}

void Client::State::FailExpiredWaiting(uint64_t now) {
  std::deque<Pending> kept;
  std::vector<Pending> expired;
  for (Pending& pending : waiting_) {
    if (pending.deadline <= now) {
      expired.push_back(std::move(pending));
    } else {
      kept.push_back(std::move(pending));
    }
  }
  waiting_.swap(kept);
  for (Pending& pending : expired) {
    queued_bytes_.fetch_sub(pending.bytes, std::memory_order_relaxed);
    FinishUnsent(pending, absl::UnavailableError(absl::StrCat("not sent to Redis in time: ", last_error_)));
  }
}

void Client::State::FailWaiting(absl::Status status) {
  for (Pending& pending : std::exchange(waiting_, {})) {
    queued_bytes_.fetch_sub(pending.bytes, std::memory_order_relaxed);
    FinishUnsent(pending, status);
  }
}

void Client::State::FinishUnsent(Pending& pending, absl::Status status) {
  // What waits to be sent again has been sent once, and some of it may have happened.
  if (!pending.again.empty() && absl::IsUnavailable(status)) status = absl::AbortedError(status.message());
  Finish(pending, std::move(status));
}

void Client::State::FailSent(std::deque<Pending> sent, absl::StatusCode code, const std::string& why, uint64_t now) {
  for (Pending& pending : sent) {
    const bool expired = code == absl::StatusCode::kAborted && pending.deadline <= now;
    Finish(pending, absl::Status(expired ? absl::StatusCode::kDeadlineExceeded : code,
                                 absl::StrCat("sent to Redis, without an answer: ", why)));
  }
}

void Client::State::Shutdown() {
  if (phase_ == Phase::kClosed) return;
  const bool was_connected = phase_ == Phase::kReady;
  phase_ = Phase::kClosed;
  connection_.reset();
  step_timer_.reset();
  deadline_timer_.reset();
  connected_.store(false, std::memory_order_release);
  {
    absl::MutexLock lock(&mutex_);
    draining_.swap(incoming_);
  }
  for (Pending& pending : draining_) waiting_.push_back(std::move(pending));
  draining_.clear();
  FailSent(std::exchange(sent_, {}), absl::StatusCode::kCancelled, "the client is closed", 0);
  FailWaiting(absl::CancelledError("the client of Redis is closed"));
  if (was_connected && options_.on_connection_change) options_.on_connection_change(false);
}

}  // namespace concord::redis
