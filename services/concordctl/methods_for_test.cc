#include "services/concordctl/methods_for_test.h"

#include <deque>
#include <memory>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "grpcpp/grpcpp.h"
#include "grpcpp/impl/codegen/proto_utils.h"
#include "services/concordctl/requests.h"

namespace concord::ctl {
namespace {

using google::protobuf::Message;
using google::protobuf::MessageLite;
using Traits = grpc::SerializationTraits<MessageLite>;

// Reads one request, has it answered, sends what that gave, and deletes itself.
class Reactor : public grpc::ServerGenericBidiReactor {
 public:
  using Answer = std::function<grpc::Status(grpc::ByteBuffer& request, std::deque<grpc::ByteBuffer>& answers)>;

  explicit Reactor(Answer answer) : answer_(std::move(answer)) { StartRead(&request_); }

  void OnReadDone(bool ok) override {
    if (ok) status_ = answer_(request_, answers_);
    SendNext();
  }
  void OnWriteDone(bool ok) override {
    answers_.pop_front();
    if (!ok) answers_.clear();
    SendNext();
  }
  void OnDone() override { delete this; }

 private:
  void SendNext() {
    if (answers_.empty()) return Finish(status_);
    StartWrite(&answers_.front());
  }

  const Answer answer_;
  grpc::ByteBuffer request_;
  std::deque<grpc::ByteBuffer> answers_;
  grpc::Status status_{grpc::StatusCode::CANCELLED, "no request came"};
};

}  // namespace

std::string MethodsForTest::NameOf(const google::protobuf::Descriptor* request) {
  const auto* method = MethodOf(request);
  return absl::StrCat(method->service()->full_name(), "/", method->name());
}

void MethodsForTest::Add(const std::string& name, Method method) {
  methods_[name] = [method = std::move(method)](const Message& request, Message& response,
                                                absl::FunctionRef<void()> send) {
    grpc::Status status = method(request, response);
    if (status.ok()) send();
    return status;
  };
}

grpc::ServerGenericBidiReactor* MethodsForTest::CreateReactor(grpc::GenericCallbackServerContext* context) {
  const std::string name = context->method().substr(1);
  return new Reactor([this, name](grpc::ByteBuffer& bytes, std::deque<grpc::ByteBuffer>& answers) {
    const auto* descriptor =
        google::protobuf::DescriptorPool::generated_pool()->FindMethodByName(absl::StrReplaceAll(name, {{"/", "."}}));
    const auto method = methods_.find(name);
    if (descriptor == nullptr || method == methods_.end()) {
      return grpc::Status(grpc::StatusCode::UNIMPLEMENTED, name);
    }
    const std::unique_ptr<Message> request = NewMessage(descriptor->input_type());
    const std::unique_ptr<Message> response = NewMessage(descriptor->output_type());
    grpc::Status status = Traits::Deserialize(&bytes, request.get());
    if (!status.ok()) return status;
    return method->second(*request, *response, [&] {
      bool own_buffer = false;
      Traits::Serialize(*response, &answers.emplace_back(), &own_buffer);
    });
  });
}

}  // namespace concord::ctl
