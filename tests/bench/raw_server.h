// The least that a gRPC server can be on the interface that the services use:
// callbacks, and messages as bytes. What it costs is the ceiling for them.
#ifndef TESTS_BENCH_RAW_SERVER_H_
#define TESTS_BENCH_RAW_SERVER_H_

#include <deque>
#include <functional>
#include <string>

#include "grpcpp/grpcpp.h"
#include "grpcpp/impl/service_type.h"

namespace concord::bench {

// Starts a call and returns what will finish it. Called from gRPC's threads; must
// not block.
using RawHandler = std::function<grpc::ServerUnaryReactor*(
    grpc::CallbackServerContext* context, const grpc::ByteBuffer* request, grpc::ByteBuffer* response)>;

using RawStreamHandler = std::function<grpc::ServerWriteReactor<grpc::ByteBuffer>*(grpc::CallbackServerContext* context,
                                                                                   const grpc::ByteBuffer* request)>;

class RawService final : public grpc::Service {
 public:
  // `method` is the full path, for example "/concord.bench/Echo600". Only before
  // the server starts.
  void Add(const std::string& method, RawHandler handler);
  // The same with an answer in pieces.
  void AddStream(const std::string& method, RawStreamHandler handler);

 private:
  std::deque<std::string> names_;  // gRPC keeps pointers to them.
};

// Makes the threads that are started from here on leave SIGTERM and SIGINT to
// Serve. Call it first in main.
void BlockEndSignals();

// Serves until SIGTERM or SIGINT. Returns the program's exit code: 1, and a line
// on standard error, if the address ("unix:PATH" or "host:port") cannot be
// listened on.
int Serve(const std::string& address, RawService& service);

}  // namespace concord::bench

#endif  // TESTS_BENCH_RAW_SERVER_H_
