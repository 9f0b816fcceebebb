#include "tests/support/running_service.h"

#include <signal.h>
#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <system_error>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/time/clock.h"
#include "common/status/macros.h"
#include "grpc/health/v1/health.pb.h"

namespace concord::testing {
namespace {

namespace health = ::grpc::health::v1;

// Every service serves it; the health of no name says only that the process lives.
constexpr char kServedByAll[] = "concord.ledger.v1.LedgerService";

absl::StatusOr<std::string> MakeFolder() {
  std::string pattern = "/tmp/concord-XXXXXX";  // Short, for a unix socket's path is.
  if (mkdtemp(pattern.data()) == nullptr) return absl::InternalError("cannot make a folder in /tmp");
  return pattern;
}

}  // namespace

absl::StatusOr<std::unique_ptr<RunningService>> RunningService::Start(const std::string& name,
                                                                      const std::string& folder,
                                                                      const std::string& label,
                                                                      std::vector<std::string> flags) {
  auto service = std::unique_ptr<RunningService>(new RunningService());
  service->name_ = name;
  service->log_path_ = absl::StrCat(folder, "/", label, ".log");
  service->address_ = absl::StrCat("unix:", folder, "/", label, ".sock");
  service->flags_ = std::move(flags);
  service->flags_.push_back(absl::StrCat("--listen=", service->address_));
  CONCORD_RETURN_IF_ERROR(service->Restart());
  return service;
}

absl::Status RunningService::Restart() {
  process_.reset();
  CONCORD_ASSIGN_OR_RETURN(process_, RunningProcess::Start(BinaryPath(name_), flags_, log_path_));
  channel_ = ChannelTo(address_);
  return absl::OkStatus();
}

absl::Status RunningService::Restart(const std::vector<std::string>& more_flags) {
  flags_.insert(flags_.end(), more_flags.begin(), more_flags.end());
  return Restart();
}

absl::Status RunningService::WaitForHealth(int wanted, absl::Duration limit) {
  health::HealthCheckRequest request;
  request.set_service(kServedByAll);
  std::string last = "no answer";
  for (const absl::Time end = absl::Now() + limit; absl::Now() < end; absl::SleepFor(absl::Milliseconds(5))) {
    const Answer answer = CallBytes(*channel_, "grpc.health.v1.Health/Check", request.SerializeAsString(),
                                    {.timeout = absl::Milliseconds(500), .metadata = {}, .wait_for_ready = true});
    health::HealthCheckResponse response;
    if (answer.ok() && response.ParseFromString(answer.bytes)) {
      if (response.status() == wanted) return absl::OkStatus();
      last = health::HealthCheckResponse::ServingStatus_Name(response.status());
    }
    if (!process_->Running()) break;
  }
  return absl::DeadlineExceededError(absl::StrCat(
      name_, " is not ",
      health::HealthCheckResponse::ServingStatus_Name(static_cast<health::HealthCheckResponse::ServingStatus>(wanted)),
      " but ", last, "; its last lines:\n", process_->LastLogLines()));
}

absl::Status RunningService::WaitUntilServing(absl::Duration limit) {
  return WaitForHealth(health::HealthCheckResponse::SERVING, limit);
}

absl::Status RunningService::WaitUntilNotServing(absl::Duration limit) {
  return WaitForHealth(health::HealthCheckResponse::NOT_SERVING, limit);
}

absl::StatusOr<int> RunningService::Stop() {
  process_->Signal(SIGTERM);
  return process_->WaitForExit(kServiceLimit);
}

absl::StatusOr<std::unique_ptr<RunningSystem>> RunningSystem::Start(SystemOptions options) {
  auto system = std::unique_ptr<RunningSystem>(new RunningSystem());
  CONCORD_ASSIGN_OR_RETURN(system->folder_, MakeFolder());
  CONCORD_ASSIGN_OR_RETURN(system->redis_, RedisServer::Start());
  const std::string key_path = absl::StrCat(system->folder_, "/token_key");
  std::ofstream(key_path) << options.token_key;
  std::vector<std::string> flags = {absl::StrCat("--redis=", system->redis_->address()),
                                    absl::StrCat("--token_key_file=", key_path), "--development"};
  flags.insert(flags.end(), options.flags.begin(), options.flags.end());
  for (const std::string& name : options.services) {
    for (int i = 0; i < options.replicas; ++i) {
      CONCORD_ASSIGN_OR_RETURN(auto service,
                               RunningService::Start(name, system->folder_, absl::StrCat(name, "-", i), flags));
      system->services_[name].push_back(std::move(service));
    }
  }
  for (RunningService* service : system->all()) CONCORD_RETURN_IF_ERROR(service->WaitUntilServing());
  return system;
}

RunningSystem::~RunningSystem() {
  services_.clear();
  redis_.reset();
  std::error_code ignored;  // A folder that stays is no reason to fail a test.
  if (!folder_.empty()) std::filesystem::remove_all(folder_, ignored);
}

std::vector<RunningService*> RunningSystem::all() {
  std::vector<RunningService*> all;
  for (auto& [name, replicas] : services_) {
    for (auto& service : replicas) all.push_back(service.get());
  }
  return all;
}

Answer RunningSystem::Send(const google::protobuf::Message& request, int replica, const CallOptions& options) {
  // "concord.action.v1" is served by "action".
  const std::vector<std::string> package = absl::StrSplit(request.GetDescriptor()->file()->package(), '.');
  std::string name = package.at(1);
  if (name == "ledger") name = services_.count("objective") > 0 ? "objective" : services_.begin()->first;
  return CallBytes(services_.at(name).at(static_cast<size_t>(replica))->channel(), MethodOf(request),
                   request.SerializeAsString(), options);
}

absl::StatusOr<Finished> RunningSystem::Ctl(std::vector<std::string> arguments) {
  std::vector<std::string> words;
  for (const auto& [name, replicas] : services_) {
    words.push_back(absl::StrCat("--", name));
    words.push_back(replicas.front()->address());
  }
  words.insert(words.end(), arguments.begin(), arguments.end());
  return RunToEnd(BinaryPath("concordctl"), words, folder_);
}

}  // namespace concord::testing
