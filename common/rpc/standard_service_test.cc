#include "common/rpc/standard_service.h"

#include <string>
#include <vector>

#include "absl/strings/str_split.h"
#include "common/rpc/state_fixture.h"
#include "concord/action/v1/milestone_service.pb.h"
#include "concord/action/v1/progress_report_service.pb.h"
#include "gmock/gmock.h"

namespace concord::rpc {
namespace {

using ::testing::UnorderedElementsAre;
namespace api = ::concord::action::v1;

// What is bound of the service whose request this is.
template <typename Resource>
std::vector<std::string> BoundOf(const google::protobuf::Message& request) {
  State state({{Resource::default_instance(), "plans/{plan}"}});
  const StandardMethods methods(
      {&state.types().Of(Resource::descriptor()), ResourceRules(), &state.stamper(), &state.tokens()});
  Engine engine(EngineParts{}, EngineOptions{});
  const auto& service = *request.GetDescriptor()->file()->service(0);
  AddStandardMethods(service, methods, engine);
  std::vector<std::string> bound;
  for (const std::string& name : engine.MethodNames()) {
    const std::vector<std::string> parts = absl::StrSplit(name, '/');
    EXPECT_EQ(parts.at(0), service.full_name());
    bound.push_back(parts.at(1));
  }
  return bound;
}

TEST(AddStandardMethods, LeavesTheNamedMethodsToTheCaller) {
  EXPECT_THAT(BoundOf<api::Milestone>(api::GetMilestoneRequest::default_instance()),
              UnorderedElementsAre("GetMilestone", "ListMilestones", "CreateMilestone", "BatchCreateMilestones",
                                   "UpdateMilestone", "DeleteMilestone", "UndeleteMilestone"));
}

TEST(AddStandardMethods, BindsNoMoreThanTheSchemaHas) {
  EXPECT_THAT(BoundOf<api::ProgressReport>(api::GetProgressReportRequest::default_instance()),
              UnorderedElementsAre("GetProgressReport", "ListProgressReports", "CreateProgressReport",
                                   "BatchCreateProgressReports"));
}

TEST(AddStandardMethods, BindsNothingOfAnotherResource) {
  EXPECT_THAT(BoundOf<api::Milestone>(api::GetProgressReportRequest::default_instance()), UnorderedElementsAre());
}

}  // namespace
}  // namespace concord::rpc
