// All views of a program.
#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "common/ledger/ledger_fixture.h"
#include "common/ledger/views.h"
#include "gtest/gtest.h"
#include "tests/support/redis_server.h"

namespace concord::ledger {
namespace {

class QuietSubscriber : public Subscriber {
 public:
  void OnEvent(const Event&, const SnapshotPtr&) override {}
  void OnDiverged() override {}
};

class ViewsTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite() { server_ = std::move(*testing::RedisServer::Start()).release(); }
  static void TearDownTestSuite() { delete server_; }

  static testing::RedisServer* server_;
  const std::string scope_ = ::testing::UnitTest::GetInstance()->current_test_info()->name();
  Program program_{server_->address()};
  Program other_{server_->address()};
  Views views_{[this](absl::string_view) { return program_.kinds().all(); }, program_.parts(), 3};
  const absl::Time start_ = absl::UnixEpoch();

  // Loads the scope, which gets a resource, and lets go of its view.
  void Use(const std::string& scope, absl::Time now) {
    const SnapshotPtr nothing = other_.Nothing(scope);
    ASSERT_TRUE(other_.Send(Write(nothing).Put("a", "").commit()).ok());
    const std::shared_ptr<View> view = views_.Get(scope, now);
    ASSERT_TRUE(program_.Fence(view).ok());
    // The answer's own hold on the view goes just after the answer.
    ASSERT_TRUE(Until([&] { return view.use_count() == 2; }));
  }
};
testing::RedisServer* ViewsTest::server_ = nullptr;

TEST_F(ViewsTest, GiveTheSameViewToAll) {
  EXPECT_EQ(views_.Get("s", start_), views_.Get("s", start_));
  EXPECT_NE(views_.Get("s", start_), views_.Get("t", start_));
}

TEST_F(ViewsTest, DropTheOneUsedLongestAgo) {
  for (int i = 0; i < 3; ++i) Use(absl::StrCat(scope_, i), start_ + absl::Seconds(i));
  Use(absl::StrCat(scope_, 0), start_ + absl::Seconds(3));
  Use(absl::StrCat(scope_, 3), start_ + absl::Seconds(4));
  std::vector<std::string> kept;
  for (const auto& view : views_.All()) kept.push_back(view->scope());
  std::sort(kept.begin(), kept.end());
  EXPECT_EQ(kept, (std::vector<std::string>{scope_ + "0", scope_ + "2", scope_ + "3"}));
  EXPECT_EQ(views_.statistics().loads, 4u) << "those of dropped views count on";
}

TEST_F(ViewsTest, DropIdleOnesAndThoseOfScopesThatDoNotExist) {
  Use(scope_ + "old", start_);
  Use(scope_ + "new", start_ + absl::Minutes(1));
  ASSERT_TRUE(program_.Fence(views_.Get(scope_ + "nothing", start_ + absl::Minutes(1))).ok());
  EXPECT_TRUE(Until([&] {
    views_.DropIdle(start_ + absl::Seconds(30));
    return views_.All().size() == 1;
  }));
  EXPECT_EQ(views_.All()[0]->scope(), scope_ + "new");
}

TEST_F(ViewsTest, DropNoneThatSomebodyIsAboutToSubscribeTo) {
  const std::shared_ptr<View> view = views_.Get(scope_, start_);
  ASSERT_TRUE(program_.Fence(view).ok());
  ASSERT_TRUE(Until([&] { return !view->busy(); }));
  views_.DropIdle(absl::InfiniteFuture());
  for (int i = 0; i < 5; ++i) Use(absl::StrCat(scope_, i), start_ + absl::Seconds(1));
  ASSERT_TRUE(view->Subscribe(std::make_shared<QuietSubscriber>()).ok());
  EXPECT_EQ(views_.Get(scope_, start_), view) << "nobody would tell the subscriber";
}

}  // namespace
}  // namespace concord::ledger
