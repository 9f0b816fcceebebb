// An asynchronous, pipelined client of one Redis.
//
//   auto loop = Loop::Create();
//   auto client = Client::Create(loop->get(), options);
//   client->Send({.commands = {{"HMGET", key, "revision", "digest"}}, .routing_key = key},
//                [](absl::StatusOr<std::vector<Reply>> replies) { ... });
//
// It keeps one connection and opens it again, with growing, jittered pauses,
// when it breaks. Everything sent while earlier answers are still on their way
// is written without waiting for them. Nothing here ever blocks the caller.
//
// What it is not: a pool, or a cluster client. `routing_key` is there so that
// one can be put in its place: all keys of a batch must hash with it.
#ifndef COMMON_REDIS_CLIENT_H_
#define COMMON_REDIS_CLIENT_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/redis/loop.h"
#include "common/redis/reply.h"

namespace concord::redis {

// A Lua script, known by its SHA-1. Immutable; make one at start and keep it
// longer than the clients that use it.
class Script {
 public:
  explicit Script(std::string source);
  const std::string& source() const { return source_; }
  const std::string& sha1() const { return sha1_; }  // 40 hexadecimal digits.

 private:
  std::string source_;
  std::string sha1_;
};

// An argument vector, as binary-safe strings; or a script with keys and arguments.
struct Command {
  Command(std::initializer_list<std::string> the_arguments) : arguments(the_arguments) {}
  explicit Command(std::vector<std::string> the_arguments) : arguments(std::move(the_arguments)) {}
  // Sent as EVAL the first time on a connection, then as EVALSHA. When Redis has
  // forgotten the script nevertheless (NOSCRIPT), the batch is sent again from
  // there on as EVAL, without the scripts that did run: no script runs twice. Its
  // other commands behind a forgotten script may, so let them be repeatable.
  Command(const Script& the_script, std::vector<std::string> keys, std::vector<std::string> script_arguments);

  std::vector<std::string> arguments;
  const Script* script = nullptr;
};

// Commands that are written one after the other on one connection, with nothing
// of other callers between them. Not a transaction: each is executed by itself.
struct Batch {
  std::vector<Command> commands;
  std::string routing_key;
  // Give up after this; counted in whole milliseconds. If it was sent, the
  // connection is then dropped with all that was sent on it, for a late answer
  // would be taken for the next one's. Zero stands for ClientOptions::timeout.
  absl::Duration timeout = absl::ZeroDuration();
};

// How a batch without answers failed. Told by the code of the status:
//   UNAVAILABLE         nothing was sent (not connected, queue full): nothing happened.
//   DEADLINE_EXCEEDED,
//   ABORTED             it was sent and no answer came (time ran out, or the
//                       connection broke): it may have happened.
//   CANCELLED           the client is closed; like ABORTED if it had been sent.
//   INVALID_ARGUMENT    nothing was sent: there is no command, one without a name,
//                       or one that is not answered exactly once (SUBSCRIBE, MONITOR).
// An error that Redis itself answered is a Reply of kind kError.
using BatchCallback = std::function<void(absl::StatusOr<std::vector<Reply>>)>;

struct Address {
  // A unix socket's path, or a host and a port.
  std::string unix_socket;
  std::string host;
  int port = 0;

  std::string ToString() const;
};

// "unix:/path/to.sock" or "host:port". INVALID_ARGUMENT with what is wrong.
absl::StatusOr<Address> ParseAddress(const std::string& text);

struct ClientOptions {
  Address address;
  absl::Duration timeout = absl::Seconds(2);                // Of a batch.
  absl::Duration connect_timeout = absl::Seconds(1);        // Of one try to connect.
  absl::Duration reconnect_pause = absl::Milliseconds(20);  // First; doubles, with jitter.
  absl::Duration reconnect_pause_limit = absl::Seconds(1);
  // Batches waiting or under way at the most; one more fails at once as UNAVAILABLE.
  int queue_limit = 100'000;
  // Bytes of arguments not yet written to the connection, at the most.
  int64_t queue_limit_bytes = 256LL << 20;
  // While not connected, a batch waits for the connection for as long as its
  // timeout allows if this is set; else it fails at once.
  bool wait_for_connection = true;
  // Called on the loop's thread at every change.
  std::function<void(bool connected)> on_connection_change;
};

// Counters since the start, for metrics. Values, read at one moment.
struct ClientStatistics {
  uint64_t batches = 0;
  uint64_t commands = 0;
  uint64_t failures = 0;     // Batches without answers.
  uint64_t connections = 0;  // Connections made.
  int64_t in_flight = 0;     // Batches waiting or under way.
};

// Thread-safe. Callbacks run on the loop's thread, each exactly once, in the
// order of the answers; they must not block, and may send. The loop must outlive
// the client; destroy a client from any thread but the loop's.
class Client {
 public:
  static absl::StatusOr<std::unique_ptr<Client>> Create(Loop* loop, ClientOptions options);
  ~Client();
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  void Send(Batch batch, BatchCallback callback);

  bool connected() const;
  ClientStatistics statistics() const;

  // Fails everything under way with CANCELLED and closes the connection. Later
  // batches fail at once. Returns when no callback of earlier ones will run any
  // more. Idempotent. Not from the loop's thread.
  void Close();

 private:
  class State;
  explicit Client(std::shared_ptr<State> state);
  // Shared with callbacks that are pending on the loop when the client goes.
  std::shared_ptr<State> state_;
};

// Sends and waits: for tools and tests, never on a thread of gRPC or of the loop.
absl::StatusOr<std::vector<Reply>> SendAndWait(Client& client, Batch batch);

}  // namespace concord::redis

#endif  // COMMON_REDIS_CLIENT_H_
