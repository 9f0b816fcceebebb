// Views whose scope is replaced, or damaged, behind their back.
#include <memory>
#include <string>
#include <vector>

#include "common/ledger/view_fixture.h"
#include "gtest/gtest.h"

namespace concord::ledger {
namespace {

// Each of these replaces what the view knows behind its back.
class ReplacedViewTest : public ViewTest {
 protected:
  void SetUp() override {
    ViewTest::SetUp();
    for (int i = 0; i < 3; ++i) Commit(Write(seen_).Put("a", "of the first life", absl::StrCat(i)));
    Fence();
    recorder_ = std::make_shared<Recorder>();
    ASSERT_TRUE(view_->Subscribe(recorder_).ok());
  }

  void Replace() {
    other_.Raw({"FLUSHALL"});
    seen_ = other_.Nothing(scope_);
  }

  void ExpectOneDivergence() {
    EXPECT_EQ(Print(*Fence()), Print(*seen_));
    EXPECT_EQ(view_->statistics().divergences, 1u);
    EXPECT_EQ(view_->statistics().loads, 2u);
    EXPECT_EQ(recorder_->divergences(), 1);
    EXPECT_EQ(recorder_->revisions(), std::vector<int64_t>());
    EXPECT_FALSE(view_->subscribed());
    Commit(Write(seen_).Put("b", "afterwards"));
    EXPECT_EQ(Print(*Fence()), Print(*seen_));
    EXPECT_EQ(view_->statistics().divergences, 1u);
  }

  std::shared_ptr<Recorder> recorder_;
};

TEST_F(ReplacedViewTest, LoadsAgainWhenTheScopeIsGone) {
  Replace();
  ExpectOneDivergence();
}

TEST_F(ReplacedViewTest, LoadsAgainWhenAShorterHistoryTookItsPlace) {
  Replace();
  Commit(Write(seen_).Put("a", "of the second life"));
  ExpectOneDivergence();
}

TEST_F(ReplacedViewTest, LoadsAgainWhenAHistoryOfEqualLengthTookItsPlace) {
  Replace();
  for (int i = 0; i < 3; ++i) Commit(Write(seen_).Put("a", "of the second life"));
  ExpectOneDivergence();
}

TEST_F(ReplacedViewTest, LoadsAgainWhenALongerHistoryTookItsPlace) {
  Replace();
  for (int i = 0; i < 5; ++i) Commit(Write(seen_).Put("a", "of the second life"));
  ExpectOneDivergence();
}

TEST_F(ReplacedViewTest, LoadsAgainWhenTheEpochIsAnother) {
  other_.Raw({"HSET", absl::StrCat("concord:{", scope_, "}:head"), "epoch", "another"});
  EXPECT_EQ(Fence()->position().epoch, "another");
  EXPECT_EQ(view_->statistics().divergences, 1u);
  EXPECT_EQ(recorder_->divergences(), 1);
}

TEST_F(ReplacedViewTest, LoadsAgainWhenTheHeadHasAnotherDigest) {
  other_.Raw({"HSET", absl::StrCat("concord:{", scope_, "}:head"), "digest", "another"});
  EXPECT_EQ(Fence()->position().digest, "another");
  EXPECT_EQ(view_->statistics().divergences, 1u);
  EXPECT_EQ(recorder_->divergences(), 1);
}

TEST_F(ReplacedViewTest, FailsItsReadersWhenTheChainStaysBroken) {
  // An entry that follows nothing, ahead of the head.
  other_.Raw({"XADD", Store::LogKey(scope_, 4), "4-0", "b", "", "t", "1", "d", "nonsense"});
  for (int i = 0; i < 2; ++i) {
    const auto broken = program_.Fence(view_);
    EXPECT_TRUE(absl::IsDataLoss(broken.status())) << broken.status();
  }
  EXPECT_EQ(view_->statistics().divergences, 6u) << "three tries a read";
  other_.Raw({"XDEL", Store::LogKey(scope_, 4), "4-0"});
  EXPECT_EQ(Print(*Fence()), Print(*seen_)) << "it recovers";
}

TEST_F(ReplacedViewTest, FailsItsReadersWhenARecordIsNotReadable) {
  const std::string state = absl::StrCat("concord:{", scope_, "}:state:items");
  const std::string sound = other_.Raw({"HGET", state, "a"}).text;
  other_.Raw({"HSET", state, "a", "nonsense"});
  const auto broken = program_.Fence(program_.NewView(scope_));
  EXPECT_TRUE(absl::IsDataLoss(broken.status())) << broken.status();
  EXPECT_NE(broken.status().message().find(" a"), absl::string_view::npos) << broken.status();
  EXPECT_TRUE(program_.Fence(view_).ok()) << "who has loaded it before is not harmed";
}

}  // namespace
}  // namespace concord::ledger
