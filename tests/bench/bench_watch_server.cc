// Sends the same bytes to everybody who listens and does nothing else: what a fan-out by gRPC alone costs.
//
//   bench_watch_server --listen=127.0.0.1:9000 --bytes=900
//
// "/concord.bench/Watch" is a stream without an end; "/concord.bench/Push" sends one message to all of them.
#include <deque>
#include <string>

#include "CLI/CLI.hpp"
#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_set.h"
#include "absl/synchronization/mutex.h"
#include "grpcpp/grpcpp.h"
#include "tests/bench/raw_server.h"

namespace concord::bench {
namespace {

class Listener;

// Everybody who listens. Thread-safe.
class Listeners {
 public:
  void Add(Listener* listener) {
    absl::MutexLock lock(&mutex_);
    listeners_.insert(listener);
  }
  void Remove(Listener* listener) {
    absl::MutexLock lock(&mutex_);
    listeners_.erase(listener);
  }
  void SendToAll(const grpc::ByteBuffer& message);

 private:
  absl::Mutex mutex_;
  absl::flat_hash_set<Listener*> listeners_ ABSL_GUARDED_BY(mutex_);
};

class Listener : public grpc::ServerWriteReactor<grpc::ByteBuffer> {
 public:
  Listener(Listeners* listeners, const grpc::ByteBuffer& greeting) : listeners_(listeners) {
    listeners_->Add(this);
    Send(greeting);
  }

  // The bytes are shared, never copied.
  void Send(const grpc::ByteBuffer& message) {
    {
      absl::MutexLock lock(&mutex_);
      waiting_.push_back(message);
      if (waiting_.size() > 1 || gone_) return;
    }
    StartWrite(&waiting_.front());
  }

  void OnWriteDone(bool ok) override {
    bool more = false;
    {
      absl::MutexLock lock(&mutex_);
      waiting_.pop_front();
      gone_ = gone_ || !ok;
      more = !gone_ && !waiting_.empty();
    }
    if (more) StartWrite(&waiting_.front());
  }

  void OnCancel() override {
    {
      absl::MutexLock lock(&mutex_);
      gone_ = true;
    }
    listeners_->Remove(this);
    Finish(grpc::Status::CANCELLED);
  }
  void OnDone() override { delete this; }

 private:
  Listeners* const listeners_;
  absl::Mutex mutex_;
  std::deque<grpc::ByteBuffer> waiting_;  // The first is on its way.
  bool gone_ ABSL_GUARDED_BY(mutex_) = false;
};

void Listeners::SendToAll(const grpc::ByteBuffer& message) {
  absl::MutexLock lock(&mutex_);
  for (Listener* listener : listeners_) listener->Send(message);
}

}  // namespace
}  // namespace concord::bench

int main(int argc, char** argv) {
  concord::bench::BlockEndSignals();
  CLI::App app("A bare gRPC server that sends the same bytes to all who listen");
  std::string listen;
  size_t bytes = 900;
  app.add_option("--listen", listen, "unix:PATH or host:port")->required();
  app.add_option("--bytes", bytes, "Size of a message");
  CLI11_PARSE(app, argc, argv);

  const grpc::Slice slice(std::string(bytes, 'x'));
  const grpc::ByteBuffer message(&slice, 1);
  const grpc::Slice short_slice("x");
  concord::bench::Listeners listeners;
  const grpc::ByteBuffer greeting(&short_slice, 1);
  concord::bench::RawService service;
  service.AddStream("/concord.bench/Watch", [&listeners, &greeting](auto*, auto*) {
    return new concord::bench::Listener(&listeners, greeting);
  });
  service.Add("/concord.bench/Push", [&listeners, &message](grpc::CallbackServerContext* context,
                                                            const grpc::ByteBuffer*, grpc::ByteBuffer* response) {
    listeners.SendToAll(message);
    *response = message;
    grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
    reactor->Finish(grpc::Status::OK);
    return reactor;
  });
  return concord::bench::Serve(listen, service);
}
