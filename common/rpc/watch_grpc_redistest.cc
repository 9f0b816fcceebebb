// Watches over gRPC, in this process.
#include <chrono>
#include <thread>

#include "common/rpc/grpc_service.h"
#include "common/rpc/watch_fixture.h"
#include "concord/ledger/v1/ledger_service.grpc.pb.h"
#include "gmock/gmock.h"
#include "grpcpp/grpcpp.h"
#include "tests/support/redis_server.h"
#include "tests/support/status_matchers.h"

namespace concord::rpc {
namespace {

using concord::testing::IsOk;
using ::testing::HasSubstr;
namespace api = ::concord::action::v1;

class WatchOverGrpc : public ::testing::Test {
 protected:
  void SetUp() override {
    auto redis = concord::testing::RedisServer::Start();
    ASSERT_TRUE(redis.ok()) << redis.status();
    redis_ = *std::move(redis);
    options_.queue_bytes = 64 << 10;
    options_.heartbeat = absl::Milliseconds(100);
    program_ = std::make_unique<WatchedProgram>(redis_->address(), options_);
    const auto plan = Parse<objective::v1::CreatePlanRequest>(
        "plan_id: 'p' plan { title: 'P' organization { title: 'O' } period { start_date { year: 2011 } end_date { "
        "year: 2012 } } }");
    ASSERT_THAT((*program_)->Send(plan), IsOk());
    auto action = Parse<api::CreateActionRequest>(
        "parent: 'plans/p' action_id: 'a' action { title: 'T' code: '1' objective_links { objective: "
        "'plans/p/objectives/o' kind: KIND_SUPPORTS } }");
    ASSERT_THAT((*program_)->Send(action), IsOk());
    auto service =
        GrpcService::Create(*WatchResourcesRequest::descriptor()->file()->service(0), &(*program_)->engine());
    ASSERT_TRUE(service.ok()) << service.status();
    service_ = *std::move(service);
    grpc::ServerBuilder builder;
    builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port_);
    builder.RegisterService(service_.get());
    server_ = builder.BuildAndStart();
    ASSERT_NE(server_, nullptr);
    stub_ = ledger::v1::LedgerService::NewStub(
        grpc::CreateChannel(absl::StrCat("127.0.0.1:", port_), grpc::InsecureChannelCredentials()));
  }
  void TearDown() override {
    program_->hub().Stop();
    server_->Shutdown(std::chrono::system_clock::now());
    server_ = nullptr;
    program_ = nullptr;
  }

  using Stream = std::unique_ptr<grpc::ClientReader<WatchResourcesResponse>>;

  Stream Begin(grpc::ClientContext& context, const std::string& token = "") {
    context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(60));
    WatchResourcesRequest request;
    request.set_parent("plans/p");
    request.set_resume_token(token);
    return stub_->WatchResources(&context, request);
  }

  int64_t Change(const std::string& title) {
    api::UpdateActionRequest request;
    request.mutable_action()->set_name("plans/p/actions/a");
    request.mutable_action()->set_title(title);
    EXPECT_THAT((*program_)->Send(request), IsOk());
    return (*program_)->Revision("plans/p");
  }

  std::unique_ptr<concord::testing::RedisServer> redis_;
  WatchOptions options_;
  std::unique_ptr<WatchedProgram> program_;
  std::unique_ptr<GrpcService> service_;
  int port_ = 0;
  std::unique_ptr<grpc::Server> server_;
  std::unique_ptr<ledger::v1::LedgerService::Stub> stub_;
};

TEST_F(WatchOverGrpc, SendsTheStateTheChangesAndHeartbeats) {
  grpc::ClientContext context;
  const Stream stream = Begin(context);
  Knowledge knowledge;
  WatchResourcesResponse message;
  while (!knowledge.complete && stream->Read(&message)) knowledge.Take(message);
  ASSERT_TRUE(knowledge.complete);
  EXPECT_EQ(knowledge.resources.size(), 2u);
  const int64_t last = Change("changed");
  while (knowledge.changes.empty() && stream->Read(&message)) knowledge.Take(message);
  EXPECT_THAT(knowledge.changes, ::testing::ElementsAre(last));
  while (!message.current() && stream->Read(&message)) knowledge.Take(message);
  EXPECT_TRUE(message.current());
  context.TryCancel();
  while (stream->Read(&message)) knowledge.Take(message);
  EXPECT_EQ(stream->Finish().error_code(), grpc::StatusCode::CANCELLED);
}

TEST_F(WatchOverGrpc, CutsOffWhoDoesNotReadAndLosesNothing) {
  grpc::ClientContext context;
  const Stream stream = Begin(context);
  Knowledge knowledge;
  WatchResourcesResponse message;
  while (!knowledge.complete && stream->Read(&message)) knowledge.Take(message);
  int64_t last = 0;
  for (int i = 0; program_->hub().statistics().cut_off == 0 && i < 50'000; ++i) {
    last = Change(absl::StrCat(i, std::string(220, ' ')));
  }
  EXPECT_EQ(program_->hub().statistics().cut_off, 1u);
  EXPECT_EQ(program_->hub().statistics().open, 0) << "who takes nothing is given up";
  std::string token = message.resume_token();
  while (stream->Read(&message)) {
    knowledge.Take(message);
    token = message.resume_token();
  }
  const grpc::Status end = stream->Finish();
  EXPECT_TRUE(end.error_code() == grpc::StatusCode::RESOURCE_EXHAUSTED ||
              end.error_code() == grpc::StatusCode::CANCELLED)
      << end.error_message();
  grpc::ClientContext second;
  const Stream again = Begin(second, token);
  while (knowledge.reached < last && again->Read(&message)) knowledge.Take(message);
  EXPECT_EQ(static_cast<int64_t>(knowledge.changes.size()), last - knowledge.changes.front() + 1);
  second.TryCancel();
  EXPECT_FALSE(again->Finish().ok());
}

TEST_F(WatchOverGrpc, TellsEverybodyToGoElsewhereAtTheEnd) {
  std::vector<std::unique_ptr<grpc::ClientContext>> contexts;
  std::vector<Stream> streams;
  WatchResourcesResponse message;
  for (int i = 0; i < 20; ++i) {
    contexts.push_back(std::make_unique<grpc::ClientContext>());
    streams.push_back(Begin(*contexts.back()));
    ASSERT_TRUE(streams.back()->Read(&message));
  }
  program_->hub().Stop();
  for (const Stream& stream : streams) {
    while (stream->Read(&message)) continue;
    const grpc::Status end = stream->Finish();
    EXPECT_EQ(end.error_code(), grpc::StatusCode::UNAVAILABLE);
    EXPECT_THAT(end.error_details(), HasSubstr("SHUTTING_DOWN"));
  }
}

TEST_F(WatchOverGrpc, EndsWhenTheCallerHasGoneOrHisDeadlinePasses) {
  {
    grpc::ClientContext context;
    const Stream stream = Begin(context);
    context.TryCancel();
    EXPECT_FALSE(stream->Finish().ok());
  }
  grpc::ClientContext context;
  const Stream stream = Begin(context);
  WatchResourcesResponse message;
  ASSERT_TRUE(stream->Read(&message));
  context.TryCancel();
  while (stream->Read(&message)) continue;
  EXPECT_FALSE(stream->Finish().ok());
  const absl::Time end = absl::Now() + absl::Seconds(20);
  while (program_->hub().statistics().open > 0 && absl::Now() < end) absl::SleepFor(absl::Milliseconds(1));
  EXPECT_EQ(program_->hub().statistics().open, 0);
}

}  // namespace
}  // namespace concord::rpc
