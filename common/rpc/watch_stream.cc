#include "common/rpc/watch_stream.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/rpc/failure.h"
#include "common/status/error.h"
#include "concord/rpc/v1/error_reason.pb.h"

namespace concord::rpc {
namespace {

constexpr size_t kNoLimit = std::numeric_limits<size_t>::max() / 2;

absl::Status TooSlow(size_t limit_bytes) {
  return MakeError(absl::StatusCode::kResourceExhausted, v1::ERROR_REASON_WATCH_TOO_SLOW,
                   "the watcher reads more slowly than changes come, more than {limit_bytes} bytes waited: go on with "
                   "the last resume_token",
                   {{"limit_bytes", absl::StrCat(limit_bytes)}});
}

}  // namespace

WatchStream::WatchStream(WatchOpening opening, size_t limit_bytes,
                         std::function<void(const WatchStream*, const absl::Status&)> on_end)
    : opening_(std::move(opening)), limit_bytes_(limit_bytes), on_end_(std::move(on_end)) {}

bool WatchStream::Enqueue(const Reply& message, size_t limit_bytes) {
  if (!writing_) {
    writing_ = true;
    return true;
  }
  if (!waiting_.empty() && waiting_bytes_ + message->size() > limit_bytes) {
    Close(TooSlow(limit_bytes_));  // A message is on its way, so its end finishes the stream.
    return false;
  }
  waiting_bytes_ += message->size();
  most_waiting_bytes_ = std::max(most_waiting_bytes_, waiting_bytes_);
  waiting_.push_back(message);
  return false;
}

bool WatchStream::Close(absl::Status status) {
  if (ended_) return false;
  ended_ = true;
  status_ = std::move(status);
  waiting_.clear();
  waiting_bytes_ = 0;
  then_ = nullptr;
  return !writing_;
}

// Only the one who was told to calls it, and by then nothing changes any more.
void WatchStream::Finish() {
  absl::Status status;
  {
    absl::MutexLock lock(&mutex_);
    status = status_;
  }
  on_end_(this, status);
  opening_.end(std::move(status));
}

void WatchStream::Send(const Reply& message) {
  {
    absl::MutexLock lock(&mutex_);
    if (ended_ || !Enqueue(message, kNoLimit)) return;
  }
  opening_.outlet->Write(message, false);
}

void WatchStream::SendMissed(const Reply& message, int64_t revision) { SendAfter(message, revision, kNoLimit); }

void WatchStream::SendChange(const Reply& message, int64_t revision) { SendAfter(message, revision, limit_bytes_); }

void WatchStream::SendAfter(const Reply& message, int64_t revision, size_t limit_bytes) {
  {
    absl::MutexLock lock(&mutex_);
    if (ended_ || revision <= revision_) return;
    revision_ = revision;
    if (!Enqueue(message, limit_bytes)) return;
  }
  opening_.outlet->Write(message, false);
}

void WatchStream::SendHeartbeat(const Reply& message, int64_t revision) {
  {
    absl::MutexLock lock(&mutex_);
    if (ended_ || revision < revision_ || writing_) return;
    revision_ = revision;
    if (!Enqueue(message, kNoLimit)) return;
  }
  opening_.outlet->Write(message, false);
}

void WatchStream::Reach(int64_t revision) {
  absl::MutexLock lock(&mutex_);
  if (revision > revision_) revision_ = revision;
}

void WatchStream::WhenWritten(std::function<void()> then) {
  {
    absl::MutexLock lock(&mutex_);
    if (ended_) return;
    if (writing_) {
      then_ = std::move(then);
      return;
    }
  }
  then();
}

void WatchStream::End(absl::Status status) {
  {
    absl::MutexLock lock(&mutex_);
    if (!Close(std::move(status))) return;
  }
  Finish();
}

bool WatchStream::ended() const {
  absl::MutexLock lock(&mutex_);
  return ended_;
}

size_t WatchStream::most_waiting_bytes() const {
  absl::MutexLock lock(&mutex_);
  return most_waiting_bytes_;
}

void WatchStream::CheckProgress(absl::Time now, absl::Duration patience) {
  absl::MutexLock lock(&mutex_);
  if (!writing_ || written_ != written_at_look_) {
    written_at_look_ = written_;
    stuck_since_ = now;
    return;
  }
  if (now - stuck_since_ < patience) return;
  if (ended_) {
    opening_.outlet->Abort();  // Still valid: what is on its way has not been told of.
  } else if (then_ != nullptr) {
    Close(TooSlow(limit_bytes_));
    stuck_since_ = now;
  }
}

void WatchStream::OnWritten(bool taken) {
  Reply next;
  bool more = false;
  bool finish = false;
  std::function<void()> then;
  {
    absl::MutexLock lock(&mutex_);
    writing_ = false;
    ++written_;
    if (!taken) Close(CallCancelled("the watch"));
    if (ended_) {
      finish = true;
    } else if (!waiting_.empty()) {
      next = std::move(waiting_.front());
      waiting_.pop_front();
      waiting_bytes_ -= next->size();
      more = !waiting_.empty();
      writing_ = true;
    } else {
      then.swap(then_);
    }
  }
  if (finish) return Finish();
  if (next != nullptr) return opening_.outlet->Write(next, more);
  if (then) then();
}

void WatchStream::OnGone() { End(CallCancelled("the watch")); }

}  // namespace concord::rpc
