// Watches of what a read answers: told whole at first, and again whenever it has become another, because something was
// committed or because the day has turned.
//
// There is nothing to go on with: who comes again is told what is so then. Somebody who takes messages slowly is told
// less often, never something old.
#ifndef COMMON_RPC_ANSWER_WATCH_H_
#define COMMON_RPC_ANSWER_WATCH_H_

#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_set.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "common/ledger/view.h"
#include "common/rpc/engine.h"
#include "common/rpc/reply.h"
#include "common/rpc/watch_stream.h"

namespace concord::rpc {

// What is watched, and what is told of it. The functions are called by one thread at a time.
struct AnswerWatch {
  std::vector<std::string> scopes;  // What the answer is made from.

  // Asks once more. Calls back exactly once, on any thread.
  using Callback = std::function<void(absl::StatusOr<Reply>)>;
  std::function<void(Callback)> read;

  // The message for an answer. Null if it says nothing that the last one did not: it remembers what it told.
  std::function<Reply(const Reply& answer)> message;

  // The message that nothing is new. `answer` proves it; null: the store is silent.
  std::function<Reply(const Reply& answer)> heartbeat;
};

// Asks a read of the engine for a caller who has been authenticated. Whether he may still is asked each time.
std::function<void(AnswerWatch::Callback)> ReadAgain(Engine& engine, std::string method, Caller caller,
                                                     std::shared_ptr<const google::protobuf::Message> request);

class WatchedAnswer;

// Where watches say that it is time to ask again. Thread-safe.
class AnswerBells {
 public:
  void Ring(std::shared_ptr<WatchedAnswer> watched) ABSL_LOCKS_EXCLUDED(mutex_);
  // Waits for the first, at most for so long, and takes all there are.
  absl::flat_hash_set<std::shared_ptr<WatchedAnswer>> Take(absl::Duration limit) ABSL_LOCKS_EXCLUDED(mutex_);
  // Lets them gather for so long, or until it is closed. Whether it is.
  bool Gather(absl::Duration pace) ABSL_LOCKS_EXCLUDED(mutex_);
  void Close() ABSL_LOCKS_EXCLUDED(mutex_);

 private:
  absl::Mutex mutex_;
  absl::flat_hash_set<std::shared_ptr<WatchedAnswer>> rung_ ABSL_GUARDED_BY(mutex_);
  bool closed_ ABSL_GUARDED_BY(mutex_) = false;
};

// One such watch. Thread-safe. Shared by the views that tell it of commits, the bells, and an answer on its way.
class WatchedAnswer : public ledger::Subscriber, public std::enable_shared_from_this<WatchedAnswer> {
 public:
  WatchedAnswer(AnswerWatch watch, std::vector<std::shared_ptr<ledger::View>> views,
                std::shared_ptr<WatchStream> stream, std::shared_ptr<AnswerBells> bells)
      : watch_(std::move(watch)), views_(std::move(views)), stream_(std::move(stream)), bells_(std::move(bells)) {}

  // Asks, unless that is under way: then once more after it. With `beat`, the caller is told also that nothing is new.
  void Ask(bool beat) ABSL_LOCKS_EXCLUDED(mutex_);
  // Says that the store is silent, if an answer that was to prove that nothing is new has not come yet.
  void StopWaiting() ABSL_LOCKS_EXCLUDED(mutex_);
  // Whether the last answer was a failure that may pass.
  bool failed() const { return failed_; }
  // Whether it is over; then the views forget it.
  bool LeaveIfEnded();

  void OnEvent(const ledger::Event& event, const ledger::SnapshotPtr& after) override;
  void OnDiverged() override;

 private:
  void Read();
  void Take(absl::StatusOr<Reply> answer);
  Reply MessageOf(const absl::StatusOr<Reply>& answer, bool beat);
  // Whether it listens to all views only from now on, so that something may have been missed.
  bool Listen();
  void Done() ABSL_LOCKS_EXCLUDED(mutex_);

  const AnswerWatch watch_;
  const std::vector<std::shared_ptr<ledger::View>> views_;  // Held, so that they stay the ones that are followed.
  const std::shared_ptr<WatchStream> stream_;
  const std::shared_ptr<AnswerBells> bells_;

  std::atomic<bool> listening_{false};
  std::atomic<bool> failed_{false};
  absl::Mutex mutex_;
  bool asking_ ABSL_GUARDED_BY(mutex_) = false;
  bool again_ ABSL_GUARDED_BY(mutex_) = false;
  bool beat_ ABSL_GUARDED_BY(mutex_) = false;
};

// All such watches of a service, and the thread that has them ask. Thread-safe.
class AnswerWatches {
 public:
  // No watch asks more often than once in `pace`. The parts must outlive it.
  AnswerWatches(const EngineParts& parts, absl::Duration pace);
  ~AnswerWatches();
  AnswerWatches(const AnswerWatches&) = delete;
  AnswerWatches& operator=(const AnswerWatches&) = delete;

  void Add(AnswerWatch watch, std::shared_ptr<WatchStream> stream) ABSL_LOCKS_EXCLUDED(mutex_);

  // All ask now and say what they find, also if it is nothing new.
  void Beat();

  // Some time after it: who has had no answer is told that the store is silent.
  void StopWaiting();

  // Nothing is asked any more.
  void Stop() { bells_->Close(); }

 private:
  void Run();
  std::vector<std::shared_ptr<WatchedAnswer>> Watched() ABSL_LOCKS_EXCLUDED(mutex_);

  const EngineParts parts_;
  const absl::Duration pace_;
  const std::shared_ptr<AnswerBells> bells_;  // Shared with watches that views still hold.
  absl::Mutex mutex_;
  std::vector<std::shared_ptr<WatchedAnswer>> watched_ ABSL_GUARDED_BY(mutex_);
  std::thread asking_;
};

}  // namespace concord::rpc

#endif  // COMMON_RPC_ANSWER_WATCH_H_
