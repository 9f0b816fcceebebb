// A method as data.
#ifndef COMMON_RPC_METHOD_H_
#define COMMON_RPC_METHOD_H_

#include <functional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/ledger/snapshot.h"
#include "common/rpc/change.h"
#include "common/rpc/context.h"
#include "common/rpc/reply.h"
#include "common/rpc/watch_stream.h"
#include "common/status/error.h"
#include "google/protobuf/message.h"

namespace concord::rpc {

// A message stream's reader. Called from any one thread at a time.
class ReplyStream {
 public:
  virtual ~ReplyStream() = default;
  // False once nobody listens any more: stop working.
  virtual bool Write(const Reply& reply) = 0;
};

// Handlers are pure functions: no I/O, no clock but the context's, no state of their own.
// They are called from many threads at once.
struct Method {
  using Request = google::protobuf::Message;

  std::string name;                    // As in the service's proto, "GetAction".
  const Request* prototype = nullptr;  // Of the request.

  // Rules about the request alone; the annotations of its schema are checked anyway. All that is wrong is told at
  // once, so it must cope with requests that break any other rule.
  std::function<void(const Request&, Violations&)> validate;

  // The name of the resource that the call is about; decides which scope is brought
  // forward first. Empty, or absent: none.
  std::function<std::string(const Request&)> about;

  // Exactly one of these.
  std::function<absl::StatusOr<Reply>(const Request&, Context&)> read;
  std::function<absl::StatusOr<Change>(const Request&, Context&)> write;
  // Long work that waits for the store itself; runs on a background thread.
  std::function<absl::StatusOr<Reply>(const Request&, const CallFacts&)> work;
  // The same with an answer in pieces.
  std::function<absl::Status(const Request&, const CallFacts&, ReplyStream&)> stream;

  // Of a write whose answer consists of several resources: the field of the response that holds them, which has
  // no other. 0: the answer is the one resource itself.
  int rows_field = 0;

  // What to do once the call has left the engine, which is begun then and returns at once.
  using BeginWatch = std::function<absl::Status(WatchOpening)>;
  // An answer without an end. Decided like a read; then it lives on outside of the engine, is not counted as a
  // call under way, and no drain waits for it.
  std::function<absl::StatusOr<BeginWatch>(const Request&, Context&)> watch;

  // Of a read: its answer depends on nothing but the request, the day, the caller and the
  // states it looked at, and is worth keeping while they stay the same.
  bool memoize = false;

  // Of a read: it reckons for long, whatever it reads. It runs on a thread for such from the beginning, unless its
  // answer has been kept.
  bool lasting = false;
};

// Makes a method with a typed handler.
template <typename RequestMessage>
Method ReadMethod(std::string name, std::function<absl::StatusOr<Reply>(const RequestMessage&, Context&)> handler) {
  Method method;
  method.name = std::move(name);
  method.prototype = &RequestMessage::default_instance();
  method.read = [handler = std::move(handler)](const Method::Request& request, Context& context) {
    return handler(static_cast<const RequestMessage&>(request), context);
  };
  return method;
}

template <typename RequestMessage>
Method WriteMethod(std::string name, std::function<absl::StatusOr<Change>(const RequestMessage&, Context&)> handler) {
  Method method;
  method.name = std::move(name);
  method.prototype = &RequestMessage::default_instance();
  method.write = [handler = std::move(handler)](const Method::Request& request, Context& context) {
    return handler(static_cast<const RequestMessage&>(request), context);
  };
  return method;
}

}  // namespace concord::rpc

#endif  // COMMON_RPC_METHOD_H_
