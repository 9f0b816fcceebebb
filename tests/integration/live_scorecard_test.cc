// Scorecards that live: after any writes, what a service says that has followed them is what one says that starts from
// nothing; and whoever watches is told of it.
#include <algorithm>
#include <array>
#include <chrono>
#include <iostream>
#include <memory>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "concord/reporting/v1/reporting_service.grpc.pb.h"
#include "concord/rpc/v1/error_reason.pb.h"
#include "gmock/gmock.h"
#include "grpcpp/grpcpp.h"
#include "tests/integration/small_plan.h"
#include "tests/support/status_matchers.h"

namespace concord::testing {
namespace {

namespace api = ::concord::reporting::v1;

constexpr char kCard[] = "name: 'plans/p/scorecard' ";

// Listens to the scorecard of plans/p.
class CardWatch {
 public:
  explicit CardWatch(RunningSystem& system)
      : stub_(api::ReportingService::NewStub(system.service("reporting").shared_channel())) {
    context_.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(120));
    api::WatchScorecardRequest request;
    request.set_name("plans/p/scorecard");
    stream_ = stub_->WatchScorecard(&context_, request);
  }
  ~CardWatch() {
    context_.TryCancel();
    End();
  }

  // Reads until a message proves this revision; the scorecard that is known then.
  const api::Scorecard& Until(int64_t revision) {
    while (revision_ < revision && Read()) continue;
    EXPECT_GE(revision_, revision) << "the watch has ended";
    return card_;
  }
  // Reads the next scorecard.
  const api::Scorecard& Next() {
    const int before = cards_;
    while (cards_ == before && Read()) continue;
    EXPECT_GT(cards_, before) << "the watch has ended";
    return card_;
  }
  grpc::Status End() {
    while (Read()) continue;
    return ended_ ? grpc::Status::OK : (ended_ = true, stream_->Finish());
  }
  int cards() const { return cards_; }

 private:
  bool Read() {
    api::WatchScorecardResponse message;
    if (ended_ || !stream_->Read(&message)) return false;
    if (message.has_scorecard()) {
      card_ = message.scorecard();
      ++cards_;
    }
    if (message.revisions_size() > 0) revision_ = message.revisions(0).revision();
    return true;
  }

  grpc::ClientContext context_;
  std::unique_ptr<api::ReportingService::Stub> stub_;
  std::unique_ptr<grpc::ClientReader<api::WatchScorecardResponse>> stream_;
  api::Scorecard card_;
  int cards_ = 0;
  int64_t revision_ = 0;
  bool ended_ = false;
};

class LiveScorecard : public ::testing::Test {
 protected:
  void SetUp() override {
    SystemOptions options;
    options.services = {"objective", "action", "reporting"};
    options.flags = {"--watch_heartbeat=0.2"};
    auto system = RunningSystem::Start(options);
    ASSERT_THAT(system.status(), IsOk());
    system_ = *std::move(system);
    MakeSmallPlan(*system_);
  }

  api::Scorecard Card(const std::string& more = "") {
    return Do(*system_, "GetScorecard", absl::StrCat(kCard, more)).As<api::Scorecard>();
  }

  std::unique_ptr<RunningSystem> system_;
};

TEST_F(LiveScorecard, IsToldToWhoeverWatchesWhenAFigureHasBecomeAnother) {
  CardWatch watch(*system_);
  EXPECT_EQ(watch.Next().action_counts().in_progress_count(), 1);
  for (const char* method : {"ApproveAction", "StartAction"}) Do(*system_, method, "name: 'plans/p/actions/a'");
  while (watch.Next().action_counts().in_progress_count() < 2) continue;
  EXPECT_EQ(watch.Until(Card().revisions(0).revision()).SerializeAsString(), Card().SerializeAsString());
}

TEST_F(LiveScorecard, IsNotToldAgainWhileItIsTheSame) {
  CardWatch watch(*system_);
  watch.Next();
  // A revision of the plan that no figure hangs on.
  Do(*system_, "CreatePublishedReport",
     "parent: 'plans/p' published_report_id: 'y2012' published_report { title: 'The year 2012' }");
  watch.Until(Card().revisions(0).revision());
  EXPECT_EQ(watch.cards(), 1);
}

TEST_F(LiveScorecard, OfNoPlanCannotBeWatched) {
  grpc::ClientContext context;
  api::WatchScorecardRequest request;
  request.set_name("plans/nobody/scorecard");
  auto stub = api::ReportingService::NewStub(system_->service("reporting").shared_channel());
  api::WatchScorecardResponse message;
  auto stream = stub->WatchScorecard(&context, request);
  EXPECT_FALSE(stream->Read(&message));
  EXPECT_EQ(stream->Finish().error_code(), grpc::StatusCode::NOT_FOUND);
}

TEST_F(LiveScorecard, WatchEndsWithTheService) {
  CardWatch watch(*system_);
  watch.Next();
  ASSERT_THAT(system_->service("reporting").Stop().status(), IsOk());
  EXPECT_EQ(watch.End().error_code(), grpc::StatusCode::UNAVAILABLE);
}

// Writes of every kind that a figure hangs on, some of them refused: then they change nothing.
class RandomWriter {
 public:
  // On plans/p of MakeSmallPlan, of which one action is begun early, so that there is something to report on.
  RandomWriter(RunningSystem& system, unsigned seed) : system_(system), random_(seed) {
    Do(system, "ApproveAction", "name: 'plans/p/actions/a'");
    Do(system, "StartAction", "name: 'plans/p/actions/a' date { year: 2011 month: 1 day: 5 }");
  }

  void Write() { Write(static_cast<size_t>(Draw(0, static_cast<int>(kKinds.size()) - 1))); }

  // Each kind until one of it is taken, while there is still something to do it to: one that is always refused would
  // try nothing. Whether each was.
  bool WriteEachKind() {
    for (size_t kind = 0; kind < kKinds.size(); ++kind) {
      for (int tries = 0; tries < 100 && taken_[kind] == 0; ++tries) Write(kind);
    }
    return std::find(taken_.begin(), taken_.end(), 0) == taken_.end();
  }

 private:
  void Write(size_t kind) {
    kind_ = kind;
    (this->*kKinds[kind])();
  }
  int Draw(int least, int most) { return std::uniform_int_distribution<int>(least, most)(random_); }
  std::string Pick(const std::vector<std::string>& words) {
    return words[static_cast<size_t>(Draw(0, static_cast<int>(words.size()) - 1))];
  }
  std::string Day() { return absl::StrCat("{ year: ", Draw(2011, 2015), " month: ", Draw(1, 12), " day: 3 } "); }
  std::string Action() { return "plans/p/actions/" + Pick({"a", "b", "c", "run", "done", "n1", "n2", "n3", "n4"}); }
  std::string ObjectiveName() { return "plans/p/objectives/" + Pick({"o1", "o2", "o3", "x1"}); }
  void Try(const std::string& method, const std::string& fields) {
    taken_[kind_] += Ask(system_, method, fields).ok() ? 1 : 0;
  }

  void NewAction() {
    const std::string id = absl::StrCat("n", Draw(1, 4));
    Try("CreateAction", absl::StrCat("parent: 'plans/p' action_id: '", id, "' action { title: 'New' code: '", id,
                                     "' objective_links { objective: '", ObjectiveName(),
                                     "' kind: KIND_CONTRIBUTES weight: ", Draw(1, 3), " } start_date ", Day(), "}"));
  }
  void MoveAction() {
    const std::string dated = Pick({"StartAction", "StartAction", "CompleteAction", "CancelAction"});
    const std::string undated = Pick({"ApproveAction", "ApproveAction", "HoldAction", "ResumeAction"});
    Try(undated, absl::StrCat("name: '", Action(), "'"));
    Try(dated, absl::StrCat("name: '", Action(), "' date ", Day()));
  }
  void ChangeAction() {
    Try("UpdateAction", absl::StrCat("action { name: '", Action(), "' ", Pick({"start_date", "due_date"}), Day(), "}"));
  }
  void Milestone() {
    const std::string parent = Action();
    const std::string id = Pick({"m1", "m2", "m3"});
    Try("CreateMilestone", absl::StrCat("parent: '", parent, "' milestone_id: '", id,
                                        "' milestone { title: 'M' weight: ", Draw(1, 5), " due_date ", Day(), "}"));
    Try(Pick({"ReachMilestone", "DropMilestone", "ReopenMilestone"}),
        absl::StrCat("name: '", parent, "/milestones/", id, "'"));
  }
  void Report() {
    Try("CreateProgressReport",
        absl::StrCat("parent: '", Pick({Action(), "plans/p/actions/a"}), "' progress_report_id: 'p", Draw(1, 999),
                     "' progress_report { date ", Day(), "percent { value: '", Draw(0, 100),
                     "' } health: ", Pick({"HEALTH_ON_TRACK", "HEALTH_AT_RISK", "HEALTH_OFF_TRACK"}),
                     " confidence: CONFIDENCE_HIGH confidence_reason: 'seen' narrative: 'so' }"));
  }
  void Objective() {
    Try("CreateObjective", "parent: 'plans/p' objective_id: 'x1' objective { title: 'New' code: 'x1' }");
    Try("UpdateObjective", absl::StrCat("objective { name: '", ObjectiveName(), "' weight: ", Draw(1, 9), " }"));
  }
  void Measure() {
    const std::string parent = "plans/p/objectives/o1/indicators/i1";
    const std::string id = absl::StrCat("r", Draw(1, 6));
    Try("CreateMeasurement",
        absl::StrCat("parent: '", parent, "' measurement_id: '", id, "' measurement { ", YearOf(Draw(2011, 2015)),
                     " value { value: '", Draw(10, 99), "' } evidence { title: 'Minutes' } }"));
    Try(Pick({"SubmitMeasurement", "ApproveMeasurement", "ReturnMeasurement"}),
        absl::StrCat("name: '", parent, "/measurements/", id, "' reason: 'so'"));
  }
  void Vanish() {
    if (Draw(0, 1) == 0) return Try(Pick({"DeleteAction", "UndeleteAction"}), absl::StrCat("name: '", Action(), "'"));
    Try(Pick({"DeleteObjective", "UndeleteObjective", "UndeleteObjective"}),
        absl::StrCat("name: '", ObjectiveName(), "'"));
  }

  static constexpr std::array<void (RandomWriter::*)(), 8> kKinds = {
      &RandomWriter::Report,  &RandomWriter::NewAction, &RandomWriter::Milestone,  &RandomWriter::Objective,
      &RandomWriter::Measure, &RandomWriter::Vanish,    &RandomWriter::MoveAction, &RandomWriter::ChangeAction};

  RunningSystem& system_;
  std::mt19937 random_;
  size_t kind_ = 0;
  std::array<int, kKinds.size()> taken_{};  // How many of each kind were not refused.
};

unsigned SeedOfThisRun() {
  const int given = GTEST_FLAG_GET(random_seed);
  const unsigned seed = given != 0 ? static_cast<unsigned>(given) : std::random_device()() % 99999 + 1;
  std::cout << "repeat with --gtest_random_seed=" << seed << std::endl;
  return seed;
}

// In three ways: from a view that was loaded once and has followed every write, from the state as it is stored, and
// from nothing but the log.
TEST_F(LiveScorecard, EqualsItsRecomputationFromNothingAfterAnyWrites) {
  constexpr int kRounds = 12;
  constexpr int kWritesOfARound = 20;
  RandomWriter writer(*system_, SeedOfThisRun());
  ASSERT_TRUE(writer.WriteEachKind());
  CardWatch watch(*system_);
  const std::string address = absl::StrCat("--redis=", system_->redis().address());
  for (int round = 0; round < kRounds; ++round) {
    for (int i = 0; i < kWritesOfARound; ++i) {
      writer.Write();
      Card();  // What is kept of one revision must not be taken for the next.
    }
    const std::string day = absl::StrCat("date { year: ", 2011 + round % 5, " month: 7 day: 1 } ");
    const api::Scorecard live = Card(day);
    const std::string revision =
        absl::StrCat("as_of { revisions { scope: 'plans/p' revision: ", live.revisions(0).revision(), " } } ");
    auto other =
        RunningService::Start("reporting", system_->folder(), absl::StrCat("other-", round),
                              {address, "--token_key_file=" + system_->folder() + "/token_key", "--development"});
    ASSERT_THAT(other.status(), IsOk());
    ASSERT_THAT((*other)->WaitUntilServing(), IsOk());
    for (const std::string& as_of : {std::string(), revision}) {
      const auto request = RequestOf("GetScorecard", absl::StrCat(kCard, day, as_of));
      const Answer answer = CallBytes((*other)->channel(), MethodOf(*request), request->SerializeAsString());
      EXPECT_EQ(answer.As<api::Scorecard>().DebugString(), live.DebugString()) << "round " << round << " " << as_of;
    }
    EXPECT_EQ(watch.Until(live.revisions(0).revision()).action_counts().DebugString(),
              Card().action_counts().DebugString());
  }
  api::Scorecard told = watch.Until(Card().revisions(0).revision());
  api::Scorecard now = Card();
  told.clear_revisions();
  now.clear_revisions();
  EXPECT_EQ(told.DebugString(), now.DebugString());
}

}  // namespace
}  // namespace concord::testing
