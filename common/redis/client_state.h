// The client's inside. Part of common/redis; not for others.
#ifndef COMMON_REDIS_CLIENT_STATE_H_
#define COMMON_REDIS_CLIENT_STATE_H_

#include <atomic>
#include <deque>
#include <memory>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_set.h"
#include "absl/random/random.h"
#include "absl/synchronization/mutex.h"
#include "absl/synchronization/notification.h"
#include "common/redis/client.h"
#include "common/redis/connection.h"
#include "common/redis/timer.h"

namespace concord::redis {

// Batches go through three queues: `incoming_` (any thread, under the lock),
// `waiting_` (for the connection, or for it to take more bytes) and `sent_`
// (for answers). All but the first belong to the loop's thread.
class Client::State final : public std::enable_shared_from_this<Client::State>, public Connection::Listener {
 public:
  State(Loop* loop, ClientOptions options);

  void Start();
  void Send(Batch batch, BatchCallback callback);
  void Close();
  bool connected() const { return connected_.load(std::memory_order_acquire); }
  ClientStatistics statistics() const;

 private:
  enum class Phase {
    kPausing,     // Until the next try to connect.
    kConnecting,  // Until the connection is there.
    kGreeting,    // Until PING is answered.
    kLoading,     // Until the next PING: Redis is reading its data.
    kReady,
    kClosed,
  };

  // A batch on its way.
  struct Pending {
    Batch batch;
    BatchCallback callback;
    int64_t bytes = 0;      // Of arguments.
    uint64_t deadline = 0;  // In milliseconds of the loop's clock.
    bool has_script = false;
    // What is to be answered: the commands' indexes, all of them if empty. Not
    // empty only for a batch that is sent again because of NOSCRIPT.
    std::vector<uint32_t> again;
    size_t expected = 0;  // Answers to this sending, and how many came.
    size_t answered = 0;
    std::vector<Reply> replies;
  };

  void Connect();
  void Greet();
  void Ready();
  // The connection is of no use any more; what was sent fails.
  void Break(const std::string& why);
  void OnStepTimer();

  void OnConnected() override;
  void OnAnswer(Reply reply) override;
  void OnWritten() override;
  void OnBroken(const std::string& why) override { Break(why); }
  void OnGreeting(const Reply& reply);

  void RequestDrain();
  void Drain();
  void Write();
  bool Write(const Command& command, bool resend);
  bool WriteFront();
  // Whether scripts of an answered batch were unknown to Redis; then it is made
  // ready to be sent again.
  bool MustSendAgain(Pending& pending) const;

  void ArmDeadline(uint64_t deadline);
  void OnDeadline();
  void FailExpiredWaiting(uint64_t now);
  void FailWaiting(absl::Status status);
  void FailSent(std::deque<Pending> sent, absl::StatusCode code, const std::string& why, uint64_t now);
  void Finish(Pending& pending, absl::StatusOr<std::vector<Reply>> result);
  // For a batch in `waiting_`.
  void FinishUnsent(Pending& pending, absl::Status status);
  // For a batch that was never taken in.
  void Refuse(BatchCallback callback, absl::Status status);
  void Shutdown();

  Loop* const loop_;
  uv_loop_t* const uv_;
  const ClientOptions options_;

  absl::Mutex mutex_;
  std::vector<Pending> incoming_ ABSL_GUARDED_BY(mutex_);
  bool drain_requested_ ABSL_GUARDED_BY(mutex_) = false;
  bool closed_ ABSL_GUARDED_BY(mutex_) = false;

  std::atomic<bool> connected_{false};
  std::atomic<uint64_t> batches_{0};
  std::atomic<uint64_t> commands_{0};
  std::atomic<uint64_t> failures_{0};
  std::atomic<uint64_t> connections_{0};
  std::atomic<int64_t> in_flight_{0};
  std::atomic<int64_t> queued_bytes_{0};     // In incoming_ and waiting_.
  std::atomic<int64_t> unwritten_bytes_{0};  // Given to the connection, not yet to the kernel.

  // Only on the loop's thread.
  Phase phase_ = Phase::kPausing;
  std::unique_ptr<Connection> connection_;
  std::unique_ptr<Timer> step_timer_;      // What ends the phase if nothing else does.
  std::unique_ptr<Timer> deadline_timer_;  // For the earliest deadline seen.
  uint64_t armed_deadline_ = 0;            // Zero: not armed.
  std::deque<Pending> waiting_;
  std::deque<Pending> sent_;
  std::vector<Pending> draining_;
  std::vector<absl::string_view> arguments_;
  // Scripts this connection has sent as EVAL, so that Redis knows them.
  absl::flat_hash_set<const Script*> known_scripts_;
  std::string last_error_ = "connecting";
  absl::Duration pause_;
  int attempt_ = 0;
  absl::InsecureBitGen random_;  // Only spreads reconnections.
};

}  // namespace concord::redis

#endif  // COMMON_REDIS_CLIENT_STATE_H_
