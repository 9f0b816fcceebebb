// What watches send, on a real redis-server, without gRPC.
#include "common/rpc/watch_scene_fixture.h"
#include "concord/rpc/v1/error_reason.pb.h"
#include "gmock/gmock.h"

namespace concord::rpc {
namespace {

using absl::StatusCode;
using action::v1::Action;
using concord::testing::HasReason;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class Watch : public WatchTest {};

TEST_F(Watch, SendsTheStateThenEveryChange) {
  auto program = NewProgram();
  TestWatcher watcher;
  watcher.Watch((*program)->engine(), Of(kPlan));
  ASSERT_TRUE(watcher.WaitUntil(HasEnded));
  Create(*program, "b");
  const int64_t last = Change(*program, "a", "changed");
  ASSERT_TRUE(watcher.WaitUntil(Tells(last)));
  Knowledge knowledge;
  knowledge.Take(watcher.messages());
  EXPECT_TRUE(knowledge.complete);
  EXPECT_THAT(knowledge.changes, ElementsAre(last - 1, last));
  EXPECT_EQ(knowledge.resources, Now());
  Action action;
  ASSERT_TRUE(action.ParseFromString(knowledge.resources[NameOf("a")]));
  EXPECT_EQ(action.title(), "changed");
  EXPECT_NE(action.etag(), "");
  EXPECT_TRUE(action.has_update_time());
}

TEST_F(Watch, SendsWhatOneCommitChangedInOneMessageHoweverItIsRead) {
  auto program = NewProgram();
  TestWatcher live;
  live.Watch((*program)->engine(), Of(kPlan));
  ASSERT_TRUE(live.WaitUntil(HasEnded));
  const std::string token = live.token();
  const int64_t both = CommitByHand(*program, {{"z", "one"}, {"y", "two"}});
  const int64_t gone = CommitByHand(*program, {{"z", ""}, {"y", "three"}});
  Follow(*program);
  ASSERT_TRUE(live.WaitUntil(Tells(gone)));
  // Somebody else, who reads the same from the log.
  auto other = NewProgram();
  TestWatcher late;
  late.Watch((*other)->engine(), Of(kPlan, token));
  ASSERT_TRUE(late.WaitUntil(Tells(gone)));
  std::vector<std::string> told_to;
  for (TestWatcher* watcher : {&live, &late}) {
    Messages told;
    for (const auto& message : watcher->messages()) {
      if (!message.resources().empty() && message.revision().revision() >= both) told.push_back(message);
    }
    ASSERT_THAT(told, SizeIs(2));
    ASSERT_EQ(told[0].resources_size(), 2);
    EXPECT_EQ(told[0].resources(0).name(), NameOf("z")) << "the order of the commit";
    EXPECT_EQ(told[0].resources(1).name(), NameOf("y"));
    ASSERT_EQ(told[1].resources_size(), 2);
    EXPECT_FALSE(told[1].resources(0).has_resource()) << "it is gone for good";
    EXPECT_TRUE(told[1].resources(1).has_resource());
    told_to.push_back(told[0].SerializeAsString() + told[1].SerializeAsString());
  }
  EXPECT_EQ(told_to[0], told_to[1]) << "live and from the log";
}

TEST_F(Watch, IsOfOneResourceAndWhatIsUnderItOrOfSomeCollections) {
  auto program = NewProgram();
  Create(*program, "a-b");
  TestWatcher one;
  TestWatcher plans;
  one.Watch((*program)->engine(), Of(NameOf("a")));
  plans.Watch((*program)->engine(), Of(kPlan, "", {"plans"}));
  ASSERT_TRUE(one.WaitUntil(HasEnded));
  ASSERT_TRUE(plans.WaitUntil(HasEnded));
  Change(*program, "a-b", "beside it");
  const int64_t last = Change(*program, "a", "mine");
  ASSERT_TRUE(one.WaitUntil(Tells(last)));
  Knowledge knowledge;
  knowledge.Take(one.messages());
  EXPECT_THAT(knowledge.resources, SizeIs(1));
  EXPECT_THAT(knowledge.changes, ElementsAre(last));
  Knowledge of_plans;
  of_plans.Take(plans.messages());
  EXPECT_THAT(of_plans.resources, SizeIs(1));
  EXPECT_THAT(of_plans.changes, IsEmpty());
}

TEST_F(Watch, GoesOnInTheMiddleOfTheVeryStateThatWasBeingSent) {
  auto program = NewProgram();
  for (int i = 0; i < 40; ++i) Create(*program, absl::StrCat("big-", i), 250);
  for (int i = 0; i < 12; ++i) {
    std::vector<std::pair<std::string, std::string>> titles;
    for (int j = 0; j < 3; ++j) titles.emplace_back(absl::StrCat("huge-", i, "-", j), std::string(30'000, 'x'));
    CommitByHand(*program, titles);
  }
  const std::map<std::string, std::string> before = Now();
  Knowledge knowledge;
  std::string token;
  {
    TestWatcher watcher;
    watcher.Watch((*program)->engine(), Of(kPlan));
    ASSERT_TRUE(watcher.WaitUntil(HasEnded));
    const Messages messages = watcher.messages();
    ASSERT_GE(messages.size(), 4u) << "the state is sent in pieces";
    for (const auto& message : messages) EXPECT_LT(message.ByteSizeLong(), 400'000u);
    knowledge.Take({messages[0], messages[1]});
    token = messages[1].resume_token();
  }
  const int64_t last = Change(*program, "a", "after the state began");
  // By another replica, which has never had that state.
  auto other = NewProgram();
  TestWatcher watcher;
  watcher.Watch((*other)->engine(), Of(kPlan, token));
  ASSERT_TRUE(watcher.WaitUntil(Tells(last)));
  const Messages messages = watcher.messages();
  Knowledge state = knowledge;
  for (const auto& message : messages) {
    if (!state.complete) state.Take(message);
  }
  EXPECT_EQ(state.resources, before) << "the rest must be of the same state as the beginning";
  knowledge.Take(messages);
  EXPECT_EQ(knowledge.resources, Now());
  EXPECT_THAT(knowledge.changes, ElementsAre(last));
}

TEST_F(Watch, GoesOnAfterMoreChangesThanAnythingKeeps) {
  std::string token;
  Knowledge knowledge;
  {
    auto program = NewProgram();
    TestWatcher watcher;
    watcher.Watch((*program)->engine(), Of(kPlan));
    ASSERT_TRUE(watcher.WaitUntil(HasEnded));
    knowledge.Take(watcher.messages());
    token = watcher.token();
    for (int i = 0; i < 1100; ++i) Change(*program, "a", absl::StrCat(i));
  }
  auto program = NewProgram();
  TestWatcher watcher;
  watcher.Watch((*program)->engine(), Of(kPlan, token));
  const int64_t last = (*program)->Revision(kPlan);
  ASSERT_TRUE(watcher.WaitUntil(Tells(last)));
  const int64_t live = Change(*program, "a", "live");
  ASSERT_TRUE(watcher.WaitUntil(Tells(live)));
  knowledge.Take(watcher.messages());
  EXPECT_THAT(knowledge.changes, SizeIs(1101));
  EXPECT_EQ(knowledge.resources, Now());
}

TEST_F(Watch, ShowsNothingThatTheCallerMayNotSee) {
  auto writer = NewProgram();
  auto program = NewProgram();
  (*program)->access().hidden = {NameOf("h"), NameOf("i")};
  Create(*writer, "h");
  TestWatcher watcher;
  watcher.Watch((*program)->engine(), Of(kPlan));
  ASSERT_TRUE(watcher.WaitUntil(HasEnded));
  const std::string token = watcher.token();
  Change(*writer, "h", "hidden");
  CommitByHand(*program, {{"i", "hidden from the beginning"}});
  CommitByHand(*program, {{"i", ""}});
  Follow(*program);
  const int64_t last = Change(*program, "a", "shown");
  auto other = NewProgram();
  (*other)->access().hidden = {NameOf("h"), NameOf("i")};
  TestWatcher late;
  late.Watch((*other)->engine(), Of(kPlan, token));
  for (TestWatcher* each : {&watcher, &late}) {
    ASSERT_TRUE(each->WaitUntil(Tells(last)));
    for (const auto& message : each->messages()) {
      for (const auto& row : message.resources()) {
        EXPECT_NE(row.name(), NameOf("h"));
        EXPECT_NE(row.name(), NameOf("i"));
      }
    }
  }
  TestWatcher of_hidden;
  of_hidden.Watch((*program)->engine(), Of(NameOf("h")));
  EXPECT_THAT(of_hidden.End(), HasReason(StatusCode::kNotFound, v1::ERROR_REASON_RESOURCE_NOT_FOUND));
}

}  // namespace
}  // namespace concord::rpc
