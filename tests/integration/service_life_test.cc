// How the binaries start, follow their store, and stop.
#include <arpa/inet.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <fstream>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/time/clock.h"
#include "concord/action/v1/action_service.pb.h"
#include "concord/rpc/v1/error_reason.pb.h"
#include "gmock/gmock.h"
#include "grpc/health/v1/health.grpc.pb.h"
#include "grpcpp/grpcpp.h"
#include "tests/integration/plan_on_file.h"
#include "tests/support/status_matchers.h"

namespace concord::testing {
namespace {

using action::v1::Action;
using ::testing::HasSubstr;
namespace api = ::concord::action::v1;

// Quick enough that "quickly" can be told from a time-out of the caller.
SystemOptions QuickTimeouts() {
  SystemOptions options;
  options.flags = {"--redis_timeout=0.3"};
  return options;
}

absl::Status Read(RunningSystem& system, absl::Duration timeout = absl::Seconds(20)) {
  api::GetActionRequest request;
  request.set_name(ActionName("1-1"));
  return system.Send(request, 0, {.timeout = timeout, .metadata = {}, .wait_for_ready = false}).status;
}

absl::Status WaitUntilItReads(RunningSystem& system) {
  absl::Status last;
  for (const absl::Time end = absl::Now() + kServiceLimit; absl::Now() < end; absl::SleepFor(absl::Milliseconds(5))) {
    last = Read(system);
    if (last.ok()) break;
  }
  return last;
}

TEST(Health, FollowsAStoreThatDiesAndComesBack) {
  const auto system = SystemWithPlan(QuickTimeouts());
  ASSERT_NE(system, nullptr);
  system->redis().Kill();
  for (RunningService* service : system->all()) EXPECT_THAT(service->WaitUntilNotServing(), IsOk());
  const absl::Time asked = absl::Now();
  EXPECT_THAT(Read(*system), HasReason(absl::StatusCode::kUnavailable, rpc::v1::ERROR_REASON_STORE_UNAVAILABLE));
  EXPECT_LT(absl::Now() - asked, absl::Seconds(2)) << "it has to fail fast";
  EXPECT_TRUE(system->service("action").process().Running());

  ASSERT_THAT(system->redis().Restart(), IsOk());
  for (RunningService* service : system->all()) EXPECT_THAT(service->WaitUntilServing(), IsOk());
  EXPECT_THAT(Read(*system), IsOk());
}

TEST(Health, FollowsAStoreThatFreezesAndThaws) {
  const auto system = SystemWithPlan(QuickTimeouts());
  ASSERT_NE(system, nullptr);
  system->redis().Freeze();
  const absl::Time asked = absl::Now();
  EXPECT_THAT(Read(*system), HasReason(absl::StatusCode::kUnavailable, rpc::v1::ERROR_REASON_STORE_UNAVAILABLE));
  EXPECT_LT(absl::Now() - asked, absl::Seconds(3)) << "it has to fail fast";
  EXPECT_THAT(system->service("action").WaitUntilNotServing(), IsOk());
  system->redis().Thaw();
  for (RunningService* service : system->all()) EXPECT_THAT(service->WaitUntilServing(), IsOk());
  EXPECT_THAT(WaitUntilItReads(*system), IsOk());
}

// What the store was found to be at the start need not be what it is when it comes back.
TEST(Health, IsLostWithAStoreThatComesBackWithOtherSettings) {
  const auto system = SystemWithPlan(QuickTimeouts());
  ASSERT_NE(system, nullptr);
  RunningService& service = system->service("action");
  ASSERT_THAT(system->redis().Restart({"--appendfsync", "everysec"}), IsOk());
  const auto told = [&] { return service.process().Log().find("store_unfit") != std::string::npos; };
  for (const absl::Time end = absl::Now() + kServiceLimit; !told() && absl::Now() < end;) {
    absl::SleepFor(absl::Milliseconds(2));
  }
  EXPECT_THAT(service.process().Log(), HasSubstr("redis has appendfsync everysec"));
  EXPECT_THAT(service.WaitUntilNotServing(), IsOk());
  EXPECT_THAT(Read(*system), HasReason(absl::StatusCode::kUnavailable, rpc::v1::ERROR_REASON_STORE_UNAVAILABLE));
  ASSERT_THAT(system->redis().Restart({}), IsOk());
  for (RunningService* each : system->all()) EXPECT_THAT(each->WaitUntilServing(), IsOk());
  EXPECT_THAT(Read(*system), IsOk());
}

TEST(Health, OfTheProcessDoesNotDependOnTheStore) {
  const auto system = SystemWithPlan(QuickTimeouts());
  ASSERT_NE(system, nullptr);
  system->redis().Kill();
  EXPECT_THAT(system->service("action").WaitUntilNotServing(), IsOk());
  const Answer answer = CallBytes(system->service("action").channel(), "grpc.health.v1.Health/Check", "");
  EXPECT_TRUE(answer.ok()) << answer.status;
  EXPECT_EQ(answer.bytes, std::string("\x08\x01", 2)) << "the status of the empty name is SERVING";
}

// A call waits for a frozen store while the service is told to stop: it gets its answer nevertheless.
TEST(Stop, LetsACallUnderWayEnd) {
  const auto system = SystemWithPlan();
  ASSERT_NE(system, nullptr);
  RunningService& service = system->service("action");
  ASSERT_THAT(service.Restart({"--calls_limit=1"}), IsOk());
  ASSERT_THAT(service.WaitUntilServing(), IsOk());
  ASSERT_THAT(Read(*system), IsOk());
  system->redis().Freeze();
  const auto overloaded = [](const absl::Status& status) { return absl::IsResourceExhausted(status); };
  absl::Status answer = absl::UnknownError("no answer");
  std::thread caller([&] {
    // It meets the calls below, until one of them meets it.
    do answer = Read(*system);
    while (overloaded(answer));
  });
  // These end at once, refused for what they ask for, or because the one call that may be under way is.
  const auto ask = [&] { return SendName<api::GetActionRequest>(*system, "no name").status; };
  for (absl::Status status = ask(); !overloaded(status); status = ask()) {
    ASSERT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << status;
  }
  service.process().Signal(SIGTERM);
  while (service.process().Log().find("\"draining\"") == std::string::npos && service.process().Running()) {
    absl::SleepFor(absl::Milliseconds(2));
  }
  system->redis().Thaw();
  caller.join();
  EXPECT_THAT(answer, IsOk());
  const auto exit_code = service.process().WaitForExit(kServiceLimit);
  ASSERT_TRUE(exit_code.ok()) << exit_code.status();
  EXPECT_EQ(*exit_code, 0);
}

// Connections that nobody uses at the moment stay open; so does a watch of the health.
TEST(Stop, DoesNotWaitForIdleConnections) {
  const auto system = RunningSystem::Start({.services = {"action"}, .replicas = 1, .flags = {}});
  ASSERT_TRUE(system.ok()) << system.status();
  RunningService& service = (*system)->service("action");
  const auto stub = grpc::health::v1::Health::NewStub(service.shared_channel());
  grpc::ClientContext context;
  const auto watch = stub->Watch(&context, grpc::health::v1::HealthCheckRequest());
  grpc::health::v1::HealthCheckResponse response;
  ASSERT_TRUE(watch->Read(&response));
  const absl::Time asked = absl::Now();
  const auto exit_code = service.Stop();
  ASSERT_TRUE(exit_code.ok()) << exit_code.status();
  EXPECT_EQ(*exit_code, 0);
  EXPECT_LT(absl::Now() - asked, absl::Seconds(10)) << "the drain limit is 20 s";
}

// Many callers write while the service stops. Whoever was not answered must not have been served: the last title that
// each was told of is the one that stands.
TEST(Stop, DoesNothingThatItDoesNotAnswer) {
  const auto system = SystemWithPlan();
  ASSERT_NE(system, nullptr);
  constexpr size_t kCallers = 4;
  std::vector<std::string> told(kCallers);
  std::vector<absl::Status> refused(kCallers);
  std::atomic<int> answered{0};
  const auto name_of = [](size_t i) { return ActionName(absl::StrCat("1-", i + 1)); };
  std::vector<std::thread> callers;
  for (size_t i = 0; i < kCallers; ++i) {
    callers.emplace_back([&, i] {
      api::UpdateActionRequest request;
      request.mutable_action()->set_name(name_of(i));
      for (int n = 0; refused[i].ok(); ++n) {
        request.mutable_action()->set_title(absl::StrCat("Title ", n));
        refused[i] = system->Send(request).status;
        if (!refused[i].ok()) break;
        told[i] = request.action().title();
        ++answered;
      }
    });
  }
  while (answered < 200) absl::SleepFor(absl::Milliseconds(1));
  const auto exit_code = system->service("action").Stop();
  for (std::thread& caller : callers) caller.join();
  ASSERT_TRUE(exit_code.ok()) << exit_code.status();
  EXPECT_EQ(*exit_code, 0);
  for (const absl::Status& status : refused) {
    // Told so by the service; or, in the moment when the connection goes, by gRPC.
    const bool by_grpc = absl::IsCancelled(status) || absl::IsUnavailable(status);
    EXPECT_TRUE(concord::HasReason(status, rpc::v1::ERROR_REASON_SHUTTING_DOWN) ||
                (by_grpc && !ReasonOf(status).has_value()))
        << status;
  }
  ASSERT_THAT(system->service("action").Restart(), IsOk());
  ASSERT_THAT(system->service("action").WaitUntilServing(), IsOk());
  for (size_t i = 0; i < kCallers; ++i) {
    EXPECT_EQ(SendName<api::GetActionRequest>(*system, name_of(i)).As<Action>().title(), told[i]);
  }
}

// A service that is refused its start: exit code and last line.
class Start : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = "/tmp/concord-XXXXXX";
    ASSERT_NE(mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
    key_ = absl::StrCat(folder_, "/token_key");
    std::ofstream(key_) << "the same thirty-two bytes, or more";
  }
  void TearDown() override {
    for (const char* name : {"token_key", "short_key", "output"}) unlink(absl::StrCat(folder_, "/", name).c_str());
    rmdir(folder_.c_str());
  }

  Finished Run(const std::vector<std::string>& flags) {
    auto finished = RunToEnd(BinaryPath("action"), flags, folder_);
    EXPECT_TRUE(finished.ok()) << finished.status();
    return finished.ok() ? *finished : Finished();
  }

  // One line for the operator: nothing else but the log, whose lines are JSON.
  static std::string Complaint(const Finished& finished) {
    std::string complaint;
    for (const absl::string_view line : absl::StrSplit(finished.output, '\n', absl::SkipEmpty())) {
      if (line.front() == '{') continue;
      EXPECT_TRUE(complaint.empty()) << finished.output;
      complaint = std::string(line);
    }
    return complaint;
  }

  std::string folder_;
  std::string key_;
};

TEST_F(Start, IsRefusedOnWrongFlags) {
  const std::string key = absl::StrCat("--token_key_file=", key_);
  const std::string short_key = absl::StrCat(folder_, "/short_key");
  std::ofstream(short_key) << "too short";
  const struct {
    std::vector<std::string> flags;
    const char* complaint;
  } cases[] = {
      {{"--listen=0.0.0.0:0", "--redis=127.0.0.1:1", key, "--development"},
       "--listen: 0.0.0.0:0 can be reached from beyond"},
      {{"--listen=[::]:0", "--redis=127.0.0.1:1", key, "--development"}, "--listen: [::]:0 can be reached from beyond"},
      {{"--listen=127.0.0.1:0", "--redis=127.0.0.1:1", "--token_key_file=/nowhere/key", "--development"},
       "--token_key_file: cannot read /nowhere/key"},
      {{"--listen=127.0.0.1:0", "--redis=127.0.0.1:1", absl::StrCat("--token_key_file=", short_key), "--development"},
       "has fewer than 32 bytes"},
      {{"--listen=127.0.0.1:0", "--redis=127.0.0.1:1", key}, "give --development"},
      {{"--listen=127.0.0.1:0", key, "--development"}, "--redis is required"},
      {{"--listen=127.0.0.1:0", "--redis=127.0.0.1:1", "--development"}, "--token_key_file is required"},
      {{"--redis=127.0.0.1:1", key, "--development"}, "--listen is required"},
      {{"--listen=127.0.0.1:0", "--redis=127.0.0.1:1", key, "--development", "--unknown"}, "--unknown"},
      {{"--listen=127.0.0.1:0", "--redis=127.0.0.1:1", key, "--development", "--metrics_listen=0.0.0.0:0"},
       "--metrics_listen: 0.0.0.0:0 can be reached"},
      {{"--listen=127.0.0.1:0", "--redis=127.0.0.1:1", key, "--development", "--log_level=loud"}, "--log_level: loud"},
      {{"--listen=127.0.0.1:0", "--redis=127.0.0.1:1", key, "--development", "--transport_bytes_limit=1000"},
       "--transport_bytes_limit"},
  };
  for (const auto& c : cases) {
    const Finished finished = Run(c.flags);
    EXPECT_EQ(finished.exit_code, 64) << c.complaint << "\n" << finished.output;
    EXPECT_THAT(Complaint(finished), HasSubstr(c.complaint));
  }
}

TEST_F(Start, IsRefusedWhereThePortIsTaken) {
  const int taken = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address = {};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof(address);
  ASSERT_EQ(bind(taken, reinterpret_cast<sockaddr*>(&address), size), 0);
  ASSERT_EQ(listen(taken, 1), 0);
  ASSERT_EQ(getsockname(taken, reinterpret_cast<sockaddr*>(&address), &size), 0);
  const std::string place = absl::StrCat("127.0.0.1:", ntohs(address.sin_port));
  for (const char* flag : {"--listen=", "--metrics_listen="}) {
    std::vector<std::string> flags = {"--redis=127.0.0.1:1", absl::StrCat("--token_key_file=", key_), "--development",
                                      absl::StrCat(flag, place)};
    if (std::string(flag) != "--listen=") flags.push_back("--listen=127.0.0.1:0");
    const Finished finished = Run(flags);
    EXPECT_EQ(finished.exit_code, 69) << flag << "\n" << finished.output;
    EXPECT_THAT(finished.output, HasSubstr(place));
  }
  close(taken);
}

TEST_F(Start, IsRefusedByAStoreThatMayLoseWrites) {
  const struct {
    std::vector<std::string> redis;
    const char* complaint;
  } cases[] = {{{"--appendfsync", "everysec"}, "appendfsync"},
               {{"--appendonly", "no"}, "appendonly"},
               {{"--maxmemory-policy", "allkeys-lru"}, "noeviction"}};
  for (const auto& c : cases) {
    auto redis = RedisServer::Start(c.redis);
    ASSERT_TRUE(redis.ok()) << redis.status();
    const std::vector<std::string> flags = {"--listen=127.0.0.1:0", absl::StrCat("--redis=", (*redis)->address()),
                                            absl::StrCat("--token_key_file=", key_), "--development"};
    const Finished finished = Run(flags);
    EXPECT_EQ(finished.exit_code, 78) << finished.output;
    EXPECT_THAT(Complaint(finished), HasSubstr(c.complaint));
  }
}

TEST_F(Start, WaitsForAStoreThatIsNotThereYet) {
  auto redis = RedisServer::Start();
  ASSERT_TRUE(redis.ok()) << redis.status();
  (*redis)->Kill();
  auto service = RunningService::Start(
      "action", folder_, "action",
      {absl::StrCat("--redis=", (*redis)->address()), absl::StrCat("--token_key_file=", key_), "--development"});
  ASSERT_TRUE(service.ok()) << service.status();
  EXPECT_THAT((*service)->WaitUntilNotServing(), IsOk());
  ASSERT_THAT((*redis)->Restart(), IsOk());
  EXPECT_THAT((*service)->WaitUntilServing(), IsOk());
  const auto exit_code = (*service)->Stop();
  ASSERT_TRUE(exit_code.ok()) << exit_code.status();
  EXPECT_EQ(*exit_code, 0);
  unlink(absl::StrCat(folder_, "/action.log").c_str());
}

}  // namespace
}  // namespace concord::testing
