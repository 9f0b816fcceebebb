#include "common/rpc/watch_start.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/synchronization/notification.h"
#include "common/ledger/digest.h"
#include "common/rpc/failure.h"
#include "common/status/error.h"
#include "common/status/macros.h"
#include "concord/rpc/v1/error_reason.pb.h"

namespace concord::rpc {
namespace {

constexpr size_t kPieceBytes = 256 << 10;
// Events of one page of the log, which is read by their number: as many as are likely to fill a piece, by the size of
// those of the page before. What a page holds beyond a piece is let go of and read again.
constexpr int kPageBegin = 4;
constexpr int kPageLimit = 32;

}  // namespace

WatchStart::WatchStart(const EngineParts& parts, Helpers helpers, std::shared_ptr<const WatchMessages> messages,
                       std::shared_ptr<WatchStream> stream, ledger::SnapshotPtr state)
    : parts_(parts),
      helpers_(std::move(helpers)),
      messages_(std::move(messages)),
      stream_(std::move(stream)),
      phase_(Phase::kState),
      state_(std::move(state)),
      page_events_(kPageBegin) {}

WatchStart::WatchStart(const EngineParts& parts, Helpers helpers, std::shared_ptr<const WatchMessages> messages,
                       std::shared_ptr<WatchStream> stream, WatchPlace place)
    : parts_(parts),
      helpers_(std::move(helpers)),
      messages_(std::move(messages)),
      stream_(std::move(stream)),
      phase_(place.last_name.has_value() ? Phase::kPastState : Phase::kPlace),
      place_(std::move(place)),
      page_events_(kPageBegin) {}

void WatchStart::Next() {
  if (helpers_.post([self = shared_from_this()] { self->Step(); })) return;
  stream_->End(MakeError(absl::StatusCode::kUnavailable, v1::ERROR_REASON_SHUTTING_DOWN,
                         "the service is stopping: another replica will answer"));
}

void WatchStart::Step() {
  if (stream_->ended()) return;
  const absl::StatusOr<bool> joined = Advance();
  if (!joined.ok()) return stream_->End(StoreFailure(joined.status()));
  if (!*joined) stream_->WhenWritten([self = shared_from_this()] { self->Next(); });
}

absl::StatusOr<bool> WatchStart::Advance() {
  switch (phase_) {
    case Phase::kPastState:
      CONCORD_RETURN_IF_ERROR(FetchPastState());
      return false;
    case Phase::kState:
      SendState();
      return false;
    case Phase::kPlace:
      CONCORD_RETURN_IF_ERROR(CheckPlace());
      return false;
    case Phase::kLog: {
      CONCORD_ASSIGN_OR_RETURN(const bool joined, Join());
      if (!joined) CONCORD_RETURN_IF_ERROR(ReadLog());
      return joined;
    }
  }
  return false;
}

// The state that was being sent may be long past, and it may be of a history that is gone.
absl::Status WatchStart::FetchPastState() {
  absl::Notification done;
  absl::StatusOr<ledger::SnapshotPtr> state;
  parts_.as_of->AtRevision(messages_->part().scope, place_.revision, [&](absl::StatusOr<ledger::SnapshotPtr> found) {
    state = std::move(found);
    done.Notify();
  });
  done.WaitForNotification();
  absl::Status diverged = WatchDiverged(messages_->part().scope, place_.revision);
  if (absl::IsOutOfRange(state.status())) return diverged;
  CONCORD_RETURN_IF_ERROR(state.status());
  const ledger::Position& position = (*state)->position();
  const bool same = place_.revision == 0 ||
                    (position.epoch == place_.epoch && ledger::DigestPiece(position.digest) == place_.digest_piece);
  if (!same) return diverged;
  state_ = *std::move(state);
  last_name_ = *place_.last_name;
  phase_ = Phase::kState;
  return absl::OkStatus();
}

// One piece, or the end.
void WatchStart::SendState() {
  if (const Reply piece = messages_->PieceOfState(*state_, kPieceBytes, last_name_); piece != nullptr) {
    // Whoever is interrupted here comes back for the rest of this very state.
    parts_.as_of->Keep(state_);
    stream_->Send(piece);
    return;
  }
  position_ = state_->position();
  stream_->Send(messages_->EndOfState(position_));
  greet_ = false;
  state_ = nullptr;
  phase_ = Phase::kLog;
}

absl::StatusOr<ledger::SnapshotPtr> WatchStart::Fenced() const {
  absl::Notification done;
  absl::StatusOr<ledger::SnapshotPtr> state;
  parts_.views->Get(messages_->part().scope, parts_.clock->Now())
      ->Fence([&](absl::StatusOr<ledger::SnapshotPtr> fenced) {
        state = std::move(fenced);
        done.Notify();
      });
  done.WaitForNotification();
  return state;
}

// A fence proves where the history ends; that the place is part of it, the event there does.
absl::Status WatchStart::CheckPlace() {
  const std::string& scope = messages_->part().scope;
  CONCORD_ASSIGN_OR_RETURN(const ledger::SnapshotPtr now, Fenced());
  phase_ = Phase::kLog;
  if (place_.revision == 0) return absl::OkStatus();  // Every history begins there.
  if (now->position().revision < place_.revision || now->position().epoch != place_.epoch) {
    return WatchDiverged(scope, place_.revision);
  }
  CONCORD_ASSIGN_OR_RETURN(const ledger::Event event, parts_.store->ReadEvent(scope, place_.revision));
  if (ledger::DigestPiece(event.digest) != place_.digest_piece) return WatchDiverged(scope, place_.revision);
  position_.epoch = place_.epoch;
  position_.revision = event.revision;
  position_.digest = event.digest;
  position_.time = event.time;
  return absl::OkStatus();
}

absl::StatusOr<bool> WatchStart::Join() {
  while (true) {
    CONCORD_ASSIGN_OR_RETURN(const std::shared_ptr<WatchChannel> channel, helpers_.channel(messages_));
    switch (channel->Join(stream_, position_, greet_)) {
      case WatchChannel::Joined::kYes:
        return true;
      case WatchChannel::Joined::kTooFarBehind:
        return false;
      case WatchChannel::Joined::kDiverged:
        return WatchDiverged(messages_->part().scope, position_.revision);
      case WatchChannel::Joined::kClosed:
        break;
    }
  }
}

bool WatchStart::WasVisible(const ledger::v1::Change& change, const ledger::Collection& collection,
                            absl::Status& problem) const {
  if (change.previous_revision() == 0) return false;
  const std::string& scope = messages_->part().scope;
  auto event = parts_.store->ReadEvent(scope, change.previous_revision());
  if (!event.ok()) {
    problem = event.status();
    return false;
  }
  for (const ledger::v1::Change& earlier : event->body.changes()) {
    if (earlier.name() != change.name()) continue;
    auto before = ledger::ResourceAfter(earlier, *event, scope, position_.epoch, collection, *parts_.stamper);
    if (!before.ok()) problem = before.status();
    return before.ok() && *before != nullptr && messages_->Visible(**before);
  }
  return false;
}

absl::StatusOr<Reply> WatchStart::MessageOf(const ledger::Event& event) {
  std::vector<WatchedChange> changes;
  std::vector<ledger::ResourcePtr> kept;
  absl::Status problem;
  for (const ledger::v1::Change& change : event.body.changes()) {
    const ledger::Collection* collection = messages_->part().Find(change.collection(), change.name());
    if (collection == nullptr) continue;
    CONCORD_ASSIGN_OR_RETURN(
        ledger::ResourcePtr after,
        ledger::ResourceAfter(change, event, messages_->part().scope, position_.epoch, *collection, *parts_.stamper));
    WatchedChange& row = changes.emplace_back();
    row.name = change.name();
    row.after = after.get();
    row.was_visible = [this, &change, collection, &problem] { return WasVisible(change, *collection, problem); };
    kept.push_back(std::move(after));
  }
  if (changes.empty()) return Reply();
  Reply message = messages_->Changes(position_, changes);
  CONCORD_RETURN_IF_ERROR(problem);
  return message;
}

absl::Status WatchStart::ReadLog() {
  const std::string& scope = messages_->part().scope;
  CONCORD_ASSIGN_OR_RETURN(const std::vector<ledger::Event> events,
                           parts_.store->ReadEvents(scope, position_.revision + 1, page_events_));
  if (events.empty()) {
    // The view is ahead of the log, so one of them is of another history: ask both again.
    place_ = {position_.epoch, position_.revision, ledger::DigestPiece(position_.digest), absl::nullopt};
    phase_ = Phase::kPlace;
    return absl::OkStatus();
  }
  size_t read_bytes = 0;
  for (const ledger::Event& event : events) read_bytes += event.raw_body.size();
  page_events_ = static_cast<int>(std::clamp<size_t>(events.size() * kPieceBytes / (read_bytes + 1), 1, kPageLimit));
  size_t sent_bytes = 0;
  bool sent = false;
  for (const ledger::Event& event : events) {
    if (sent_bytes >= kPieceBytes) break;
    if (!ledger::Follows(event, position_)) return WatchDiverged(scope, position_.revision);
    // The first event of all names the life of the scope, which no position before it could.
    if (position_.revision == 0) {
      CONCORD_ASSIGN_OR_RETURN(const ledger::Position head, parts_.store->ReadHead(scope));
      position_.epoch = head.epoch;
    }
    position_.revision = event.revision;
    position_.digest = event.digest;
    position_.time = event.time;
    CONCORD_ASSIGN_OR_RETURN(const Reply message, MessageOf(event));
    if (message == nullptr) {
      stream_->Reach(event.revision);
      continue;
    }
    sent_bytes += message->size();
    stream_->SendMissed(message, event.revision);
    sent = true;
  }
  const absl::Time now = parts_.clock->Now();
  if (!sent && now - told_ >= helpers_.heartbeat) {
    stream_->SendHeartbeat(messages_->Heartbeat(position_, false), position_.revision);
    sent = true;
  }
  if (sent) told_ = now;
  return absl::OkStatus();
}

}  // namespace concord::rpc
