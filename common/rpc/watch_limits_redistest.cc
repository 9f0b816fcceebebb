// How watches end, are refused and outlive what happens to them, on a real redis-server, without gRPC.
#include <deque>
#include <random>

#include "common/ledger/digest.h"
#include "common/rpc/watch_scene_fixture.h"
#include "concord/rpc/v1/error_reason.pb.h"
#include "gmock/gmock.h"

namespace concord::rpc {
namespace {

using absl::StatusCode;
using concord::testing::HasReason;
using concord::testing::IsOk;
using ::testing::SizeIs;

class Watches : public WatchTest {};

TEST_F(Watches, CutsOffWhoReadsTooSlowlyAndLosesNothing) {
  options_.queue_bytes = 20'000;
  auto program = NewProgram();
  auto watcher = std::make_unique<TestWatcher>();
  watcher->Watch((*program)->engine(), Of(kPlan));
  ASSERT_TRUE(watcher->WaitUntil(HasEnded));
  watcher->Stop();
  for (int i = 0; i < 150; ++i) Change(*program, "a", absl::StrCat(i, std::string(200, ' ')));
  watcher->GoOn();
  const absl::Status end = watcher->End();
  EXPECT_THAT(end, HasReason(StatusCode::kResourceExhausted, v1::ERROR_REASON_WATCH_TOO_SLOW));
  EXPECT_EQ(MetadataOf(end, "limit_bytes"), "20000");
  EXPECT_EQ((*program).hub().statistics().cut_off, 1u);
  EXPECT_LT(watcher->messages().size(), 20u) << "what waited was dropped";
  Knowledge knowledge;
  knowledge.Take(watcher->messages());
  TestWatcher again;
  again.Watch((*program)->engine(), Of(kPlan, watcher->token()));
  ASSERT_TRUE(again.WaitUntil(Reaches((*program)->Revision(kPlan))));
  knowledge.Take(again.messages());
  EXPECT_THAT(knowledge.changes, SizeIs(150));
}

// A transport that takes a message when it is told to.
class PatientOutlet : public WatchOutlet {
 public:
  void Attach(std::shared_ptr<WatchSource> /*source*/) override {}
  void Write(const Reply& message, bool /*more*/) override {
    pending = true;
    EXPECT_TRUE(messages.emplace_back().ParseFromString(*message));
  }
  void Abort() override {}

  bool pending = false;
  Messages messages;
};

// Light commits first, for they tempt to read many of the heavy ones at once.
TEST_F(Watches, BringUpWithOnePieceAtATimeHoweverHeavyTheCommitsAre) {
  constexpr size_t kHeavy = 300 << 10;
  constexpr size_t kPiece = 256 << 10;
  auto program = NewProgram();
  const ledger::Position begin = *(*program)->store().ReadHead(kPlan);
  for (int i = 0; i < 40; ++i) Change(*program, "a", absl::StrCat(i));
  for (int i = 0; i < 12; ++i) CommitByHand(*program, {{"a", absl::StrCat(i, std::string(kHeavy, ' '))}});
  Follow(*program);
  const EngineParts& parts = (*program)->engine().parts();
  const WatchTokens tokens(TestSealer());
  WatchedPart part;
  part.scope = part.parent = kPlan;
  part.collections = parts.types->InScope(kPlan);
  const auto messages = std::make_shared<const WatchMessages>(part, parts.access, &tokens);
  PatientOutlet outlet;
  const auto stream =
      std::make_shared<WatchStream>(WatchOpening{&outlet, [](const absl::Status& status) { ADD_FAILURE() << status; }},
                                    1 << 20, [](const WatchStream*, const absl::Status&) {});
  const auto channel =
      std::make_shared<WatchChannel>(messages, parts.views->Get(kPlan, absl::Now()), std::make_shared<WatchInbox>(),
                                     /*recent_bytes=*/0, /*untold_bytes=*/0);
  ASSERT_THAT(channel->Listen(), IsOk());
  std::deque<std::function<void()>> steps;
  const WatchStart::Helpers helpers = {[&](std::function<void()> step) {
                                         steps.push_back(std::move(step));
                                         return true;
                                       },
                                       [&](const std::shared_ptr<const WatchMessages>&) { return channel; },
                                       absl::Seconds(60)};
  const WatchPlace place = {begin.epoch, begin.revision, ledger::DigestPiece(begin.digest), absl::nullopt};
  std::make_shared<WatchStart>(parts, helpers, messages, stream, place)->Begin();
  while (!steps.empty()) {
    // Nothing is taken before a page is complete.
    const auto step = std::move(steps.front());
    steps.pop_front();
    step();
    while (std::exchange(outlet.pending, false)) stream->OnWritten(true);
  }
  EXPECT_LE(stream->most_waiting_bytes(), kPiece + kHeavy + 1000);
  ASSERT_THAT(outlet.messages, SizeIs(53)) << "all commits, and where the scope stands";
  for (size_t i = 0; i < 52; ++i) {
    EXPECT_EQ(outlet.messages[i].revision().revision(), begin.revision + static_cast<int64_t>(i) + 1);
  }
  ledger::Position position;
  channel->Close(position);
}

// Each commit that is yet to be told holds a whole state.
TEST_F(Watches, PutDownNoMoreThanAllowedOfWhatIsYetToBeTold) {
  auto program = NewProgram();
  Follow(*program);
  const EngineParts& parts = (*program)->engine().parts();
  const WatchTokens tokens(TestSealer());
  WatchedPart part;
  part.scope = part.parent = kPlan;
  part.collections = parts.types->InScope(kPlan);
  const auto inbox = std::make_shared<WatchInbox>();
  const auto channel = std::make_shared<WatchChannel>(
      std::make_shared<const WatchMessages>(part, parts.access, &tokens), parts.views->Get(kPlan, absl::Now()), inbox,
      /*recent_bytes=*/0, /*untold_bytes=*/30'000);
  ASSERT_THAT(channel->Listen(), IsOk());
  for (int i = 0; i < 50; ++i) Change(*program, "a", absl::StrCat(i));
  const std::deque<WatchNews> news = inbox->Take(absl::ZeroDuration());
  ASSERT_GE(news.size(), 3u);
  EXPECT_LE(news.size(), 8u) << "4 KiB and some each";
  for (size_t i = 0; i + 1 < news.size(); ++i) EXPECT_EQ(news[i].kind, WatchNews::Kind::kCommit);
  EXPECT_EQ(news.back().kind, WatchNews::Kind::kLagging);
  EXPECT_EQ(news.back().state, nullptr) << "it holds nothing itself";
  ledger::Position position;
  channel->Close(position);
}

TEST_F(Watches, LoseAndRepeatNothingWhenTheirChannelLags) {
  options_.untold_bytes = 1;
  auto program = NewProgram();
  TestWatcher watcher;
  watcher.Watch((*program)->engine(), Of(kPlan));
  ASSERT_TRUE(watcher.WaitUntil(HasEnded));
  auto writer = NewProgram();
  int64_t last = 0;
  for (int round = 0; round < 5; ++round) {
    for (int i = 0; i < 100; ++i) last = Change(*writer, "a", absl::StrCat(round, " ", i));
    Follow(*program);  // Applies all of them at once, faster than they can be told.
    ASSERT_TRUE(watcher.WaitUntil(Reaches(last)));
  }
  EXPECT_GE((*program).hub().statistics().lagged, 1u);
  Knowledge knowledge;
  knowledge.Take(watcher.messages());
  EXPECT_THAT(knowledge.changes, SizeIs(500));
  EXPECT_EQ(knowledge.resources, Now());
  EXPECT_FALSE(watcher.ended());
}

TEST_F(Watches, GivesUpOnWhoTakesNothingAtAll) {
  options_.heartbeat = absl::Milliseconds(20);
  options_.queue_bytes = 2000;
  auto program = NewProgram();
  TestWatcher watcher;
  watcher.Watch((*program)->engine(), Of(kPlan));
  ASSERT_TRUE(watcher.WaitUntil(HasEnded));
  watcher.Stop();
  for (int i = 0; i < 20; ++i) Change(*program, "a", absl::StrCat(i, std::string(200, ' ')));
  EXPECT_THAT(watcher.End(), HasReason(StatusCode::kResourceExhausted, v1::ERROR_REASON_WATCH_TOO_SLOW));
  EXPECT_EQ((*program).hub().statistics().open, 0);
}

TEST_F(Watches, RefusesTokensOfOtherWatchesAndOfNobody) {
  auto program = NewProgram();
  TestWatcher first;
  first.Watch((*program)->engine(), Of(kPlan));
  ASSERT_TRUE(first.WaitUntil(HasEnded));
  const auto refusal = [&](const WatchResourcesRequest& request) {
    TestWatcher watcher;
    watcher.Watch((*program)->engine(), request);
    return watcher.End();
  };
  EXPECT_THAT(refusal(Of(NameOf("a"), first.token())),
              HasReason(StatusCode::kInvalidArgument, v1::ERROR_REASON_TOKEN_ARGUMENTS_DIFFER));
  EXPECT_THAT(refusal(Of(kPlan, first.token(), {"actions"})),
              HasReason(StatusCode::kInvalidArgument, v1::ERROR_REASON_TOKEN_ARGUMENTS_DIFFER));
  EXPECT_THAT(refusal(Of(kPlan, "nonsense")), HasReason(StatusCode::kInvalidArgument, v1::ERROR_REASON_TOKEN_INVALID));
  const WatchTokens foreign(TestSealer("another key of at least thirty-two bytes"));
  EXPECT_THAT(refusal(Of(kPlan, foreign.Make("plans/p\nactions,plans", kPlan, {}, absl::nullopt))),
              HasReason(StatusCode::kInvalidArgument, v1::ERROR_REASON_TOKEN_INVALID));
  EXPECT_THAT(refusal(Of("plans/none")), HasReason(StatusCode::kNotFound, v1::ERROR_REASON_RESOURCE_NOT_FOUND));
  EXPECT_THAT(refusal(Of(NameOf("none"))), HasReason(StatusCode::kNotFound, v1::ERROR_REASON_RESOURCE_NOT_FOUND));
  EXPECT_THAT(refusal(Of("nonsense/x")), HasReason(StatusCode::kInvalidArgument, v1::ERROR_REASON_INVALID_REQUEST));
  EXPECT_THAT(refusal(Of(kPlan, "", {"nonsense"})),
              HasReason(StatusCode::kInvalidArgument, v1::ERROR_REASON_INVALID_REQUEST));
}

TEST_F(Watches, RefusesTokensOfAHistoryThatIsGone) {
  auto program = NewProgram();
  std::string token;
  {
    TestWatcher watcher;
    watcher.Watch((*program)->engine(), Of(kPlan));
    ASSERT_TRUE(watcher.WaitUntil(HasEnded));
    token = watcher.token();
    const WatchTokens tokens(TestSealer());
    ledger::Position ahead = *(*program)->store().ReadHead(kPlan);
    ++ahead.revision;
    TestWatcher other;
    other.Watch((*program)->engine(), Of(kPlan, tokens.Make("plans/p\nactions,plans", kPlan, ahead, absl::nullopt)));
    EXPECT_THAT(other.End(), HasReason(StatusCode::kFailedPrecondition, v1::ERROR_REASON_HISTORY_DIVERGED))
        << "from a lost future";
    ahead.revision -= 2;
    TestWatcher third;
    third.Watch((*program)->engine(), Of(kPlan, tokens.Make("plans/p\nactions,plans", kPlan, ahead, absl::nullopt)));
    EXPECT_THAT(third.End(), HasReason(StatusCode::kFailedPrecondition, v1::ERROR_REASON_HISTORY_DIVERGED))
        << "another digest";
    // The store loses everything and begins another life while somebody watches.
    auto loop = *redis::Loop::Create();
    redis::ClientOptions options;
    options.address = *redis::ParseAddress(redis_->address());
    auto client = *redis::Client::Create(loop.get(), options);
    ASSERT_TRUE(redis::SendAndWait(*client, {.commands = {{"FLUSHALL"}}, .routing_key = ""}).ok());
    auto writer = NewProgram();
    Begin(*writer);
    Create(*writer, "b");
    Follow(*program);
    EXPECT_THAT(watcher.End(), HasReason(StatusCode::kFailedPrecondition, v1::ERROR_REASON_HISTORY_DIVERGED)) << "live";
  }
  TestWatcher watcher;
  watcher.Watch((*program)->engine(), Of(kPlan, token));
  EXPECT_THAT(watcher.End(), HasReason(StatusCode::kFailedPrecondition, v1::ERROR_REASON_HISTORY_DIVERGED));
}

TEST_F(Watches, SendsProvenHeartbeatsAndOthersWhileTheStoreIsAway) {
  options_.heartbeat = absl::Milliseconds(30);
  auto program = NewProgram();
  TestWatcher watcher;
  watcher.Watch((*program)->engine(), Of(kPlan, "", {"plans"}));
  ASSERT_TRUE(
      watcher.WaitUntil([](const Messages& messages) { return !messages.empty() && messages.back().current(); }));
  // What others change is known to be known although none of it is told.
  const int64_t last = Change(*program, "a", "not watched");
  ASSERT_TRUE(watcher.WaitUntil([&](const Messages& messages) {
    return messages.back().current() && messages.back().revision().revision() == last;
  }));
  EXPECT_EQ(watcher.messages().back().digest_piece().size(), 16u);
  redis_->Kill();
  ASSERT_TRUE(watcher.WaitUntil([](const Messages& messages) { return !messages.back().current(); }));
  ASSERT_THAT(redis_->Restart(), IsOk());
  ASSERT_TRUE(watcher.WaitUntil([](const Messages& messages) { return messages.back().current(); }));
  EXPECT_FALSE(watcher.ended()) << "a watch outlives the store's absence";
  EXPECT_EQ(watcher.messages().back().revision().revision(), last);
}

TEST_F(Watches, AreAsManyAsAreAllowed) {
  options_.watches_limit = 2;
  auto program = NewProgram();
  TestWatcher first;
  TestWatcher third;
  first.Watch((*program)->engine(), Of(kPlan));
  ASSERT_TRUE(first.WaitUntil(HasEnded));
  {
    TestWatcher second;
    second.Watch((*program)->engine(), Of(kPlan));
    ASSERT_TRUE(second.WaitUntil(HasEnded));
    third.Watch((*program)->engine(), Of(kPlan));
    const absl::Status end = third.End();
    EXPECT_THAT(end, HasReason(StatusCode::kResourceExhausted, v1::ERROR_REASON_WATCHES_EXHAUSTED));
    EXPECT_EQ(MetadataOf(end, "limit"), "2");
  }
  TestWatcher fourth;
  fourth.Watch((*program)->engine(), Of(kPlan));
  EXPECT_TRUE(fourth.WaitUntil(HasEnded)) << "who left made room";
  EXPECT_EQ((*program)->engine().calls(), 0) << "a watch is no call under way";
}

TEST_F(Watches, AreEndedByAStopThatDoesNotWait) {
  auto program = NewProgram();
  TestWatcher taking;
  TestWatcher stuck;
  taking.Watch((*program)->engine(), Of(kPlan));
  stuck.Watch((*program)->engine(), Of(kPlan));
  ASSERT_TRUE(taking.WaitUntil(HasEnded));
  ASSERT_TRUE(stuck.WaitUntil(HasEnded));
  stuck.Stop();
  const int64_t last = Change(*program, "a", "on its way");
  ASSERT_TRUE(taking.WaitUntil(Tells(last)));
  (*program).hub().Stop();
  EXPECT_TRUE((*program)->engine().Drain(absl::ZeroDuration()));
  EXPECT_THAT(taking.End(), HasReason(StatusCode::kUnavailable, v1::ERROR_REASON_SHUTTING_DOWN));
  TestWatcher late;
  late.Watch((*program)->engine(), Of(kPlan));
  EXPECT_THAT(late.End(), HasReason(StatusCode::kUnavailable, v1::ERROR_REASON_SHUTTING_DOWN));
  stuck.GoOn();
  EXPECT_THAT(stuck.End(), HasReason(StatusCode::kUnavailable, v1::ERROR_REASON_SHUTTING_DOWN));
}

// Watchers come and go at any moment while two programs write: at the end each has seen every revision once.
TEST_F(Watches, LosesAndRepeatsNothingWhenWatchersComeAndGoUnderWrites) {
  const unsigned seed = std::random_device()();
  SCOPED_TRACE(absl::StrCat("seed ", seed));
  options_.heartbeat = absl::Milliseconds(50);
  auto one = NewProgram();
  auto two = NewProgram();
  absl::Notification stop;
  std::vector<std::thread> writers;
  for (WatchedProgram* program : {one.get(), two.get()}) {
    writers.emplace_back([program, &stop] {
      for (int i = 0; !stop.HasBeenNotified(); ++i) ChangeAgainstOthers(*program, "a", absl::StrCat(i));
    });
  }
  std::mt19937 random(seed);
  std::vector<Knowledge> knowledge(4);
  std::vector<std::string> tokens(4);
  for (int round = 0; round < 30; ++round) {
    std::vector<std::unique_ptr<TestWatcher>> watchers;
    for (size_t i = 0; i < knowledge.size(); ++i) {
      watchers.push_back(std::make_unique<TestWatcher>());
      WatchedProgram& program = random() % 2 == 0 ? *one : *two;
      watchers.back()->Watch(program->engine(), Of(kPlan, tokens[i]));
    }
    const size_t wanted = random() % 40;
    for (size_t i = 0; i < watchers.size(); ++i) {
      ASSERT_TRUE(watchers[i]->WaitUntil([&](const Messages& messages) { return messages.size() > wanted; }));
      // What has been received when he leaves, be it while more is on its way.
      const Messages messages = watchers[i]->messages();
      knowledge[i].Take(messages);
      tokens[i] = messages.back().resume_token();
    }
  }
  stop.Notify();
  for (std::thread& writer : writers) writer.join();
  const int64_t head = (*one)->Revision(kPlan);
  for (size_t i = 0; i < knowledge.size(); ++i) {
    TestWatcher last;
    last.Watch((*one)->engine(), Of(kPlan, tokens[i]));
    ASSERT_TRUE(last.WaitUntil(Reaches(head)));
    knowledge[i].Take(last.messages());
    ASSERT_FALSE(knowledge[i].changes.empty());
    EXPECT_EQ(head - knowledge[i].changes.front() + 1, static_cast<int64_t>(knowledge[i].changes.size()))
        << "every commit changed the action, so every revision must have come";
    EXPECT_EQ(knowledge[i].resources, Now());
  }
}

}  // namespace
}  // namespace concord::rpc
