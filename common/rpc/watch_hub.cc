#include "common/rpc/watch_hub.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/notification.h"
#include "common/ledger/digest.h"
#include "common/status/error.h"
#include "common/status/macros.h"
#include "concord/rpc/v1/error_reason.pb.h"

namespace concord::rpc {
namespace {

constexpr int kStartingThreads = 2;
constexpr size_t kRecentBytes = 1 << 20;
constexpr int kSilence = 4;   // The part of a heartbeat that the store may take to prove it.
constexpr int kPatience = 4;  // Heartbeats that somebody may take nothing.

absl::Status ShuttingDown() {
  return MakeError(absl::StatusCode::kUnavailable, v1::ERROR_REASON_SHUTTING_DOWN,
                   "the service is stopping: another replica will go on from the last resume_token");
}

}  // namespace

WatchHub::WatchHub(const EngineParts& parts, const WatchTokens* tokens, WatchOptions options)
    : parts_(parts),
      tokens_(tokens),
      options_(options),
      inbox_(std::make_shared<WatchInbox>()),
      // Each watch has at most one step waiting; those of watches that have ended leave quickly.
      starting_(std::make_unique<ledger::Background>(kStartingThreads, 4 * options.watches_limit + 100)),
      answers_(parts, options.answer_pace),
      telling_([this] { Run(); }) {}

WatchHub::~WatchHub() {
  Stop();
  telling_.join();
  starting_ = nullptr;
  absl::MutexLock lock(&channels_mutex_);
  ledger::Position position;
  for (const auto& [key, channel] : channels_) channel->Close(position);
}

WatchStart::Helpers WatchHub::Helpers() {
  return {[this](std::function<void()> step) { return starting_->Post(std::move(step)); },
          [this](const std::shared_ptr<const WatchMessages>& messages) { return ChannelOf(messages); },
          options_.heartbeat};
}

absl::StatusOr<std::shared_ptr<WatchStream>> WatchHub::NewStream(WatchOpening opening) {
  WatchOutlet* const outlet = opening.outlet;
  auto stream = std::make_shared<WatchStream>(
      std::move(opening), options_.queue_bytes,
      [this](const WatchStream* ended, const absl::Status& status) { OnEnd(ended, status); });
  {
    absl::MutexLock lock(&mutex_);
    if (stopped_) return ShuttingDown();
    if (static_cast<int>(streams_.size()) >= options_.watches_limit) {
      ++statistics_.refused;
      return MakeError(absl::StatusCode::kResourceExhausted, v1::ERROR_REASON_WATCHES_EXHAUSTED,
                       "the service is at its limit of {limit} watches: try another replica, or later",
                       {{"limit", absl::StrCat(options_.watches_limit)}});
    }
    ++statistics_.begun;
    streams_.emplace(stream.get(), stream);
  }
  outlet->Attach(stream);
  return stream;
}

absl::Status WatchHub::Open(WatchedPart part, const absl::optional<WatchPlace>& place, ledger::SnapshotPtr fenced,
                            WatchOpening opening) {
  CONCORD_ASSIGN_OR_RETURN(std::shared_ptr<WatchStream> stream, NewStream(std::move(opening)));
  auto messages = std::make_shared<const WatchMessages>(std::move(part), parts_.access, tokens_);
  if (place.has_value()) {
    std::make_shared<WatchStart>(parts_, Helpers(), std::move(messages), std::move(stream), *place)->Begin();
  } else {
    std::make_shared<WatchStart>(parts_, Helpers(), std::move(messages), std::move(stream), std::move(fenced))->Begin();
  }
  return absl::OkStatus();
}

absl::Status WatchHub::OpenAnswer(AnswerWatch watch, WatchOpening opening) {
  CONCORD_ASSIGN_OR_RETURN(std::shared_ptr<WatchStream> stream, NewStream(std::move(opening)));
  answers_.Add(std::move(watch), std::move(stream));
  return absl::OkStatus();
}

void WatchHub::OnEnd(const WatchStream* stream, const absl::Status& status) {
  std::shared_ptr<WatchStream> last;  // Let go of without the lock.
  absl::MutexLock lock(&mutex_);
  auto found = streams_.find(stream);
  last = std::move(found->second);
  streams_.erase(found);
  if (HasReason(status, v1::ERROR_REASON_WATCH_TOO_SLOW)) ++statistics_.cut_off;
}

std::vector<std::shared_ptr<WatchStream>> WatchHub::Streams() const {
  std::vector<std::shared_ptr<WatchStream>> streams;
  absl::MutexLock lock(&mutex_);
  streams.reserve(streams_.size());
  for (const auto& [key, stream] : streams_) streams.push_back(stream);
  return streams;
}

void WatchHub::Stop() {
  {
    absl::MutexLock lock(&mutex_);
    stopped_ = true;
  }
  inbox_->Close();
  answers_.Stop();
  for (const std::shared_ptr<WatchStream>& stream : Streams()) stream->End(ShuttingDown());
}

WatchStatistics WatchHub::statistics() const {
  absl::MutexLock lock(&mutex_);
  WatchStatistics statistics = statistics_;
  statistics.open = static_cast<int64_t>(streams_.size());
  for (const auto& [key, stream] : streams_) {
    statistics.most_waiting_bytes = std::max<uint64_t>(statistics.most_waiting_bytes, stream->most_waiting_bytes());
  }
  statistics.messages = messages_.load(std::memory_order_relaxed);
  return statistics;
}

std::shared_ptr<WatchChannel> WatchHub::FindChannel(const std::shared_ptr<const WatchMessages>& messages,
                                                    absl::Status& heard) {
  const std::string key = messages->part().Key();
  absl::MutexLock lock(&channels_mutex_);
  if (auto found = channels_.find(key); found != channels_.end()) return found->second;
  auto channel =
      std::make_shared<WatchChannel>(messages, parts_.views->Get(messages->part().scope, parts_.clock->Now()), inbox_,
                                     std::min(kRecentBytes, options_.queue_bytes / 2), options_.untold_bytes);
  heard = channel->Listen();
  if (heard.ok()) channels_.emplace(key, channel);
  return channel;
}

absl::StatusOr<std::shared_ptr<WatchChannel>> WatchHub::ChannelOf(
    const std::shared_ptr<const WatchMessages>& messages) {
  absl::Status heard;
  std::shared_ptr<WatchChannel> channel = FindChannel(messages, heard);
  if (heard.ok()) return channel;
  // Nothing is loaded, for a moment: the view is just loading another history.
  absl::Notification done;
  absl::Status loaded;
  const std::shared_ptr<ledger::View> view = parts_.views->Get(messages->part().scope, parts_.clock->Now());
  view->Fence([&](const absl::StatusOr<ledger::SnapshotPtr>& state) {
    loaded = state.status();
    done.Notify();
  });
  done.WaitForNotification();
  if (!loaded.ok()) return loaded;
  heard = absl::OkStatus();
  channel = FindChannel(messages, heard);
  if (!heard.ok()) return heard;
  return channel;
}

// A heartbeat is asked for, and a while later replaced if the store is silent.
void WatchHub::Run() {
  bool asked = false;
  absl::Time next = parts_.clock->Now() + options_.heartbeat;
  while (true) {
    for (const WatchNews& news : inbox_->Take(next - parts_.clock->Now())) Tell(news);
    {
      absl::MutexLock lock(&mutex_);
      if (stopped_) return;
    }
    const absl::Time now = parts_.clock->Now();
    if (now < next) continue;
    asked = !asked;
    if (asked) {
      Tick();
    } else {
      for (const std::shared_ptr<WatchChannel>& channel : Channels()) channel->StopWaiting();
      answers_.StopWaiting();
    }
    next = now + (asked ? options_.heartbeat / kSilence : options_.heartbeat - options_.heartbeat / kSilence);
  }
}

// Whether the caller may still watch is asked as often as he is told that nothing is new.
void WatchHub::Tell(const WatchNews& news) {
  if (news.kind == WatchNews::Kind::kDiverged) return Rejoin(news.channel);
  if (news.kind == WatchNews::Kind::kLagging) {
    {
      absl::MutexLock lock(&mutex_);
      ++statistics_.lagged;
    }
    return Rejoin(news.channel);
  }
  if (news.kind == WatchNews::Kind::kHeartbeat) {
    const WatchedPart& part = news.channel->messages()->part();
    const absl::Status allowed = parts_.access->Authorize(part.caller, part.method, part.parent);
    if (!allowed.ok()) return news.channel->EndAll(allowed);
  }
  messages_.fetch_add(news.channel->Tell(news), std::memory_order_relaxed);
}

// As for anybody who comes with a token: whether what they know is lost is looked up, and what they miss is read from
// the log, each as fast as he takes it.
void WatchHub::Rejoin(const std::shared_ptr<WatchChannel>& channel) {
  ledger::Position position;
  const std::vector<std::shared_ptr<WatchStream>> streams = channel->Close(position);
  {
    absl::MutexLock lock(&channels_mutex_);
    auto found = channels_.find(channel->messages()->part().Key());
    if (found != channels_.end() && found->second == channel) channels_.erase(found);
  }
  const WatchPlace place = {position.epoch, position.revision, ledger::DigestPiece(position.digest), absl::nullopt};
  for (const std::shared_ptr<WatchStream>& stream : streams) {
    if (stream->ended()) continue;
    std::make_shared<WatchStart>(parts_, Helpers(), channel->messages(), stream, place)->Begin();
  }
}

std::vector<std::shared_ptr<WatchChannel>> WatchHub::Channels() {
  std::vector<std::shared_ptr<WatchChannel>> channels;
  absl::MutexLock lock(&channels_mutex_);
  for (auto at = channels_.begin(); at != channels_.end();) {
    if (at->second->CloseIfEmpty()) {
      channels_.erase(at++);
    } else {
      channels.push_back((at++)->second);
    }
  }
  return channels;
}

void WatchHub::Tick() {
  for (const std::shared_ptr<WatchChannel>& channel : Channels()) channel->Fence();
  answers_.Beat();
  const absl::Time now = parts_.clock->Now();
  for (const std::shared_ptr<WatchStream>& stream : Streams()) {
    stream->CheckProgress(now, kPatience * options_.heartbeat);
  }
}

}  // namespace concord::rpc
