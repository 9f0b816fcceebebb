// The scene of the tests of the engine: a plan with one action in a store of its own.
#ifndef COMMON_RPC_ENGINE_SCENE_FIXTURE_H_
#define COMMON_RPC_ENGINE_SCENE_FIXTURE_H_

#include <memory>
#include <string>
#include <utility>

#include "common/rpc/engine_fixture.h"
#include "gmock/gmock.h"
#include "tests/support/redis_server.h"
#include "tests/support/status_matchers.h"

namespace concord::rpc {

inline action::v1::CreateActionRequest NewAction(const std::string& id, const std::string& request_id = "") {
  auto request = Parse<action::v1::CreateActionRequest>(
      "parent: 'plans/p' action { title: 'T' objective_links { objective: 'plans/p/objectives/o' kind: KIND_SUPPORTS } "
      "}");
  request.set_action_id(id);
  request.mutable_action()->set_code(id);
  request.set_request_id(request_id);
  return request;
}

template <typename Request>
Request Named(const std::string& id) {
  Request request;
  request.set_name("plans/p/actions/" + id);
  return request;
}

class EngineTest : public ::testing::Test {
 protected:
  void SetUp() override {
    auto redis = concord::testing::RedisServer::Start();
    ASSERT_TRUE(redis.ok()) << redis.status();
    redis_ = *std::move(redis);
    TestProgram program(redis_->address());
    const auto plan = Parse<objective::v1::CreatePlanRequest>(
        "plan_id: 'p' plan { title: 'P' organization { title: 'O' } period { start_date { year: 2011 } end_date { "
        "year: 2012 } } }");
    ASSERT_THAT(program.Send(plan), concord::testing::IsOk());
    ASSERT_THAT(program.Send(NewAction("a")), concord::testing::IsOk());
  }

  std::unique_ptr<TestProgram> NewProgram(EngineOptions options = {}, absl::Duration timeout = absl::Seconds(10)) {
    return std::make_unique<TestProgram>(redis_->address(), options, timeout);
  }

  std::unique_ptr<concord::testing::RedisServer> redis_;
};

}  // namespace concord::rpc

#endif  // COMMON_RPC_ENGINE_SCENE_FIXTURE_H_
