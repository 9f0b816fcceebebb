// Writes that need two scopes: what has to come first is committed first, and a program may end in between.
#include <memory>
#include <string>
#include <utility>

#include "common/rpc/engine_fixture.h"
#include "concord/rpc/v1/error_reason.pb.h"
#include "gmock/gmock.h"
#include "tests/support/redis_server.h"
#include "tests/support/status_matchers.h"

namespace concord::rpc {
namespace {

using concord::testing::HasReason;
using concord::testing::IsOk;
using objective::v1::Plan;
namespace plans_api = ::concord::objective::v1;

constexpr char kService[] = "concord.objective.v1.PlanService";
constexpr char kName[] = "plans/p";
constexpr char kFirst[] = "plans/first";

Change Put(const std::string& name, const std::string& title) {
  auto plan = std::make_unique<Plan>();
  plan->set_name(name);
  plan->set_title(title);
  Change change;
  change.scope = name;
  change.answers = {name};
  change.puts.push_back({name, std::move(plan)});
  return change;
}

// Notes in "plans/first" that there is to be a plan, then writes the plan. One that `ends_in_between` does not come
// to the second.
Method CreateInTwo(bool ends_in_between) {
  return WriteMethod<plans_api::CreatePlanRequest>(
      "CreatePlan",
      [ends_in_between](const plans_api::CreatePlanRequest& request, Context& /*context*/) -> absl::StatusOr<Change> {
        if (ends_in_between) return Put(kFirst, "noted");
        Change change = Put(kName, request.plan().title());
        change.first = std::make_unique<Change>(Put(kFirst, "noted"));
        return change;
      });
}

plans_api::CreatePlanRequest Request(const std::string& title) {
  auto request = Parse<plans_api::CreatePlanRequest>(
      "plan_id: 'p' request_id: 'once' plan { organization { title: 'O' } period { start_date { year: 2011 month: 1 "
      "day: 1 } end_date { year: 2012 month: 1 day: 1 } } }");
  request.mutable_plan()->set_title(title);
  return request;
}

class TwoCommits : public ::testing::Test {
 protected:
  void SetUp() override {
    auto redis = concord::testing::RedisServer::Start();
    ASSERT_TRUE(redis.ok()) << redis.status();
    redis_ = *std::move(redis);
  }

  std::unique_ptr<TestProgram> NewProgram(bool ends_in_between = false) {
    auto program = std::make_unique<TestProgram>(redis_->address());
    Method method = CreateInTwo(ends_in_between);
    method.about = [](const google::protobuf::Message&) { return std::string(kName); };
    program->engine().Add(kService, std::move(method));
    // So that it decides on what it saw before anybody else wrote.
    EXPECT_FALSE(program->Send(Get(kName)).ok());
    EXPECT_FALSE(program->Send(Get(kFirst)).ok());
    return program;
  }

  static action::v1::GetActionRequest Get(const std::string& plan) {
    action::v1::GetActionRequest request;
    request.set_name(plan + "/actions/none");
    return request;
  }

  std::unique_ptr<concord::testing::RedisServer> redis_;
};

TEST_F(TwoCommits, AreBothMadeAndRememberedTogether) {
  const auto program = NewProgram();
  const auto first = program->Send(Request("A"));
  ASSERT_THAT(first, IsOk());
  EXPECT_EQ(program->Revision(kFirst), 1);
  EXPECT_EQ(program->Revision(kName), 1);
  EXPECT_EQ(*program->Send(Request("A")), *first);
  EXPECT_THAT(program->Send(Request("B")),
              HasReason(absl::StatusCode::kInvalidArgument, v1::ERROR_REASON_REQUEST_ID_REUSED));
}

TEST_F(TwoCommits, AreTakenUpWhereAnotherProgramEndedInBetween) {
  const auto program = NewProgram();
  ASSERT_THAT(NewProgram(true)->Send(Request("A")), IsOk());
  ASSERT_EQ(program->Revision(kName), 0);
  const auto answer = program->SendFor<Plan>(Request("A"));
  ASSERT_THAT(answer, IsOk());
  EXPECT_EQ(answer->title(), "A");
  EXPECT_EQ(program->Revision(kFirst), 1) << "made once";
  EXPECT_EQ(program->Revision(kName), 1);
}

TEST_F(TwoCommits, AreNotTakenUpByAnotherRequestOfTheSameId) {
  const auto program = NewProgram();
  ASSERT_THAT(NewProgram(true)->Send(Request("A")), IsOk());
  EXPECT_THAT(program->Send(Request("B")),
              HasReason(absl::StatusCode::kInvalidArgument, v1::ERROR_REASON_REQUEST_ID_REUSED));
  EXPECT_EQ(program->Revision(kFirst), 1);
  EXPECT_EQ(program->Revision(kName), 0) << "nothing of the other request was written";
}

}  // namespace
}  // namespace concord::rpc
