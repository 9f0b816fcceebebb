#include "common/rpc/call.h"

#include <algorithm>
#include <chrono>
#include <map>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/ledger/encoding.h"
#include "common/ledger/epoch.h"
#include "common/rpc/failure.h"
#include "common/rpc/request_checks.h"
#include "common/status/error.h"
#include "concord/rpc/v1/error_reason.pb.h"

namespace concord::rpc {
namespace {

constexpr int kAttemptsLimit = 24;  // How often a call is handled, for whatever cause.
constexpr size_t kFenceStage = 3;

}  // namespace

// The way of a call. What stands before the fence looks at the request alone.
const std::vector<Call::StageRow>& Call::Stages() {
  static const auto& stages = *new std::vector<StageRow>{
      {"authenticate", &Call::Authenticate},
      {"admit", &Call::Admit},
      {"validate", &Call::Validate},
      {"fence", &Call::Fence},
      {"authorize", &Call::Authorize},
      {"handle", &Call::Handle},
      {"commit", &Call::Commit},
  };
  return stages;
}

Call::Call(Engine& engine, Invocation invocation)
    : engine_(engine), invocation_(std::move(invocation)), method_(engine.Find(invocation_.method)) {
  facts_.method = invocation_.method;
  facts_.now = engine.parts().clock->Now();
}

void Call::Begin(Engine& engine, Invocation invocation) {
  std::make_shared<Call>(engine, std::move(invocation))->Run();
}

void Call::Run() {
  while (stage_ < Stages().size()) {
    switch ((this->*Stages()[stage_].run)()) {
      case Step::kGoOn:
        ++stage_;
        break;
      case Step::kAgain:
        stage_ = kFenceStage;
        break;
      case Step::kWait:
      case Step::kEnd:
        return;
    }
  }
}

void Call::Resume() {
  ++stage_;
  Run();
}

void Call::Again() {
  stage_ = kFenceStage;
  Run();
}

bool Call::TooLate() const {
  return (invocation_.cancelled && invocation_.cancelled()) || engine_.parts().clock->Now() >= invocation_.deadline;
}

absl::Status Call::GivenUp() const {
  const bool cancelled = invocation_.cancelled && invocation_.cancelled();
  return cancelled ? CallCancelled(facts_.method) : DeadlinePassed(facts_.method);
}

Call::Step Call::End(absl::StatusOr<Reply> result) {
  Finish(std::move(result));
  return Step::kEnd;
}

void Call::Finish(absl::StatusOr<Reply> result) {
  const absl::Status status = result.ok() ? absl::OkStatus() : result.status();
  // A bug of ours is found in the log by the trace id, so it needs one.
  if (!status.ok() && facts_.trace_id.empty() && !ReasonOf(status).has_value()) {
    facts_.trace_id = ledger::NewId();
  }
  engine_.Leave(CallRecord{facts_.method, status, engine_.parts().clock->Now() - facts_.now, facts_.caller.principal,
                           facts_.trace_id, std::max(attempts_, 1)});
  // Whoever has an answer has its place back: a caller is not refused because of a call that ended.
  const bool admitted = std::exchange(admitted_, false);
  if (admitted) engine_.FreePlace();
  invocation_.done(std::move(result), facts_.trace_id);
  if (admitted) engine_.Ended();
}

Call::Step Call::Authenticate() {
  facts_.trace_id = TraceIdOf(invocation_.metadata("traceparent").value_or(""));
  if (invocation_.caller.has_value()) {
    facts_.caller = *invocation_.caller;
    return Step::kGoOn;
  }
  auto caller = engine_.parts().access->Authenticate(invocation_.metadata);
  if (!caller.ok()) return End(caller.status());
  facts_.caller = *std::move(caller);
  return Step::kGoOn;
}

Call::Step Call::Admit() {
  if (absl::Status entered = engine_.Enter(); !entered.ok()) return End(std::move(entered));
  admitted_ = true;
  if (absl::Status size = CheckSize(invocation_.request_bytes, engine_.options().request_bytes_limit); !size.ok()) {
    return End(std::move(size));
  }
  return Step::kGoOn;
}

Call::Step Call::Validate() {
  request_.reset(method_->prototype->New());
  if (!invocation_.parse(*request_)) return End(Unreadable(*request_));
  Violations violations;
  CheckRequest(*request_, violations);
  if (method_->validate) method_->validate(*request_, violations);
  if (!violations.empty()) return End(violations.ToStatus(*request_->GetDescriptor()));
  if (method_->about) about_ = method_->about(*request_);
  moment_ = MomentOf(*request_);
  if (IsWrite()) {
    validate_only_ = ValidateOnlyOf(*request_);
    facts_.request_id = StringField(*request_, "request_id");
    own_request_id_ = facts_.request_id.empty();
    if (own_request_id_) facts_.request_id = ledger::NewId();
    facts_.request_key = RequestKeyOf(facts_.caller.principal, facts_.method, facts_.request_id);
  }
  if (const ResourceType* type = engine_.parts().types->Of(about_); type != nullptr) wanted_ = {type->ScopeOf(about_)};
  return Step::kGoOn;
}

Call::Step Call::Authorize() {
  const absl::Status allowed = engine_.parts().access->Authorize(facts_.caller, facts_.method, about_);
  return allowed.ok() ? Step::kGoOn : End(allowed);
}

Call::Step Call::DecideAgain() {
  for (const auto& [scope, snapshot] : scopes_) wanted_.insert(scope);
  fenced_ = true;
  return attempts_ < kAttemptsLimit ? Step::kAgain : End(Contention(attempts_));
}

Call::Step Call::Handle() {
  if (TooLate()) return End(GivenUp());
  if (method_->work || method_->stream) return HandleWork();
  ++attempts_;
  const bool elsewhere = std::exchange(elsewhere_, false);
  Context context(facts_, *engine_.parts().types, *engine_.parts().access, scopes_);
  context.InterruptWhen(Interruption(elsewhere));
  if (method_->watch) return HandleWatch(context);
  return IsWrite() ? HandleWrite(context) : HandleRead(context, elsewhere);
}

std::function<bool()> Call::Interruption(bool elsewhere) {
  using MonotonicClock = std::chrono::steady_clock;
  if (elsewhere) return [this] { return TooLate(); };
  return [this, begin = MonotonicClock::now()] {
    return absl::FromChrono(MonotonicClock::now() - begin) >= engine_.options().handling_limit || TooLate();
  };
}

// Once more, by a thread that may take its time: the one that it was on carries everybody's fences and commits.
Call::Step Call::HandleElsewhere() {
  if (TooLate()) return End(GivenUp());
  --attempts_;  // It has not been decided.
  const auto handle = [self = shared_from_this()] {
    self->elsewhere_ = true;
    self->Run();
  };
  return engine_.parts().handling->Post(handle) ? Step::kWait : End(engine_.Overloaded());
}

// What an answer that may be kept depends on.
std::string Call::MemoKey() const {
  std::map<std::string, std::string> positions;
  for (const auto& [scope, snapshot] : scopes_) {
    const ledger::Position& position = snapshot->position();
    positions[scope] = absl::StrCat(position.epoch, " ", position.revision, ":", position.digest);
  }
  return absl::StrCat(facts_.method, "\n", facts_.caller.principal, "\n",
                      absl::StrJoin(positions, "\n", absl::PairFormatter(" ")), "\n",
                      absl::FormatTime("%Y-%m-%d", facts_.now, absl::UTCTimeZone()), "\n", ledger::Encode(*request_));
}

Call::Step Call::HandleRead(Context& context, bool elsewhere) {
  const bool keep = method_->memoize && !scopes_.empty();
  const std::string key = keep ? MemoKey() : "";
  if (keep) {
    if (Reply kept = engine_.memo().Find(key); kept != nullptr) return End(std::move(kept));
  }
  // Not before there is something to reckon with.
  if (method_->lasting && !elsewhere && !scopes_.empty()) return HandleElsewhere();
  absl::StatusOr<Reply> reply = method_->read(*request_, context);
  if (context.interrupted()) return HandleElsewhere();
  if (!context.missing().empty()) {
    wanted_ = context.missing();
    return attempts_ < kAttemptsLimit ? Step::kAgain : End(Contention(attempts_));
  }
  if (keep && reply.ok()) engine_.memo().Keep(key, *reply);
  return End(std::move(reply));
}

Call::Step Call::HandleWrite(Context& context) {
  absl::StatusOr<Change> change = method_->write(*request_, context);
  if (context.interrupted()) return HandleElsewhere();
  // What was decided without a scope that it asked for means nothing.
  if (!context.missing().empty()) {
    wanted_ = context.missing();
    return DecideAgain();
  }
  absl::Status status = change.status();
  if (status.ok()) {
    change_ = *std::move(change);
    status = PrepareCommits(context);
    // A change may concern what its handler did not look at.
    if (!context.missing().empty()) {
      wanted_ = context.missing();
      return DecideAgain();
    }
    if (status.ok() && validate_only_) return Preview();
  }
  if (!status.ok()) return fenced_ ? RefuseWrite(std::move(status)) : DecideAgain();
  return Step::kGoOn;
}

// The answer as it would be: the first resource, or all.
Call::Step Call::Preview() {
  ListReply rows(method_->rows_field);
  for (const std::string& name : change_.answers) {
    const auto put =
        std::find_if(change_.puts.begin(), change_.puts.end(), [&](const Change::Put& p) { return p.name == name; });
    if (put == change_.puts.end()) return End(absl::InternalError("a change without its answer"));
    if (method_->rows_field == 0) return End(ReplyWith(*put->message));
    rows.AddBytes(ledger::Encode(*put->message));
  }
  return End(rows.Finish());
}

Call::Step Call::HandleWork() {
  const auto work = [self = shared_from_this()] {
    if (self->TooLate()) return self->Finish(self->GivenUp());
    if (self->method_->work) return self->Finish(self->method_->work(*self->request_, self->facts_));
    const absl::Status status = self->method_->stream(*self->request_, self->facts_, *self->invocation_.stream);
    if (status.ok()) return self->Finish(Reply());
    self->Finish(status);
  };
  if (engine_.parts().background->Post(work)) return Step::kWait;
  return End(engine_.Overloaded());
}

}  // namespace concord::rpc
