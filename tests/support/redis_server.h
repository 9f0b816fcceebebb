// A private redis-server for one test or test program: a unix socket in a
// folder of its own, append-only with appendfsync always, noeviction.
#ifndef TESTS_SUPPORT_REDIS_SERVER_H_
#define TESTS_SUPPORT_REDIS_SERVER_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "tests/support/running_process.h"

namespace concord::testing {

// Not thread-safe. Ends its server, by its process id, when destroyed. The kernel
// ends the server, too, when the thread that called Start or Restart ends, so
// that none is left behind by a test that crashes.
class RedisServer {
 public:
  // Starts it and waits until it answers. The binary is $CONCORD_REDIS_SERVER or
  // the one on the PATH. `extra_arguments` are redis-server's own, "--name value" as two
  // strings; they come last and so win.
  static absl::StatusOr<std::unique_ptr<RedisServer>> Start(std::vector<std::string> extra_arguments = {});
  ~RedisServer();
  RedisServer(const RedisServer&) = delete;
  RedisServer& operator=(const RedisServer&) = delete;

  std::string address() const;  // "unix:/…/redis.sock", as redis::ParseAddress reads it.
  const std::string& socket_path() const { return socket_path_; }
  const std::string& folder() const { return folder_; }
  pid_t pid() const { return process_ == nullptr ? -1 : process_->pid(); }

  void Freeze();  // SIGSTOP: its sockets stay open, nothing answers.
  void Thaw();    // SIGCONT.
  void Kill();    // SIGKILL, and waits for its end. The data stay.
  // Starts it again on the same folder and socket, waits until it answers.
  absl::Status Restart();
  // The same with other arguments of its own, from now on.
  absl::Status Restart(std::vector<std::string> extra_arguments);

 private:
  RedisServer() = default;
  absl::Status Launch();

  std::string folder_;
  std::string socket_path_;
  std::vector<std::string> extra_arguments_;
  std::unique_ptr<RunningProcess> process_;  // Null once it is killed.
};

}  // namespace concord::testing

#endif  // TESTS_SUPPORT_REDIS_SERVER_H_
