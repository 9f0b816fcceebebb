// A watch as a client of the real services sees it.
#ifndef TESTS_INTEGRATION_WATCHING_H_
#define TESTS_INTEGRATION_WATCHING_H_

#include <chrono>
#include <memory>
#include <string>

#include "concord/ledger/v1/ledger_service.grpc.pb.h"
#include "grpcpp/grpcpp.h"
#include "tests/support/running_service.h"

namespace concord::testing {

// On a connection of its own that takes little ahead of its reader.
class Watching {
 public:
  // What lies under `parent`, at one of the system's services; from the state on, or from where a token was given.
  Watching(RunningSystem& system, const std::string& service, const std::string& parent,
           const std::string& token = "") {
    grpc::ChannelArguments arguments;
    arguments.SetInt(GRPC_ARG_HTTP2_BDP_PROBE, 0);
    arguments.SetInt(GRPC_ARG_HTTP2_STREAM_LOOKAHEAD_BYTES, 16 << 10);
    arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
    stub_ = ledger::v1::LedgerService::NewStub(
        grpc::CreateCustomChannel(system.service(service).address(), grpc::InsecureChannelCredentials(), arguments));
    context_.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(60));
    ledger::v1::WatchResourcesRequest request;
    request.set_parent(parent);
    request.set_resume_token(token);
    stream_ = stub_->WatchResources(&context_, request);
  }

  // False at the end of the stream.
  bool Read() {
    if (!stream_->Read(&message)) return false;
    if (!message.resources().empty()) ++with_resources;
    return true;
  }
  bool ReadState() {
    while (Read()) {
      if (message.end_of_state()) return true;
    }
    return false;
  }

  // Reads to the end.
  grpc::Status End() {
    while (Read()) continue;
    return stream_->Finish();
  }

  void Leave() {
    context_.TryCancel();
    End();
  }

  ledger::v1::WatchResourcesResponse message;  // The last one.
  int with_resources = 0;

 private:
  grpc::ClientContext context_;
  std::unique_ptr<ledger::v1::LedgerService::Stub> stub_;
  std::unique_ptr<grpc::ClientReader<ledger::v1::WatchResourcesResponse>> stream_;
};

}  // namespace concord::testing

#endif  // TESTS_INTEGRATION_WATCHING_H_
