#include "common/rpc/watch_channel.h"

#include <algorithm>
#include <utility>

namespace concord::rpc {
namespace {

constexpr size_t kRecentMessages = 1024;
constexpr size_t kNewsBytes = 4 << 10;  // What a commit takes besides its body: its state's own nodes and lists.

}  // namespace

void WatchInbox::Put(WatchNews news) {
  absl::MutexLock lock(&mutex_);
  if (!closed_) news_.push_back(std::move(news));
}

std::deque<WatchNews> WatchInbox::Take(absl::Duration limit) {
  std::deque<WatchNews> taken;
  absl::MutexLock lock(&mutex_);
  const auto something = [this]() ABSL_SHARED_LOCKS_REQUIRED(mutex_) { return closed_ || !news_.empty(); };
  mutex_.AwaitWithTimeout(absl::Condition(&something), limit);
  taken.swap(news_);
  return taken;
}

void WatchInbox::Close() {
  absl::MutexLock lock(&mutex_);
  closed_ = true;
  news_.clear();
}

WatchChannel::WatchChannel(std::shared_ptr<const WatchMessages> messages, std::shared_ptr<ledger::View> view,
                           std::shared_ptr<WatchInbox> inbox, size_t recent_bytes, size_t untold_bytes)
    : messages_(std::move(messages)),
      view_(std::move(view)),
      inbox_(std::move(inbox)),
      recent_bytes_limit_(recent_bytes),
      untold_bytes_limit_(untold_bytes) {}

absl::Status WatchChannel::Listen() {
  // News about the channel waits at the lock until it knows from where on it is told.
  absl::MutexLock lock(&mutex_);
  auto from = view_->Subscribe(shared_from_this());
  if (!from.ok()) return from.status();
  told_ = *std::move(from);
  recent_after_ = told_->position().revision;
  return absl::OkStatus();
}

// Called while the view is locked: takes names and the state, both at hand, and returns.
void WatchChannel::OnEvent(const ledger::Event& event, const ledger::SnapshotPtr& after) {
  if (lagging_) return;
  WatchNews news;
  news.channel = shared_from_this();
  news.bytes = kNewsBytes + event.raw_body.size();
  const size_t waiting = untold_bytes_.fetch_add(news.bytes);
  if (waiting > 0 && waiting + news.bytes > untold_bytes_limit_) {
    lagging_ = true;
    news.kind = WatchNews::Kind::kLagging;
    return inbox_->Put(std::move(news));
  }
  news.state = after;
  for (const ledger::v1::Change& change : event.body.changes()) {
    if (messages_->part().Find(change.collection(), change.name()) == nullptr) continue;
    ledger::v1::Change& what = news.what.emplace_back();
    what.set_name(change.name());
    what.set_collection(change.collection());
    what.set_end(change.end());
  }
  inbox_->Put(std::move(news));
}

void WatchChannel::OnDiverged() {
  WatchNews news;
  news.channel = shared_from_this();
  news.kind = WatchNews::Kind::kDiverged;
  inbox_->Put(std::move(news));
}

void WatchChannel::Fence() {
  if (fencing_.exchange(true)) return;
  view_->Fence([self = shared_from_this()](const absl::StatusOr<ledger::SnapshotPtr>& state) {
    self->fencing_ = false;
    WatchNews news;
    news.channel = self;
    news.kind = WatchNews::Kind::kHeartbeat;
    if (state.ok()) news.state = *state;
    self->inbox_->Put(std::move(news));
  });
}

void WatchChannel::StopWaiting() {
  if (!fencing_) return;
  WatchNews news;
  news.channel = shared_from_this();
  news.kind = WatchNews::Kind::kHeartbeat;
  inbox_->Put(std::move(news));
}

WatchChannel::Joined WatchChannel::Join(const std::shared_ptr<WatchStream>& stream, const ledger::Position& position,
                                        bool greet) {
  absl::MutexLock lock(&mutex_);
  if (closed_) return Joined::kClosed;
  const ledger::Position& told = told_->position();
  if (position.revision < recent_after_) return Joined::kTooFarBehind;
  if (position.revision > 0 && told.revision > 0 && position.epoch != told.epoch) return Joined::kDiverged;
  if (position.revision == told.revision && position.digest != told.digest) return Joined::kDiverged;
  if (position.revision > told.revision) ahead_.emplace_back(position, stream);
  stream->Reach(position.revision);
  for (const auto& [revision, message] : recent_) stream->SendMissed(message, revision);
  if (greet) stream->SendHeartbeat(messages_->Heartbeat(told, false), told.revision);
  streams_.push_back(stream);
  return Joined::kYes;
}

void WatchChannel::CheckAhead(const ledger::Position& reached) {
  const auto settled = [&](const std::pair<ledger::Position, std::shared_ptr<WatchStream>>& ahead) {
    const auto& [position, stream] = ahead;
    if (position.revision > reached.revision) return false;
    const bool same = position.revision < reached.revision || position.digest == reached.digest;
    if (!same) stream->End(WatchDiverged(messages_->part().scope, position.revision));
    return true;
  };
  ahead_.erase(std::remove_if(ahead_.begin(), ahead_.end(), settled), ahead_.end());
}

Reply WatchChannel::MessageOf(const WatchNews& news) const {
  if (news.kind == WatchNews::Kind::kHeartbeat) {
    const bool current = news.state != nullptr;
    return messages_->Heartbeat(current ? news.state->position() : told_->position(), current);
  }
  std::vector<WatchedChange> changes;
  for (const ledger::v1::Change& what : news.what) {
    WatchedChange& change = changes.emplace_back();
    change.name = what.name();
    change.after = news.state->Find(what.collection(), what.name());
    change.was_visible = [this, &what]() ABSL_NO_THREAD_SAFETY_ANALYSIS {
      const ledger::Resource* before = told_->Find(what.collection(), what.name());
      return before != nullptr && messages_->Visible(*before);
    };
  }
  return changes.empty() ? nullptr : messages_->Changes(news.state->position(), changes);
}

void WatchChannel::Remember(int64_t revision, const Reply& message) {
  recent_bytes_ += message->size();
  recent_.emplace_back(revision, message);
  while (recent_.size() > kRecentMessages || recent_bytes_ > recent_bytes_limit_) {
    recent_bytes_ -= recent_.front().second->size();
    recent_after_ = recent_.front().first;
    recent_.pop_front();
  }
}

void WatchChannel::DropEnded() {
  streams_.erase(std::remove_if(streams_.begin(), streams_.end(),
                                [](const std::shared_ptr<WatchStream>& stream) { return stream->ended(); }),
                 streams_.end());
}

size_t WatchChannel::Tell(const WatchNews& news) {
  untold_bytes_.fetch_sub(news.bytes);
  absl::MutexLock lock(&mutex_);
  if (closed_) return 0;
  const bool commit = news.kind == WatchNews::Kind::kCommit;
  const ledger::Position& known = told_->position();
  // A commit from before the channel began to listen, or a proof of what is yet to be told.
  if (commit && news.state->position().revision <= known.revision) return 0;
  if (!commit && news.state != nullptr && news.state->position().revision > known.revision) return 0;
  const Reply message = MessageOf(news);
  const int64_t revision = commit || news.state != nullptr ? news.state->position().revision : known.revision;
  if (commit) {
    told_ = news.state;
    if (!ahead_.empty()) CheckAhead(told_->position());
  }
  if (message == nullptr) return 0;
  if (commit) {
    Remember(revision, message);
  } else {
    DropEnded();
  }
  for (const std::shared_ptr<WatchStream>& stream : streams_) {
    if (commit) {
      stream->SendChange(message, revision);
    } else {
      stream->SendHeartbeat(message, revision);
    }
  }
  return streams_.size();
}

std::vector<std::shared_ptr<WatchStream>> WatchChannel::Close(ledger::Position& position) {
  std::vector<std::shared_ptr<WatchStream>> streams;
  {
    absl::MutexLock lock(&mutex_);
    closed_ = true;
    position = told_->position();
    streams.swap(streams_);
    recent_.clear();
    ahead_.clear();
  }
  view_->Unsubscribe(this);
  return streams;
}

bool WatchChannel::CloseIfEmpty() {
  {
    absl::MutexLock lock(&mutex_);
    DropEnded();
    if (!streams_.empty()) return false;
    closed_ = true;
    recent_.clear();
  }
  view_->Unsubscribe(this);
  return true;
}

void WatchChannel::EndAll(const absl::Status& status) {
  std::vector<std::shared_ptr<WatchStream>> streams;
  {
    absl::MutexLock lock(&mutex_);
    streams = streams_;
  }
  for (const std::shared_ptr<WatchStream>& stream : streams) stream->End(status);
}

}  // namespace concord::rpc
