#include "tests/support/calls.h"

#include "absl/strings/cord.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "google/protobuf/descriptor.h"
#include "grpcpp/create_channel.h"
#include "grpcpp/generic/generic_stub.h"
#include "grpcpp/grpcpp.h"

namespace concord::testing {
namespace {

std::string BytesOf(const grpc::ByteBuffer& buffer) {
  std::vector<grpc::Slice> slices;
  if (!buffer.Valid() || !buffer.Dump(&slices).ok()) return "";
  std::string bytes;
  for (const grpc::Slice& slice : slices) bytes.append(reinterpret_cast<const char*>(slice.begin()), slice.size());
  return bytes;
}

void TakeStatus(const grpc::Status& status, Answer& answer) {
  if (status.ok()) return;
  answer.status = absl::Status(static_cast<absl::StatusCode>(status.error_code()), status.error_message());
  answer.error.ParseFromString(status.error_details());
  for (const google::protobuf::Any& detail : answer.error.details()) {
    answer.status.SetPayload(detail.type_url(), absl::Cord(detail.value()));
  }
}

}  // namespace

std::shared_ptr<grpc::Channel> ChannelTo(const std::string& address) {
  grpc::ChannelArguments arguments;
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  arguments.SetInt(GRPC_ARG_INITIAL_RECONNECT_BACKOFF_MS, 20);
  arguments.SetInt(GRPC_ARG_MIN_RECONNECT_BACKOFF_MS, 20);
  arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, 50);
  return grpc::CreateCustomChannel(address, grpc::InsecureChannelCredentials(), arguments);
}

Answer CallBytes(grpc::Channel& channel, const std::string& method, const std::string& request,
                 const CallOptions& options) {
  // The stub wants to share the channel; it is gone before this function returns.
  grpc::GenericStub stub(std::shared_ptr<grpc::Channel>(&channel, [](grpc::Channel*) {}));
  grpc::ClientContext context;
  context.set_deadline(absl::ToChronoTime(absl::Now() + options.timeout));
  context.set_wait_for_ready(options.wait_for_ready);
  for (const auto& [key, value] : options.metadata) context.AddMetadata(key, value);
  const grpc::Slice slice(request);
  const grpc::ByteBuffer sent(&slice, 1);
  grpc::CompletionQueue queue;
  auto reader = stub.PrepareUnaryCall(&context, absl::StrCat("/", method), sent, &queue);
  reader->StartCall();
  grpc::ByteBuffer received;
  grpc::Status status;
  reader->Finish(&received, &status, &queue);
  void* tag = nullptr;
  bool good = false;
  queue.Next(&tag, &good);
  Answer answer;
  TakeStatus(status, answer);
  if (status.ok()) answer.bytes = BytesOf(received);
  return answer;
}

std::string MethodOf(const google::protobuf::Message& request) {
  const google::protobuf::FileDescriptor& file = *request.GetDescriptor()->file();
  for (int i = 0; i < file.service_count(); ++i) {
    for (int j = 0; j < file.service(i)->method_count(); ++j) {
      const auto* method = file.service(i)->method(j);
      if (method->input_type() == request.GetDescriptor())
        return absl::StrCat(file.service(i)->full_name(), "/", method->name());
    }
  }
  ADD_FAILURE() << request.GetTypeName() << " is no request";
  return "";
}

}  // namespace concord::testing
