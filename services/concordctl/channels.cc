#include "services/concordctl/channels.h"

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/strings/strip.h"
#include "common/status/macros.h"
#include "grpcpp/channel.h"
#include "grpcpp/client_context.h"
#include "grpcpp/create_channel.h"
#include "grpcpp/impl/client_unary_call.h"
#include "grpcpp/impl/codegen/proto_utils.h"
#include "grpcpp/impl/rpc_method.h"
#include "grpcpp/security/credentials.h"
#include "grpcpp/support/channel_arguments.h"
#include "grpcpp/support/sync_stream.h"
#include "services/concordctl/failures.h"
#include "services/concordctl/requests.h"

namespace concord::ctl {
namespace {

using google::protobuf::Message;
using google::protobuf::MessageLite;
using grpc::internal::RpcMethod;

std::shared_ptr<grpc::Channel> Open(const std::string& address) {
  grpc::ChannelArguments arguments;
  // The services are near; a proxy from the environment would only be in the way.
  arguments.SetInt(GRPC_ARG_ENABLE_HTTP_PROXY, 0);
  // Our own retries set the pace; gRPC must not refuse to look again for a second.
  arguments.SetInt(GRPC_ARG_INITIAL_RECONNECT_BACKOFF_MS, 100);
  arguments.SetInt(GRPC_ARG_MIN_RECONNECT_BACKOFF_MS, 100);
  // An answer may be a page of 1,000 actions with all their texts.
  arguments.SetMaxReceiveMessageSize(64 << 20);
  return grpc::CreateCustomChannel(address, grpc::InsecureChannelCredentials(), arguments);
}

}  // namespace

std::vector<ServiceAddress> DefaultAddresses() {
  return {{"objective", "127.0.0.1:7001"},
          {"action", "127.0.0.1:7002"},
          {"reporting", "127.0.0.1:7003"},
          {"member", "127.0.0.1:7004"}};
}

// What a request is sent to.
struct Channels::Target {
  grpc::Channel* channel;
  std::string path;   // "/concord.action.v1.ActionService/GetAction".
  std::string where;  // "GetAction at 127.0.0.1:7002", for people.
};

Channels::Channels(std::vector<ServiceAddress> addresses) : addresses_(std::move(addresses)) {
  for (const ServiceAddress& one : addresses_) channels_.push_back(Open(one.address));
}

absl::StatusOr<Channels::Target> Channels::TargetOf(const Message& request, const Message& response,
                                                    const std::string& service) const {
  const auto* method = MethodOf(request.GetDescriptor());
  if (method == nullptr || method->output_type() != response.GetDescriptor()) {
    return absl::InternalError(absl::StrCat(request.GetTypeName(), " is not answered by ", response.GetTypeName()));
  }
  const std::string& package = method->file()->package();
  for (size_t i = 0; i < addresses_.size(); ++i) {
    const auto& [name, address] = addresses_[i];
    if (service.empty() ? !absl::StartsWith(package, absl::StrCat("concord.", name, ".")) : service != name) continue;
    return Target{channels_[i].get(), absl::StrCat("/", method->service()->full_name(), "/", method->name()),
                  absl::StrCat(absl::StripSuffix(request.GetDescriptor()->name(), "Request"), " at ", address)};
  }
  return absl::InternalError(absl::StrCat("no service is known to ask for ", method->full_name()));
}

absl::Status Channels::Call(grpc::ClientContext& context, const Message& request, Message& response,
                            const std::string& service) const {
  CONCORD_ASSIGN_OR_RETURN(const Target target, TargetOf(request, response, service));
  // What gRPC's generated stubs do inside, with the types they share: a stub for each service would cost its
  // compilation and say nothing that the request does not.
  const RpcMethod method(target.path.c_str(), RpcMethod::NORMAL_RPC);
  return FromGrpc(
      grpc::internal::BlockingUnaryCall<MessageLite, MessageLite>(target.channel, method, &context, request, &response),
      target.where);
}

absl::Status Channels::Listen(grpc::ClientContext& context, const Message& request, Message& message,
                              absl::FunctionRef<void()> take, const std::string& service) const {
  CONCORD_ASSIGN_OR_RETURN(const Target target, TargetOf(request, message, service));
  const RpcMethod method(target.path.c_str(), RpcMethod::SERVER_STREAMING);
  const std::unique_ptr<grpc::ClientReader<MessageLite>> reader(
      grpc::internal::ClientReaderFactory<MessageLite>::Create<MessageLite>(target.channel, method, &context, request));
  while (reader->Read(&message)) take();
  return FromGrpc(reader->Finish(), target.where);
}

}  // namespace concord::ctl
