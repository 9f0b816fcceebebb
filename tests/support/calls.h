// Calls of any method by its request, with the error as the caller sees it.
#ifndef TESTS_SUPPORT_CALLS_H_
#define TESTS_SUPPORT_CALLS_H_

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "google/protobuf/message.h"
#include "google/protobuf/text_format.h"
#include "google/rpc/status.pb.h"
#include "grpcpp/channel.h"
#include "gtest/gtest.h"

namespace concord::testing {

struct CallOptions {
  absl::Duration timeout = absl::Seconds(20);
  std::vector<std::pair<std::string, std::string>> metadata;
  bool wait_for_ready = false;  // Rather than fail at once where nobody listens.
};

// What came back.
struct Answer {
  absl::Status status;        // With the details as payloads, as common/status reads them.
  std::string bytes;          // Of the response.
  google::rpc::Status error;  // As it was sent; empty where the error is gRPC's own.

  bool ok() const { return status.ok(); }
  // The response. A test whose answer is an error has failed.
  template <typename Response>
  Response As() const {
    Response response;
    EXPECT_TRUE(status.ok()) << status;
    EXPECT_TRUE(response.ParseFromString(bytes));
    return response;
  }
};

// A channel with connections of its own that tries again soon after a loss.
std::shared_ptr<grpc::Channel> ChannelTo(const std::string& address);

// `method` is "concord.action.v1.ActionService/GetAction".
Answer CallBytes(grpc::Channel& channel, const std::string& method, const std::string& request,
                 const CallOptions& options = {});

// The full name of the method whose request this is. Every method has a request of its own.
std::string MethodOf(const google::protobuf::Message& request);

// A message from Protobuf's text format.
template <typename Message>
Message Parse(const std::string& text) {
  Message message;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &message)) << text;
  return message;
}

}  // namespace concord::testing

#endif  // TESTS_SUPPORT_CALLS_H_
