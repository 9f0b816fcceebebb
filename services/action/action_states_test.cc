#include "services/action/action_states.h"

#include <set>
#include <utility>

#include "common/aip/date.h"
#include "concord/action/v1/error_reason.pb.h"
#include "concord/rpc/v1/error_reason.pb.h"
#include "gmock/gmock.h"
#include "tests/support/status_matchers.h"

namespace concord::action {
namespace {

using concord::testing::HasReason;
using concord::testing::IsOk;
using v1::Action;
using Plan = objective::v1::Plan;

constexpr Action::State kActionStates[] = {Action::STATE_PROPOSED,   Action::STATE_APPROVED,  Action::STATE_IN_PROGRESS,
                                           Action::STATE_ON_HOLD,    Action::STATE_COMPLETED, Action::STATE_CANCELLED,
                                           Action::STATE_UNSPECIFIED};
const absl::CivilDay kToday(2012, 2, 29);

Plan PlanIn(Plan::State state) {
  Plan plan;
  plan.set_name("plans/p");
  plan.set_state(state);
  return plan;
}

Action ActionIn(Action::State state) {
  Action action;
  action.set_name("plans/p/actions/a");
  action.set_state(state);
  return action;
}

TEST(ActionStates, LeadOnlyWhereTheDiagramLeads) {
  const std::set<std::pair<Action::State, Action::State>> moves = {
      {Action::STATE_PROPOSED, Action::STATE_APPROVED},     {Action::STATE_APPROVED, Action::STATE_IN_PROGRESS},
      {Action::STATE_IN_PROGRESS, Action::STATE_ON_HOLD},   {Action::STATE_ON_HOLD, Action::STATE_IN_PROGRESS},
      {Action::STATE_IN_PROGRESS, Action::STATE_COMPLETED}, {Action::STATE_PROPOSED, Action::STATE_CANCELLED},
      {Action::STATE_APPROVED, Action::STATE_CANCELLED},    {Action::STATE_IN_PROGRESS, Action::STATE_CANCELLED},
      {Action::STATE_ON_HOLD, Action::STATE_CANCELLED}};
  for (const Action::State from : kActionStates) {
    for (const Action::State to : kActionStates) {
      EXPECT_EQ(LeadsTo(from, to), moves.count({from, to}) == 1)
          << Action::State_Name(from) << " -> " << Action::State_Name(to);
    }
  }
}

TEST(MoveAction, SaysFromWhereAndToWhereItDoesNotLead) {
  Action action = ActionIn(Action::STATE_COMPLETED);
  const std::string before = action.SerializeAsString();
  const absl::Status status = MoveAction(PlanIn(Plan::STATE_ACTIVE), Action::STATE_CANCELLED, kToday, action);
  EXPECT_THAT(status, HasReason(absl::StatusCode::kFailedPrecondition, v1::ERROR_REASON_WRONG_ACTION_STATE));
  EXPECT_EQ(MetadataOf(status, "name"), "plans/p/actions/a");
  EXPECT_EQ(MetadataOf(status, "from"), "COMPLETED");
  EXPECT_EQ(MetadataOf(status, "to"), "CANCELLED");
  EXPECT_EQ(action.SerializeAsString(), before);
}

TEST(MoveAction, NotesTheDayOfTheFirstStartOnly) {
  Action action = ActionIn(Action::STATE_APPROVED);
  ASSERT_THAT(MoveAction(PlanIn(Plan::STATE_ACTIVE), Action::STATE_IN_PROGRESS, kToday, action), IsOk());
  EXPECT_EQ(aip::FormatDate(action.actual_start_date()), "2012-02-29");
  ASSERT_THAT(MoveAction(PlanIn(Plan::STATE_ACTIVE), Action::STATE_ON_HOLD, kToday + 1, action), IsOk());
  ASSERT_THAT(MoveAction(PlanIn(Plan::STATE_ACTIVE), Action::STATE_IN_PROGRESS, kToday + 2, action), IsOk());
  EXPECT_EQ(aip::FormatDate(action.actual_start_date()), "2012-02-29");
  EXPECT_FALSE(action.has_actual_end_date());
}

TEST(MoveAction, NotesTheDayOfTheEnd) {
  for (const Action::State end : {Action::STATE_COMPLETED, Action::STATE_CANCELLED}) {
    Action action = ActionIn(Action::STATE_IN_PROGRESS);
    ASSERT_THAT(MoveAction(PlanIn(Plan::STATE_ACTIVE), end, kToday, action), IsOk());
    EXPECT_EQ(aip::FormatDate(action.actual_end_date()), "2012-02-29");
    EXPECT_EQ(action.state(), end);
  }
}

TEST(MoveAction, EndsNothingBeforeItWasStarted) {
  for (const Action::State end : {Action::STATE_COMPLETED, Action::STATE_CANCELLED}) {
    Action action = ActionIn(Action::STATE_IN_PROGRESS);
    *action.mutable_actual_start_date() = aip::FromDay(kToday);
    const absl::Status status = MoveAction(PlanIn(Plan::STATE_ACTIVE), end, kToday - 1, action);
    EXPECT_THAT(status, HasReason(absl::StatusCode::kInvalidArgument, rpc::v1::ERROR_REASON_INVALID_REQUEST));
    EXPECT_EQ(ViolationsOf(status).at(0).first, "date");
    EXPECT_EQ(action.state(), Action::STATE_IN_PROGRESS);
    EXPECT_THAT(MoveAction(PlanIn(Plan::STATE_ACTIVE), end, kToday, action), IsOk());
  }
}

TEST(MoveAction, BeginsWorkOnlyUnderAnActivePlan) {
  for (const Action::State from : {Action::STATE_APPROVED, Action::STATE_ON_HOLD}) {
    Action action = ActionIn(from);
    const absl::Status status = MoveAction(PlanIn(Plan::STATE_DRAFT), Action::STATE_IN_PROGRESS, kToday, action);
    EXPECT_THAT(status, HasReason(absl::StatusCode::kFailedPrecondition, v1::ERROR_REASON_PLAN_NOT_ACTIVE));
    EXPECT_EQ(MetadataOf(status, "state"), "DRAFT");
    EXPECT_EQ(action.state(), from);
  }
  Action action = ActionIn(Action::STATE_PROPOSED);
  EXPECT_THAT(MoveAction(PlanIn(Plan::STATE_DRAFT), Action::STATE_APPROVED, kToday, action), IsOk());
}

TEST(MoveAction, ChangesNothingUnderAPlanThatIsOver) {
  for (const Plan::State over : {Plan::STATE_CLOSED, Plan::STATE_ARCHIVED}) {
    for (const Action::State from : kActionStates) {
      for (const Action::State to : kActionStates) {
        Action action = ActionIn(from);
        EXPECT_THAT(MoveAction(PlanIn(over), to, kToday, action),
                    HasReason(absl::StatusCode::kFailedPrecondition, v1::ERROR_REASON_PLAN_CLOSED));
        EXPECT_EQ(action.state(), from);
      }
    }
  }
}

}  // namespace
}  // namespace concord::action
