// Listens on many streams and has changes made as fast as everybody receives them.
//
//   bench_watch_client --target=127.0.0.1:9000 --watch=/concord.bench/Watch --watch_request=watch.bin
//                      --push=/concord.bench/Push --push_requests=push.bin --streams=1000 --connections=10
//
// Prints "ready" when all streams are open and silent, waits for a line on standard input, then keeps some changes
// under way for --seconds: the next one is sent when one has reached all streams. Prints one line of JSON.
#include <atomic>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include "CLI/CLI.hpp"
#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "grpcpp/generic/generic_stub.h"
#include "grpcpp/grpcpp.h"
#include "tests/bench/load_requests.h"

namespace concord::bench {
namespace {

struct WatchOptions {
  std::string target;
  std::string watch;
  std::string watch_request;
  std::string push;
  std::string push_requests;
  int streams = 1000;
  int connections = 10;
  int changes_under_way = 2;
  size_t change_bytes = 0;  // Smaller messages are heartbeats.
  double seconds = 2;
  int64_t count_from = 0;
};

constexpr absl::Duration kSilence = absl::Milliseconds(500);
constexpr absl::Duration kPatience = absl::Seconds(60);

// Makes changes, and counts what comes of them. Thread-safe.
class Changes {
 public:
  Changes(const WatchOptions& options, grpc::GenericStub* stub, const LoadRequests* requests)
      : options_(options), stub_(stub), requests_(requests) {}

  void Begin() {
    end_ = absl::Now() + absl::Seconds(options_.seconds);
    begun_ = true;
    {
      absl::MutexLock lock(&mutex_);
      under_way_ = options_.changes_under_way;
    }
    for (int i = 0; i < options_.changes_under_way; ++i) Push();
  }

  void OnMessage(size_t bytes) {
    last_message_micros_ = absl::ToUnixMicros(absl::Now());
    if (!begun_ || bytes < options_.change_bytes) return;
    if (++received_ % options_.streams != 0) return;
    if (absl::Now() < end_) {
      Push();
    } else {
      absl::MutexLock lock(&mutex_);
      --under_way_;
    }
  }

  bool WaitForEnd() {
    absl::MutexLock lock(&mutex_);
    const auto over = [this]() ABSL_SHARED_LOCKS_REQUIRED(mutex_) { return under_way_ <= 0 || failed_; };
    return mutex_.AwaitWithTimeout(absl::Condition(&over), absl::Seconds(options_.seconds) + kPatience) && !failed_;
  }

  void Fail(const std::string& why) {
    absl::MutexLock lock(&mutex_);
    if (!failed_) std::fprintf(stderr, "%s\n", why.c_str());
    failed_ = true;
  }
  int64_t received() const { return received_; }
  int64_t pushed() const { return pushed_; }
  absl::Time last_message() const { return absl::FromUnixMicros(last_message_micros_); }

 private:
  struct Call {
    grpc::ClientContext context;
    grpc::ByteBuffer request;
    grpc::ByteBuffer response;
  };

  void Push() {
    auto call = std::make_shared<Call>();  // Shared with its own end.
    call->request = requests_->Make(pushed_++, options_.count_from);
    stub_->UnaryCall(&call->context, options_.push, grpc::StubOptions(), &call->request, &call->response,
                     [this, call](const grpc::Status& status) {
                       if (!status.ok()) Fail("a change failed: " + status.error_message());
                     });
  }

  const WatchOptions& options_;
  grpc::GenericStub* const stub_;
  const LoadRequests* const requests_;
  absl::Time end_ = absl::InfiniteFuture();
  std::atomic<bool> begun_{false};  // What came before was the state.
  std::atomic<int64_t> received_{0};
  std::atomic<int64_t> pushed_{0};
  std::atomic<int64_t> last_message_micros_{absl::ToUnixMicros(absl::Now())};
  absl::Mutex mutex_;
  int under_way_ ABSL_GUARDED_BY(mutex_) = 0;
  bool failed_ ABSL_GUARDED_BY(mutex_) = false;
};

class Stream : public grpc::ClientBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer> {
 public:
  Stream(grpc::GenericStub& stub, const WatchOptions& options, grpc::ByteBuffer request, Changes* changes)
      : request_(std::move(request)), changes_(changes) {
    stub.PrepareBidiStreamingCall(&context_, options.watch, grpc::StubOptions(), this);
    StartWriteLast(&request_, grpc::WriteOptions());
    StartRead(&message_);
    StartCall();
  }

  void OnReadDone(bool ok) override {
    if (!ok) return;
    open_ = true;
    changes_->OnMessage(message_.Length());
    StartRead(&message_);
  }
  void OnDone(const grpc::Status& status) override {
    if (!leaving_) changes_->Fail("a watch ended: " + status.error_message());
    absl::MutexLock lock(&mutex_);
    done_ = true;
  }
  bool open() const { return open_; }
  void Leave() {
    leaving_ = true;
    context_.TryCancel();
    absl::MutexLock lock(&mutex_);
    mutex_.Await(absl::Condition(&done_));
  }

 private:
  grpc::ClientContext context_;
  grpc::ByteBuffer request_;
  grpc::ByteBuffer message_;
  Changes* const changes_;
  std::atomic<bool> open_{false};
  std::atomic<bool> leaving_{false};
  absl::Mutex mutex_;
  bool done_ ABSL_GUARDED_BY(mutex_) = false;
};

// Until every stream has had its first message and nothing more comes.
bool WaitForSilence(const std::vector<std::unique_ptr<Stream>>& streams, const Changes& changes) {
  const absl::Time end = absl::Now() + kPatience;
  size_t open = 0;
  while (absl::Now() < end) {
    while (open < streams.size() && streams[open]->open()) ++open;
    if (open == streams.size() && absl::Now() - changes.last_message() > kSilence) return true;
    absl::SleepFor(absl::Milliseconds(5));
  }
  return false;
}

int RunWatch(const WatchOptions& options) {
  const auto watch = LoadRequests::Read(options.watch_request);
  const auto push = LoadRequests::Read(options.push_requests);
  if (!watch.ok() || !push.ok()) {
    std::fprintf(stderr, "%s %s\n", watch.status().ToString().c_str(), push.status().ToString().c_str());
    return 1;
  }
  grpc::ChannelArguments arguments;
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);  // Else all channels would share one connection.
  std::vector<std::unique_ptr<grpc::GenericStub>> stubs;
  for (int i = 0; i <= options.connections; ++i) {
    stubs.push_back(std::make_unique<grpc::GenericStub>(
        grpc::CreateCustomChannel(options.target, grpc::InsecureChannelCredentials(), arguments)));
  }
  Changes changes(options, stubs.back().get(), &*push);
  std::vector<std::unique_ptr<Stream>> streams;
  for (int i = 0; i < options.streams; ++i) {
    streams.push_back(std::make_unique<Stream>(*stubs[static_cast<size_t>(i % options.connections)], options,
                                               watch->Make(0, 0), &changes));
  }
  if (!WaitForSilence(streams, changes)) {
    std::fprintf(stderr, "the streams did not open\n");
    return 1;
  }
  std::printf("ready\n");
  std::fflush(stdout);
  std::string line;
  std::getline(std::cin, line);
  const absl::Time begin = absl::Now();
  changes.Begin();
  const bool well = changes.WaitForEnd();
  const double seconds = absl::ToDoubleSeconds(absl::Now() - begin);
  std::printf("{\"messages\": %ld, \"changes\": %ld, \"seconds\": %.6f}\n", static_cast<long>(changes.received()),
              static_cast<long>(changes.pushed()), seconds);
  std::fflush(stdout);
  for (const auto& stream : streams) stream->Leave();
  return well ? 0 : 1;
}

}  // namespace
}  // namespace concord::bench

int main(int argc, char** argv) {
  CLI::App app("Listens on many streams and has changes made as fast as everybody receives them");
  concord::bench::WatchOptions options;
  app.add_option("--target", options.target, "unix:PATH or host:port")->required();
  app.add_option("--watch", options.watch, "/package.Service/Method of the stream")->required();
  app.add_option("--watch_request", options.watch_request, "File with its framed request")->required();
  app.add_option("--push", options.push, "/package.Service/Method that makes a change")->required();
  app.add_option("--push_requests", options.push_requests, "File with its framed requests")->required();
  app.add_option("--streams", options.streams)->check(CLI::PositiveNumber);
  app.add_option("--connections", options.connections)->check(CLI::PositiveNumber);
  app.add_option("--changes_under_way", options.changes_under_way)->check(CLI::PositiveNumber);
  app.add_option("--change_bytes", options.change_bytes, "Smaller messages are no changes");
  app.add_option("--seconds", options.seconds);
  app.add_option("--count_from", options.count_from, "First number put in the place of @@@@@@@@@@@@");
  CLI11_PARSE(app, argc, argv);
  return concord::bench::RunWatch(options);
}
