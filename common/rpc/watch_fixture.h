// Watchers without gRPC: what the tests of watches share.
#ifndef COMMON_RPC_WATCH_FIXTURE_H_
#define COMMON_RPC_WATCH_FIXTURE_H_

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "common/rpc/engine_fixture.h"
#include "common/rpc/watch_hub.h"
#include "common/rpc/watch_methods.h"
#include "concord/ledger/v1/ledger_service.pb.h"

namespace concord::rpc {

using ledger::v1::WatchResourcesRequest;
using ledger::v1::WatchResourcesResponse;

// A caller who takes messages on a thread of his own, as fast as he can, unless he is told to stop.
class TestWatcher : public WatchOutlet {
 public:
  TestWatcher() : taking_([this] { Take(); }) {}
  // Goes away, then waits until the watch has told its end.
  ~TestWatcher() override {
    Leave();
    EXPECT_TRUE(WaitFor([this]() ABSL_NO_THREAD_SAFETY_ANALYSIS { return ended_ || source_ == nullptr; }))
        << "the watch did not end";
    {
      absl::MutexLock lock(&mutex_);
      over_ = true;
    }
    taking_.join();
  }

  // Calls WatchResources.
  void Watch(Engine& engine, const WatchResourcesRequest& request) {
    Invocation invocation;
    invocation.method = "concord.ledger.v1.LedgerService/WatchResources";
    const std::string bytes = request.SerializeAsString();
    invocation.parse = [bytes](google::protobuf::Message& message) { return message.ParseFromString(bytes); };
    invocation.metadata = [](absl::string_view) -> absl::optional<std::string> { return absl::nullopt; };
    invocation.outlet = this;
    invocation.done = [this](const absl::StatusOr<Reply>& reply, const std::string& /*trace_id*/) {
      absl::MutexLock lock(&mutex_);
      EXPECT_FALSE(ended_) << "the end came twice";
      EXPECT_FALSE(writing_) << "the end came while a message was on its way";
      ended_ = true;
      status_ = reply.status();
    };
    engine.Handle(std::move(invocation));
  }

  void Stop() { SetStopped(true); }  // Takes nothing any more.
  void GoOn() { SetStopped(false); }
  void Leave() {
    std::shared_ptr<WatchSource> source;
    {
      absl::MutexLock lock(&mutex_);
      gone_ = true;
      source = source_;
    }
    if (source != nullptr) source->OnGone();
  }

  // Waits until the messages satisfy a condition; false after 20 s.
  bool WaitUntil(const std::function<bool(const std::vector<WatchResourcesResponse>&)>& holds) {
    return WaitFor([this, &holds]() ABSL_NO_THREAD_SAFETY_ANALYSIS { return holds(messages_); });
  }
  // Waits for the end, and says how it was.
  absl::Status End() {
    EXPECT_TRUE(WaitFor([this]() ABSL_NO_THREAD_SAFETY_ANALYSIS { return ended_; })) << "the watch does not end";
    absl::MutexLock lock(&mutex_);
    return status_;
  }
  bool ended() const {
    absl::MutexLock lock(&mutex_);
    return ended_;
  }
  std::vector<WatchResourcesResponse> messages() const {
    absl::MutexLock lock(&mutex_);
    return messages_;
  }
  std::string token() const {
    absl::MutexLock lock(&mutex_);
    return messages_.empty() ? "" : messages_.back().resume_token();
  }

  void Attach(std::shared_ptr<WatchSource> source) override {
    absl::MutexLock lock(&mutex_);
    source_ = std::move(source);
  }
  void Write(const Reply& message, bool /*more*/) override {
    WatchResourcesResponse parsed;
    EXPECT_TRUE(parsed.ParseFromString(*message));
    absl::MutexLock lock(&mutex_);
    EXPECT_FALSE(writing_) << "two messages at once";
    EXPECT_FALSE(ended_) << "a message after the end";
    writing_ = true;
    next_ = std::move(parsed);
  }
  void Abort() override {
    absl::MutexLock lock(&mutex_);
    gone_ = true;
  }

 private:
  bool WaitFor(const std::function<bool()>& holds) {
    absl::MutexLock lock(&mutex_);
    return mutex_.AwaitWithTimeout(absl::Condition(&holds), absl::Seconds(20));
  }
  void SetStopped(bool stopped) {
    absl::MutexLock lock(&mutex_);
    stopped_ = stopped;
  }
  void Take() {
    while (true) {
      std::shared_ptr<WatchSource> source;
      bool taken = false;
      {
        absl::MutexLock lock(&mutex_);
        const auto something = [this]() ABSL_SHARED_LOCKS_REQUIRED(mutex_) {
          return over_ || (writing_ && (!stopped_ || gone_));
        };
        mutex_.Await(absl::Condition(&something));
        if (over_) return;
        taken = !gone_;
        if (taken) messages_.push_back(std::move(next_));
        writing_ = false;
        source = source_;
      }
      source->OnWritten(taken);
    }
  }

  mutable absl::Mutex mutex_;
  std::shared_ptr<WatchSource> source_ ABSL_GUARDED_BY(mutex_);
  std::vector<WatchResourcesResponse> messages_ ABSL_GUARDED_BY(mutex_);
  WatchResourcesResponse next_ ABSL_GUARDED_BY(mutex_);
  bool writing_ ABSL_GUARDED_BY(mutex_) = false;
  bool stopped_ ABSL_GUARDED_BY(mutex_) = false;
  bool gone_ ABSL_GUARDED_BY(mutex_) = false;
  bool ended_ ABSL_GUARDED_BY(mutex_) = false;
  bool over_ ABSL_GUARDED_BY(mutex_) = false;
  absl::Status status_ ABSL_GUARDED_BY(mutex_);
  std::thread taking_;
};

// What a caller knows who has received these messages: name to the bytes of the resource, and each revision once.
class Knowledge {
 public:
  void Take(const std::vector<WatchResourcesResponse>& messages) {
    for (const WatchResourcesResponse& message : messages) Take(message);
  }
  void Take(const WatchResourcesResponse& message) {
    const int64_t revision = message.revision().revision();
    const bool change = complete && !message.resources().empty();
    EXPECT_GE(revision, reached) << "revisions go back";
    if (change) {
      EXPECT_GT(revision, reached) << "a change came twice, or after what follows it";
      changes.push_back(revision);
    }
    reached = revision;
    if (message.end_of_state()) {
      EXPECT_FALSE(complete) << "the state ends twice";
      complete = true;
    }
    for (const auto& row : message.resources()) {
      if (!complete) EXPECT_LT(last_of_state, row.name()) << "the state is not in the order of names";
      if (!complete) last_of_state = row.name();
      if (row.has_resource()) {
        resources[row.name()] = row.resource().value();
      } else {
        EXPECT_EQ(resources.erase(row.name()), 1u) << row.name() << " went, but never was";
      }
    }
  }

  std::map<std::string, std::string> resources;
  std::vector<int64_t> changes;  // The revisions that changed something.
  std::string last_of_state;
  int64_t reached = 0;
  bool complete = false;
};

// A program that can be watched.
class WatchedProgram {
 public:
  WatchedProgram(const std::string& address, const WatchOptions& options,
                 absl::Duration store_timeout = absl::Seconds(10))
      : program_(address, EngineOptions(), store_timeout),
        tokens_(TestSealer()),
        hub_(program_.engine().parts(), &tokens_, options) {
    AddWatchMethod(program_.engine(), &hub_);
  }
  TestProgram& operator*() { return program_; }
  TestProgram* operator->() { return &program_; }
  WatchHub& hub() { return hub_; }

 private:
  TestProgram program_;
  const WatchTokens tokens_;
  WatchHub hub_;
};

}  // namespace concord::rpc

#endif  // COMMON_RPC_WATCH_FIXTURE_H_
