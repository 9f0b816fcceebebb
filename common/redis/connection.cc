#include "common/redis/connection.h"

#include <hiredis/async.h>
#include <hiredis/hiredis.h>
#include <netdb.h>
#include <sys/socket.h>

#include <utility>

#include "absl/strings/str_cat.h"

namespace concord::redis {
namespace {

Reply FromHiredis(const redisReply& from) {
  Reply reply;
  switch (from.type) {
    case REDIS_REPLY_INTEGER:
      reply.kind = Reply::Kind::kInteger;
      reply.integer = from.integer;
      break;
    case REDIS_REPLY_STRING:
    case REDIS_REPLY_STATUS:
    case REDIS_REPLY_ERROR:
      reply.kind = from.type == REDIS_REPLY_STRING   ? Reply::Kind::kString
                   : from.type == REDIS_REPLY_STATUS ? Reply::Kind::kStatus
                                                     : Reply::Kind::kError;
      reply.text.assign(from.str, from.len);
      break;
    case REDIS_REPLY_ARRAY:
      reply.kind = Reply::Kind::kArray;
      reply.elements.reserve(from.elements);
      for (size_t i = 0; i < from.elements; ++i) reply.elements.push_back(FromHiredis(*from.element[i]));
      break;
    default:
      break;
  }
  return reply;
}

}  // namespace

// Stands between hiredis and libuv, in place of hiredis' own adapter: that one
// makes two system calls for every command (libuv takes a descriptor out of
// epoll whenever its interest is declared, even when nothing changes), and it
// ignores the error by which libuv tells that a connection was reset, so that
// the end of a killed server can go unnoticed. Here an interest is declared only
// when it changes, and what was appended is written straight away by Flush.
struct Connection::Watcher {
  uv_poll_t poll;
  redisAsyncContext* context = nullptr;  // Null once hiredis has let it go.
  Connection* connection = nullptr;      // Null once that is destroyed.
  int wanted = 0;
  int declared = 0;
  // Whether hiredis is at work, called from here. What it asks for then is
  // asked of libuv; a wish to write that comes from Append waits for Flush.
  bool at_work = false;

  void Declare() {
    if (wanted == declared) return;
    declared = wanted;
    if (wanted == 0) {
      uv_poll_stop(&poll);
    } else {
      uv_poll_start(&poll, wanted, OnEvent);
    }
  }

  void Want(int events) {
    wanted |= events;
    Declare();
  }

  void Forget(int events) {
    wanted &= ~events;
    Declare();
  }

  // Each call into hiredis may end the context, and with it the connection.
  void Work(void (*function)(redisAsyncContext*)) {
    if (context == nullptr) return;
    at_work = true;
    function(context);
    at_work = false;
  }

  static void OnEvent(uv_poll_t* handle, int status, int events) {
    auto* watcher = static_cast<Watcher*>(handle->data);
    if (status < 0) {
      // Reset or refused, and libuv has stopped watching. Reading finds out
      // what it is; if there was still something to read, look again.
      watcher->declared = 0;
      watcher->Work(redisAsyncHandleRead);
      if (watcher->context != nullptr) watcher->Declare();
      return;
    }
    if (events & UV_READABLE) watcher->Work(redisAsyncHandleRead);
    if (events & UV_WRITABLE) {
      watcher->Work(redisAsyncHandleWrite);
      if (watcher->context != nullptr && watcher->connection != nullptr) watcher->connection->listener_->OnWritten();
    }
  }
};

// What hiredis calls.
struct Connection::Hooks {
  static Watcher* Of(const redisAsyncContext* context) { return static_cast<Watcher*>(context->ev.data); }

  static void AddRead(void* data) { static_cast<Watcher*>(data)->Want(UV_READABLE); }
  static void DelRead(void* data) { static_cast<Watcher*>(data)->Forget(UV_READABLE); }
  static void AddWrite(void* data) {
    auto* watcher = static_cast<Watcher*>(data);
    if (watcher->at_work || !(watcher->context->c.flags & REDIS_CONNECTED)) watcher->Want(UV_WRITABLE);
  }
  static void DelWrite(void* data) { static_cast<Watcher*>(data)->Forget(UV_WRITABLE); }

  static void Cleanup(void* data) {
    auto* watcher = static_cast<Watcher*>(data);
    if (watcher->context == nullptr) return;  // hiredis may clean up twice.
    watcher->context = nullptr;
    uv_close(reinterpret_cast<uv_handle_t*>(&watcher->poll),
             [](uv_handle_t* handle) { delete static_cast<Watcher*>(handle->data); });
  }

  static void Connected(const redisAsyncContext* context, int status) {
    if (status != REDIS_OK) return Broken(context, status);
    if (Connection* connection = static_cast<Connection*>(context->data)) connection->listener_->OnConnected();
  }

  // Called while hiredis is freeing the context, and after Cleanup.
  static void Broken(const redisAsyncContext* context, int /*status*/) {
    auto* connection = static_cast<Connection*>(context->data);
    if (connection == nullptr) return;
    connection->watcher_->connection = nullptr;
    connection->watcher_ = nullptr;
    const std::string why = context->c.err != 0 ? context->c.errstr : "closed";
    // hiredis may call twice (a failed try to connect); once is enough.
    const_cast<redisAsyncContext*>(context)->data = nullptr;
    connection->listener_->OnBroken(why);
  }

  static void Answered(redisAsyncContext* context, void* reply, void* /*data*/) {
    auto* connection = static_cast<Connection*>(context->data);
    // Without a reply hiredis is freeing the context, and Broken tells it.
    if (connection == nullptr || reply == nullptr) return;
    connection->listener_->OnAnswer(FromHiredis(*static_cast<redisReply*>(reply)));
  }
};

// hiredis resolves names by a call that blocks, so it is only given numbers.
struct Connection::Resolution {
  uv_getaddrinfo_t request;
  Connection* connection;  // Null if it was destroyed meanwhile.
  int port;
  int attempt;

  static std::string Pick(const addrinfo* addresses, int attempt) {
    std::vector<std::string> hosts;
    for (const addrinfo* address = addresses; address != nullptr; address = address->ai_next) {
      char host[NI_MAXHOST];
      if (getnameinfo(address->ai_addr, address->ai_addrlen, host, sizeof(host), nullptr, 0, NI_NUMERICHOST) == 0) {
        hosts.emplace_back(host);
      }
    }
    return hosts.empty() ? "" : hosts[attempt % hosts.size()];
  }

  static void Done(uv_getaddrinfo_t* request, int status, addrinfo* addresses) {
    const std::unique_ptr<Resolution> self(static_cast<Resolution*>(request->data));
    const std::string host = status == 0 ? Pick(addresses, self->attempt) : "";
    uv_freeaddrinfo(addresses);
    Connection* connection = self->connection;
    if (connection == nullptr) return;
    connection->resolution_ = nullptr;
    if (host.empty()) {
      return connection->listener_->OnBroken(
          absl::StrCat("the host's name cannot be resolved: ", status == 0 ? "no address" : uv_strerror(status)));
    }
    const absl::Status attached = connection->Attach(redisAsyncConnect(host.c_str(), self->port));
    if (!attached.ok()) connection->listener_->OnBroken(std::string(attached.message()));
  }
};

Connection::~Connection() {
  if (resolution_ != nullptr) {
    resolution_->connection = nullptr;
    uv_cancel(reinterpret_cast<uv_req_t*>(&resolution_->request));
  }
  if (watcher_ == nullptr) return;
  watcher_->connection = nullptr;
  redisAsyncContext* context = watcher_->context;
  context->data = nullptr;
  // Inside one of its own callbacks hiredis does this when that has returned.
  redisAsyncFree(context);
}

absl::Status Connection::Open(const Address& address, int attempt) {
  if (!address.unix_socket.empty()) return Attach(redisAsyncConnectUnix(address.unix_socket.c_str()));
  sockaddr_in v4;
  sockaddr_in6 v6;
  if (uv_ip4_addr(address.host.c_str(), address.port, &v4) == 0 ||
      uv_ip6_addr(address.host.c_str(), address.port, &v6) == 0) {
    return Attach(redisAsyncConnect(address.host.c_str(), address.port));
  }
  return Resolve(address.host, address.port, attempt);
}

absl::Status Connection::Resolve(const std::string& host, int port, int attempt) {
  resolution_ = new Resolution{{}, this, port, attempt};
  resolution_->request.data = resolution_;
  addrinfo hints = {};
  hints.ai_family = AF_UNSPEC;
  hints.ai_socktype = SOCK_STREAM;
  const int error = uv_getaddrinfo(loop_, &resolution_->request, Resolution::Done, host.c_str(), nullptr, &hints);
  if (error == 0) return absl::OkStatus();
  delete std::exchange(resolution_, nullptr);
  return absl::UnavailableError(uv_strerror(error));
}

absl::Status Connection::Attach(void* opened) {
  auto* context = static_cast<redisAsyncContext*>(opened);
  if (context == nullptr) return absl::UnavailableError("out of memory");
  if (context->err != 0) {
    absl::Status status = absl::UnavailableError(context->errstr);
    redisAsyncFree(context);
    return status;
  }
  auto* watcher = new Watcher;
  if (const int error = uv_poll_init(loop_, &watcher->poll, context->c.fd); error != 0) {
    delete watcher;
    redisAsyncFree(context);
    return absl::UnavailableError(uv_strerror(error));
  }
  watcher->poll.data = watcher;
  watcher->context = context;
  watcher->connection = this;
  watcher_ = watcher;
  context->data = this;
  context->ev.data = watcher;
  context->ev.addRead = Hooks::AddRead;
  context->ev.delRead = Hooks::DelRead;
  context->ev.addWrite = Hooks::AddWrite;
  context->ev.delWrite = Hooks::DelWrite;
  context->ev.cleanup = Hooks::Cleanup;
  redisAsyncSetConnectCallback(context, Hooks::Connected);
  redisAsyncSetDisconnectCallback(context, Hooks::Broken);
  return absl::OkStatus();
}

bool Connection::Append(const std::vector<absl::string_view>& arguments) {
  if (watcher_ == nullptr) return false;
  argument_data_.clear();
  argument_sizes_.clear();
  for (absl::string_view argument : arguments) {
    argument_data_.push_back(argument.data());
    argument_sizes_.push_back(argument.size());
  }
  return redisAsyncCommandArgv(watcher_->context, Hooks::Answered, nullptr, static_cast<int>(arguments.size()),
                               argument_data_.data(), argument_sizes_.data()) == REDIS_OK;
}

void Connection::Flush() {
  // Already waiting until the kernel takes more: OnWritten will come.
  if (watcher_ == nullptr || (watcher_->wanted & UV_WRITABLE)) return;
  watcher_->Work(redisAsyncHandleWrite);
  // Nothing of this object from here on: it may be gone.
}

int64_t Connection::unwritten() const {
  return watcher_ == nullptr ? 0 : static_cast<int64_t>(sdslen(watcher_->context->c.obuf));
}

}  // namespace concord::redis
