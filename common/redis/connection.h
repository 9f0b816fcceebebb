// One connection to a Redis: hiredis on the loop. Part of common/redis; not for
// others. This is the only place that knows hiredis.
#ifndef COMMON_REDIS_CONNECTION_H_
#define COMMON_REDIS_CONNECTION_H_

#include <uv.h>

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "common/redis/client.h"
#include "common/redis/reply.h"

namespace concord::redis {

// Everything on the loop's thread. A connection is used once: it opens, it
// breaks or is destroyed, and another object takes its place.
class Connection {
 public:
  // May destroy the connection in each of these but OnConnected.
  class Listener {
   public:
    virtual void OnConnected() = 0;
    virtual void OnAnswer(Reply reply) = 0;  // In the order of Append.
    virtual void OnWritten() = 0;            // unwritten() has become less.
    virtual void OnBroken(const std::string& why) = 0;
    virtual ~Listener() = default;
  };

  Connection(uv_loop_t* loop, Listener* listener) : loop_(loop), listener_(listener) {}
  // Cuts it off. The listener hears nothing more.
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  // Starts to connect. Either fails here, or the listener hears OnConnected or
  // OnBroken. A host with several addresses is tried at another one with each `attempt`.
  absl::Status Open(const Address& address, int attempt);

  // Puts a command behind the others; Flush writes what is there. False if the
  // connection does not take it.
  bool Append(const std::vector<absl::string_view>& arguments);
  void Flush();

  // Bytes appended that the kernel has not taken.
  int64_t unwritten() const;

 private:
  struct Watcher;
  struct Resolution;
  struct Hooks;

  absl::Status Resolve(const std::string& host, int port, int attempt);
  absl::Status Attach(void* opened);  // Of a redisAsyncContext, which it owns from here on.

  uv_loop_t* const loop_;
  Listener* const listener_;
  Watcher* watcher_ = nullptr;        // Until hiredis lets the context go.
  Resolution* resolution_ = nullptr;  // While the host's name is looked up.
  std::vector<const char*> argument_data_;
  std::vector<size_t> argument_sizes_;
};

}  // namespace concord::redis

#endif  // COMMON_REDIS_CONNECTION_H_
