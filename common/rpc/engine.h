// What all calls of a program share.
#ifndef COMMON_RPC_ENGINE_H_
#define COMMON_RPC_ENGINE_H_

#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "common/ledger/as_of.h"
#include "common/ledger/background.h"
#include "common/ledger/store.h"
#include "common/ledger/views.h"
#include "common/rpc/access.h"
#include "common/rpc/clock.h"
#include "common/rpc/memo.h"
#include "common/rpc/method.h"
#include "common/rpc/resource_type.h"
#include "common/rpc/stamper.h"

namespace concord::rpc {

// All must outlive the engine.
struct EngineParts {
  ledger::Store* store = nullptr;
  ledger::Views* views = nullptr;
  ledger::AsOf* as_of = nullptr;
  ledger::Background* background = nullptr;  // For methods that are long work.
  ledger::Background* handling = nullptr;    // For handlers that turn out to be long.
  const ResourceTypes* types = nullptr;
  const AccessPolicy* access = nullptr;
  const EtagStamper* stamper = nullptr;
  const Clock* clock = nullptr;
};

struct EngineOptions {
  int calls_limit = 10'000;              // Under way at once; one more is refused.
  size_t request_bytes_limit = 1 << 20;  // Of one request.
  size_t memo_bytes_limit = 32 << 20;
  // A handler that visits rows for longer than this begins again on a thread for such.
  absl::Duration handling_limit = absl::Microseconds(500);
  absl::Duration retry_delay = absl::Milliseconds(200);  // Told to those who are refused.
};

// A call that has ended, for metrics and logs.
struct CallRecord {
  const std::string& method;  // Full name.
  const absl::Status& status;
  absl::Duration duration;
  const std::string& principal;
  const std::string& trace_id;
  int attempts = 1;  // How often the handler ran.
};

// One call as the transport hands it over.
struct Invocation {
  std::string method;  // Full name, "concord.action.v1.ActionService/GetAction".
  TransportMetadata metadata;
  absl::optional<Caller> caller;  // Who has been authenticated before; absent: the metadata say who calls.
  absl::Time deadline = absl::InfiniteFuture();
  size_t request_bytes = 0;
  std::function<bool(google::protobuf::Message&)> parse;  // Reads the request into the message.
  std::function<bool()> cancelled;  // Whether the caller has gone away. Not asked any more once `done` is called.
  ReplyStream* stream = nullptr;    // For methods that answer in pieces; outlives the call.
  WatchOutlet* outlet = nullptr;    // For watches; until `done` is called.
  // Called exactly once, on any thread, with the trace id under which a failure is logged. A
  // stream ends with OK and no reply.
  std::function<void(absl::StatusOr<Reply>, const std::string& trace_id)> done;
};

// Thread-safe once it serves. It must outlive all calls: Drain first.
class Engine {
 public:
  Engine(EngineParts parts, EngineOptions options);

  // Before the first call.
  void Add(const std::string& service, Method method);
  void Observe(std::function<void(const CallRecord&)> observer) { observer_ = std::move(observer); }

  // The method of this full name; null if there is none.
  const Method* Find(const std::string& full_name) const;

  // The full names of all methods.
  std::vector<std::string> MethodNames() const;

  void Handle(Invocation invocation);

  // While it is not ready, new calls are refused with STORE_UNAVAILABLE. Ready at first.
  void SetReady(bool ready);

  // From now on new calls are refused with SHUTTING_DOWN; waits until those under way have ended, at
  // most until `limit` has passed. Whether all have.
  bool Drain(absl::Duration limit);

  // Calls that have been admitted and not answered.
  int calls() const;

  const EngineParts& parts() const { return parts_; }
  const EngineOptions& options() const { return options_; }
  Memo& memo() { return memo_; }

 private:
  friend class Call;
  // Of a call that is admitted: its place is free from its answer on, but Drain waits until it lets go of the engine.
  absl::Status Enter();
  absl::Status Overloaded() const;  // Of a call for which no thread is free.
  void FreePlace();
  void Ended();
  void Leave(const CallRecord& record);

  const EngineParts parts_;
  const EngineOptions options_;
  std::function<void(const CallRecord&)> observer_;
  absl::flat_hash_map<std::string, std::unique_ptr<Method>> methods_;
  Memo memo_;
  mutable absl::Mutex mutex_;
  int calls_ ABSL_GUARDED_BY(mutex_) = 0;
  int not_ended_ ABSL_GUARDED_BY(mutex_) = 0;
  bool ready_ ABSL_GUARDED_BY(mutex_) = true;
  bool draining_ ABSL_GUARDED_BY(mutex_) = false;
};

}  // namespace concord::rpc

#endif  // COMMON_RPC_ENGINE_H_
