// Bad input of every kind gets the right code, one reason and all violations, and changes nothing.
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/strip.h"
#include "common/status/error.h"
#include "concord/action/v1/action_service.pb.h"
#include "concord/action/v1/error_reason.pb.h"
#include "concord/ledger/v1/ledger_service.pb.h"
#include "concord/objective/v1/error_reason.pb.h"
#include "concord/objective/v1/objective_service.pb.h"
#include "concord/objective/v1/plan_service.pb.h"
#include "concord/reporting/v1/reporting_service.pb.h"
#include "concord/rpc/v1/error_reason.pb.h"
#include "gmock/gmock.h"
#include "google/protobuf/generated_enum_reflection.h"
#include "google/rpc/error_details.pb.h"
#include "tests/integration/bad_input_cases.h"
#include "tests/integration/small_plan.h"
#include "tests/integration/small_records.h"
#include "tests/support/status_matchers.h"

namespace concord::testing {
namespace {

using absl::StatusCode;
using ::testing::ElementsAreArray;
namespace rpc_v1 = ::concord::rpc::v1;
namespace act = ::concord::action::v1;
namespace obj = ::concord::objective::v1;

const Reason kInvalid = rpc_v1::ERROR_REASON_INVALID_REQUEST;

class BadInput : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    system_ = StartOne("the same thirty-two bytes, or more");
    ASSERT_NE(system_, nullptr);
    FindWords();
  }
  static void TearDownTestSuite() {
    system_.reset();
    words_.clear();
  }

  static std::unique_ptr<RunningSystem> StartOne(const std::string& key) {
    SystemOptions options;
    options.token_key = key;
    auto system = RunningSystem::Start(options);
    EXPECT_TRUE(system.ok()) << system.status();
    if (!system.ok()) return nullptr;
    MakeSmallPlan(**system);
    MakeSmallRecords(**system);
    return *std::move(system);
  }

  static act::Action Get(RunningSystem& system, const std::string& id) {
    return Do(system, "GetAction", absl::StrCat("name: 'plans/p/actions/", id, "'")).As<act::Action>();
  }
  static std::string Token(RunningSystem& system) {
    return Do(system, "ListActions", "parent: 'plans/p' page_size: 2").As<act::ListActionsResponse>().next_page_token();
  }
  static std::string Tampered(std::string token) {
    token[token.size() / 2] = token[token.size() / 2] == 'A' ? 'B' : 'A';
    return token;
  }

  static void FindWords() {
    words_["$STALE_ETAG"] = Get(*system_, "a").etag();
    Do(*system_, "UpdateAction", "action { name: 'plans/p/actions/a' title: 'Another' } request_id: 'elsewhere'");
    Do(*system_, "ApproveAction", "name: 'plans/p/actions/c' request_id: 'used'");
    words_["$ETAG_OF_B"] = Get(*system_, "b").etag();
    words_["$TAMPERED_ETAG"] = Tampered(Get(*system_, "a").etag());
    words_["$TOKEN"] = Token(*system_);
    words_["$TAMPERED_TOKEN"] = Tampered(Token(*system_));
    const auto other_store = StartOne("the same thirty-two bytes, or more");
    words_["$OTHER_STORE_ETAG"] = Get(*other_store, "a").etag();
    words_["$OTHER_STORE_TOKEN"] = Token(*other_store);
    const auto other_key = StartOne("another thirty-two bytes, or a few more");
    words_["$OTHER_KEY_ETAG"] = Get(*other_key, "a").etag();
    words_["$OTHER_KEY_TOKEN"] = Token(*other_key);
  }

  // Everything there is, and every scope's revision.
  static std::string State() {
    std::string state = Do(*system_, "ListPlans", "show_archived: true").bytes;
    for (const char* plan : {"p", "closed", "draft", "empty"}) {
      for (const char* method : {"ListObjectives", "ListActions"}) {
        state += Do(*system_, method, absl::StrCat("parent: 'plans/", plan, "' show_deleted: true")).bytes;
      }
      const std::string all = absl::StrCat("plans/", plan, "/objectives/-");
      state += Do(*system_, "ListIndicators", absl::StrCat("parent: '", all, "' show_deleted: true")).bytes;
      state += Do(*system_, "ListMeasurements", absl::StrCat("parent: '", all, "/indicators/-'")).bytes;
      for (const char* method :
           {"ListMilestones", "ListProgressReports", "ListContributions", "ListActivities", "ListRisks"}) {
        state += Do(*system_, method, absl::StrCat("parent: 'plans/", plan, "/actions/-' show_deleted: true")).bytes;
      }
    }
    return state;
  }

  static void Check(const Answer& answer, StatusCode code, const Reason& reason,
                    const std::vector<std::string>& fields) {
    EXPECT_THAT(answer.status, ::concord::testing::HasReason(code, reason));
    int infos = 0, bad_requests = 0;
    for (const auto& detail : answer.error.details()) {
      infos += detail.Is<google::rpc::ErrorInfo>() ? 1 : 0;
      bad_requests += detail.Is<google::rpc::BadRequest>() ? 1 : 0;
    }
    EXPECT_EQ(infos, 1) << answer.error.DebugString();
    EXPECT_EQ(bad_requests, reason == kInvalid ? 1 : 0) << answer.error.DebugString();
    EXPECT_EQ(answer.error.message(), answer.status.message());
    if (fields.empty()) return;
    std::vector<std::string> found;
    for (const auto& [field, description] : ViolationsOf(answer.status)) {
      found.push_back(field);
      EXPECT_FALSE(description.empty()) << field;
    }
    EXPECT_THAT(found, ElementsAreArray(fields)) << answer.status;
    EXPECT_EQ(MetadataOf(answer.status, "violation_count"), absl::StrCat(fields.size()));
  }

  static void CheckAll(const std::vector<Case>& cases) {
    ASSERT_NE(system_, nullptr);
    const std::string before = State();
    for (const Case& c : cases) {
      SCOPED_TRACE(absl::StrCat(c.method, "  ", c.fields.substr(0, 300)));
      const auto request = RequestOf(c.method, absl::StrReplaceAll(c.fields, words_));
      Check(system_->Send(*request), c.code, c.reason, c.violations);
      // Only to check: the same error.
      const auto* flag = request->GetDescriptor()->FindFieldByName("validate_only");
      if (flag == nullptr || c.reason == Reason(rpc_v1::ERROR_REASON_REQUEST_ID_REUSED)) continue;
      request->GetReflection()->SetBool(request.get(), flag, true);
      SCOPED_TRACE("validate_only");
      Check(system_->Send(*request), c.code, c.reason, c.violations);
    }
    EXPECT_EQ(State(), before) << "something changed";
  }

  static std::unique_ptr<RunningSystem> system_;
  static std::map<std::string, std::string> words_;
};

std::unique_ptr<RunningSystem> BadInput::system_;
std::map<std::string, std::string> BadInput::words_;

TEST_F(BadInput, InNames) { CheckAll(NameCases()); }
TEST_F(BadInput, InFields) { CheckAll(FieldCases()); }
TEST_F(BadInput, InTokensAndMoments) { CheckAll(TokenCases()); }
TEST_F(BadInput, AgainstTheRules) { CheckAll(RuleCases()); }
TEST_F(BadInput, OfIndicators) { CheckAll(IndicatorCases()); }
TEST_F(BadInput, OfMeasurements) { CheckAll(MeasurementCases()); }
TEST_F(BadInput, OfRecordsOfActions) { CheckAll(RecordCases()); }
TEST_F(BadInput, InFiltersAndOrders) { CheckAll(ListCases()); }
TEST_F(BadInput, InBatches) { CheckAll(BatchCases()); }

TEST_F(BadInput, ThatIsNoMessage) {
  const std::string before = State();
  for (const BytesCase& c : BytesCases()) {
    SCOPED_TRACE(c.what);
    for (const char* method : {"GetAction", "ApproveAction", "CreateAction"}) {
      Check(CallBytes(system_->service("action").channel(), absl::StrCat("concord.action.v1.ActionService/", method),
                      c.bytes),
            c.code, c.reason, {});
    }
  }
  EXPECT_EQ(State(), before);
}

TEST_F(BadInput, ToAMethodThatDoesNotExist) {
  const Answer answer = CallBytes(system_->service("action").channel(), "concord.action.v1.ActionService/Explode", "");
  Check(answer, StatusCode::kUnimplemented, rpc_v1::ERROR_REASON_METHOD_UNKNOWN, {});
  EXPECT_EQ(MetadataOf(answer.status, "method"), "concord.action.v1.ActionService/Explode");
  for (const char* method : {"concord.action.v1.NoService/GetAction", "GetAction", "grpc.health.v1.Health/Explode"}) {
    Check(CallBytes(system_->service("action").channel(), method, std::string(100'000, 'x')),
          StatusCode::kUnimplemented, rpc_v1::ERROR_REASON_METHOD_UNKNOWN, {});
  }
}

// gRPC refuses to read it, whatever the method; those who call meanwhile and afterwards are served.
TEST_F(BadInput, ThatIsLargerThanAnythingThatIsRead) {
  const std::string before = State();
  for (const size_t bytes : {size_t{3} << 20, size_t{16} << 20}) {
    const std::string request = std::string("\x0a\x80\x80\x80\x01", 5) + std::string(bytes, 'x');
    for (const char* method : {"ActionService/GetAction", "ActionService/CreateAction", "ActionService/Explode"}) {
      const Answer answer =
          CallBytes(system_->service("action").channel(), absl::StrCat("concord.action.v1.", method), request);
      EXPECT_FALSE(answer.ok()) << method;
      if (std::string(method) != "ActionService/Explode") {
        EXPECT_EQ(answer.status.code(), StatusCode::kResourceExhausted) << method << ": " << answer.status;
      }
      EXPECT_EQ(Get(*system_, "a").name(), "plans/p/actions/a");
    }
  }
  EXPECT_EQ(State(), before);
}

// Every reason of the API is met by a case above, but for these:
const std::set<std::string>& ReasonsThatNoRequestMeets() {
  static const auto& reasons = *new std::set<std::string>{
      "concord.rpc.v1/CONTENTION",         // A race; common/rpc/engine_redistest.cc.
      "concord.rpc.v1/OUTCOME_UNKNOWN",    // A store that freezes in the middle; common/rpc/engine_redistest.cc.
      "concord.rpc.v1/STORE_UNAVAILABLE",  // No store; service_life_test.cc.
      "concord.rpc.v1/OVERLOADED",         // Too many calls at once; common/rpc/engine_redistest.cc.
      "concord.rpc.v1/SHUTTING_DOWN",     // The end of a service; service_life_test.cc, common/rpc/engine_redistest.cc.
      "concord.rpc.v1/DEADLINE_PASSED",   // gRPC tells the caller first; common/rpc/engine_redistest.cc.
      "concord.rpc.v1/CALL_CANCELLED",    // Who has gone away is told nothing.
      "concord.rpc.v1/IDENTITY_MISSING",  // The development identity is never missing; common/rpc/engine_redistest.cc.
      "concord.rpc.v1/PERMISSION_MISSING",  // And may do everything; common/rpc/engine_redistest.cc.
      "concord.rpc.v1/WATCH_TOO_SLOW",      // A reader that does not read; limits_test.cc.
      "concord.rpc.v1/WATCHES_EXHAUSTED",   // Too many watches at once; limits_test.cc.
      "concord.rpc.v1/TOO_MANY_SCOPES",     // A work item that serves a hundred plans; directory_manual_test.cc.
      "concord.rpc.v1/METHOD_UNKNOWN",      // In no table, for there is no request; ToAMethodThatDoesNotExist.
      "concord.rpc.v1/INTERNAL_ERROR",      // Must never be met.
      // A plan that runs today; services/objective/measurement_status_test.cc, objective_manual_test.cc.
      "concord.objective.v1/PERIOD_NOT_OVER",
  };
  return reasons;
}

TEST(BadInputTable, HasACaseForEveryReason) {
  std::set<std::string> met = ReasonsThatNoRequestMeets();
  for (const auto& cases : {NameCases(), FieldCases(), TokenCases(), RuleCases(), IndicatorCases(), MeasurementCases(),
                            RecordCases(), ListCases(), BatchCases()}) {
    for (const Case& c : cases) met.insert(absl::StrCat(c.reason.domain, "/", c.reason.name));
  }
  for (const BytesCase& c : BytesCases()) met.insert(absl::StrCat(c.reason.domain, "/", c.reason.name));
  for (const auto* type :
       {rpc_v1::ErrorReason_descriptor(), act::ErrorReason_descriptor(), obj::ErrorReason_descriptor()}) {
    for (int i = 1; i < type->value_count(); ++i) {
      const Reason reason(*type, type->value(i)->number());
      EXPECT_EQ(met.count(absl::StrCat(reason.domain, "/", reason.name)), 1) << reason.domain << "/" << reason.name;
    }
  }
}

}  // namespace
}  // namespace concord::testing
