// Answers bytes of a fixed size and does nothing else: what gRPC alone costs.
//
//   bench_echo --listen=127.0.0.1:9000 --answer_bytes=600 --answer_bytes=25000
//
// serves one method for each size, "/concord.bench/Echo600" and so on.
#include <algorithm>
#include <string>
#include <vector>

#include "CLI/CLI.hpp"
#include "absl/strings/str_cat.h"
#include "grpcpp/grpcpp.h"
#include "tests/bench/raw_server.h"

int main(int argc, char** argv) {
  concord::bench::BlockEndSignals();
  CLI::App app("A bare gRPC server that answers a fixed number of bytes");
  std::string listen;
  std::vector<int> sizes = {600};
  app.add_option("--listen", listen, "unix:PATH or host:port")->required();
  app.add_option("--answer_bytes", sizes, "Size of an answer; again for one more method");
  CLI11_PARSE(app, argc, argv);

  std::sort(sizes.begin(), sizes.end());
  sizes.erase(std::unique(sizes.begin(), sizes.end()), sizes.end());
  concord::bench::RawService service;
  for (const int size : sizes) {
    // The bytes are shared by all answers, never copied.
    const grpc::Slice bytes(std::string(size, 'x'));
    service.Add(absl::StrCat("/concord.bench/Echo", size),
                [bytes](grpc::CallbackServerContext* context, const grpc::ByteBuffer*, grpc::ByteBuffer* response) {
                  *response = grpc::ByteBuffer(&bytes, 1);
                  grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
                  reactor->Finish(grpc::Status::OK);
                  return reactor;
                });
  }
  return concord::bench::Serve(listen, service);
}
