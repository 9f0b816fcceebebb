#include "services/reporting/scorecard_watch_methods.h"

#include <memory>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/ledger/encoding.h"
#include "common/rpc/answer_watch.h"
#include "common/rpc/standard_methods.h"
#include "common/rpc/watch_hub.h"
#include "common/status/macros.h"
#include "concord/reporting/v1/reporting_service.pb.h"
#include "services/reporting/plan_reading.h"
#include "services/reporting/scorecard_methods.h"

namespace concord::reporting {
namespace {

using google::protobuf::Message;

// The answer is the service's own, so it can be read.
v1::Scorecard ScorecardIn(const rpc::Reply& answer) {
  v1::Scorecard scorecard;
  scorecard.ParseFromString(*answer);
  return scorecard;
}

// Knows what it told last. Of one thread at a time.
class Teller {
 public:
  // Null if the answer says nothing else, but for its revisions.
  rpc::Reply MessageOf(const rpc::Reply& answer) {
    if (answer == seen_) return nullptr;  // What was kept has come again.
    seen_ = answer;
    v1::WatchScorecardResponse message;
    *message.mutable_scorecard() = ScorecardIn(answer);
    message.mutable_scorecard()->mutable_revisions()->Swap(message.mutable_revisions());
    std::string figures = ledger::Encode(message.scorecard());
    if (figures == told_) return nullptr;
    told_ = std::move(figures);
    *message.mutable_scorecard()->mutable_revisions() = message.revisions();
    return rpc::ReplyWith(message);
  }

 private:
  rpc::Reply seen_;
  std::string told_;
};

rpc::Reply HeartbeatOf(const rpc::Reply& answer) {
  v1::WatchScorecardResponse message;
  if (answer != nullptr) *message.mutable_revisions() = ScorecardIn(answer).revisions();
  return rpc::ReplyWith(message);
}

// Each time it asks as anybody would, so what is told is what GetScorecard answers, and comes from the same memo.
rpc::AnswerWatch WatchOf(rpc::Engine& engine, const v1::WatchScorecardRequest& request, const rpc::Caller& caller) {
  auto question = std::make_shared<v1::GetScorecardRequest>();
  question->set_name(request.name());
  rpc::AnswerWatch watch;
  watch.scopes = {std::string(aip::ParentOf(request.name()))};
  watch.read = rpc::ReadAgain(engine, absl::StrCat(kReportingService, "/GetScorecard"), caller, std::move(question));
  watch.message = [teller = std::make_shared<Teller>()](const rpc::Reply& answer) { return teller->MessageOf(answer); };
  watch.heartbeat = HeartbeatOf;
  return watch;
}

}  // namespace

void AddScorecardWatchMethods(rpc::Engine& engine, const app::MethodParts& parts) {
  rpc::Method method;
  method.name = "WatchScorecard";
  method.prototype = &v1::WatchScorecardRequest::default_instance();
  method.about = [](const Message& request) {
    return std::string(aip::ParentOf(static_cast<const v1::WatchScorecardRequest&>(request).name()));
  };
  method.validate = [](const Message& request, Violations& violations) {
    rpc::CheckName(ScorecardPattern(), static_cast<const v1::WatchScorecardRequest&>(request).name(), "name",
                   violations);
  };
  method.watch = [&engine, hub = parts.watches](const Message& any,
                                                rpc::Context& context) -> absl::StatusOr<rpc::Method::BeginWatch> {
    const auto& request = static_cast<const v1::WatchScorecardRequest&>(any);
    CONCORD_RETURN_IF_ERROR(FindPlan(context, std::string(aip::ParentOf(request.name()))).status());
    return rpc::Method::BeginWatch(
        [hub, watch = WatchOf(engine, request, context.facts().caller)](rpc::WatchOpening opening) {
          return hub->OpenAnswer(watch, std::move(opening));
        });
  };
  engine.Add(kReportingService, std::move(method));
}

}  // namespace concord::reporting
