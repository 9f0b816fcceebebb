// Batches on a real redis-server: one commit, answered exactly once.
#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "common/rpc/engine_fixture.h"
#include "concord/rpc/v1/error_reason.pb.h"
#include "gmock/gmock.h"
#include "tests/support/redis_server.h"
#include "tests/support/status_matchers.h"

namespace concord::rpc {
namespace {

using absl::StatusCode;
using action::v1::Action;
using concord::testing::HasReason;
using concord::testing::IsOk;
namespace api = ::concord::action::v1;

constexpr char kBatchScope[] = "plans/p";

api::CreateActionRequest NewBatchedAction(const std::string& id) {
  auto request = Parse<api::CreateActionRequest>(
      "parent: 'plans/p' action { title: 'T' objective_links { objective: 'plans/p/objectives/o' kind: KIND_SUPPORTS } "
      "}");
  request.set_action_id(id);
  request.mutable_action()->set_code(id);
  return request;
}

class BatchCreateTest : public ::testing::Test {
 protected:
  void SetUp() override {
    auto redis = concord::testing::RedisServer::Start();
    ASSERT_TRUE(redis.ok()) << redis.status();
    redis_ = *std::move(redis);
    const auto plan = Parse<objective::v1::CreatePlanRequest>(
        "plan_id: 'p' plan { title: 'P' organization { title: 'O' } period { start_date { year: 2011 } end_date { "
        "year: 2012 } } }");
    ASSERT_THAT(NewProgram()->Send(plan), IsOk());
  }

  std::unique_ptr<TestProgram> NewProgram() { return std::make_unique<TestProgram>(redis_->address()); }

  std::unique_ptr<concord::testing::RedisServer> redis_;
};

TEST_F(BatchCreateTest, CreatesABatchInOneCommitAndRepeatsItsAnswerInEveryProgram) {
  const auto program = NewProgram();
  api::BatchCreateActionsRequest request;
  request.set_parent(kBatchScope);
  for (int i = 0; i < 500; ++i) *request.add_requests() = NewBatchedAction(absl::StrCat("n", i));
  request.set_validate_only(true);
  auto preview = program->SendFor<api::BatchCreateActionsResponse>(request);
  ASSERT_THAT(preview, IsOk());
  EXPECT_EQ(preview->actions_size(), 500);
  request.clear_validate_only();
  request.set_request_id("batch");
  const int64_t before = program->Revision(kBatchScope);
  const auto first = program->Send(request);
  ASSERT_THAT(first, IsOk());
  EXPECT_EQ(program->Revision(kBatchScope), before + 1);
  api::BatchCreateActionsResponse response;
  ASSERT_TRUE(response.ParseFromString(*first));
  ASSERT_EQ(response.actions_size(), 500);
  EXPECT_EQ(response.actions(499).name(), "plans/p/actions/n499");
  const auto get = Parse<api::GetActionRequest>("name: 'plans/p/actions/n7'");
  EXPECT_EQ(program->SendFor<Action>(get)->etag(), response.actions(7).etag());
  EXPECT_EQ(*program->Send(request), *first);
  EXPECT_EQ(*NewProgram()->Send(request), *first) << "bit for bit";
  EXPECT_EQ(program->Revision(kBatchScope), before + 1);
}

TEST_F(BatchCreateTest, CreatesNothingOfABatchOfWhichOneIsRefused) {
  const auto program = NewProgram();
  api::BatchCreateActionsRequest request;
  request.set_parent(kBatchScope);
  for (const char* id : {"x", "y", "x"}) *request.add_requests() = NewBatchedAction(id);
  const int64_t before = program->Revision(kBatchScope);
  const absl::Status status = program->Send(request).status();
  EXPECT_THAT(status, HasReason(StatusCode::kAlreadyExists, v1::ERROR_REASON_RESOURCE_ALREADY_EXISTS));
  EXPECT_EQ(MetadataOf(status, "request"), "requests[2]");
  EXPECT_EQ(program->Revision(kBatchScope), before);
}

}  // namespace
}  // namespace concord::rpc
