#include "services/action/milestone_states.h"

#include <set>
#include <utility>

#include "common/aip/date.h"
#include "common/rpc/state_fixture.h"
#include "concord/action/v1/error_reason.pb.h"
#include "concord/rpc/v1/error_reason.pb.h"
#include "gmock/gmock.h"
#include "tests/support/status_matchers.h"

namespace concord::action {
namespace {

using absl::StatusCode;
using concord::testing::HasReason;
using concord::testing::IsOk;
using rpc::Parse;
using v1::Milestone;

const absl::CivilDay kDay(2012, 2, 29);
constexpr Milestone::State kMilestoneStates[] = {Milestone::STATE_PLANNED, Milestone::STATE_REACHED,
                                                 Milestone::STATE_DROPPED};

v1::Action Running() {
  return Parse<v1::Action>(
      "name: 'plans/p/actions/a' state: STATE_IN_PROGRESS actual_start_date { year: 2012 month: 2 day: 1 }");
}

Milestone In(Milestone::State state) {
  auto milestone = Parse<Milestone>("name: 'plans/p/actions/a/milestones/m'");
  milestone.set_state(state);
  if (state == Milestone::STATE_REACHED) *milestone.mutable_reached_date() = aip::FromDay(kDay);
  return milestone;
}

absl::Status Move(Milestone::State to, Milestone& milestone) {
  return to == Milestone::STATE_REACHED ? ReachMilestone(Running(), kDay, milestone)
                                        : MoveMilestone(Running(), to, milestone);
}

TEST(MilestoneStates, LeadOnlyWhereTheDiagramLeads) {
  const std::set<std::pair<Milestone::State, Milestone::State>> moves = {
      {Milestone::STATE_PLANNED, Milestone::STATE_REACHED},
      {Milestone::STATE_PLANNED, Milestone::STATE_DROPPED},
      {Milestone::STATE_REACHED, Milestone::STATE_PLANNED},
      {Milestone::STATE_DROPPED, Milestone::STATE_PLANNED}};
  for (const Milestone::State from : kMilestoneStates) {
    for (const Milestone::State to : kMilestoneStates) {
      Milestone milestone = In(from);
      const std::string before = milestone.SerializeAsString();
      const absl::Status status = Move(to, milestone);
      EXPECT_EQ(status.ok(), moves.count({from, to}) == 1)
          << Milestone::State_Name(from) << " -> " << Milestone::State_Name(to);
      if (status.ok()) {
        EXPECT_EQ(milestone.state(), to);
      } else {
        EXPECT_THAT(status, HasReason(StatusCode::kFailedPrecondition, v1::ERROR_REASON_WRONG_MILESTONE_STATE));
        EXPECT_EQ(milestone.SerializeAsString(), before);
      }
    }
  }
}

TEST(ReachMilestone, NotesTheDayAndReopeningForgetsIt) {
  Milestone milestone = In(Milestone::STATE_PLANNED);
  ASSERT_THAT(ReachMilestone(Running(), kDay, milestone), IsOk());
  EXPECT_EQ(aip::FormatDate(milestone.reached_date()), "2012-02-29");
  ASSERT_THAT(MoveMilestone(Running(), Milestone::STATE_PLANNED, milestone), IsOk());
  EXPECT_FALSE(milestone.has_reached_date());
}

TEST(ReachMilestone, DoesNotHappenBeforeTheActionWasStarted) {
  Milestone milestone = In(Milestone::STATE_PLANNED);
  EXPECT_THAT(ReachMilestone(Running(), absl::CivilDay(2012, 1, 31), milestone),
              HasReason(StatusCode::kInvalidArgument, rpc::v1::ERROR_REASON_INVALID_REQUEST));
  EXPECT_EQ(milestone.state(), Milestone::STATE_PLANNED);
  EXPECT_THAT(ReachMilestone(Running(), absl::CivilDay(2012, 2, 1), milestone), IsOk());
}

TEST(ReachMilestone, WantsAnActionThatWasStarted) {
  Milestone milestone = In(Milestone::STATE_PLANNED);
  EXPECT_THAT(ReachMilestone(Parse<v1::Action>("state: STATE_APPROVED"), kDay, milestone),
              HasReason(StatusCode::kFailedPrecondition, v1::ERROR_REASON_ACTION_NOT_BEGUN));
}

TEST(MoveMilestone, IsPossibleBeforeTheActionIsStartedButNotAfterItsEnd) {
  Milestone milestone = In(Milestone::STATE_PLANNED);
  EXPECT_THAT(MoveMilestone(Parse<v1::Action>("state: STATE_PROPOSED"), Milestone::STATE_DROPPED, milestone), IsOk());
  for (const char* end : {"state: STATE_COMPLETED", "state: STATE_CANCELLED"}) {
    const auto ended = HasReason(StatusCode::kFailedPrecondition, v1::ERROR_REASON_ACTION_ENDED);
    for (const Milestone::State from : kMilestoneStates) {
      milestone = In(from);
      EXPECT_THAT(ReachMilestone(Parse<v1::Action>(end), kDay, milestone), ended);
      for (const Milestone::State to : {Milestone::STATE_PLANNED, Milestone::STATE_DROPPED}) {
        EXPECT_THAT(MoveMilestone(Parse<v1::Action>(end), to, milestone), ended);
      }
    }
  }
}

}  // namespace
}  // namespace concord::action
