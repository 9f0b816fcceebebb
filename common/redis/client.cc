#include "common/redis/client.h"

#include <strings.h>

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/notification.h"
#include "common/redis/client_state.h"

namespace concord::redis {
namespace {

// Commands that are answered more or less often than once, or change what the
// connection is: the answers of others would be mixed up.
bool IsUnfit(const std::string& name) {
  switch (name.empty() ? '\0' : name[0] | 0x20) {
    case 's':
      return strcasecmp(name.c_str(), "subscribe") == 0 || strcasecmp(name.c_str(), "ssubscribe") == 0 ||
             strcasecmp(name.c_str(), "sunsubscribe") == 0;
    case 'p':
      return strcasecmp(name.c_str(), "psubscribe") == 0 || strcasecmp(name.c_str(), "punsubscribe") == 0;
    case 'u':
      return strcasecmp(name.c_str(), "unsubscribe") == 0;
    case 'm':
      return strcasecmp(name.c_str(), "monitor") == 0;
    case 'q':
      return strcasecmp(name.c_str(), "quit") == 0;
    case 'h':
      return strcasecmp(name.c_str(), "hello") == 0;
    default:
      return false;
  }
}

absl::Status Validate(const Batch& batch) {
  if (batch.commands.empty()) return absl::InvalidArgumentError("a batch needs a command");
  for (const Command& command : batch.commands) {
    if (command.arguments.empty()) return absl::InvalidArgumentError("a command needs a name");
    if (IsUnfit(command.arguments[0])) {
      return absl::InvalidArgumentError(absl::StrCat(command.arguments[0], " cannot share a connection"));
    }
  }
  return absl::OkStatus();
}

int64_t BytesOf(const Batch& batch) {
  size_t bytes = 0;
  for (const Command& command : batch.commands) {
    for (const std::string& argument : command.arguments) bytes += argument.size();
  }
  return static_cast<int64_t>(bytes);
}

}  // namespace

void Client::State::Send(Batch batch, BatchCallback callback) {
  batches_.fetch_add(1, std::memory_order_relaxed);
  commands_.fetch_add(batch.commands.size(), std::memory_order_relaxed);
  if (absl::Status status = Validate(batch); !status.ok()) return Refuse(std::move(callback), std::move(status));
  const int64_t bytes = BytesOf(batch);
  absl::Status refused;
  bool drain = false;
  {
    absl::MutexLock lock(&mutex_);
    if (closed_) {
      refused = absl::CancelledError("the client of Redis is closed");
    } else if (in_flight_.load(std::memory_order_relaxed) >= options_.queue_limit) {
      refused = absl::UnavailableError("the queue to Redis is full");
    } else if (queued_bytes_.load(std::memory_order_relaxed) + unwritten_bytes_.load(std::memory_order_relaxed) +
                   bytes >
               options_.queue_limit_bytes) {
      refused = absl::UnavailableError("the queue to Redis holds too many bytes");
    } else {
      in_flight_.fetch_add(1, std::memory_order_relaxed);
      queued_bytes_.fetch_add(bytes, std::memory_order_relaxed);
      Pending& pending = incoming_.emplace_back();
      pending.batch = std::move(batch);
      pending.callback = std::move(callback);
      pending.bytes = bytes;
      drain = !drain_requested_;
      drain_requested_ = true;
    }
  }
  // Refused before anything was moved.
  if (!refused.ok()) return Refuse(std::move(callback), std::move(refused));  // NOLINT(bugprone-use-after-move)
  if (drain) loop_->Post([self = shared_from_this()] { self->Drain(); });
}

void Client::State::Refuse(BatchCallback callback, absl::Status status) {
  failures_.fetch_add(1, std::memory_order_relaxed);
  if (!callback) return;
  loop_->Post([callback = std::move(callback), status = std::move(status)] { callback(status); });
}

ClientStatistics Client::State::statistics() const {
  ClientStatistics statistics;
  statistics.batches = batches_.load(std::memory_order_relaxed);
  statistics.commands = commands_.load(std::memory_order_relaxed);
  statistics.failures = failures_.load(std::memory_order_relaxed);
  statistics.connections = connections_.load(std::memory_order_relaxed);
  statistics.in_flight = in_flight_.load(std::memory_order_relaxed);
  return statistics;
}

void Client::State::Close() {
  {
    absl::MutexLock lock(&mutex_);
    closed_ = true;
  }
  absl::Notification done;
  loop_->Post([this, &done] {
    Shutdown();
    // Callbacks may have sent, and been refused, by posts that come before this one.
    loop_->Post([&done] { done.Notify(); });
  });
  done.WaitForNotification();
}

absl::StatusOr<std::unique_ptr<Client>> Client::Create(Loop* loop, ClientOptions options) {
  if (options.address.unix_socket.empty() && (options.address.host.empty() || options.address.port <= 0)) {
    return absl::InvalidArgumentError("a client of Redis needs an address");
  }
  if (options.queue_limit <= 0 || options.queue_limit_bytes <= 0) {
    return absl::InvalidArgumentError("the limits of a client's queue must be above zero");
  }
  if (options.timeout <= absl::ZeroDuration() || options.connect_timeout <= absl::ZeroDuration() ||
      options.reconnect_pause <= absl::ZeroDuration() || options.reconnect_pause_limit < options.reconnect_pause) {
    return absl::InvalidArgumentError("the times of a client of Redis must be above zero, the longest pause last");
  }
  // Shared with what is posted on the loop, which may run after the client is gone.
  auto state = std::make_shared<State>(loop, std::move(options));
  loop->Post([state] { state->Start(); });
  return std::unique_ptr<Client>(new Client(std::move(state)));
}

Client::Client(std::shared_ptr<State> state) : state_(std::move(state)) {}
Client::~Client() { Close(); }

void Client::Send(Batch batch, BatchCallback callback) { state_->Send(std::move(batch), std::move(callback)); }
bool Client::connected() const { return state_->connected(); }
ClientStatistics Client::statistics() const { return state_->statistics(); }
void Client::Close() { state_->Close(); }

absl::StatusOr<std::vector<Reply>> SendAndWait(Client& client, Batch batch) {
  absl::StatusOr<std::vector<Reply>> result;
  absl::Notification done;
  client.Send(std::move(batch), [&](absl::StatusOr<std::vector<Reply>> answer) {
    result = std::move(answer);
    done.Notify();
  });
  done.WaitForNotification();
  return result;
}

}  // namespace concord::redis
