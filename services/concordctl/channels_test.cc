#include "services/concordctl/channels.h"

#include <string>

#include "concord/action/v1/action_service.pb.h"
#include "concord/action/v1/activity_service.pb.h"
#include "concord/action/v1/contribution_service.pb.h"
#include "concord/action/v1/milestone_service.pb.h"
#include "concord/action/v1/progress_report_service.pb.h"
#include "concord/action/v1/risk_service.pb.h"
#include "concord/ledger/v1/ledger_service.pb.h"
#include "concord/member/v1/ballot_service.pb.h"
#include "concord/member/v1/committee_service.pb.h"
#include "concord/member/v1/member_service.pb.h"
#include "concord/member/v1/work_programme_service.pb.h"
#include "concord/objective/v1/indicator_service.pb.h"
#include "concord/objective/v1/measurement_service.pb.h"
#include "concord/objective/v1/objective_service.pb.h"
#include "concord/objective/v1/plan_service.pb.h"
#include "concord/reporting/v1/reporting_service.pb.h"
#include "gmock/gmock.h"
#include "grpcpp/client_context.h"
#include "gtest/gtest.h"
#include "services/concordctl/requests.h"

namespace concord::ctl {
namespace {

using ::testing::HasSubstr;

// Nothing listens there, and nothing needs to: what is wrong shows before anything is sent.
absl::Status Call(const google::protobuf::Message& request, google::protobuf::Message& response) {
  grpc::ClientContext context;
  return Channels({{"action", "unix:/nobody/listens"}}).Call(context, request, response, "");
}

TEST(Channels, TakeNoOtherAnswerThanTheMethods) {
  objective::v1::Plan plan;
  const absl::Status status = Call(action::v1::GetActionRequest(), plan);
  EXPECT_EQ(status.code(), absl::StatusCode::kInternal);
  EXPECT_THAT(status.message(), HasSubstr("concord.action.v1.GetActionRequest is not answered by"));
}

TEST(Channels, SendNothingThatIsNoRequest) {
  action::v1::Action action;
  EXPECT_EQ(Call(action::v1::Action(), action).code(), absl::StatusCode::kInternal);
}

TEST(Channels, WantToBeToldWhomToAskForALedger) {
  ledger::v1::ListResourceRevisionsResponse response;
  const absl::Status status = Call(ledger::v1::ListResourceRevisionsRequest(), response);
  EXPECT_THAT(status.message(), HasSubstr("no service is known to ask for"));
}

TEST(Channels, FindTheServiceByThePackageOfTheRequest) {
  action::v1::Action action;
  const absl::Status status = Call(action::v1::GetActionRequest(), action);
  EXPECT_EQ(status.code(), absl::StatusCode::kUnavailable) << status;
}

// The premise of it all.
TEST(MethodOf, IsTheOnlyMethodWithThatRequest) {
  for (const RequestType one :
       {objective::v1::GetPlanRequest::descriptor(), objective::v1::GetObjectiveRequest::descriptor(),
        objective::v1::GetIndicatorRequest::descriptor(), objective::v1::GetMeasurementRequest::descriptor(),
        action::v1::GetActionRequest::descriptor(), action::v1::GetMilestoneRequest::descriptor(),
        action::v1::GetProgressReportRequest::descriptor(), action::v1::GetContributionRequest::descriptor(),
        action::v1::GetActivityRequest::descriptor(), action::v1::GetRiskRequest::descriptor(),
        member::v1::GetMemberRequest::descriptor(), member::v1::GetCommitteeRequest::descriptor(),
        member::v1::GetWorkItemRequest::descriptor(), member::v1::GetBallotRequest::descriptor(),
        reporting::v1::GetScorecardRequest::descriptor(), ledger::v1::VerifyScopeRequest::descriptor()}) {
    const auto& service = *MethodOf(one)->service();
    for (int i = 0; i < service.method_count(); ++i) {
      EXPECT_EQ(MethodOf(service.method(i)->input_type()), service.method(i)) << service.method(i)->full_name();
    }
  }
}

}  // namespace
}  // namespace concord::ctl
