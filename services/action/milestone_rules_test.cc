#include "services/action/milestone_rules.h"

#include "concord/action/v1/error_reason.pb.h"
#include "services/action/record_fixture.h"
#include "tests/support/status_matchers.h"

namespace concord::action {
namespace {

using absl::StatusCode;
using concord::testing::HasReason;
using concord::testing::IsOk;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using v1::Milestone;

std::vector<std::string> BadMilestoneFields(const std::string& more) {
  return BadFieldsOf<Milestone>(
      CheckMilestoneValues, "milestone",
      absl::StrCat("title: 'The course is written' due_date { year: 2012 month: 6 day: 30 } ", more));
}

TEST(MilestoneValues, AreGoodUpToTheirLimits) {
  EXPECT_THAT(BadMilestoneFields(""), IsEmpty());
  EXPECT_THAT(
      BadMilestoneFields(absl::StrCat("weight: 1000000 owner: 'members/sn' description: '", std::string(4'000, 'd'),
                                      "' labels { key: 'area' value: 'training' } evidence { title: 'Minutes' }")),
      IsEmpty());
  EXPECT_THAT(BadMilestoneFields(absl::StrCat("description: '", std::string(4'001, 'd'), "'")),
              ElementsAre("milestone.description"));
}

TEST(MilestoneValues, NameWhatIsWrong) {
  EXPECT_THAT(BadMilestoneFields("due_date { month: 2 day: 30 }"), ElementsAre("milestone.due_date"));
  EXPECT_THAT(BadMilestoneFields("owner: 'Anna'"), ElementsAre("milestone.owner"));
  EXPECT_THAT(BadMilestoneFields("labels { key: 'Area' value: 'x' }"), ElementsAre("milestone.labels"));
  EXPECT_THAT(BadMilestoneFields("evidence { title: 'T' uri: 'ftp://x' }"), ElementsAre("milestone.evidence[0].uri"));
  for (const char* weight : {"0", "-1", "nan", "1000001"}) {
    EXPECT_THAT(BadMilestoneFields(absl::StrCat("weight: ", weight)), ElementsAre("milestone.weight")) << weight;
  }
}

class MilestoneWrite : public RecordWrite {
 protected:
  MilestoneWrite() : RecordWrite(Milestone::default_instance()) {}

  absl::StatusOr<Milestone> Create(const std::string& action) {
    return Write<Milestone>(MilestoneRules(), absl::StrCat("name: '", action, "/milestones/m'"));
  }
};

TEST_F(MilestoneWrite, IsPlannedAtFirstInEveryStateOfALivingAction) {
  for (const char* action : kLiving) {
    const auto milestone = Create(absl::StrCat("plans/p/actions/", action));
    ASSERT_THAT(milestone, IsOk()) << action;
    EXPECT_EQ(milestone->state(), Milestone::STATE_PLANNED);
  }
}

TEST_F(MilestoneWrite, KeepsTheStateItHas) {
  const auto before = rpc::Parse<Milestone>("name: 'plans/p/actions/running/milestones/m' state: STATE_REACHED");
  const auto after = Write<Milestone>(
      MilestoneRules(), "name: 'plans/p/actions/running/milestones/m' state: STATE_REACHED title: 'New'", &before);
  ASSERT_THAT(after, IsOk());
  EXPECT_EQ(after->state(), Milestone::STATE_REACHED);
}

TEST_F(MilestoneWrite, IsRefusedOnceTheActionHasEnded) {
  for (const char* action : kEnded) {
    const auto ended = HasReason(StatusCode::kFailedPrecondition, v1::ERROR_REASON_ACTION_ENDED);
    EXPECT_THAT(Create(absl::StrCat("plans/p/actions/", action)), ended) << action;
    EXPECT_THAT(Remove<Milestone>(MilestoneRules(), absl::StrCat("name: 'plans/p/actions/", action, "/milestones/m'")),
                ended);
  }
}

TEST_F(MilestoneWrite, IsRefusedUnderAPlanThatIsOver) {
  const auto closed = HasReason(StatusCode::kFailedPrecondition, v1::ERROR_REASON_PLAN_CLOSED);
  EXPECT_THAT(Create("plans/closed/actions/running"), closed);
  EXPECT_THAT(Remove<Milestone>(MilestoneRules(), "name: 'plans/closed/actions/running/milestones/m'"), closed);
}

TEST_F(MilestoneWrite, IsRemovedWhileTheActionLives) {
  for (const char* action : kLiving) {
    EXPECT_THAT(Remove<Milestone>(MilestoneRules(), absl::StrCat("name: 'plans/p/actions/", action, "/milestones/m'")),
                IsOk());
  }
}

}  // namespace
}  // namespace concord::action
