// What a service lets be asked of its memory.
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <deque>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/strings/strip.h"
#include "absl/time/clock.h"
#include "concord/action/v1/action_service.pb.h"
#include "concord/rpc/v1/error_reason.pb.h"
#include "gtest/gtest.h"
#include "tests/support/running_service.h"
#include "tests/support/status_matchers.h"

namespace concord::testing {
namespace {

// A caller who speaks HTTP/2 by hand: calls that send the first bytes of a large request, and then nothing.
class StalledCaller {
 public:
  explicit StalledCaller(absl::string_view address) : socket_(socket(AF_UNIX, SOCK_STREAM, 0)) {
    sockaddr_un to = {};
    to.sun_family = AF_UNIX;
    const absl::string_view path = absl::StripPrefix(address, "unix:");
    path.copy(to.sun_path, sizeof(to.sun_path) - 1);
    EXPECT_EQ(connect(socket_, reinterpret_cast<sockaddr*>(&to), sizeof(to)), 0);
    std::string bytes = absl::StrCat("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", Frame(4, 0, 0, ""));
    const std::string headers =
        absl::StrCat(Header(":method", "POST"), Header(":scheme", "http"),
                     Header(":path", "/concord.action.v1.ActionService/GetAction"), Header(":authority", "x"),
                     Header("te", "trailers"), Header("content-type", "application/grpc"));
    for (int call = 0; call < 20; ++call) absl::StrAppend(&bytes, Frame(1, 4, 1 + 2 * call, headers));
    // As much as a connection takes at first.
    const std::string begun = absl::StrCat(std::string("\0\0\x1c\0\0", 5), std::string(15'000, 'x'));
    for (int call = 0; call < 4; ++call) absl::StrAppend(&bytes, Frame(0, 0, 1 + 2 * call, begun));
    send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
  }
  ~StalledCaller() { close(socket_); }
  StalledCaller(const StalledCaller&) = delete;
  StalledCaller& operator=(const StalledCaller&) = delete;

  // Whether the service has said by now that it has no room.
  bool IsToldToGo() {
    char bytes[4096];
    for (ssize_t n = 0; (n = recv(socket_, bytes, sizeof(bytes), MSG_DONTWAIT)) > 0;) received_.append(bytes, n);
    // A connection that is ended, or a stream that is reset (a frame of type 3) to calm the caller (code 11).
    if (absl::StrContains(received_, "Buffers full")) return true;
    const std::string reset("\0\0\x04\x03\0", 5);
    for (size_t at = received_.find(reset); at != std::string::npos; at = received_.find(reset, at + 1)) {
      if (at + 12 < received_.size() && received_[at + 12] == 11) return true;
    }
    return false;
  }

 private:
  static std::string Frame(char type, char flags, int stream, const std::string& content) {
    const size_t size = content.size();
    std::string frame;
    for (const size_t byte : {size >> 16, size >> 8, size}) frame += static_cast<char>(byte & 0xff);
    frame += type;
    frame += flags;
    for (const int shift : {24, 16, 8, 0}) frame += static_cast<char>((stream >> shift) & 0xff);
    return frame + content;
  }
  static std::string Header(const std::string& name, const std::string& value) {
    return absl::StrCat(std::string(1, '\0'), std::string(1, static_cast<char>(name.size())), name,
                        std::string(1, static_cast<char>(value.size())), value);
  }

  const int socket_;
  std::string received_;
};

TEST(Memory, IsTakenBackFromCallersWhoStall) {
  const auto system = RunningSystem::Start(
      {.services = {"action"}, .replicas = 1, .flags = {absl::StrCat("--transport_bytes_limit=", 16 << 20)}});
  ASSERT_TRUE(system.ok()) << system.status();
  const std::string& address = (*system)->service("action").address();
  std::deque<StalledCaller> callers;
  for (int i = 0; i < 600; ++i) callers.emplace_back(address);
  bool told = false;
  for (const absl::Time end = absl::Now() + kServiceLimit; !told && absl::Now() < end;) {
    for (StalledCaller& caller : callers) told = told || caller.IsToldToGo();
    absl::SleepFor(absl::Milliseconds(2));
  }
  EXPECT_TRUE(told);
  callers.clear();
  action::v1::GetActionRequest request;
  request.set_name("plans/p/actions/a");
  // Until those are cleared away, others may be refused, too.
  absl::Status status;
  for (const absl::Time end = absl::Now() + 3 * kServiceLimit; !absl::IsNotFound(status) && absl::Now() < end;) {
    status = (*system)->Send(request).status;
    absl::SleepFor(absl::Milliseconds(2));
  }
  EXPECT_THAT(status, HasReason(absl::StatusCode::kNotFound, rpc::v1::ERROR_REASON_RESOURCE_NOT_FOUND));
}

// Three times as much as gRPC may have in memory comes in at once, over as many connections.
TEST(Memory, IsNotTakenWithoutBoundByWhoeverConnects) {
  const auto system = RunningSystem::Start(
      {.services = {"action"}, .replicas = 1, .flags = {absl::StrCat("--transport_bytes_limit=", 16 << 20)}});
  ASSERT_TRUE(system.ok()) << system.status();
  RunningService& service = (*system)->service("action");
  const std::string large(3 << 19, 'x');
  std::vector<absl::Status> answers(32);
  std::vector<std::thread> callers;
  for (absl::Status& answer : answers) {
    callers.emplace_back([&] {
      const auto channel = ChannelTo(service.address());
      answer = CallBytes(*channel, "concord.action.v1.ActionService/CreateAction", large).status;
    });
  }
  for (std::thread& caller : callers) caller.join();
  int told = 0;
  for (const absl::Status& status : answers) {
    told += concord::HasReason(status, rpc::v1::ERROR_REASON_REQUEST_TOO_LARGE) ? 1 : 0;
    // Or refused by gRPC, which has no room for the connection.
    EXPECT_TRUE(absl::IsResourceExhausted(status) || absl::IsUnavailable(status)) << status;
  }
  EXPECT_GT(told, 0);
  EXPECT_TRUE(service.process().Running());
  action::v1::GetActionRequest request;
  request.set_name("plans/p/actions/a");
  EXPECT_THAT((*system)->Send(request).status,
              HasReason(absl::StatusCode::kNotFound, rpc::v1::ERROR_REASON_RESOURCE_NOT_FOUND));
}

}  // namespace
}  // namespace concord::testing
