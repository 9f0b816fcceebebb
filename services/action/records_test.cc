#include "services/action/records.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "concord/action/v1/contribution.pb.h"
#include "concord/action/v1/error_reason.pb.h"
#include "concord/action/v1/milestone.pb.h"
#include "concord/action/v1/progress_report.pb.h"
#include "concord/rpc/v1/error_reason.pb.h"
#include "services/action/record_fixture.h"
#include "tests/support/status_matchers.h"

namespace concord::action {
namespace {

using absl::StatusCode;
using concord::testing::HasReason;
using concord::testing::IsOk;

class RecordsTest : public RecordWrite {
 protected:
  RecordsTest() : RecordWrite(v1::Contribution::default_instance()) {}

  absl::Status CheckIn(const std::string& action, absl::Status (*check)(const v1::Action&, const std::string&)) {
    rpc::Context context = state_.Look();
    return check(*context.Get<v1::Action>("plans/p/actions/" + action), "plans/p/actions/x/milestones/m");
  }
};

TEST_F(RecordsTest, BelongToAnActionUnderAnOpenPlan) {
  rpc::Context context = state_.Look();
  const auto action = OpenActionOf(context, "plans/p/actions/held/contributions/c");
  ASSERT_THAT(action, IsOk());
  EXPECT_EQ((*action)->name(), "plans/p/actions/held");
  EXPECT_THAT(OpenActionOf(context, "plans/p/actions/none/contributions/c"),
              HasReason(StatusCode::kNotFound, rpc::v1::ERROR_REASON_RESOURCE_NOT_FOUND));
  EXPECT_THAT(OpenActionOf(context, "plans/none/actions/a/contributions/c"),
              HasReason(StatusCode::kNotFound, rpc::v1::ERROR_REASON_RESOURCE_NOT_FOUND));
  const auto closed = OpenActionOf(context, "plans/closed/actions/running/contributions/c");
  EXPECT_THAT(closed, HasReason(StatusCode::kFailedPrecondition, v1::ERROR_REASON_PLAN_CLOSED));
  EXPECT_EQ(MetadataOf(closed.status(), "state"), "CLOSED");
}

// The action may come to an end while the record is written: the commit must fail then.
TEST_F(RecordsTest, DependOnTheActionAndThePlanThatWereLookedAt) {
  rpc::Context context = state_.Look();
  ASSERT_THAT(OpenActionOf(context, "plans/p/actions/running/contributions/c"), IsOk());
  const ledger::Preconditions seen = context.PreconditionsOf("plans/p");
  EXPECT_EQ(seen.resources.size(), 2);
  EXPECT_TRUE(seen.collections.empty());
}

TEST_F(RecordsTest, AreClosedWithTheAction) {
  for (const char* living : kLiving) EXPECT_THAT(CheckIn(living, CheckNotEnded), IsOk()) << living;
  for (const char* ended : kEnded) {
    const absl::Status status = CheckIn(ended, CheckNotEnded);
    EXPECT_THAT(status, HasReason(StatusCode::kFailedPrecondition, v1::ERROR_REASON_ACTION_ENDED)) << ended;
    EXPECT_THAT(CheckIn(ended, CheckBegun), HasReason(StatusCode::kFailedPrecondition, v1::ERROR_REASON_ACTION_ENDED));
    EXPECT_EQ(MetadataOf(status, "name"), "plans/p/actions/x/milestones/m");
    EXPECT_EQ(MetadataOf(status, "action"), std::string("plans/p/actions/") + ended);
  }
  EXPECT_EQ(MetadataOf(CheckIn("completed", CheckNotEnded), "state"), "COMPLETED");
}

TEST_F(RecordsTest, TellOfSuccessOnlyOnceTheActionHasBegun) {
  for (const char* begun : {"running", "held"}) EXPECT_THAT(CheckIn(begun, CheckBegun), IsOk()) << begun;
  for (const char* waiting : {"proposed", "approved"}) {
    EXPECT_THAT(CheckIn(waiting, CheckBegun),
                HasReason(StatusCode::kFailedPrecondition, v1::ERROR_REASON_ACTION_NOT_BEGUN))
        << waiting;
  }
}

TEST(CheckSinceStart, AllowsTheVeryDay) {
  auto action = rpc::Parse<v1::Action>("actual_start_date { year: 2012 month: 2 day: 1 }");
  EXPECT_THAT(CheckSinceStart(action, absl::CivilDay(2012, 2, 1), "date"), IsOk());
  const absl::Status early = CheckSinceStart(action, absl::CivilDay(2012, 1, 31), "date");
  EXPECT_THAT(early, HasReason(StatusCode::kInvalidArgument, rpc::v1::ERROR_REASON_INVALID_REQUEST));
  EXPECT_EQ(ViolationsOf(early).at(0).first, "date");
  action.clear_actual_start_date();
  EXPECT_THAT(CheckSinceStart(action, absl::CivilDay(2012, 1, 31), "date"), IsOk());
}

// An action and what happened in it.
class LastDay : public ::testing::Test {
 protected:
  static constexpr char kAction[] = "plans/p/actions/a";

  void Put(const std::string& kind, const std::string& id, const std::string& text) {
    const std::string named = absl::StrCat("name: '", kAction, "/", kind, "/", id, "' ", text);
    if (kind == "milestones") {
      state_.Put(rpc::Parse<v1::Milestone>(named));
    } else {
      state_.Put(rpc::Parse<v1::ProgressReport>(named));
    }
  }
  absl::Status EndOn(int day) {
    rpc::Context context = state_.Look();
    return CheckRecordsUntil(context, rpc::Parse<v1::Action>(absl::StrCat("name: '", kAction, "'")),
                             absl::CivilDay(2012, 2, day));
  }

  rpc::State state_{{{objective::v1::Plan::default_instance(), "plans/{plan}"},
                     {v1::Action::default_instance(), "plans/{plan}"},
                     {v1::Milestone::default_instance(), "plans/{plan}"},
                     {v1::ProgressReport::default_instance(), "plans/{plan}"}}};
};

TEST_F(LastDay, IsNotBeforeWhatHappened) {
  state_.Put(rpc::Parse<objective::v1::Plan>("name: 'plans/p'"));
  EXPECT_THAT(EndOn(1), IsOk()) << "nothing did";
  Put("progressReports", "r1", "date { year: 2012 month: 2 day: 9 }");
  Put("progressReports", "r2", "date { year: 2012 month: 2 day: 5 }");
  Put("milestones", "m", "state: STATE_REACHED reached_date { year: 2012 month: 2 day: 12 }");
  Put("milestones", "planned", "due_date { year: 2012 month: 2 day: 28 }");
  Put("milestones", "gone", "reached_date { year: 2012 month: 2 day: 20 } delete_time { seconds: 1 }");
  const absl::Status status = EndOn(11);
  EXPECT_THAT(status, HasReason(StatusCode::kFailedPrecondition, v1::ERROR_REASON_ENDS_BEFORE_RECORD));
  EXPECT_EQ(MetadataOf(status, "name"), kAction);
  EXPECT_EQ(MetadataOf(status, "date"), "2012-02-11");
  EXPECT_EQ(MetadataOf(status, "record"), absl::StrCat(kAction, "/milestones/m"));
  EXPECT_EQ(MetadataOf(status, "record_date"), "2012-02-12");
  EXPECT_THAT(EndOn(12), IsOk()) << "the same day is fine, and what is planned or deleted does not count";
  Put("milestones", "m", "state: STATE_PLANNED");
  EXPECT_EQ(MetadataOf(EndOn(8), "record"), absl::StrCat(kAction, "/progressReports/r1"));
  EXPECT_THAT(EndOn(9), IsOk());
}

}  // namespace
}  // namespace concord::action
