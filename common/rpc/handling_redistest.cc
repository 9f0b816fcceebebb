// On which thread a call is handled.
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/rpc/engine_scene_fixture.h"
#include "concord/action/v1/action_service.pb.h"

namespace concord::rpc {
namespace {

using concord::testing::IsOk;
namespace api = ::concord::action::v1;

using Handling = EngineTest;

// The thread that a fence's answer arrives on carries everybody's fences and commits.
TEST_F(Handling, GoesOnElsewhereIfItTakesLong) {
  for (const bool patient : {true, false}) {
    EngineOptions options;
    options.handling_limit = patient ? absl::InfiniteDuration() : absl::ZeroDuration();
    const auto program = NewProgram(options);
    for (int i = 0; i < 20; ++i) program->Send(NewAction(absl::StrCat("n", i))).IgnoreError();
    const std::string list = "concord.action.v1.ActionService/ListActions";
    Method method = *program->engine().Find(list);
    std::vector<std::thread::id> threads;
    method.read = [&, read = method.read](const Method::Request& request, Context& context) {
      threads.push_back(std::this_thread::get_id());
      return read(request, context);
    };
    program->engine().Add("concord.action.v1.ActionService", std::move(method));
    const auto rows = program->SendFor<api::ListActionsResponse>(Parse<api::ListActionsRequest>("parent: 'plans/p'"));
    ASSERT_THAT(rows, IsOk());
    EXPECT_EQ(rows->actions_size(), 21);
    ASSERT_EQ(threads.size(), patient ? 1 : 2);
    EXPECT_EQ(threads.front() == threads.back(), patient);
  }
}

TEST_F(Handling, IsElsewhereFromTheBeginningIfItReckonsForLong) {
  EngineOptions options;
  options.handling_limit = absl::InfiniteDuration();
  const auto program = NewProgram(options);
  const std::string list = "concord.action.v1.ActionService/ListActions";
  const auto read = program->engine().Find(list)->read;
  std::vector<std::thread::id> threads;
  for (const bool lasting : {false, true}) {
    Method method = *program->engine().Find(list);
    method.lasting = lasting;
    method.read = [&](const Method::Request& request, Context& context) {
      threads.push_back(std::this_thread::get_id());
      return read(request, context);
    };
    program->engine().Add("concord.action.v1.ActionService", std::move(method));
    // What is not loaded yet would be handled on a thread for that.
    ASSERT_THAT(program->Send(Named<api::GetActionRequest>("a")), IsOk());
    ASSERT_THAT(program->Send(Parse<api::ListActionsRequest>("parent: 'plans/p'")), IsOk());
  }
  ASSERT_EQ(threads.size(), 2u);
  EXPECT_NE(threads[0], threads[1]);
}

}  // namespace
}  // namespace concord::rpc
