// What the tests of the client share.
#ifndef COMMON_REDIS_CLIENT_FIXTURE_H_
#define COMMON_REDIS_CLIENT_FIXTURE_H_

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/synchronization/mutex.h"
#include "common/redis/client.h"
#include "common/redis/loop.h"
#include "gtest/gtest.h"
#include "tests/support/redis_server.h"

namespace concord::redis {

// Long enough for a slow machine; reached only when something is broken.
inline constexpr absl::Duration kLimit = absl::Seconds(20);

// Hands out callbacks, and keeps what each was called with and how often.
class Outcomes {
 public:
  explicit Outcomes(size_t count)
      : count_(count), calls_(count, 0), results_(count, absl::UnknownError("not called")) {}

  BatchCallback At(size_t index) {
    return [this, index](absl::StatusOr<std::vector<Reply>> result) {
      absl::MutexLock lock(&mutex_);
      ++calls_[index];
      ++total_;
      order_.push_back(index);
      results_[index] = std::move(result);
    };
  }

  // Whether `count` calls came before the limit.
  bool WaitFor(size_t count) {
    absl::MutexLock lock(&mutex_);
    const auto reached = [this, count]() ABSL_SHARED_LOCKS_REQUIRED(mutex_) { return total_ >= count; };
    return mutex_.AwaitWithTimeout(absl::Condition(&reached), kLimit);
  }
  bool WaitForAll() { return WaitFor(count_); }

  bool EachCalledOnce() const {
    absl::MutexLock lock(&mutex_);
    for (int calls : calls_) {
      if (calls != 1) return false;
    }
    return true;
  }
  size_t total() const {
    absl::MutexLock lock(&mutex_);
    return total_;
  }
  std::vector<size_t> order() const {
    absl::MutexLock lock(&mutex_);
    return order_;
  }
  absl::StatusOr<std::vector<Reply>> result(size_t index) const {
    absl::MutexLock lock(&mutex_);
    return results_[index];
  }
  absl::StatusCode code(size_t index) const { return result(index).status().code(); }

 private:
  const size_t count_;
  mutable absl::Mutex mutex_;
  std::vector<int> calls_ ABSL_GUARDED_BY(mutex_);
  std::vector<size_t> order_ ABSL_GUARDED_BY(mutex_);
  std::vector<absl::StatusOr<std::vector<Reply>>> results_ ABSL_GUARDED_BY(mutex_);
  size_t total_ ABSL_GUARDED_BY(mutex_) = 0;
};

// A server, a loop, and clients of them.
class ClientTest : public ::testing::Test {
 protected:
  void SetUp() override {
    absl::StatusOr<std::unique_ptr<Loop>> loop = Loop::Create();
    ASSERT_TRUE(loop.ok()) << loop.status();
    loop_ = *std::move(loop);
    absl::StatusOr<std::unique_ptr<concord::testing::RedisServer>> server = concord::testing::RedisServer::Start();
    ASSERT_TRUE(server.ok()) << server.status();
    server_ = *std::move(server);
  }

  ClientOptions Options() const { return {.address = *ParseAddress(server_->address())}; }

  std::unique_ptr<Client> MakeClient(ClientOptions options) {
    absl::StatusOr<std::unique_ptr<Client>> client = Client::Create(loop_.get(), std::move(options));
    EXPECT_TRUE(client.ok()) << client.status();
    return client.ok() ? *std::move(client) : nullptr;
  }
  std::unique_ptr<Client> MakeClient() { return MakeClient(Options()); }

  // The only reply to one command, which must succeed.
  static Reply Ask(Client& client, Command command, absl::Duration timeout = kLimit) {
    absl::StatusOr<std::vector<Reply>> replies =
        SendAndWait(client, {.commands = {std::move(command)}, .routing_key = "", .timeout = timeout});
    EXPECT_TRUE(replies.ok()) << replies.status();
    return replies.ok() ? replies->at(0) : Reply();
  }

  std::unique_ptr<Loop> loop_;
  std::unique_ptr<concord::testing::RedisServer> server_;
};

}  // namespace concord::redis

#endif  // COMMON_REDIS_CLIENT_FIXTURE_H_
