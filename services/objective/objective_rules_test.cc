#include "services/objective/objective_rules.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "concord/objective/v1/error_reason.pb.h"
#include "concord/rpc/v1/error_reason.pb.h"
#include "gmock/gmock.h"
#include "tests/support/plan_state.h"
#include "tests/support/status_matchers.h"

namespace concord::objective {
namespace {

using concord::testing::HasReason;
using concord::testing::IsOk;
using rpc::Parse;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using v1::Objective;

constexpr char kGoodObjective[] = "name: 'plans/p/objectives/o' title: 'T' code: '1' ";

std::vector<std::string> BadObjectiveFields(const std::string& text) {
  const auto objective = Parse<Objective>(text);
  return concord::testing::BadFields(
      [&](Violations& violations) { CheckObjectiveValues(objective, "objective", violations); });
}

TEST(ObjectiveValues, MayWeighNothing) {
  EXPECT_THAT(BadObjectiveFields(kGoodObjective), IsEmpty());
  EXPECT_THAT(BadObjectiveFields(absl::StrCat(kGoodObjective, "weight: 0")), IsEmpty());
  EXPECT_THAT(BadObjectiveFields(absl::StrCat(kGoodObjective, "weight: 1000000")), IsEmpty());
  for (const char* weight : {"-0.001", "1000001", "nan", "inf"}) {
    EXPECT_THAT(BadObjectiveFields(absl::StrCat(kGoodObjective, "weight: ", weight)), ElementsAre("objective.weight"))
        << weight;
  }
}

TEST(ObjectiveValues, AllThatIsWrongIsTold) {
  EXPECT_THAT(
      BadObjectiveFields(
          absl::StrCat("code: 'a b' owner: '", std::string(201, 'o'), "' outcome: '\\001' labels { key: '1' }")),
      ElementsAre("objective.title", "objective.labels", "objective.code", "objective.outcome", "objective.owner"));
}

class ObjectiveWrite : public ::testing::Test {
 protected:
  ObjectiveWrite() {
    state_.Put(Parse<v1::Plan>("name: 'plans/p' state: STATE_ACTIVE"));
    state_.Put(Parse<Objective>(kGoodObjective));
  }

  void PutAction(const std::string& id, const std::string& kind, bool deleted = false) {
    state_.Put(Parse<action::v1::Action>(absl::StrCat("name: 'plans/p/actions/", id, "' code: '", id,
                                                      "' objective_links { objective: 'plans/p/objectives/o' kind: ",
                                                      kind, " } ", deleted ? "delete_time { seconds: 1 }" : "")));
  }

  absl::Status Remove() {
    rpc::Context context = state_.Look();
    return ObjectiveRules().remove(context, *context.Find("plans/p/objectives/o")->message);
  }
  absl::Status Write(const std::string& text) {
    rpc::Context context = state_.Look();
    Objective after = Parse<Objective>(text);
    return ObjectiveRules().write(context, nullptr, after);
  }

  rpc::State state_{concord::testing::PlanTypes()};
};

TEST_F(ObjectiveWrite, NeedsAPlanThatIsNotOver) {
  EXPECT_THAT(Write(kGoodObjective), IsOk());
  state_.Of("plans/q");
  EXPECT_THAT(Write("name: 'plans/q/objectives/o'"),
              HasReason(absl::StatusCode::kNotFound, rpc::v1::ERROR_REASON_RESOURCE_NOT_FOUND));
  state_.Put(Parse<v1::Plan>("name: 'plans/p' state: STATE_CLOSED"));
  EXPECT_THAT(Write(kGoodObjective), HasReason(absl::StatusCode::kFailedPrecondition, v1::ERROR_REASON_PLAN_CLOSED));
  EXPECT_THAT(Remove(), HasReason(absl::StatusCode::kFailedPrecondition, v1::ERROR_REASON_PLAN_CLOSED));
}

TEST_F(ObjectiveWrite, RemovesNothingThatALivingActionServes) {
  PutAction("gone", "KIND_CONTRIBUTES", true);
  EXPECT_THAT(Remove(), IsOk());
  PutAction("b", "KIND_SUPPORTS");
  PutAction("a", "KIND_CONTRIBUTES");
  const absl::Status status = Remove();
  EXPECT_THAT(status, HasReason(absl::StatusCode::kFailedPrecondition, v1::ERROR_REASON_OBJECTIVE_IN_USE));
  EXPECT_EQ(MetadataOf(status, "count"), "2");
  EXPECT_EQ(MetadataOf(status, "action"), "plans/p/actions/a");
}

}  // namespace
}  // namespace concord::objective
