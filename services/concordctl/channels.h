// Connections to our services, and calls of any method by its request.
#ifndef SERVICES_CONCORDCTL_CHANNELS_H_
#define SERVICES_CONCORDCTL_CHANNELS_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "google/protobuf/message.h"

namespace grpc {
class Channel;
class ClientContext;
}  // namespace grpc

namespace concord::ctl {

// One of our services and where it listens: "host:port" or "unix:PATH".
struct ServiceAddress {
  std::string service;  // As in the package of its methods: "objective" of concord.objective.v1.
  std::string address;
};

// All of our services, where they listen unless something else is said.
std::vector<ServiceAddress> DefaultAddresses();

// A connection to each service, opened by its first call. Safe from several threads.
//
// Which method is meant, and whose it is, follows from the request. `service` says whom to ask what every service
// answers, such as the methods of concord.ledger.v1 and grpc.health.v1; else it is empty. INTERNAL if there is no
// such method, it answers with something else, or nobody is known to ask.
class Channels {
 public:
  explicit Channels(std::vector<ServiceAddress> addresses);

  const std::vector<ServiceAddress>& addresses() const { return addresses_; }

  // Calls a method once. An error says which one of whom, and has all details that came with it.
  absl::Status Call(grpc::ClientContext& context, const google::protobuf::Message& request,
                    google::protobuf::Message& response, const std::string& service) const;

  // Calls a method that answers with a stream, once, and reads that to its end: each message is put into `message`,
  // and then `take` is called. The last one stays.
  absl::Status Listen(grpc::ClientContext& context, const google::protobuf::Message& request,
                      google::protobuf::Message& message, absl::FunctionRef<void()> take,
                      const std::string& service) const;

 private:
  struct Target;

  absl::StatusOr<Target> TargetOf(const google::protobuf::Message& request, const google::protobuf::Message& response,
                                  const std::string& service) const;

  std::vector<ServiceAddress> addresses_;
  // Of each address. shared_ptr, for that is how gRPC hands out its channels.
  std::vector<std::shared_ptr<grpc::Channel>> channels_;
};

}  // namespace concord::ctl

#endif  // SERVICES_CONCORDCTL_CHANNELS_H_
