// The plan that Concord is delivered with, and a system that carries it.
#ifndef TESTS_INTEGRATION_PLAN_ON_FILE_H_
#define TESTS_INTEGRATION_PLAN_ON_FILE_H_

#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "concord/action/v1/action_service.pb.h"
#include "concord/planfile/v1/plan_file.pb.h"
#include "google/protobuf/util/json_util.h"
#include "gtest/gtest.h"
#include "tests/support/running_service.h"

namespace concord::testing {

inline constexpr char kPlan[] = "plans/iso-2011-2015";

inline std::string PlanPath() { return SourcePath("deploy/plans/iso-2011-2015/plan.json"); }

inline planfile::v1::PlanFile ReadPlanFile() {
  std::ifstream file(PlanPath());
  const std::string text(std::istreambuf_iterator<char>(file), {});
  planfile::v1::PlanFile plan;
  EXPECT_TRUE(google::protobuf::util::JsonStringToMessage(text, &plan).ok()) << PlanPath();
  return plan;
}

// A system into which the command line has imported the plan; still a draft.
inline std::unique_ptr<RunningSystem> SystemWithPlan(SystemOptions options = {}) {
  auto system = RunningSystem::Start(std::move(options));
  EXPECT_TRUE(system.ok()) << system.status();
  if (!system.ok()) return nullptr;
  auto imported = (*system)->Ctl({"plan", "import", PlanPath()});
  EXPECT_TRUE(imported.ok()) << imported.status();
  if (imported.ok()) EXPECT_EQ(imported->exit_code, 0) << imported->output;
  return *std::move(system);
}

inline std::string ActionName(const std::string& id) { return absl::StrCat(kPlan, "/actions/", id); }

// Sends a request that is nothing but the name of an action, or of anything.
template <typename Request>
Answer SendName(RunningSystem& system, const std::string& name, int replica = 0) {
  Request request;
  request.set_name(name);
  return system.Send(request, replica);
}

// Reads all pages of a list of actions.
inline std::vector<action::v1::Action> AllActions(RunningSystem& system, int page_size, int replica = 0) {
  std::vector<action::v1::Action> actions;
  action::v1::ListActionsRequest request;
  request.set_parent(kPlan);
  request.set_page_size(page_size);
  do {
    const auto page = system.Send(request, replica).As<action::v1::ListActionsResponse>();
    actions.insert(actions.end(), page.actions().begin(), page.actions().end());
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  return actions;
}

}  // namespace concord::testing

#endif  // TESTS_INTEGRATION_PLAN_ON_FILE_H_
