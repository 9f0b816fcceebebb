#include "common/rpc/resource_type.h"

#include "common/rpc/state_fixture.h"
#include "concord/action/v1/action.pb.h"
#include "concord/objective/v1/plan.pb.h"
#include "gmock/gmock.h"

namespace concord::rpc {
namespace {

using action::v1::Action;
using objective::v1::Plan;
using objective::v1::PlanRegistration;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

ResourceTypes Types() {
  return ResourceTypes({{PlanRegistration::default_instance(), "catalog"},
                        {Plan::default_instance(), "plans/{plan}"},
                        {Action::default_instance(), "plans/{plan}"}});
}

TEST(ResourceType, KnowsItsScope) {
  const ResourceType action(Action::default_instance(), "plans/{plan}");
  EXPECT_EQ(action.ScopeOf("plans/p/actions/a"), "plans/p");
  EXPECT_EQ(action.ScopeOf("plans/p"), "plans/p") << "as the parent of actions";
  EXPECT_EQ(action.ScopeOf("plans/p/objectives/o"), "");
  EXPECT_EQ(action.ScopeOf("plans/P/actions/a"), "");
  EXPECT_TRUE(action.LivesIn("plans/p"));
  EXPECT_FALSE(action.LivesIn("catalog"));
  const ResourceType registration(PlanRegistration::default_instance(), "catalog");
  EXPECT_EQ(registration.ScopeOf("planRegistrations/p"), "catalog");
  EXPECT_EQ(registration.ScopeOf(""), "catalog") << "all at the top are listed in one scope";
  EXPECT_EQ(ResourceType(Plan::default_instance(), "plans/{plan}").ScopeOf(""), "") << "each plan has its own";
  EXPECT_EQ(action.ScopeOf(""), "");
  EXPECT_TRUE(registration.LivesIn("catalog"));
  EXPECT_FALSE(registration.LivesIn("plans/p"));
}

TEST(ResourceType, TakesItsUniqueValuesFromTheSchema) {
  const ResourceType type(Action::default_instance(), "plans/{plan}");
  const auto& values = type.collection().unique_values;
  ASSERT_NE(values, nullptr);
  EXPECT_THAT(values(Parse<Action>("code: '1.1' title: 'T'")), ElementsAre("actions.code=1.1"));
  EXPECT_THAT(values(Parse<Action>("title: 'T'")), IsEmpty());
  EXPECT_THAT(values(Parse<Action>("code: '1.1' delete_time { seconds: 1 }")), IsEmpty())
      << "what is deleted holds none";
  EXPECT_EQ(ResourceType(Plan::default_instance(), "plans/{plan}").collection().unique_values, nullptr);
}

TEST(ResourceTypes, AreToldApartByTheirNames) {
  const ResourceTypes types = Types();
  EXPECT_EQ(types.Of("plans/p")->collection().id, "plans");
  EXPECT_EQ(types.Of("plans/p/actions/a")->collection().id, "actions");
  EXPECT_EQ(types.Of("planRegistrations/p")->collection().id, "planRegistrations");
  EXPECT_EQ(types.Of("plans/p/objectives/o"), nullptr);
  EXPECT_EQ(types.Of(""), nullptr);
  EXPECT_EQ(&types.Of(Action::descriptor()), types.Of("plans/p/actions/a"));
}

TEST(ResourceTypes, AreThoseOfAScope) {
  const ResourceTypes types = Types();
  EXPECT_EQ(types.InScope("plans/p").size(), 2);
  EXPECT_EQ(types.InScope("catalog").size(), 1);
  EXPECT_THAT(types.InScope("plans"), IsEmpty());
  EXPECT_THAT(types.InScope("plans/p/actions/a"), IsEmpty());
  EXPECT_THAT(types.InScope(""), IsEmpty());
}

}  // namespace
}  // namespace concord::rpc
