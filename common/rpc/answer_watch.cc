#include "common/rpc/answer_watch.h"

#include <algorithm>
#include <utility>

namespace concord::rpc {
namespace {

constexpr absl::Duration kReadLimit = absl::Seconds(30);
// Between looks at the calendar, and at those whose last answer was a failure.
constexpr absl::Duration kLook = absl::Milliseconds(500);

// A failure of the moment does not end a watch.
bool MayPass(const absl::Status& status) {
  return absl::IsUnavailable(status) || absl::IsResourceExhausted(status) || absl::IsDeadlineExceeded(status) ||
         absl::IsAborted(status);
}

}  // namespace

std::function<void(AnswerWatch::Callback)> ReadAgain(Engine& engine, std::string method, Caller caller,
                                                     std::shared_ptr<const google::protobuf::Message> request) {
  return [&engine, method = std::move(method), caller = std::move(caller),
          request = std::move(request)](AnswerWatch::Callback callback) {
    Invocation invocation;
    invocation.method = method;
    invocation.metadata = [](absl::string_view) -> absl::optional<std::string> { return absl::nullopt; };
    invocation.caller = caller;
    invocation.deadline = engine.parts().clock->Now() + kReadLimit;
    invocation.parse = [request](google::protobuf::Message& message) {
      message.CopyFrom(*request);
      return true;
    };
    invocation.done = [callback = std::move(callback)](absl::StatusOr<Reply> reply, const std::string& /*trace_id*/) {
      callback(std::move(reply));
    };
    engine.Handle(std::move(invocation));
  };
}

void AnswerBells::Ring(std::shared_ptr<WatchedAnswer> watched) {
  absl::MutexLock lock(&mutex_);
  if (!closed_) rung_.insert(std::move(watched));
}

absl::flat_hash_set<std::shared_ptr<WatchedAnswer>> AnswerBells::Take(absl::Duration limit) {
  absl::MutexLock lock(&mutex_);
  const auto something = [this]() ABSL_SHARED_LOCKS_REQUIRED(mutex_) { return closed_ || !rung_.empty(); };
  mutex_.AwaitWithTimeout(absl::Condition(&something), limit);
  return std::exchange(rung_, {});
}

bool AnswerBells::Gather(absl::Duration pace) {
  absl::MutexLock lock(&mutex_);
  return mutex_.AwaitWithTimeout(absl::Condition(&closed_), pace);
}

void AnswerBells::Close() {
  absl::flat_hash_set<std::shared_ptr<WatchedAnswer>> dropped;  // Let go of without the lock.
  absl::MutexLock lock(&mutex_);
  closed_ = true;
  dropped.swap(rung_);
}

void WatchedAnswer::OnEvent(const ledger::Event& /*event*/, const ledger::SnapshotPtr& /*after*/) {
  bells_->Ring(shared_from_this());
}

void WatchedAnswer::OnDiverged() {
  listening_ = false;
  bells_->Ring(shared_from_this());
}

bool WatchedAnswer::LeaveIfEnded() {
  if (!stream_->ended()) return false;
  for (const auto& view : views_) view->Unsubscribe(this);
  return true;
}

void WatchedAnswer::Ask(bool beat) {
  {
    absl::MutexLock lock(&mutex_);
    beat_ = beat_ || beat;
    if (asking_) {
      // What is under way may have begun before that for which it is asked again; for a beat it will do.
      again_ = again_ || !beat;
      return;
    }
    asking_ = true;
  }
  Read();
}

void WatchedAnswer::StopWaiting() {
  {
    absl::MutexLock lock(&mutex_);
    if (!asking_ || !std::exchange(beat_, false)) return;
  }
  // Passed over if a message is on its way: then he has something to take.
  stream_->SendHeartbeat(watch_.heartbeat(nullptr), 0);
}

void WatchedAnswer::Read() {
  watch_.read([self = shared_from_this()](absl::StatusOr<Reply> answer) { self->Take(std::move(answer)); });
}

void WatchedAnswer::Take(absl::StatusOr<Reply> answer) {
  if (stream_->ended()) return;
  failed_ = !answer.ok();
  if (!answer.ok() && !MayPass(answer.status())) return stream_->End(answer.status());
  bool beat = false;
  {
    absl::MutexLock lock(&mutex_);
    beat = std::exchange(beat_, false);
  }
  // The views have been loaded for the first answer.
  if (answer.ok() && Listen()) {
    if (LeaveIfEnded()) return;  // Nobody else would, if it has just been looked at for the last time.
    absl::MutexLock lock(&mutex_);
    again_ = true;
  }
  const Reply message = MessageOf(answer, beat);
  if (message == nullptr) return Done();
  stream_->Send(message);
  // Until it has been taken nothing is asked, so that the next one is as new as can be.
  stream_->WhenWritten([self = shared_from_this()] { self->Done(); });
}

Reply WatchedAnswer::MessageOf(const absl::StatusOr<Reply>& answer, bool beat) {
  if (!answer.ok()) return beat ? watch_.heartbeat(nullptr) : nullptr;
  if (Reply message = watch_.message(*answer); message != nullptr) return message;
  return beat ? watch_.heartbeat(*answer) : nullptr;
}

bool WatchedAnswer::Listen() {
  if (listening_.exchange(true)) return false;
  for (const auto& view : views_) {
    view->Unsubscribe(this);
    if (!view->Subscribe(shared_from_this()).ok()) listening_ = false;
  }
  return true;
}

void WatchedAnswer::Done() {
  {
    absl::MutexLock lock(&mutex_);
    asking_ = false;
    if (!std::exchange(again_, false)) return;
  }
  bells_->Ring(shared_from_this());
}

AnswerWatches::AnswerWatches(const EngineParts& parts, absl::Duration pace)
    : parts_(parts), pace_(pace), bells_(std::make_shared<AnswerBells>()), asking_([this] { Run(); }) {}

AnswerWatches::~AnswerWatches() {
  Stop();
  asking_.join();
  for (const auto& watched : Watched()) watched->LeaveIfEnded();
}

void AnswerWatches::Add(AnswerWatch watch, std::shared_ptr<WatchStream> stream) {
  std::vector<std::shared_ptr<ledger::View>> views;
  views.reserve(watch.scopes.size());
  for (const std::string& scope : watch.scopes) views.push_back(parts_.views->Get(scope, parts_.clock->Now()));
  auto watched = std::make_shared<WatchedAnswer>(std::move(watch), std::move(views), std::move(stream), bells_);
  {
    absl::MutexLock lock(&mutex_);
    watched_.push_back(watched);
  }
  watched->Ask(false);
}

std::vector<std::shared_ptr<WatchedAnswer>> AnswerWatches::Watched() {
  absl::MutexLock lock(&mutex_);
  return watched_;
}

void AnswerWatches::Beat() {
  for (const auto& watched : Watched()) watched->Ask(true);
}

void AnswerWatches::StopWaiting() {
  for (const auto& watched : Watched()) watched->StopWaiting();
}

void AnswerWatches::Run() {
  const auto today = [this] { return absl::ToCivilDay(parts_.clock->Now(), absl::UTCTimeZone()); };
  absl::CivilDay day = today();
  do {
    for (const auto& watched : bells_->Take(kLook)) watched->Ask(false);
    const absl::CivilDay now = today();
    const bool turned = std::exchange(day, now) != now;
    {
      absl::MutexLock lock(&mutex_);
      watched_.erase(
          std::remove_if(watched_.begin(), watched_.end(), [](const auto& watched) { return watched->LeaveIfEnded(); }),
          watched_.end());
    }
    for (const auto& watched : Watched()) {
      if (turned || watched->failed()) watched->Ask(false);
    }
  } while (!bells_->Gather(pace_));
}

}  // namespace concord::rpc
