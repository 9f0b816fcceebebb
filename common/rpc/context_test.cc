#include "common/rpc/context.h"

#include <string>
#include <vector>

#include "common/rpc/state_fixture.h"
#include "concord/action/v1/action.pb.h"
#include "concord/objective/v1/plan.pb.h"
#include "gmock/gmock.h"

namespace concord::rpc {
namespace {

using action::v1::Action;
using objective::v1::Plan;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class ContextTest : public ::testing::Test {
 protected:
  ContextTest() : state_({{Plan::default_instance(), "plans/{plan}"}, {Action::default_instance(), "plans/{plan}"}}) {
    state_.Put(Parse<Plan>("name: 'plans/p' title: 'P'"));
    for (const char* id : {"a", "b", "c"}) {
      Action action;
      action.set_name(std::string("plans/p/actions/") + id);
      action.set_code(id);
      state_.Put(action);
    }
  }

  std::vector<std::string> Names(Context& context, const std::string& after = "", size_t limit = 100) {
    std::vector<std::string> names;
    context.ForEach(state_.types().Of(Action::descriptor()), "plans/p", "plans/p", after,
                    [&](const ledger::Resource& resource) {
                      names.push_back(resource.name.substr(resource.name.size() - 1));
                      return names.size() < limit;
                    });
    return names;
  }

  State state_;
};

TEST_F(ContextTest, RemembersEveryResourceThatWasLookedAt) {
  Context context = state_.Look();
  EXPECT_NE(context.Get<Action>("plans/p/actions/b"), nullptr);
  EXPECT_EQ(context.Get<Action>("plans/p/actions/none"), nullptr);
  const ledger::Preconditions seen = context.PreconditionsOf("plans/p");
  ASSERT_EQ(seen.resources.size(), 2);
  for (const auto& resource : seen.resources) {
    EXPECT_EQ(resource.collection, "actions");
    EXPECT_EQ(resource.revision, resource.name == "plans/p/actions/b" ? 3 : 0) << "that it was not there counts, too";
  }
  EXPECT_EQ(seen.position.revision, 4);
  EXPECT_TRUE(seen.collections.empty());
}

TEST_F(ContextTest, RemembersEveryListThatWasLookedAt) {
  Context context = state_.Look();
  EXPECT_THAT(Names(context), ElementsAre("a", "b", "c"));
  const ledger::Preconditions seen = context.PreconditionsOf("plans/p");
  ASSERT_EQ(seen.collections.size(), 1);
  EXPECT_EQ(seen.collections[0].collection, "actions");
  EXPECT_EQ(seen.collections[0].last_change, 4);
  EXPECT_TRUE(seen.resources.empty());
}

TEST_F(ContextTest, GoesOnAfterARowAndStopsWhenTold) {
  Context context = state_.Look();
  EXPECT_THAT(Names(context, "plans/p/actions/a"), ElementsAre("b", "c"));
  EXPECT_THAT(Names(context, "plans/p/actions/aa"), ElementsAre("b", "c"));
  EXPECT_THAT(Names(context, "plans/p/actions/c"), IsEmpty());
  EXPECT_THAT(Names(context, "", 2), ElementsAre("a", "b"));
}

TEST_F(ContextTest, VisitsNoChildrenOfAnother) {
  Context context = state_.Look();
  state_.Of("plans/pp");
  state_.Put(Parse<Action>("name: 'plans/pp/actions/x' code: 'x'"));
  EXPECT_THAT(Names(context), ElementsAre("a", "b", "c"));
}

TEST_F(ContextTest, HidesWhatTheCallerMayNotSee) {
  state_.access().hidden = {"plans/p/actions/b"};
  Context context = state_.Look();
  EXPECT_EQ(context.Find("plans/p/actions/b"), nullptr);
  EXPECT_THAT(Names(context), ElementsAre("a", "c"));
  EXPECT_TRUE(context.IsHidden("plans/p/actions/b"));
  EXPECT_FALSE(context.IsHidden("plans/p/actions/a"));
  EXPECT_FALSE(context.IsHidden("plans/p/actions/none"));
}

TEST_F(ContextTest, AsksForAScopeThatIsNotAtHand) {
  Context context = state_.Look();
  EXPECT_EQ(context.Find("plans/q"), nullptr);
  EXPECT_THAT(context.missing(), ElementsAre("plans/q"));
  EXPECT_EQ(context.Find("no name of anything"), nullptr);
  EXPECT_EQ(context.missing().size(), 1);
  EXPECT_TRUE(context.used().empty());
}

TEST_F(ContextTest, TellsTheRevisionsOfWhatItUsed) {
  state_.Of("plans/a");
  Context context = state_.Look();
  EXPECT_TRUE(context.Revisions().empty());
  context.Find("plans/p");
  context.Find("plans/a");
  const auto revisions = context.Revisions();
  ASSERT_EQ(revisions.size(), 2);
  EXPECT_EQ(revisions[0].scope(), "plans/a");
  EXPECT_EQ(revisions[0].revision(), 0);
  EXPECT_FALSE(revisions[0].has_commit_time());
  EXPECT_EQ(revisions[1].revision(), 4);
  EXPECT_EQ(revisions[1].commit_time().seconds(), 1'000'004);
}

TEST_F(ContextTest, KnowsWhoHoldsAUniqueValue) {
  Context context = state_.Look();
  const ResourceType& type = state_.types().Of(Action::descriptor());
  EXPECT_EQ(context.HolderOf(type, "plans/p", "actions.code=b"), "plans/p/actions/b");
  EXPECT_EQ(context.HolderOf(type, "plans/p", "actions.code=z"), "");
}

// What a call is about to write stands among the rest, in the order of names.
TEST_F(ContextTest, ShowsWhatIsAheadUntilItsEnd) {
  Context context = state_.Look();
  const ResourceType& type = state_.types().Of(Action::descriptor());
  {
    Context::Ahead ahead(context);
    for (const char* id : {"ab", "c", "d"}) {
      Action action;
      action.set_name(std::string("plans/p/actions/") + id);
      action.set_code(id == std::string("c") ? "c2" : id);
      ahead.Put(action.name(), action);
    }
    EXPECT_THAT(Names(context), ElementsAre("a", "b", "b", "c", "d")) << "ab among them, c once";
    EXPECT_THAT(Names(context, "plans/p/actions/ab"), ElementsAre("b", "c", "d"));
    EXPECT_THAT(Names(context, "", 2), ElementsAre("a", "b"));
    EXPECT_EQ(context.Get<Action>("plans/p/actions/c")->code(), "c2");
    EXPECT_NE(context.Find("plans/p/actions/d"), nullptr);
    EXPECT_EQ(context.HolderOf(type, "plans/p", "actions.code=d"), "plans/p/actions/d");
    EXPECT_EQ(context.HolderOf(type, "plans/p", "actions.code=c"), "") << "given up";
    EXPECT_EQ(context.HolderOf(type, "plans/p", "actions.code=b"), "plans/p/actions/b");
  }
  EXPECT_THAT(Names(context), ElementsAre("a", "b", "c"));
  EXPECT_EQ(context.Find("plans/p/actions/d"), nullptr);
  EXPECT_EQ(context.HolderOf(type, "plans/p", "actions.code=c"), "plans/p/actions/c");
  for (const auto& resource : context.PreconditionsOf("plans/p").resources) {
    EXPECT_EQ(resource.revision, resource.name == "plans/p/actions/d" ? 0 : 4) << "the commit asks for what was there";
  }
}

TEST_F(ContextTest, VisitsTheChildrenOfAllParentsOfAWildcard) {
  Context context = state_.Look();
  std::vector<std::string> names;
  context.ForEach(state_.types().Of(Action::descriptor()), "plans/p", "plans/-", "plans/p/actions/a",
                  [&](const ledger::Resource& resource) {
                    names.push_back(resource.name);
                    return true;
                  });
  EXPECT_THAT(names, ElementsAre("plans/p/actions/b", "plans/p/actions/c"));
}

TEST_F(ContextTest, MakesTheSameUidForTheSameRequestAndName) {
  Context context = state_.Look();
  const std::string uid = context.NewUid("plans/p/actions/x");
  EXPECT_EQ(uid, state_.Look().NewUid("plans/p/actions/x"));
  EXPECT_NE(uid, context.NewUid("plans/p/actions/y"));
  EXPECT_THAT(uid, ::testing::MatchesRegex("[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"));
  state_.facts().request_key = "another";
  EXPECT_NE(uid, state_.Look().NewUid("plans/p/actions/x"));
}

TEST_F(ContextTest, KnowsTheDayByItsOwnClock) { EXPECT_EQ(state_.Look().today(), absl::CivilDay(2012, 2, 29)); }

}  // namespace
}  // namespace concord::rpc
