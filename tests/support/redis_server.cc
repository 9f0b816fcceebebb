#include "tests/support/redis_server.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <filesystem>
#include <system_error>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"

namespace concord::testing {
namespace {

constexpr absl::Duration kStartLimit = absl::Seconds(10);
constexpr size_t kUnixPathLimit = 107;

absl::StatusOr<std::string> MakeFolder() {
  const char* parent = getenv("TMPDIR");
  std::string pattern = absl::StrCat(parent != nullptr && *parent != '\0' ? parent : "/tmp", "/redis-XXXXXX");
  // A unix socket's path is short; a long $TMPDIR cannot hold one.
  if (pattern.size() + strlen("/redis.sock") > kUnixPathLimit) pattern = "/tmp/redis-XXXXXX";
  if (mkdtemp(pattern.data()) == nullptr) {
    return absl::InternalError(absl::StrCat("cannot make a folder like ", pattern, ": ", strerror(errno)));
  }
  return pattern;
}

std::string Binary() {
  const char* binary = getenv("CONCORD_REDIS_SERVER");
  return binary != nullptr && *binary != '\0' ? binary : "redis-server";
}

// Whether a server on this socket answers PING, within `limit`.
bool Answers(const std::string& socket_path, absl::Duration limit) {
  const int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (fd < 0) return false;
  sockaddr_un address = {};
  address.sun_family = AF_UNIX;
  socket_path.copy(address.sun_path, kUnixPathLimit);
  bool pong = false;
  const absl::string_view ping = "PING\r\n";
  if (connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) == 0 &&
      send(fd, ping.data(), ping.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(ping.size())) {
    pollfd readable = {fd, POLLIN, 0};
    char answer[8];
    pong = poll(&readable, 1, static_cast<int>(absl::ToInt64Milliseconds(limit))) == 1 &&
           read(fd, answer, sizeof(answer)) > 0 && answer[0] == '+';
  }
  close(fd);
  return pong;
}

}  // namespace

absl::StatusOr<std::unique_ptr<RedisServer>> RedisServer::Start(std::vector<std::string> extra_arguments) {
  absl::StatusOr<std::string> folder = MakeFolder();
  if (!folder.ok()) return folder.status();
  std::unique_ptr<RedisServer> server(new RedisServer);
  server->folder_ = *std::move(folder);
  server->socket_path_ = absl::StrCat(server->folder_, "/redis.sock");
  server->extra_arguments_ = std::move(extra_arguments);
  if (absl::Status status = server->Launch(); !status.ok()) return status;
  return server;
}

RedisServer::~RedisServer() {
  Kill();
  std::error_code ignored;  // A folder that stays is no reason to fail a test.
  std::filesystem::remove_all(folder_, ignored);
}

std::string RedisServer::address() const { return absl::StrCat("unix:", socket_path_); }

void RedisServer::Freeze() {
  if (process_ != nullptr) process_->Freeze();
}

void RedisServer::Thaw() {
  if (process_ != nullptr) process_->Signal(SIGCONT);
}

void RedisServer::Kill() { process_.reset(); }

absl::Status RedisServer::Restart() {
  Kill();
  return Launch();
}

absl::Status RedisServer::Restart(std::vector<std::string> extra_arguments) {
  extra_arguments_ = std::move(extra_arguments);
  return Restart();
}

absl::Status RedisServer::Launch() {
  std::vector<std::string> arguments = {
      "--port",        "0",      "--unixsocket",       socket_path_, "--dir",  folder_, "--appendonly", "yes",
      "--appendfsync", "always", "--maxmemory-policy", "noeviction", "--save", "",      "--loglevel",   "warning"};
  arguments.insert(arguments.end(), extra_arguments_.begin(), extra_arguments_.end());
  unlink(socket_path_.c_str());  // Left by a killed one: nobody must connect to it.
  auto process = RunningProcess::Start(Binary(), arguments, absl::StrCat(folder_, "/log"));
  if (!process.ok()) return process.status();
  process_ = *std::move(process);

  for (const absl::Time end = absl::Now() + kStartLimit; absl::Now() < end; absl::SleepFor(absl::Milliseconds(2))) {
    if (Answers(socket_path_, end - absl::Now())) return absl::OkStatus();
    if (process_->Running()) continue;
    return absl::InternalError(absl::StrCat(Binary(), " ended at its start: ", process_->LastLogLines()));
  }
  const std::string last = process_->LastLogLines();
  Kill();
  return absl::DeadlineExceededError(absl::StrCat(Binary(), " does not answer: ", last));
}

}  // namespace concord::testing
