#include <memory>
#include <string>
#include <utility>

#include "common/ledger/follower.h"
#include "common/ledger/ledger_fixture.h"
#include "common/ledger/views.h"
#include "gtest/gtest.h"
#include "tests/support/redis_server.h"

namespace concord::ledger {
namespace {

class Counter : public Subscriber {
 public:
  void OnEvent(const Event& event, const SnapshotPtr&) override { revision_ = event.revision; }
  void OnDiverged() override {}
  int64_t revision() const { return revision_; }

 private:
  std::atomic<int64_t> revision_{0};
};

class FollowerTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite() { server_ = std::move(*testing::RedisServer::Start()).release(); }
  static void TearDownTestSuite() { delete server_; }

  void SetUp() override { Start(); }

  void Start() {
    redis::ClientOptions options;
    options.address = *redis::ParseAddress(server_->address());
    follower_client_ = *redis::Client::Create(&program_.loop(), options);
    follower_ = std::make_unique<Follower>(follower_client_.get(), &program_.loop(), &views_);
  }

  void Stop() {
    follower_client_->Close();
    follower_.reset();
    follower_client_.reset();
  }

  std::shared_ptr<Counter> Watch(const std::string& scope) {
    const std::shared_ptr<View> view = views_.Get(scope, absl::UnixEpoch());
    EXPECT_TRUE(program_.Fence(view).ok());
    auto counter = std::make_shared<Counter>();
    EXPECT_TRUE(view->Subscribe(counter).ok());
    return counter;
  }

  static testing::RedisServer* server_;
  const std::string scope_ = ::testing::UnitTest::GetInstance()->current_test_info()->name();
  Program program_{server_->address()};
  Program other_{server_->address()};
  Views views_{[this](absl::string_view) { return program_.kinds().all(); }, program_.parts(), 100};
  std::unique_ptr<redis::Client> follower_client_;
  std::unique_ptr<Follower> follower_;
};
testing::RedisServer* FollowerTest::server_ = nullptr;

TEST_F(FollowerTest, TellsWatchersOfWhatOthersCommit) {
  const auto counter = Watch(scope_);
  const auto quiet = Watch(scope_ + "-quiet");
  SnapshotPtr seen = other_.Nothing(scope_);
  for (int64_t i = 1; i <= 20; ++i) {
    seen = Must(other_, seen, Write(seen).Put("a", absl::StrCat(i)));
    ASSERT_TRUE(Until([&] { return counter->revision() == i; })) << i;
  }
  EXPECT_EQ(quiet->revision(), 0);
  Stop();
}

TEST_F(FollowerTest, FollowsSeveralScopesOverSegmentBoundaries) {
  WriteMany(other_, scope_, 4095);
  const auto first = Watch(scope_);
  const auto second = Watch(scope_ + "-2");
  WriteMany(other_, scope_, 1000, 4096);
  WriteMany(other_, scope_ + "-2", 700);
  EXPECT_TRUE(Until([&] { return first->revision() == 5095 && second->revision() == 700; }));
  Stop();
}

TEST_F(FollowerTest, LooksAtNothingThatNobodyWatches) {
  ASSERT_TRUE(program_.Fence(views_.Get(scope_, absl::UnixEpoch())).ok());
  const uint64_t fences = views_.statistics().fences;
  const auto counter = Watch(scope_ + "-watched");
  WriteMany(other_, scope_, 5);
  WriteMany(other_, scope_ + "-watched", 5);
  EXPECT_TRUE(Until([&] { return counter->revision() == 5; }));
  EXPECT_EQ(views_.Get(scope_, absl::UnixEpoch())->Peek()->position().revision, 0);
  EXPECT_GT(views_.statistics().fences, fences);
  Stop();
}

TEST_F(FollowerTest, StopsAtOnceAndCanBeStartedAgain) {
  const auto counter = Watch(scope_);
  for (int i = 1; i <= 5; ++i) {
    Stop();
    Start();
    WriteMany(other_, scope_, 1, i);
    EXPECT_TRUE(Until([&] { return counter->revision() == i; }));
  }
  Stop();
}

TEST_F(FollowerTest, DoesNotSpinWhileTheViewsCannotComeForward) {
  Program cut_off(server_->address());
  Views views([&](absl::string_view) { return program_.kinds().all(); }, cut_off.parts(), 10);
  const std::shared_ptr<View> view = views.Get(scope_, absl::UnixEpoch());
  ASSERT_TRUE(cut_off.Fence(view).ok());
  ASSERT_TRUE(view->Subscribe(std::make_shared<Counter>()).ok());
  redis::ClientOptions options;
  options.address = *redis::ParseAddress(server_->address());
  const auto client = *redis::Client::Create(&program_.loop(), options);
  auto follower = std::make_unique<Follower>(client.get(), &program_.loop(), &views);
  cut_off.client().Close();
  WriteMany(other_, scope_, 3);
  const uint64_t before = client->statistics().batches;
  EXPECT_FALSE(Until([&] { return client->statistics().batches > before + 20; }, absl::Milliseconds(300)));
  EXPECT_TRUE(Until([&] { return client->statistics().batches > before + 3; })) << "but it goes on trying";
  client->Close();
  follower.reset();
  Stop();
}

}  // namespace
}  // namespace concord::ledger
