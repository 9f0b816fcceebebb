// What a service shows of itself: the services that it serves, and their health.
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/time/clock.h"
#include "gmock/gmock.h"
#include "grpc/health/v1/health.grpc.pb.h"
#include "grpcpp/generic/generic_stub.h"
#include "grpcpp/grpcpp.h"
#include "tests/integration/plan_on_file.h"
#include "tests/support/status_matchers.h"

namespace concord::testing {
namespace {

using ::testing::HasSubstr;

// All that reflection shows can be asked for, the service of the ledger included.
TEST(Health, IsToldOfEveryServiceThatIsServed) {
  const auto system = SystemWithPlan(
      {.services = {"objective", "action", "member", "reporting"}, .replicas = 1, .flags = {"--redis_timeout=0.3"}});
  ASSERT_NE(system, nullptr);
  using grpc::health::v1::HealthCheckResponse;
  const auto health = [&](const std::string& binary, const std::string& service) {
    grpc::health::v1::HealthCheckRequest request;
    request.set_service(service);
    const Answer answer =
        CallBytes(system->service(binary).channel(), "grpc.health.v1.Health/Check", request.SerializeAsString());
    return answer.ok() ? answer.As<HealthCheckResponse>().status() : HealthCheckResponse::SERVICE_UNKNOWN;
  };
  const std::vector<std::pair<std::string, std::string>> served = {
      {"objective", "concord.objective.v1.PlanService"},
      {"objective", "concord.objective.v1.ObjectiveService"},
      {"objective", "concord.objective.v1.IndicatorService"},
      {"objective", "concord.objective.v1.MeasurementService"},
      {"objective", "concord.ledger.v1.LedgerService"},
      {"action", "concord.action.v1.ActionService"},
      {"action", "concord.action.v1.MilestoneService"},
      {"action", "concord.action.v1.ProgressReportService"},
      {"action", "concord.action.v1.ContributionService"},
      {"action", "concord.action.v1.ActivityService"},
      {"action", "concord.action.v1.RiskService"},
      {"action", "concord.ledger.v1.LedgerService"},
      {"member", "concord.member.v1.MemberService"},
      {"member", "concord.member.v1.CommitteeService"},
      {"member", "concord.member.v1.WorkProgrammeService"},
      {"member", "concord.member.v1.AdoptionService"},
      {"member", "concord.member.v1.BallotService"},
      {"member", "concord.ledger.v1.LedgerService"},
      {"reporting", "concord.reporting.v1.FormulaService"},
      {"reporting", "concord.reporting.v1.PublishedReportService"},
      {"reporting", "concord.reporting.v1.ReportingService"},
      {"reporting", "concord.ledger.v1.LedgerService"}};
  for (const auto& [binary, service] : served) {
    EXPECT_EQ(health(binary, service), HealthCheckResponse::SERVING) << binary << ": " << service;
  }
  system->redis().Kill();
  for (const auto& [binary, service] : served) {
    auto found = health(binary, service);
    for (const absl::Time end = absl::Now() + kServiceLimit;
         found != HealthCheckResponse::NOT_SERVING && absl::Now() < end; found = health(binary, service)) {
      absl::SleepFor(absl::Milliseconds(2));
    }
    EXPECT_EQ(found, HealthCheckResponse::NOT_SERVING) << binary << ": " << service;
  }
}

// The answer to "list_services" of the reflection service holds their names as plain text.
TEST(Reflection, ListsTheServices) {
  const auto system = RunningSystem::Start();
  ASSERT_TRUE(system.ok()) << system.status();
  const struct {
    const char* binary;
    std::vector<const char*> services;
  } cases[] = {{"objective", {"concord.objective.v1.PlanService", "concord.objective.v1.ObjectiveService"}},
               {"action", {"concord.action.v1.ActionService"}},
               {"reporting", {"concord.reporting.v1.ReportingService"}}};
  for (const auto& c : cases) {
    grpc::GenericStub stub((*system)->service(c.binary).shared_channel());
    grpc::ClientContext context;
    grpc::CompletionQueue queue;
    auto stream = stub.PrepareCall(&context, "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo", &queue);
    const auto wait = [&queue] {
      void* tag = nullptr;
      bool good = false;
      return queue.Next(&tag, &good) && good;
    };
    stream->StartCall(&queue);
    ASSERT_TRUE(wait());
    const grpc::Slice slice(std::string("\x3a\x01*"));  // Field 7, list_services: "*".
    stream->Write(grpc::ByteBuffer(&slice, 1), &queue);
    ASSERT_TRUE(wait());
    grpc::ByteBuffer answer;
    stream->Read(&answer, &queue);
    ASSERT_TRUE(wait());
    std::vector<grpc::Slice> slices;
    ASSERT_TRUE(answer.Dump(&slices).ok());
    std::string bytes;
    for (const grpc::Slice& part : slices) bytes.append(reinterpret_cast<const char*>(part.begin()), part.size());
    for (const char* service : c.services) EXPECT_THAT(bytes, HasSubstr(service));
    EXPECT_THAT(bytes, HasSubstr("concord.ledger.v1.LedgerService"));
    EXPECT_THAT(bytes, HasSubstr("grpc.health.v1.Health"));
    context.TryCancel();
    queue.Shutdown();
    void* tag = nullptr;
    for (bool good = false; queue.Next(&tag, &good);) {
    }
  }
}

}  // namespace
}  // namespace concord::testing
