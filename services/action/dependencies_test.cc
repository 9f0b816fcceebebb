#include "services/action/dependencies.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "common/rpc/state_fixture.h"
#include "concord/action/v1/error_reason.pb.h"
#include "gmock/gmock.h"
#include "services/action/action_rules.h"
#include "tests/support/plan_state.h"
#include "tests/support/status_matchers.h"

namespace concord::action {
namespace {

using absl::StatusCode;
using concord::testing::HasReason;
using concord::testing::IsOk;

// plans/p with actions of any state; a depends on b and c.
class Dependencies : public ::testing::Test {
 protected:
  Dependencies() {
    state_.Put(rpc::Parse<objective::v1::Plan>("name: 'plans/p' state: STATE_ACTIVE"));
    Put("b", "COMPLETED");
    Put("c", "COMPLETED");
  }
  void Put(const std::string& id, const std::string& state) {
    state_.Put(rpc::Parse<v1::Action>(absl::StrCat("name: 'plans/p/actions/", id, "' state: STATE_", state)));
  }
  static v1::Action Waiting() {
    return rpc::Parse<v1::Action>(
        "name: 'plans/p/actions/a' state: STATE_COMPLETED dependencies: 'plans/p/actions/b' "
        "dependencies: 'plans/p/actions/c'");
  }
  absl::Status Check() {
    rpc::Context context = state_.Look();
    return CheckDependenciesCompleted(context, Waiting());
  }

  rpc::State state_{concord::testing::PlanTypes()};
};

TEST_F(Dependencies, HaveToBeCompleted) {
  EXPECT_THAT(Check(), IsOk());
  for (const char* state : {"PROPOSED", "APPROVED", "IN_PROGRESS", "ON_HOLD", "CANCELLED"}) {
    Put("c", state);
    const absl::Status status = Check();
    EXPECT_THAT(status, HasReason(StatusCode::kFailedPrecondition, v1::ERROR_REASON_DEPENDENCY_NOT_COMPLETED));
    EXPECT_EQ(MetadataOf(status, "name"), "plans/p/actions/a");
    EXPECT_EQ(MetadataOf(status, "dependency"), "plans/p/actions/c");
    EXPECT_EQ(MetadataOf(status, "state"), state);
    EXPECT_EQ(MetadataOf(status, "count"), "1");
  }
}

TEST_F(Dependencies, AreNotAddedOpenToWhatIsCompleted) {
  Put("c", "IN_PROGRESS");
  rpc::Context context = state_.Look();
  v1::Action after = Waiting();
  after.set_title("T");
  v1::Action before = after;
  before.mutable_dependencies()->RemoveLast();
  const auto change = [&] { return ActionRules().write(context, &before, after); };
  EXPECT_THAT(change(), HasReason(StatusCode::kFailedPrecondition, v1::ERROR_REASON_DEPENDENCY_NOT_COMPLETED));
  before.set_state(v1::Action::STATE_IN_PROGRESS);
  after.set_state(v1::Action::STATE_IN_PROGRESS);
  EXPECT_THAT(change(), IsOk()) << "work may overlap";
}

}  // namespace
}  // namespace concord::action
