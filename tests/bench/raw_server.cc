#include "tests/bench/raw_server.h"

#include <pthread.h>
#include <signal.h>

#include <chrono>
#include <cstdio>
#include <memory>
#include <utility>

#include "grpcpp/impl/codegen/server_callback_handlers.h"

namespace concord::bench {
namespace {

sigset_t EndSignals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  return signals;
}

}  // namespace

void RawService::Add(const std::string& method, RawHandler handler) {
  const int index = static_cast<int>(names_.size());
  const char* name = names_.emplace_back(method).c_str();
  // gRPC owns both objects.
  AddMethod(new grpc::internal::RpcServiceMethod(name, grpc::internal::RpcMethod::NORMAL_RPC, nullptr));
  MarkMethodRawCallback(
      index, new grpc::internal::CallbackUnaryHandler<grpc::ByteBuffer, grpc::ByteBuffer>(std::move(handler)));
}

void RawService::AddStream(const std::string& method, RawStreamHandler handler) {
  const int index = static_cast<int>(names_.size());
  const char* name = names_.emplace_back(method).c_str();
  AddMethod(new grpc::internal::RpcServiceMethod(name, grpc::internal::RpcMethod::SERVER_STREAMING, nullptr));
  MarkMethodRawCallback(index, new grpc::internal::CallbackServerStreamingHandler<grpc::ByteBuffer, grpc::ByteBuffer>(
                                   std::move(handler)));
}

void BlockEndSignals() {
  const sigset_t signals = EndSignals();
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
}

int Serve(const std::string& address, RawService& service) {
  grpc::ServerBuilder builder;
  builder.AddListeningPort(address, grpc::InsecureServerCredentials());
  builder.RegisterService(&service);
  // Else a second server would share the port in silence and take half of the calls.
  builder.AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);
  std::unique_ptr<grpc::Server> server = builder.BuildAndStart();
  if (server == nullptr) {
    std::fprintf(stderr, "cannot listen on %s\n", address.c_str());
    return 1;
  }
  const sigset_t signals = EndSignals();
  int signal = 0;
  sigwait(&signals, &signal);
  server->Shutdown(std::chrono::system_clock::now() + std::chrono::seconds(1));
  return 0;
}

}  // namespace concord::bench
