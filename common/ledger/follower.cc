#include "common/ledger/follower.h"

#include <atomic>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/strings/str_cat.h"
#include "absl/synchronization/mutex.h"

namespace concord::ledger {
namespace {

constexpr absl::Duration kPause = absl::Milliseconds(50);  // Without anything to follow, or after a failure.

}  // namespace

class Follower::Turn : public std::enable_shared_from_this<Follower::Turn> {
 public:
  Turn(redis::Client* client, redis::Loop* loop, Views* views) : client_(client), loop_(loop), views_(views) {}

  void Next() {
    absl::MutexLock lock(&mutex_);
    if (stopped_) return;
    std::vector<std::shared_ptr<View>> followed;
    redis::Command read = {"XREAD", "COUNT", "1", "BLOCK", absl::StrCat(absl::ToInt64Milliseconds(kBlock)), "STREAMS"};
    std::vector<std::string> ids;
    for (const std::shared_ptr<View>& view : views_->All()) {
      const SnapshotPtr snapshot = view->subscribed() ? view->Peek() : nullptr;
      if (snapshot == nullptr) continue;
      const int64_t revision = snapshot->position().revision;
      read.arguments.push_back(Store::LogKey(view->scope(), revision + 1));
      ids.push_back(absl::StrCat(revision, "-0"));
      followed.push_back(view);
    }
    if (followed.empty()) return Pause();
    read.arguments.insert(read.arguments.end(), ids.begin(), ids.end());
    client_->Send({.commands = {std::move(read)}, .routing_key = ""},
                  [self = shared_from_this(), followed](absl::StatusOr<std::vector<redis::Reply>> replies) {
                    self->OnRead(followed, replies);
                  });
  }

  void Stop() {
    absl::MutexLock lock(&mutex_);
    stopped_ = true;
  }

 private:
  void Pause() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    loop_->PostAfter(kPause, [self = shared_from_this()] { self->Next(); });
  }

  struct Round;

  void OnRead(const std::vector<std::shared_ptr<View>>& followed,
              const absl::StatusOr<std::vector<redis::Reply>>& replies) {
    if (!replies.ok() || replies->front().is_error()) {
      absl::MutexLock lock(&mutex_);
      if (!stopped_) Pause();
      return;
    }
    // Nil: nothing came within the time. The read names the streams that have
    // something, and the views fetch it themselves. The next read waits for them, for
    // it would be answered at once for as long as they have not come forward.
    const auto round = std::make_shared<Round>();
    for (const redis::Reply& stream : replies->front().elements) {
      if (stream.elements.empty()) continue;
      for (const std::shared_ptr<View>& view : followed) {
        const SnapshotPtr snapshot = view->Peek();
        if (snapshot == nullptr ||
            Store::LogKey(view->scope(), snapshot->position().revision + 1) != stream.elements[0].text) {
          continue;
        }
        ++round->open;
        view->Fence([self = shared_from_this(), round](const absl::StatusOr<SnapshotPtr>& fenced) {
          if (!fenced.ok()) round->failed = true;
          self->End(*round);
        });
      }
    }
    End(*round);
  }

  // The fences that one read gave rise to.
  struct Round {
    std::atomic<int> open{1};  // And one for the loop that starts them.
    std::atomic<bool> failed{false};
  };

  void End(Round& round) {
    if (--round.open > 0) return;
    if (!round.failed) return Next();
    absl::MutexLock lock(&mutex_);
    if (!stopped_) Pause();
  }

  redis::Client* const client_;
  redis::Loop* const loop_;
  Views* const views_;
  absl::Mutex mutex_;
  bool stopped_ ABSL_GUARDED_BY(mutex_) = false;
};

Follower::Follower(redis::Client* client, redis::Loop* loop, Views* views)
    : turn_(std::make_shared<Turn>(client, loop, views)) {
  turn_->Next();
}

Follower::~Follower() { turn_->Stop(); }

}  // namespace concord::ledger
