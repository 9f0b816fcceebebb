// What the tests of views share.
#ifndef COMMON_LEDGER_VIEW_FIXTURE_H_
#define COMMON_LEDGER_VIEW_FIXTURE_H_

#include <atomic>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/synchronization/mutex.h"
#include "common/ledger/ledger_fixture.h"
#include "common/ledger/view.h"
#include "gtest/gtest.h"
#include "tests/support/redis_server.h"

namespace concord::ledger {

class ViewTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite() { server_ = std::move(*testing::RedisServer::Start()).release(); }
  static void TearDownTestSuite() { delete server_; }

  void SetUp() override {
    seen_ = other_.Nothing(scope_);
    view_ = program_.NewView(scope_);
  }

  // By the other program.
  void Commit(Write write) { seen_ = Must(other_, seen_, write); }

  SnapshotPtr Fence() {
    auto snapshot = program_.Fence(view_);
    EXPECT_TRUE(snapshot.ok()) << snapshot.status();
    return snapshot.ok() ? *snapshot : program_.Nothing(scope_);
  }

  inline static testing::RedisServer* server_ = nullptr;
  const std::string scope_ = ::testing::UnitTest::GetInstance()->current_test_info()->name();
  Program program_{server_->address()};
  Program other_{server_->address()};
  SnapshotPtr seen_;
  std::shared_ptr<View> view_;
};

// Writes down what it is told.
class Recorder : public Subscriber {
 public:
  void OnEvent(const Event& event, const SnapshotPtr& after) override {
    absl::MutexLock lock(&mutex_);
    EXPECT_EQ(after->position().revision, event.revision);
    EXPECT_EQ(after->position().digest, event.digest);
    revisions_.push_back(event.revision);
  }
  void OnDiverged() override { ++divergences_; }

  std::vector<int64_t> revisions() {
    absl::MutexLock lock(&mutex_);
    return revisions_;
  }
  int divergences() const { return divergences_; }

 private:
  absl::Mutex mutex_;
  std::vector<int64_t> revisions_;
  std::atomic<int> divergences_{0};
};

}  // namespace concord::ledger

#endif  // COMMON_LEDGER_VIEW_FIXTURE_H_
