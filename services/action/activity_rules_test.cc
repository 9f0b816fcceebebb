#include "services/action/activity_rules.h"

#include "concord/action/v1/error_reason.pb.h"
#include "concord/rpc/v1/error_reason.pb.h"
#include "services/action/record_fixture.h"
#include "tests/support/status_matchers.h"

namespace concord::action {
namespace {

using absl::StatusCode;
using concord::testing::HasReason;
using concord::testing::IsOk;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using v1::Activity;

constexpr char kGoodActivity[] = "title: 'A course' start_date { year: 2012 month: 2 day: 15 } ";

std::vector<std::string> BadActivityFields(const std::string& more) {
  return BadFieldsOf<Activity>(CheckActivityValues, "activity", absl::StrCat(kGoodActivity, more));
}

std::string Participations(int count) {
  std::string all;
  for (int i = 0; i < count; ++i) {
    absl::StrAppend(&all, "participations { member: 'members/m", i, "' participant_count: 1000000 } ");
  }
  return all;
}

TEST(ActivityValues, AreGoodUpToTheirLimits) {
  EXPECT_THAT(BadActivityFields(""), IsEmpty());
  EXPECT_THAT(
      BadActivityFields(absl::StrCat("end_date { year: 2012 month: 2 day: 15 } reach_count: 0 organizer: 'members/sn' ",
                                     "place: '", std::string(200, 'p'), "' ", Participations(500))),
      IsEmpty());
  EXPECT_THAT(BadActivityFields(Participations(501)), ElementsAre("activity.participations"));
}

TEST(ActivityValues, CountEachMemberOnce) {
  EXPECT_THAT(BadActivityFields("participations { member: 'members/a' participant_count: 1 } "
                                "participations { member: 'members/a' participant_count: 2 }"),
              ElementsAre("activity.participations[1].member"));
  EXPECT_THAT(BadActivityFields("participations { member: 'a' participant_count: -1 } "
                                "participations { member: 'members/b' participant_count: 1000001 }"),
              ElementsAre("activity.participations[0].member", "activity.participations[0].participant_count",
                          "activity.participations[1].participant_count"));
}

TEST(ActivityValues, HaveDaysThatExistInTheirOrder) {
  EXPECT_THAT(BadActivityFields("end_date { year: 2012 month: 2 day: 14 }"), ElementsAre("activity.end_date"));
  EXPECT_THAT(BadActivityFields("end_date { year: 2012 month: 2 day: 30 }"), ElementsAre("activity.end_date"));
  EXPECT_THAT(BadActivityFields("start_date { month: 13 }"), ElementsAre("activity.start_date"));
}

TEST(ActivityValues, NameWhatIsWrong) {
  EXPECT_THAT(BadActivityFields(absl::StrCat("title: '", std::string(201, 't'), "' place: '", std::string(201, 'p'),
                                             "' organizer: 'x' reach_count: -1 description: '", std::string(4'001, 'd'),
                                             "' evidence { }")),
              ElementsAre("activity.title", "activity.place", "activity.organizer", "activity.reach_count",
                          "activity.description", "activity.evidence[0].title"));
}

class ActivityWrite : public RecordWrite {
 protected:
  ActivityWrite() : RecordWrite(Activity::default_instance()) {}

  absl::StatusOr<Activity> Create(const std::string& action, const std::string& more = "") {
    return Write<Activity>(ActivityRules(), absl::StrCat("name: '", action, "/activities/x' ", kGoodActivity, more));
  }
};

TEST_F(ActivityWrite, IsPossibleInEveryStateOfTheAction) {
  for (const char* action : {"proposed", "approved", "running", "held", "completed", "cancelled"}) {
    EXPECT_THAT(Create(absl::StrCat("plans/p/actions/", action)), IsOk()) << action;
  }
  EXPECT_THAT(Create("plans/closed/actions/running"),
              HasReason(StatusCode::kFailedPrecondition, v1::ERROR_REASON_PLAN_CLOSED));
}

TEST_F(ActivityWrite, IsPlannedAheadButNobodyHasComeYet) {
  const std::string running = "plans/p/actions/running";
  const std::string tomorrow = "start_date { year: 2012 month: 3 day: 1 } ";
  EXPECT_THAT(Create(running, tomorrow), IsOk());
  const auto refused = Create(running, tomorrow + Participations(1));
  EXPECT_THAT(refused, HasReason(StatusCode::kInvalidArgument, rpc::v1::ERROR_REASON_INVALID_REQUEST));
  EXPECT_EQ(ViolationsOf(refused.status()).at(0).first, "activity.participations");
  EXPECT_THAT(Create(running, "start_date { year: 2012 month: 2 day: 29 } " + Participations(1)), IsOk());
}

}  // namespace
}  // namespace concord::action
