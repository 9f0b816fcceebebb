// Calls one unary method as fast as it answers, over several connections with
// several calls under way on each, and says how fast that was.
//
//   bench_load --target=127.0.0.1:9000 --method=/concord.bench/Echo600
//              --requests=request.bin --seconds=2
//
// Unlike h2load it sees gRPC's status codes and can make every request different
// (load_requests.h has the file's format). Prints one line of JSON; exits with 1 if it could
// not run, and with 0 whatever the calls came to.
#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "CLI/CLI.hpp"
#include "absl/status/status.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "grpcpp/generic/generic_stub.h"
#include "grpcpp/grpcpp.h"
#include "tests/bench/load_report.h"
#include "tests/bench/load_requests.h"

namespace concord::bench {
namespace {

struct LoadOptions {
  std::string target;
  std::string method;
  std::string requests;
  int connections = 8;
  int streams = 8;
  int threads = 2;
  int64_t calls = 0;
  double seconds = 0;
  int64_t count_from = 0;
  bool progress = false;
};

// What all threads share. Thread-safe.
class Run {
 public:
  Run(const LoadOptions& options, const LoadRequests& requests)
      : options_(options), requests_(requests), limit_(options.calls > 0 ? options.calls : INT64_MAX) {}

  // Call it when everything is connected.
  void Begin() {
    begin_ = absl::Now();
    end_ = options_.seconds > 0 ? begin_ + absl::Seconds(options_.seconds) : absl::InfiniteFuture();
  }

  // The next call's request; false when there is none left.
  bool Take(absl::Time now, grpc::ByteBuffer* request) {
    const int64_t number = next_.fetch_add(1, std::memory_order_relaxed);
    if (number >= limit_ || now >= end_) return false;
    *request = requests_.Make(number, options_.count_from);
    if (options_.progress && number % 1000 == 0) std::fprintf(stderr, "\r  %ld calls", static_cast<long>(number));
    return true;
  }

  absl::Time begin() const { return begin_; }

 private:
  const LoadOptions& options_;
  const LoadRequests& requests_;
  const int64_t limit_;
  absl::Time begin_;
  absl::Time end_;
  std::atomic<int64_t> next_{0};
};

// One thread with its share of the connections.
class Worker {
 public:
  Worker(const LoadOptions& options, int connections, Run* run) : options_(options), run_(run) {
    grpc::ChannelArguments arguments;
    // Else all channels to one address would share one connection.
    arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
    arguments.SetMaxReceiveMessageSize(-1);
    for (int i = 0; i < connections; ++i) {
      channels_.push_back(grpc::CreateCustomChannel(options.target, grpc::InsecureChannelCredentials(), arguments));
      stubs_.push_back(std::make_unique<grpc::GenericStub>(channels_.back()));
    }
  }

  bool Connect() {
    for (const auto& channel : channels_) {
      if (!channel->WaitForConnected(std::chrono::system_clock::now() + std::chrono::seconds(10))) return false;
    }
    return true;
  }

  void Work() {
    std::vector<std::unique_ptr<Call>> calls;
    int under_way = 0;
    for (const auto& stub : stubs_) {
      for (int i = 0; i < options_.streams; ++i) {
        calls.push_back(std::make_unique<Call>());
        calls.back()->stub = stub.get();
        if (Start(*calls.back())) ++under_way;
      }
    }
    void* tag = nullptr;
    bool ok = false;
    while (under_way > 0 && queue_.Next(&tag, &ok)) {
      Call& call = *static_cast<Call*>(tag);
      Finish(call);
      if (!Start(call)) --under_way;
    }
    report_.duration = absl::Now() - run_->begin();
    queue_.Shutdown();
    while (queue_.Next(&tag, &ok)) {
    }
  }

  LoadReport& report() { return report_; }

 private:
  struct Call {
    grpc::GenericStub* stub = nullptr;
    std::unique_ptr<grpc::ClientContext> context;
    std::unique_ptr<grpc::GenericClientAsyncResponseReader> reader;
    grpc::ByteBuffer response;
    grpc::Status status;
    absl::Time begin;
  };

  bool Start(Call& call) {
    grpc::ByteBuffer request;
    call.begin = absl::Now();
    if (!run_->Take(call.begin, &request)) return false;
    call.context = std::make_unique<grpc::ClientContext>();
    call.response.Clear();
    call.reader = call.stub->PrepareUnaryCall(call.context.get(), options_.method, request, &queue_);
    call.reader->StartCall();
    call.reader->Finish(&call.response, &call.status, &call);
    return true;
  }

  void Finish(Call& call) {
    if (!call.status.ok()) {
      // gRPC's codes and Abseil's are the same numbers.
      ++report_.errors[absl::StatusCodeToString(static_cast<absl::StatusCode>(call.status.error_code()))];
      if (report_.error_message.empty()) report_.error_message = call.status.error_message();
      return;
    }
    report_.latencies.push_back(static_cast<uint32_t>(absl::ToInt64Microseconds(absl::Now() - call.begin)));
    const int64_t bytes = static_cast<int64_t>(call.response.Length());
    report_.smallest_answer = std::min(report_.smallest_answer, bytes);
    report_.largest_answer = std::max(report_.largest_answer, bytes);
  }

  const LoadOptions& options_;
  Run* const run_;
  std::vector<std::shared_ptr<grpc::Channel>> channels_;  // Shared with gRPC's stubs.
  std::vector<std::unique_ptr<grpc::GenericStub>> stubs_;
  grpc::CompletionQueue queue_;
  LoadReport report_;
};

int RunLoad(LoadOptions options) {
  absl::StatusOr<LoadRequests> requests = LoadRequests::Read(options.requests);
  if (!requests.ok()) {
    std::fprintf(stderr, "%s\n", requests.status().ToString().c_str());
    return 1;
  }
  if (options.calls == 0 && options.seconds == 0) options.calls = requests->size();
  Run run(options, *requests);
  const int threads = std::min(options.threads, options.connections);
  std::vector<std::unique_ptr<Worker>> workers;
  for (int i = 0; i < threads; ++i) {
    const int connections = options.connections / threads + (i < options.connections % threads ? 1 : 0);
    workers.push_back(std::make_unique<Worker>(options, connections, &run));
    if (!workers.back()->Connect()) {
      std::fprintf(stderr, "cannot connect to %s\n", options.target.c_str());
      return 1;
    }
  }
  run.Begin();
  std::vector<std::thread> running;
  for (const auto& worker : workers) running.emplace_back([&worker] { worker->Work(); });
  LoadReport report;
  for (size_t i = 0; i < workers.size(); ++i) {
    running[i].join();
    report.duration = std::max(report.duration, workers[i]->report().duration);
    report.Merge(std::move(workers[i]->report()));
  }
  if (options.progress) std::fprintf(stderr, "\r%*s\r", 40, "");
  std::printf("%s\n", report.ToJson().c_str());
  return 0;
}

}  // namespace
}  // namespace concord::bench

int main(int argc, char** argv) {
  CLI::App app("Calls one unary gRPC method as fast as it answers");
  concord::bench::LoadOptions options;
  app.add_option("--target", options.target, "unix:PATH or host:port")->required();
  app.add_option("--method", options.method, "/package.Service/Method")->required();
  app.add_option("--requests", options.requests, "File of framed messages, which take turns")->required();
  app.add_option("--connections", options.connections)->check(CLI::PositiveNumber);
  app.add_option("--streams", options.streams, "Calls under way on each connection")->check(CLI::PositiveNumber);
  app.add_option("--threads", options.threads)->check(CLI::PositiveNumber);
  app.add_option("--calls", options.calls, "Stop after so many (default: one for each message)");
  app.add_option("--seconds", options.seconds, "Stop after so long");
  app.add_option("--count_from", options.count_from, "First number put in the place of @@@@@@@@@@@@");
  app.add_flag("--progress", options.progress, "Show the number of calls on standard error");
  CLI11_PARSE(app, argc, argv);
  return concord::bench::RunLoad(options);
}
