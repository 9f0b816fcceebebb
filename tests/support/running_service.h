// The services as they are delivered: the real binaries, as processes, on unix
// sockets in a private folder, with a redis-server of their own.
#ifndef TESTS_SUPPORT_RUNNING_SERVICE_H_
#define TESTS_SUPPORT_RUNNING_SERVICE_H_

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "google/protobuf/message.h"
#include "grpcpp/channel.h"
#include "tests/support/calls.h"
#include "tests/support/redis_server.h"
#include "tests/support/running_process.h"

namespace concord::testing {

// Longer than anything here takes on a slow machine; reached only when something is broken.
inline constexpr absl::Duration kServiceLimit = absl::Seconds(20);

// One process of a service. Not thread-safe, but its channel is.
class RunningService {
 public:
  // `name` is that of the binary, "action". Does not wait until it serves.
  static absl::StatusOr<std::unique_ptr<RunningService>> Start(const std::string& name, const std::string& folder,
                                                               const std::string& label,
                                                               std::vector<std::string> flags);

  // Waits for the health of what it serves. DEADLINE_EXCEEDED with the last lines of its log.
  absl::Status WaitUntilServing(absl::Duration limit = kServiceLimit);
  absl::Status WaitUntilNotServing(absl::Duration limit = kServiceLimit);

  // SIGTERM, and the exit code.
  absl::StatusOr<int> Stop();
  // Starts it again at the same address; it must have ended, or it is killed.
  absl::Status Restart();
  // The same with more flags.
  absl::Status Restart(const std::vector<std::string>& more_flags);

  RunningProcess& process() { return *process_; }
  grpc::Channel& channel() const { return *channel_; }
  std::shared_ptr<grpc::Channel> shared_channel() const { return channel_; }  // As stubs want it.
  const std::string& address() const { return address_; }

 private:
  RunningService() = default;
  absl::Status WaitForHealth(int wanted, absl::Duration limit);

  std::string name_;
  std::string log_path_;
  std::string address_;
  std::vector<std::string> flags_;
  std::unique_ptr<RunningProcess> process_;
  std::shared_ptr<grpc::Channel> channel_;
};

struct SystemOptions {
  std::vector<std::string> services = {"objective", "action", "member", "reporting"};
  int replicas = 1;                // Processes of each service.
  std::vector<std::string> flags;  // Further ones, for every process.
  std::string token_key = "the same thirty-two bytes, or more";
};

// A whole Concord. Not thread-safe, but for Send.
class RunningSystem {
 public:
  // Waits until all serve.
  static absl::StatusOr<std::unique_ptr<RunningSystem>> Start(SystemOptions options = {});
  ~RunningSystem();

  RedisServer& redis() { return *redis_; }
  RunningService& service(const std::string& name, int replica = 0) {
    return *services_.at(name).at(static_cast<size_t>(replica));
  }
  // All processes.
  std::vector<RunningService*> all();

  // Calls the method whose request this is, at the service that serves it. The record itself
  // ("concord.ledger.v1") is asked of the objective service, or, if that does not run, of the first that does.
  Answer Send(const google::protobuf::Message& request, int replica = 0, const CallOptions& options = {});

  // Runs concordctl against this system.
  absl::StatusOr<Finished> Ctl(std::vector<std::string> arguments);

  const std::string& folder() const { return folder_; }

 private:
  RunningSystem() = default;

  std::string folder_;
  std::unique_ptr<RedisServer> redis_;
  std::map<std::string, std::vector<std::unique_ptr<RunningService>>> services_;
};

}  // namespace concord::testing

#endif  // TESTS_SUPPORT_RUNNING_SERVICE_H_
