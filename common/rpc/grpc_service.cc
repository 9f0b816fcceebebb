#include "common/rpc/grpc_service.h"

#include <atomic>
#include <deque>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/strings/str_cat.h"
#include "absl/synchronization/mutex.h"
#include "common/rpc/grpc_status.h"
#include "grpcpp/grpcpp.h"
#include "grpcpp/impl/codegen/server_callback_handlers.h"
#include "grpcpp/support/proto_buffer_reader.h"

namespace concord::rpc {
namespace {

using grpc::ByteBuffer;

// Keeps the reply for as long as gRPC needs its bytes.
ByteBuffer BufferOf(const Reply& reply) {
  auto* kept = new Reply(reply);
  const grpc::Slice slice(
      const_cast<char*>(reply->data()), reply->size(), [](void* user_data) { delete static_cast<Reply*>(user_data); },
      kept);
  return ByteBuffer(&slice, 1);
}

Invocation InvocationOf(const std::string& method, grpc::CallbackServerContext* context, const ByteBuffer* request) {
  Invocation invocation;
  invocation.method = method;
  invocation.deadline = absl::FromChrono(context->deadline());
  invocation.request_bytes = request->Length();
  invocation.parse = [request](google::protobuf::Message& message) {
    ByteBuffer copy(*request);  // Shares the bytes; the reader wants to own its buffer.
    grpc::ProtoBufferReader reader(&copy);
    return message.ParseFromZeroCopyStream(&reader);
  };
  invocation.metadata = [context](absl::string_view key) -> absl::optional<std::string> {
    const auto& metadata = context->client_metadata();
    const auto found = metadata.find(grpc::string_ref(key.data(), key.size()));
    if (found == metadata.end()) return absl::nullopt;
    return std::string(found->second.data(), found->second.size());
  };
  return invocation;
}

// Shared by the reactor, which gRPC deletes, and the call, which may ask later.
using CancelledFlag = std::shared_ptr<std::atomic<bool>>;

// gRPC's own reactor, because it is one whose end may be told in place: that of any other is told on
// another thread, which costs more than the call.
grpc::ServerUnaryReactor* StartUnary(Engine* engine, const std::string& method, grpc::CallbackServerContext* context,
                                     const ByteBuffer* request, ByteBuffer* response) {
  grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
  Invocation invocation = InvocationOf(method, context, request);
  invocation.cancelled = [context] { return context->IsCancelled(); };
  invocation.done = [reactor, response](absl::StatusOr<Reply> reply, const std::string& trace) {
    if (reply.ok()) *response = BufferOf(*reply);
    reactor->Finish(ToGrpcStatus(reply.status(), trace));
  };
  engine->Handle(std::move(invocation));
  return reactor;
}

// An answer in pieces. The worker waits while too many pieces are on their way, and
// is told when nobody listens any more.
class StreamReactor : public grpc::ServerWriteReactor<ByteBuffer>, public ReplyStream {
 public:
  StreamReactor() : cancelled_(std::make_shared<std::atomic<bool>>(false)) {}

  const CancelledFlag& cancelled() const { return cancelled_; }

  bool Write(const Reply& reply) override {
    absl::MutexLock lock(&mutex_);
    const auto room = [this]() ABSL_SHARED_LOCKS_REQUIRED(mutex_) { return queue_.size() < kQueueLimit || gone_; };
    mutex_.Await(absl::Condition(&room));
    if (gone_) return false;
    queue_.push_back(BufferOf(reply));
    if (queue_.size() == 1) StartWrite(&queue_.front());
    return true;
  }

  void End(grpc::Status status) {
    absl::MutexLock lock(&mutex_);
    ended_ = true;
    status_ = std::move(status);
    if (queue_.empty()) Finish(status_);
  }

  void OnWriteDone(bool ok) override {
    absl::MutexLock lock(&mutex_);
    queue_.pop_front();
    if (!ok) {
      gone_ = true;
      queue_.clear();
    }
    if (!queue_.empty()) {
      StartWrite(&queue_.front());
    } else if (ended_) {
      Finish(status_);
    }
  }

  void OnCancel() override {
    cancelled_->store(true, std::memory_order_relaxed);
    absl::MutexLock lock(&mutex_);
    gone_ = true;
  }

  // Whoever called Finish may still hold the lock.
  void OnDone() override {
    mutex_.Lock();
    mutex_.Unlock();
    delete this;
  }

 private:
  static constexpr size_t kQueueLimit = 16;

  const CancelledFlag cancelled_;
  absl::Mutex mutex_;
  std::deque<ByteBuffer> queue_ ABSL_GUARDED_BY(mutex_);  // The first is being written.
  bool gone_ ABSL_GUARDED_BY(mutex_) = false;
  bool ended_ ABSL_GUARDED_BY(mutex_) = false;
  grpc::Status status_ ABSL_GUARDED_BY(mutex_);
};

grpc::ServerWriteReactor<ByteBuffer>* StartStream(Engine* engine, const std::string& method,
                                                  grpc::CallbackServerContext* context, const ByteBuffer* request) {
  auto* reactor = new StreamReactor();
  Invocation invocation = InvocationOf(method, context, request);
  invocation.stream = reactor;
  invocation.cancelled = [cancelled = reactor->cancelled()] { return cancelled->load(std::memory_order_relaxed); };
  invocation.done = [reactor](const absl::StatusOr<Reply>& reply, const std::string& trace) {
    reactor->End(ToGrpcStatus(reply.status(), trace));
  };
  engine->Handle(std::move(invocation));
  return reactor;
}

// An answer without an end. Nobody waits for it: the watch is told when it may send the next message.
class WatchReactor : public grpc::ServerWriteReactor<ByteBuffer>, public WatchOutlet {
 public:
  explicit WatchReactor(grpc::CallbackServerContext* context) : context_(context) {}

  void Attach(std::shared_ptr<WatchSource> source) override {
    {
      absl::MutexLock lock(&mutex_);
      source_ = source;
      if (!gone_) return;
    }
    source->OnGone();
  }

  // At most one is on its way, so its buffer and the source need no lock.
  void Write(const Reply& message, bool more) override {
    buffer_ = BufferOf(message);
    StartWrite(&buffer_, more ? grpc::WriteOptions().set_buffer_hint() : grpc::WriteOptions());
  }

  void Abort() override { context_->TryCancel(); }

  void OnWriteDone(bool ok) override { Source()->OnWritten(ok); }

  void OnCancel() override {
    std::shared_ptr<WatchSource> source;
    {
      absl::MutexLock lock(&mutex_);
      gone_ = true;
      source = source_;
    }
    if (source != nullptr) source->OnGone();
  }

  void OnDone() override { delete this; }

 private:
  // Shared, for the end of the watch may be the end of this object, too.
  std::shared_ptr<WatchSource> Source() {
    absl::MutexLock lock(&mutex_);
    return source_;
  }

  grpc::CallbackServerContext* const context_;
  ByteBuffer buffer_;
  absl::Mutex mutex_;
  std::shared_ptr<WatchSource> source_ ABSL_GUARDED_BY(mutex_);
  bool gone_ ABSL_GUARDED_BY(mutex_) = false;
};

grpc::ServerWriteReactor<ByteBuffer>* StartWatch(Engine* engine, const std::string& method,
                                                 grpc::CallbackServerContext* context, const ByteBuffer* request) {
  auto* reactor = new WatchReactor(context);
  Invocation invocation = InvocationOf(method, context, request);
  invocation.outlet = reactor;
  invocation.cancelled = [context] { return context->IsCancelled(); };
  invocation.done = [reactor](const absl::StatusOr<Reply>& reply, const std::string& trace) {
    reactor->Finish(ToGrpcStatus(reply.status(), trace));
  };
  engine->Handle(std::move(invocation));
  return reactor;
}

}  // namespace

absl::StatusOr<std::unique_ptr<GrpcService>> GrpcService::Create(const google::protobuf::ServiceDescriptor& service,
                                                                 Engine* engine) {
  auto bound = std::unique_ptr<GrpcService>(new GrpcService());
  for (int i = 0; i < service.method_count(); ++i) {
    const google::protobuf::MethodDescriptor& method = *service.method(i);
    const std::string name = absl::StrCat(service.full_name(), "/", method.name());
    const Method* ours = engine->Find(name);
    if (ours == nullptr || ours->prototype->GetDescriptor() != method.input_type() ||
        method.server_streaming() != (ours->stream != nullptr || ours->watch != nullptr)) {
      return absl::NotFoundError(absl::StrCat("nothing handles ", name));
    }
    const bool streams = method.server_streaming();
    const bool watches = ours->watch != nullptr;
    auto* rpc_method = new grpc::internal::RpcServiceMethod(
        bound->paths_.emplace_back(absl::StrCat("/", name)).c_str(),
        streams ? grpc::internal::RpcMethod::SERVER_STREAMING : grpc::internal::RpcMethod::NORMAL_RPC, nullptr);
    bound->AddMethod(rpc_method);
    if (streams) {
      bound->MarkMethodRawCallback(
          i, new grpc::internal::CallbackServerStreamingHandler<ByteBuffer, ByteBuffer>(
                 [engine, name, watches](grpc::CallbackServerContext* context, const ByteBuffer* request) {
                   return watches ? StartWatch(engine, name, context, request)
                                  : StartStream(engine, name, context, request);
                 }));
    } else {
      bound->MarkMethodRawCallback(
          i, new grpc::internal::CallbackUnaryHandler<ByteBuffer, ByteBuffer>(
                 [engine, name](grpc::CallbackServerContext* context, const ByteBuffer* request, ByteBuffer* response) {
                   return StartUnary(engine, name, context, request, response);
                 }));
    }
  }
  return bound;
}

}  // namespace concord::rpc
