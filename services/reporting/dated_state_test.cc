#include "services/reporting/dated_state.h"

#include <gtest/gtest.h>

#include "services/reporting/figures_test_plan.h"
#include "services/reporting/proto_of.h"

namespace concord::reporting {
namespace {

using ::concord::action::v1::Action;
using ::concord::action::v1::Milestone;

const absl::CivilDay kStart(2012, 3, 1);
const absl::CivilDay kEnd(2012, 6, 30);

Action Begun(Action action) {
  *action.mutable_actual_start_date() = DateOf(kStart);
  return action;
}

Action Ended(Action action) {
  *action.mutable_actual_end_date() = DateOf(kEnd);
  return action;
}

TEST(StateOnADay, IsCompletedFromTheActualEndOn) {
  const Action action = Ended(Begun(AnAction("1", Action::STATE_COMPLETED)));
  EXPECT_EQ(StateOn(action, kStart - 1), Action::STATE_APPROVED);
  EXPECT_EQ(StateOn(action, kStart), Action::STATE_IN_PROGRESS);
  EXPECT_EQ(StateOn(action, kEnd - 1), Action::STATE_IN_PROGRESS);
  EXPECT_EQ(StateOn(action, kEnd), Action::STATE_COMPLETED);
}

TEST(StateOnADay, IsCancelledFromTheActualEndOn) {
  const Action action = Ended(Begun(AnAction("1", Action::STATE_CANCELLED)));
  EXPECT_EQ(StateOn(action, kStart - 1), Action::STATE_APPROVED);
  EXPECT_EQ(StateOn(action, kStart), Action::STATE_IN_PROGRESS);
  EXPECT_EQ(StateOn(action, kEnd - 1), Action::STATE_IN_PROGRESS);
  EXPECT_EQ(StateOn(action, kEnd), Action::STATE_CANCELLED);
}

TEST(StateOnADay, OfWhatWasCancelledBeforeItBeganIsProposedUntilThen) {
  const Action action = Ended(AnAction("1", Action::STATE_CANCELLED));
  EXPECT_EQ(StateOn(action, kEnd - 1), Action::STATE_PROPOSED);
  EXPECT_EQ(StateOn(action, kEnd), Action::STATE_CANCELLED);
}

TEST(StateOnADay, IsBegunFromTheActualStartOn) {
  for (const Action::State state : {Action::STATE_IN_PROGRESS, Action::STATE_ON_HOLD}) {
    const Action action = Begun(AnAction("1", state));
    EXPECT_EQ(StateOn(action, kStart - 1), Action::STATE_APPROVED);
    EXPECT_EQ(StateOn(action, kStart), state);
  }
}

TEST(StateOnADay, IsTheRecordedOneOnEveryDayIfNoDateIsRecorded) {
  for (int state = Action::STATE_PROPOSED; state <= Action::STATE_CANCELLED; ++state) {
    const Action action = AnAction("1", static_cast<Action::State>(state));
    EXPECT_EQ(StateOn(action, absl::CivilDay(1900, 1, 1)), action.state());
    EXPECT_EQ(StateOn(action, absl::CivilDay(2100, 1, 1)), action.state());
  }
}

TEST(StateOnADay, OfWhatEndedWithoutAStartIsBegunBefore) {
  const Action action = Ended(AnAction("1", Action::STATE_COMPLETED));
  EXPECT_EQ(StateOn(action, kEnd - 1000), Action::STATE_IN_PROGRESS) << "only what was begun is completed";
}

TEST(MilestoneOnADay, IsPlannedUntilItIsReached) {
  const auto reached = ProtoOf<Milestone>("state: STATE_REACHED reached_date { year: 2012 month: 6 day: 30 }");
  EXPECT_TRUE(PlannedOn(reached, kEnd - 1));
  EXPECT_FALSE(ReachedBy(reached, kEnd - 1));
  EXPECT_FALSE(PlannedOn(reached, kEnd));
  EXPECT_TRUE(ReachedBy(reached, kEnd));
}

TEST(MilestoneOnADay, IsDroppedOnEveryDay) {
  const auto dropped = ProtoOf<Milestone>("state: STATE_DROPPED");
  EXPECT_FALSE(PlannedOn(dropped, kStart));
  EXPECT_FALSE(ReachedBy(dropped, kStart));
}

}  // namespace
}  // namespace concord::reporting
