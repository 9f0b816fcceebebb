// Watches of what a read answers, on a real redis-server, without gRPC.
#include <filesystem>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "common/rpc/answer_watch.h"
#include "common/rpc/watch_scene_fixture.h"
#include "concord/rpc/v1/error_reason.pb.h"
#include "gmock/gmock.h"

namespace concord::rpc {
namespace {

using action::v1::Action;
using concord::testing::HasReason;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr char kBeat[] = "nothing new";
constexpr char kSilence[] = "the store is silent";

// Takes messages as they come, or one by one when it is told to.
class Listener : public WatchOutlet {
 public:
  ~Listener() override {
    Leave();
    EXPECT_TRUE(WaitFor([this]() ABSL_NO_THREAD_SAFETY_ANALYSIS { return ended_; })) << "the watch did not end";
  }

  WatchOpening Opening() {
    return {this, [this](absl::Status status) {
              absl::MutexLock lock(&mutex_);
              EXPECT_FALSE(ended_) << "the end came twice";
              ended_ = true;
              status_ = std::move(status);
            }};
  }

  void TakeNothing() {
    absl::MutexLock lock(&mutex_);
    taking_ = false;
  }
  void GoOn() {
    std::shared_ptr<WatchSource> source;
    {
      absl::MutexLock lock(&mutex_);
      taking_ = true;
      if (std::exchange(waiting_, false)) source = source_;
    }
    if (source != nullptr) source->OnWritten(true);
  }
  void Leave() {
    std::shared_ptr<WatchSource> source;
    {
      absl::MutexLock lock(&mutex_);
      source = source_;
    }
    if (source != nullptr) source->OnGone();
    GoOn();
  }

  void Attach(std::shared_ptr<WatchSource> source) override {
    absl::MutexLock lock(&mutex_);
    source_ = std::move(source);
  }
  void Write(const Reply& message, bool /*more*/) override {
    {
      absl::MutexLock lock(&mutex_);
      (*message == kBeat || *message == kSilence ? beats_ : told_).push_back(*message);
      if (!taking_) {
        waiting_ = true;
        return;
      }
    }
    // Never from inside.
    std::thread([source = source_] { source->OnWritten(true); }).detach();
  }
  void Abort() override {}

  // What was told but beats.
  std::vector<std::string> told() const {
    absl::MutexLock lock(&mutex_);
    return told_;
  }
  bool WaitUntilTold(const std::string& text) {
    return WaitFor([this, &text]() ABSL_NO_THREAD_SAFETY_ANALYSIS { return !told_.empty() && told_.back() == text; });
  }
  // Waits for so many more beats.
  bool WaitForBeats(size_t more, const std::string& text = kBeat) {
    size_t before = 0;
    {
      absl::MutexLock lock(&mutex_);
      before = beats_.size();
    }
    return WaitFor([this, &text, before, more]() ABSL_NO_THREAD_SAFETY_ANALYSIS {
      return beats_.size() >= before + more && beats_.back() == text;
    });
  }
  absl::Status End() {
    EXPECT_TRUE(WaitFor([this]() ABSL_NO_THREAD_SAFETY_ANALYSIS { return ended_; })) << "the watch does not end";
    absl::MutexLock lock(&mutex_);
    return status_;
  }

 private:
  bool WaitFor(const std::function<bool()>& holds) {
    absl::MutexLock lock(&mutex_);
    return mutex_.AwaitWithTimeout(absl::Condition(&holds), absl::Seconds(20));
  }

  mutable absl::Mutex mutex_;
  std::shared_ptr<WatchSource> source_;
  std::vector<std::string> told_ ABSL_GUARDED_BY(mutex_);
  std::vector<std::string> beats_ ABSL_GUARDED_BY(mutex_);
  bool taking_ ABSL_GUARDED_BY(mutex_) = true;
  bool waiting_ ABSL_GUARDED_BY(mutex_) = false;
  bool ended_ ABSL_GUARDED_BY(mutex_) = false;
  absl::Status status_ ABSL_GUARDED_BY(mutex_);
};

std::string TitleIn(const Reply& answer) {
  Action action;
  EXPECT_TRUE(action.ParseFromString(*answer));
  return action.title();
}

class AnswerWatchTest : public WatchTest {
 protected:
  void SetUp() override {
    WatchTest::SetUp();
    options_.heartbeat = absl::Milliseconds(40);
    options_.answer_pace = absl::Milliseconds(5);
    Restart();
  }
  void Restart() { program_ = NewProgram(); }

  // Of the title of an action.
  AnswerWatch OfTitle(const std::string& id) {
    auto request = std::make_shared<action::v1::GetActionRequest>();
    request->set_name(NameOf(id));
    AnswerWatch watch;
    watch.scopes = {kPlan};
    watch.read =
        ReadAgain((*program_)->engine(), TestProgram::FullNameOf(*request), Caller{"development:watcher"}, request);
    watch.message = [told = std::make_shared<std::string>()](const Reply& answer) -> Reply {
      const std::string title = TitleIn(answer);
      if (title == *told) return nullptr;
      *told = title;
      return std::make_shared<const std::string>(title);
    };
    watch.heartbeat = [](const Reply& answer) {
      return std::make_shared<const std::string>(answer == nullptr ? kSilence : kBeat);
    };
    return watch;
  }
  void Watch(Listener& listener, AnswerWatch watch) {
    EXPECT_THAT(program_->hub().OpenAnswer(std::move(watch), listener.Opening()), concord::testing::IsOk());
  }

  // Until a call is answered again.
  bool WaitUntilConnected() {
    const absl::Time end = absl::Now() + absl::Seconds(20);
    while (absl::Now() < end) {
      if ((*program_)->store().ReadHead(kPlan).ok()) return true;
    }
    return false;
  }

  std::unique_ptr<WatchedProgram> program_;
};

TEST_F(AnswerWatchTest, TellsWhatIsThenEachThatIsAnother) {
  options_.heartbeat = absl::Seconds(60);  // So nothing but the commits can be what wakes it.
  Restart();
  Listener listener;
  Watch(listener, OfTitle("a"));
  ASSERT_TRUE(listener.WaitUntilTold("t"));
  for (const char* title : {"one", "two", "three"}) {
    Change(*program_, "a", title);
    ASSERT_TRUE(listener.WaitUntilTold(title));
  }
  EXPECT_THAT(listener.told(), ElementsAre("t", "one", "two", "three"));
}

TEST_F(AnswerWatchTest, AsksOnceMoreIfSomethingHappensWhileItAsks) {
  options_.heartbeat = absl::Seconds(60);
  Restart();
  absl::Mutex mutex;
  std::vector<AnswerWatch::Callback> asked;
  const auto wait_for_question = [&](size_t number) {
    absl::MutexLock lock(&mutex);
    const auto is_there = [&]() ABSL_SHARED_LOCKS_REQUIRED(mutex) { return asked.size() >= number; };
    return mutex.AwaitWithTimeout(absl::Condition(&is_there), absl::Seconds(20)) ? asked[number - 1]
                                                                                 : AnswerWatch::Callback();
  };
  AnswerWatch watch = OfTitle("a");
  watch.read = [&](AnswerWatch::Callback callback) {
    absl::MutexLock lock(&mutex);
    asked.push_back(std::move(callback));
  };
  Listener witness;
  Watch(witness, OfTitle("a"));
  ASSERT_TRUE(witness.WaitUntilTold("t"));
  Listener listener;
  Watch(listener, std::move(watch));
  const auto answer = [](const std::string& title) { return ReplyWith(Parse<Action>("title: '" + title + "'")); };
  AnswerWatch::Callback first = wait_for_question(1);
  ASSERT_TRUE(first);
  first(answer("first"));
  // It listens from here on, and so has to ask once more.
  AnswerWatch::Callback second = wait_for_question(2);
  ASSERT_TRUE(second);
  for (const char* title : {"one", "two"}) {
    Change(*program_, "a", title);
    ASSERT_TRUE(witness.WaitUntilTold(title));
  }
  second(answer("from before"));
  AnswerWatch::Callback third = wait_for_question(3);
  ASSERT_TRUE(third) << "what it was told may be from before the change";
  third(answer("after"));
  EXPECT_TRUE(listener.WaitUntilTold("after"));
}

TEST_F(AnswerWatchTest, SaysFromTimeToTimeThatNothingIsNew) {
  Listener listener;
  Watch(listener, OfTitle("a"));
  ASSERT_TRUE(listener.WaitUntilTold("t"));
  Create(*program_, "beside-it");
  EXPECT_TRUE(listener.WaitForBeats(3));
  EXPECT_THAT(listener.told(), ElementsAre("t"));
}

TEST_F(AnswerWatchTest, TellsWhoeverIsSlowOnlyTheNewest) {
  options_.heartbeat = absl::Seconds(60);  // After four of them he would be cut off.
  Restart();
  Listener listener;
  Watch(listener, OfTitle("a"));
  ASSERT_TRUE(listener.WaitUntilTold("t"));
  Change(*program_, "a", "before");
  ASSERT_TRUE(listener.WaitUntilTold("before"));
  listener.TakeNothing();
  for (int i = 0; i < 20; ++i) Change(*program_, "a", absl::StrCat(i));
  listener.GoOn();
  ASSERT_TRUE(listener.WaitUntilTold("19"));
  EXPECT_LE(listener.told().size(), 5u) << "those before, perhaps one that was on its way, and the newest";
}

TEST_F(AnswerWatchTest, AsksAgainWhenTheDayHasTurned) {
  options_.heartbeat = absl::Seconds(60);
  Restart();
  Follow(*program_);  // What is not loaded cannot be listened to.
  ShiftedClock& clock = (*program_)->clock();
  AnswerWatch watch = OfTitle("a");
  absl::Mutex mutex;
  int reads = 0;
  watch.read = [&](const AnswerWatch::Callback& callback) {
    {
      absl::MutexLock lock(&mutex);
      ++reads;
    }
    callback(std::make_shared<const std::string>(absl::FormatTime("%Y-%m-%d", clock.Now(), absl::UTCTimeZone())));
  };
  watch.message = [told = std::make_shared<std::string>()](const Reply& answer) {
    return std::exchange(*told, *answer) == *answer ? nullptr : answer;
  };
  Listener listener;
  Watch(listener, std::move(watch));
  const auto day = [&clock] { return absl::FormatTime("%Y-%m-%d", clock.Now(), absl::UTCTimeZone()); };
  ASSERT_TRUE(listener.WaitUntilTold(day()));
  {
    absl::MutexLock lock(&mutex);
    const auto is_quiet = [&]() ABSL_SHARED_LOCKS_REQUIRED(mutex) { return reads == 2; };
    ASSERT_TRUE(mutex.AwaitWithTimeout(absl::Condition(&is_quiet), absl::Seconds(20))) << "once more when it listens";
  }
  clock.Shift(absl::Hours(24));
  EXPECT_TRUE(listener.WaitUntilTold(day()));
}

TEST_F(AnswerWatchTest, GoesOnInAnotherHistory) {
  options_.heartbeat = absl::Seconds(60);
  Restart();
  Listener listener;
  Watch(listener, OfTitle("a"));
  ASSERT_TRUE(listener.WaitUntilTold("t"));
  // Another store's data in the place of its own: it is never empty.
  auto other = concord::testing::RedisServer::Start();
  ASSERT_THAT(other, concord::testing::IsOk());
  {
    WatchedProgram writer((*other)->address(), options_);
    Begin(writer);
    Change(writer, "a", "of the second life");
  }
  (*other)->Kill();
  redis_->Kill();
  const std::string log = "/appendonlydir";
  std::filesystem::remove_all(redis_->folder() + log);
  std::filesystem::copy((*other)->folder() + log, redis_->folder() + log, std::filesystem::copy_options::recursive);
  ASSERT_THAT(redis_->Restart(), concord::testing::IsOk());
  ASSERT_TRUE(WaitUntilConnected());
  Follow(*program_);
  ASSERT_TRUE(listener.WaitUntilTold("of the second life"));
  Change(*program_, "a", "and on");
  EXPECT_TRUE(listener.WaitUntilTold("and on"));
}

TEST_F(AnswerWatchTest, OutlivesASilentStore) {
  program_ = std::make_unique<WatchedProgram>(redis_->address(), options_, absl::Milliseconds(300));
  Listener listener;
  Watch(listener, OfTitle("a"));
  ASSERT_TRUE(listener.WaitUntilTold("t"));
  redis_->Freeze();
  EXPECT_TRUE(listener.WaitForBeats(1, kSilence));
  redis_->Thaw();
  EXPECT_TRUE(listener.WaitForBeats(1));
  Change(*program_, "a", "after it");
  EXPECT_TRUE(listener.WaitUntilTold("after it"));
}

TEST_F(AnswerWatchTest, IsToldThatTheStoreIsSilentWhileNoAnswerComes) {
  absl::Mutex mutex;
  std::vector<AnswerWatch::Callback> asked;
  AnswerWatch watch = OfTitle("a");
  watch.read = [&](AnswerWatch::Callback callback) {
    absl::MutexLock lock(&mutex);
    asked.push_back(std::move(callback));
  };
  Listener listener;
  Watch(listener, std::move(watch));
  EXPECT_TRUE(listener.WaitForBeats(2, kSilence)) << "again and again, although the first is still under way";
  absl::MutexLock lock(&mutex);
  EXPECT_EQ(asked.size(), 1u);
}

TEST_F(AnswerWatchTest, EndsAsTheReadDoes) {
  Listener listener;
  Watch(listener, OfTitle("nobody"));
  EXPECT_THAT(listener.End(), HasReason(absl::StatusCode::kNotFound, v1::ERROR_REASON_RESOURCE_NOT_FOUND));
  EXPECT_THAT(listener.told(), IsEmpty());
}

TEST_F(AnswerWatchTest, EndsWhenTheServiceStops) {
  Listener listener;
  Watch(listener, OfTitle("a"));
  ASSERT_TRUE(listener.WaitUntilTold("t"));
  program_->hub().Stop();
  EXPECT_THAT(listener.End(), HasReason(absl::StatusCode::kUnavailable, v1::ERROR_REASON_SHUTTING_DOWN));
}

TEST_F(AnswerWatchTest, CountsAmongTheWatchesOfAService) {
  options_.watches_limit = 1;
  Restart();
  Listener first;
  Watch(first, OfTitle("a"));
  Listener second;
  EXPECT_THAT(program_->hub().OpenAnswer(OfTitle("a"), second.Opening()),
              HasReason(absl::StatusCode::kResourceExhausted, v1::ERROR_REASON_WATCHES_EXHAUSTED));
  second.Opening().end(absl::OkStatus());
  EXPECT_EQ(program_->hub().statistics().open, 1);
}

}  // namespace
}  // namespace concord::rpc
