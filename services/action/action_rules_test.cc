#include "services/action/action_rules.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "concord/action/v1/error_reason.pb.h"
#include "concord/rpc/v1/error_reason.pb.h"
#include "gmock/gmock.h"
#include "tests/support/plan_state.h"
#include "tests/support/status_matchers.h"

namespace concord::action {
namespace {

using concord::testing::HasReason;
using concord::testing::IsOk;
using rpc::Parse;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using v1::Action;

constexpr char kGoodAction[] =
    "name: 'plans/p/actions/a' title: 'T' code: '1.1' objective_links { objective: 'plans/p/objectives/o' kind: "
    "KIND_CONTRIBUTES } ";

std::vector<std::string> BadActionFields(const Action& action) {
  return concord::testing::BadFields([&](Violations& violations) { CheckActionValues(action, "action", violations); });
}
std::vector<std::string> BadActionFields(const std::string& more) {
  return BadActionFields(Parse<Action>(kGoodAction + more));
}

TEST(ActionValues, AreGoodUpToTheirLimits) {
  EXPECT_THAT(BadActionFields(""), IsEmpty());
  Action action = Parse<Action>(kGoodAction);
  std::string title;
  for (int i = 0; i < 200; ++i) title += "é";  // Characters count, not bytes.
  action.set_title(title);
  action.set_code(std::string(20, '9'));
  action.set_description(std::string(4'000, 'd'));
  for (int i = 0; i < 19; ++i) {
    v1::ObjectiveLink& link = *action.add_objective_links();
    link.set_objective(absl::StrCat("plans/p/objectives/o", i));
    link.set_weight(1'000'000);
  }
  for (int i = 0; i < 200; ++i) action.add_contributors(absl::StrCat("members/m", i));
  for (int i = 0; i < 100; ++i) action.add_dependencies(absl::StrCat("plans/p/actions/d", i));
  action.set_lead("members/lead");
  EXPECT_THAT(BadActionFields(action), IsEmpty());
  action.add_objective_links()->set_objective("plans/p/objectives/one-too-many");
  action.add_contributors("members/one-too-many");
  action.add_dependencies("plans/p/actions/one-too-many");
  action.mutable_title()->append("x");
  action.mutable_description()->append("x");
  action.mutable_code()->append("x");
  EXPECT_THAT(BadActionFields(action), ElementsAre("action.title", "action.code", "action.objective_links",
                                                   "action.contributors", "action.dependencies", "action.description"));
}

TEST(ActionValues, ReferToTheirOwnPlanOnly) {
  EXPECT_THAT(BadActionFields("dependencies: 'plans/q/actions/b'"), ElementsAre("action.dependencies[0]"));
  EXPECT_THAT(BadActionFields("dependencies: 'plans/p/objectives/o'"), ElementsAre("action.dependencies[0]"));
  EXPECT_THAT(BadActionFields("objective_links { objective: 'plans/q/objectives/o' }"),
              ElementsAre("action.objective_links[1].objective"));
  EXPECT_THAT(BadActionFields("lead: 'plans/p'"), ElementsAre("action.lead"));
}

TEST(ActionValues, NameEverythingOnce) {
  EXPECT_THAT(BadActionFields("dependencies: 'plans/p/actions/b' dependencies: 'plans/p/actions/b'"),
              ElementsAre("action.dependencies[1]"));
  EXPECT_THAT(BadActionFields("objective_links { objective: 'plans/p/objectives/o' }"),
              ElementsAre("action.objective_links[1].objective"));
  EXPECT_THAT(BadActionFields(
                  "lead: 'members/x' contributors: 'members/y' contributors: 'members/y' contributors: 'members/x'"),
              ElementsAre("action.contributors[1]", "action.contributors[2]"));
}

TEST(ActionValues, HaveWeightsAboveNothing) {
  for (const char* weight : {"0", "-1", "nan", "inf", "1000001"}) {
    EXPECT_THAT(
        BadActionFields(absl::StrCat("objective_links { objective: 'plans/p/objectives/p' weight: ", weight, " }")),
        ElementsAre("action.objective_links[1].weight"))
        << weight;
  }
}

TEST(ActionValues, HaveDaysThatExistInTheirOrder) {
  EXPECT_THAT(BadActionFields("start_date { year: 2012 month: 2 day: 29 } due_date { year: 2012 month: 2 day: 29 }"),
              IsEmpty());
  EXPECT_THAT(BadActionFields("start_date { year: 2011 month: 2 day: 29 } due_date { year: 2012 }"),
              ElementsAre("action.start_date", "action.due_date"));
  EXPECT_THAT(BadActionFields("start_date { year: 2012 month: 3 day: 1 } due_date { year: 2012 month: 2 day: 29 }"),
              ElementsAre("action.due_date"));
}

TEST(ActionValues, OweReportsWithinAYear) {
  EXPECT_THAT(BadActionFields("report_frequency: REPORT_FREQUENCY_MONTHLY report_due_days: 366"), IsEmpty());
  EXPECT_THAT(BadActionFields("report_due_days: -1"), ElementsAre("action.report_due_days"));
  EXPECT_THAT(BadActionFields("report_due_days: 367"), ElementsAre("action.report_due_days"));
}

// plans/p with objectives o and gone (deleted), actions a (on b), b, and gone (deleted).
class ActionWrite : public ::testing::Test {
 protected:
  ActionWrite() {
    PutPlan("STATE_ACTIVE");
    state_.Put(Parse<objective::v1::Objective>("name: 'plans/p/objectives/o' code: 'o'"));
    state_.Put(Parse<objective::v1::Objective>("name: 'plans/p/objectives/gone' code: 'g' delete_time { seconds: 1 }"));
    state_.Put(Parse<Action>(absl::StrCat(kGoodAction, "dependencies: 'plans/p/actions/b'")));
    state_.Put(Parse<Action>("name: 'plans/p/actions/b' code: 'b'"));
    state_.Put(Parse<Action>(
        "name: 'plans/p/actions/gone' code: 'g' dependencies: 'plans/p/actions/b' delete_time { seconds: 1 }"));
  }

  void PutPlan(const std::string& state) {
    state_.Put(Parse<objective::v1::Plan>(absl::StrCat(
        "name: 'plans/p' state: ", state,
        " period { start_date { year: 2011 month: 1 day: 1 } end_date { year: 2015 month: 12 day: 31 } }")));
  }

  // What the rules say of a change from `before`, or of a new action.
  absl::Status Write(const Action* before, Action& after) {
    rpc::Context context = state_.Look();
    return ActionRules().write(context, before, after);
  }
  absl::Status Write(const std::string& after_text) {
    Action after = Parse<Action>(kGoodAction + after_text);
    const Action before = Parse<Action>(kGoodAction);
    return Write(&before, after);
  }
  absl::Status Remove(const std::string& name) {
    rpc::Context context = state_.Look();
    return ActionRules().remove(context, *context.Find(name)->message);
  }

  rpc::State state_{concord::testing::PlanTypes()};
};

TEST_F(ActionWrite, BeginsAsProposed) {
  Action action = Parse<Action>(absl::StrCat(kGoodAction, "state: STATE_COMPLETED"));
  EXPECT_THAT(Write(nullptr, action), IsOk());
  EXPECT_EQ(action.state(), Action::STATE_PROPOSED);
}

TEST_F(ActionWrite, RefersToLivingThingsOnly) {
  for (const char* broken : {"dependencies: 'plans/p/actions/gone'", "dependencies: 'plans/p/actions/never'",
                             "objective_links { objective: 'plans/p/objectives/gone' }",
                             "objective_links { objective: 'plans/p/objectives/never' }"}) {
    EXPECT_THAT(Write(broken), HasReason(absl::StatusCode::kFailedPrecondition, v1::ERROR_REASON_REFERENCE_BROKEN))
        << broken;
  }
}

TEST_F(ActionWrite, MakesNoCircle) {
  const absl::Status status = [&] {
    Action after = Parse<Action>("name: 'plans/p/actions/b' dependencies: 'plans/p/actions/a'");
    const Action before = Parse<Action>("name: 'plans/p/actions/b'");
    return Write(&before, after);
  }();
  EXPECT_THAT(status, HasReason(absl::StatusCode::kFailedPrecondition, v1::ERROR_REASON_DEPENDENCY_CYCLE));
  EXPECT_EQ(MetadataOf(status, "cycle"), "plans/p/actions/b -> plans/p/actions/a -> plans/p/actions/b");
  EXPECT_THAT(Write("dependencies: 'plans/p/actions/a'"),
              HasReason(absl::StatusCode::kFailedPrecondition, v1::ERROR_REASON_DEPENDENCY_CYCLE));
}

// What it leaves as it was is not looked at again, so that a change of the title depends on nothing else.
TEST_F(ActionWrite, LooksOnlyAtWhatItChanges) {
  rpc::Context context = state_.Look();
  const Action before = Parse<Action>(absl::StrCat(kGoodAction, "dependencies: 'plans/p/actions/b'"));
  Action after = before;
  after.set_title("Another");
  ASSERT_THAT(ActionRules().write(context, &before, after), IsOk());
  const ledger::Preconditions seen = context.PreconditionsOf("plans/p");
  ASSERT_EQ(seen.resources.size(), 1);
  EXPECT_EQ(seen.resources[0].name, "plans/p");
  EXPECT_TRUE(seen.collections.empty());
}

TEST_F(ActionWrite, ProvesEverythingAgainWhenItComesBack) {
  Action before =
      Parse<Action>(absl::StrCat(kGoodAction, "dependencies: 'plans/p/actions/gone' delete_time { seconds: 1 }"));
  Action after = before;
  after.clear_delete_time();
  EXPECT_THAT(Write(&before, after),
              HasReason(absl::StatusCode::kFailedPrecondition, v1::ERROR_REASON_REFERENCE_BROKEN));
}

TEST_F(ActionWrite, DoesNotEndBeforeThePlanBegins) {
  EXPECT_THAT(Write("due_date { year: 2010 month: 12 day: 31 }"),
              HasReason(absl::StatusCode::kInvalidArgument, rpc::v1::ERROR_REASON_INVALID_REQUEST));
  EXPECT_THAT(Write("start_date { year: 2016 month: 1 day: 1 }"),
              HasReason(absl::StatusCode::kInvalidArgument, rpc::v1::ERROR_REASON_INVALID_REQUEST));
  EXPECT_THAT(Write("start_date { year: 2016 month: 1 day: 1 } due_date { year: 2017 month: 1 day: 1 }"), IsOk());
}

TEST_F(ActionWrite, IsRefusedUnderAPlanThatIsOver) {
  PutPlan("STATE_CLOSED");
  EXPECT_THAT(Write("description: 'x'"),
              HasReason(absl::StatusCode::kFailedPrecondition, v1::ERROR_REASON_PLAN_CLOSED));
  EXPECT_THAT(Remove("plans/p/actions/a"),
              HasReason(absl::StatusCode::kFailedPrecondition, v1::ERROR_REASON_PLAN_CLOSED));
}

TEST_F(ActionWrite, RemovesNothingThatALivingActionDependsOn) {
  const absl::Status status = Remove("plans/p/actions/b");
  EXPECT_THAT(status, HasReason(absl::StatusCode::kFailedPrecondition, v1::ERROR_REASON_ACTION_IN_USE));
  EXPECT_EQ(MetadataOf(status, "count"), "1") << "what is deleted does not count";
  EXPECT_EQ(MetadataOf(status, "action"), "plans/p/actions/a");
  EXPECT_THAT(Remove("plans/p/actions/a"), IsOk());
}

// The absence of others is a fact, too: the commit must fail if one comes to depend on it meanwhile.
TEST_F(ActionWrite, RemembersThatItLookedAtAllActions) {
  rpc::Context context = state_.Look();
  ASSERT_THAT(ActionRules().remove(context, *context.Find("plans/p/actions/a")->message), IsOk());
  const ledger::Preconditions seen = context.PreconditionsOf("plans/p");
  ASSERT_EQ(seen.collections.size(), 1);
  EXPECT_EQ(seen.collections[0].collection, "actions");
}

}  // namespace
}  // namespace concord::action
