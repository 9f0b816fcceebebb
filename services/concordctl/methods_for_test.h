// Methods in memory, told apart by their requests as the command line calls them: for tests, without generated
// services.
#ifndef SERVICES_CONCORDCTL_METHODS_FOR_TEST_H_
#define SERVICES_CONCORDCTL_METHODS_FOR_TEST_H_

#include <functional>
#include <map>
#include <string>
#include <utility>

#include "absl/functional/function_ref.h"
#include "google/protobuf/message.h"
#include "grpcpp/generic/async_generic_service.h"
#include "grpcpp/support/status.h"

namespace concord::ctl {

// Register it with a server after everything was added.
class MethodsForTest : public grpc::CallbackGenericService {
 public:
  using Message = google::protobuf::Message;

  // Answers with one message, unless the status is an error; both messages are of the method's types.
  using Method = std::function<grpc::Status(const Message& request, Message& response)>;

  // "concord.action.v1.ActionService/ApproveAction".
  void Add(const std::string& name, Method method);

  // method(const Request&, Response&) for the method of that request.
  template <typename Request, typename Response>
  void Add(std::function<grpc::Status(const Request&, Response&)> method) {
    Add(NameOf(Request::descriptor()), [method = std::move(method)](const Message& request, Message& response) {
      return method(dynamic_cast<const Request&>(request), dynamic_cast<Response&>(response));
    });
  }

  // method(const Request&, Response&, send): the same with a stream. `send` sends the message as it is then.
  template <typename Request, typename Response>
  void AddStream(std::function<grpc::Status(const Request&, Response&, absl::FunctionRef<void()>)> method) {
    methods_[NameOf(Request::descriptor())] = [method = std::move(method)](const Message& request, Message& response,
                                                                           absl::FunctionRef<void()> send) {
      return method(dynamic_cast<const Request&>(request), dynamic_cast<Response&>(response), send);
    };
  }

 private:
  using Stream = std::function<grpc::Status(const Message&, Message&, absl::FunctionRef<void()>)>;

  static std::string NameOf(const google::protobuf::Descriptor* request);
  grpc::ServerGenericBidiReactor* CreateReactor(grpc::GenericCallbackServerContext* context) override;

  std::map<std::string, Stream> methods_;
};

}  // namespace concord::ctl

#endif  // SERVICES_CONCORDCTL_METHODS_FOR_TEST_H_
