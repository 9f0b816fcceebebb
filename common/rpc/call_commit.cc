// How a call writes what its handler decided.
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/rpc/call.h"
#include "common/rpc/failure.h"
#include "common/status/error.h"

namespace concord::rpc {
namespace {

constexpr int kResendsLimit = 2;  // How often a commit without an answer is sent again.

}  // namespace

absl::Status Call::PrepareCommits(Context& context) {
  commits_.clear();
  next_commit_ = 0;
  const std::string fingerprint = FingerprintOf(facts_.method, *request_);
  if (change_.first != nullptr) {
    auto first = MakeCommit(*change_.first, fingerprint, context);
    if (!first.ok()) return first.status();
    commits_.push_back(*std::move(first));
  }
  auto commit = MakeCommit(change_, fingerprint, context);
  if (!commit.ok()) return commit.status();
  commits_.push_back(*std::move(commit));
  return absl::OkStatus();
}

Call::Step Call::Commit() {
  // Nothing to write and nobody to remember it for: the state as it is now is the answer.
  if (own_request_id_ && resends_ == 0 && commits_.size() == 1 && commits_[0].body.changes().empty()) {
    return fenced_ ? End(UnchangedAnswer()) : DecideAgain();
  }
  SendCommit();
  return Step::kWait;
}

// The answer that consists of several resources.
absl::StatusOr<Reply> Call::AnswerInRows(const ledger::Event& event, const std::string& epoch) const {
  const ledger::Commit& commit = commits_.back();
  const ledger::Snapshot& seen = *scopes_.find(commit.scope)->second;
  const auto answers = AnswersOf(commit, event, epoch, seen, *engine_.parts().types, *engine_.parts().stamper);
  if (!answers.ok()) return StoreFailure(answers.status());
  return ReplyWith(*answers, method_->rows_field);
}

// The answer of a write that left it as it was: what the handler looked at.
absl::StatusOr<Reply> Call::UnchangedAnswer() const {
  if (method_->rows_field != 0) return AnswerInRows(ledger::Event(), "");
  const ledger::Commit& commit = commits_.back();
  const std::string& name = commit.request_record.answers(0).name();
  const ledger::SnapshotPtr& seen = scopes_.find(commit.scope)->second;
  return ReplyWith(seen, *seen->Find(engine_.parts().types->Of(name)->collection().id, name));
}

void Call::SendCommit() {
  engine_.parts().store->Commit(commits_[next_commit_],
                                [self = shared_from_this()](absl::StatusOr<ledger::CommitOutcome> outcome) {
                                  self->OnOutcome(std::move(outcome));
                                });
}

void Call::OnOutcome(absl::StatusOr<ledger::CommitOutcome> outcome) {
  if (!outcome.ok()) {
    if (absl::IsUnavailable(outcome.status()) || absl::IsResourceExhausted(outcome.status())) {
      return Finish(resends_ == 0 ? StoreFailure(outcome.status()) : OutcomeUnknown(facts_.request_id));
    }
    if (absl::IsDataLoss(outcome.status()) || absl::IsInternal(outcome.status())) {
      return Finish(StoreFailure(outcome.status()));
    }
    if (++resends_ > kResendsLimit || TooLate()) return Finish(OutcomeUnknown(facts_.request_id));
    return SendCommit();
  }
  switch (outcome->kind) {
    case ledger::CommitOutcome::Kind::kCommitted:
      return OnCommitted(*outcome);
    case ledger::CommitOutcome::Kind::kRemembered:
      if (!IsThisRequest(outcome->remembered)) return Finish(RequestIdReused(facts_.request_id));
      if (next_commit_ + 1 < commits_.size()) {
        ++next_commit_;
        return SendCommit();
      }
      return OnRemembered(outcome->remembered);
    // Decided again on the newest state, the handler meets the cause itself and says it
    // in its own words.
    case ledger::CommitOutcome::Kind::kTaken:
      if (IndexDiffers(*outcome)) {
        return Finish(absl::InternalError(absl::StrCat(
            "the index of unique values of ", change_.scope, " does not match its resources: ", outcome->taken_value,
            " is reserved for ", outcome->taken_by, ", which does not have it")));
      }
      if (DecideAgain() == Step::kAgain) Again();
      return;
    case ledger::CommitOutcome::Kind::kConflict:
    case ledger::CommitOutcome::Kind::kDiverged:
      if (DecideAgain() == Step::kAgain) Again();
      return;
  }
}

bool Call::IndexDiffers(const ledger::CommitOutcome& outcome) const {
  const ledger::Commit& commit = commits_[next_commit_];
  if (commit.preconditions.position.revision != outcome.head.revision) return false;
  const ledger::SnapshotPtr& seen = scopes_.find(commit.scope)->second;
  for (const auto& [value, name] : commit.reservations) {
    if (value != outcome.taken_value) continue;
    // It may be wanted twice in one commit.
    if (name == outcome.taken_by) return false;
    if (seen->HolderOf(engine_.parts().types->Of(name)->collection().id, value) == outcome.taken_by) return false;
  }
  return true;
}

void Call::OnCommitted(const ledger::CommitOutcome& outcome) {
  const ledger::Commit& commit = commits_[next_commit_];
  const bool wrote = outcome.event.revision > 0;
  const std::shared_ptr<ledger::View> view = engine_.parts().views->Get(commit.scope, facts_.now);
  if (wrote) view->Offer(outcome.event, outcome.head.epoch);
  if (++next_commit_ < commits_.size()) return SendCommit();
  const ledger::v1::AnswerPart& part = commit.request_record.answers(0);
  const ResourceType& type = *engine_.parts().types->Of(part.name());
  if (method_->rows_field != 0) return Finish(AnswerInRows(outcome.event, outcome.head.epoch));
  if (part.revision() != 0) return Finish(UnchangedAnswer());
  // The view has just made the resource, as a rule.
  if (const ledger::SnapshotPtr now = view->Peek(); now != nullptr) {
    const ledger::Resource* resource = now->Find(type.collection().id, part.name());
    if (resource != nullptr && resource->stamp.revision == outcome.event.revision &&
        resource->stamp.epoch == outcome.head.epoch) {
      return Finish(ReplyWith(now, *resource));
    }
  }
  for (const ledger::v1::Change& change : outcome.event.body.changes()) {
    if (change.name() != part.name()) continue;
    auto resource = ledger::ResourceAfter(change, outcome.event, commit.scope, outcome.head.epoch, type.collection(),
                                          *engine_.parts().stamper);
    if (!resource.ok()) return Finish(StoreFailure(resource.status()));
    return Finish(ReplyWith(*std::move(resource)));
  }
  Finish(absl::InternalError("a commit without its answer"));
}

bool Call::IsThisRequest(const ledger::RememberedRequest& remembered) const {
  return remembered.record.fingerprint() == FingerprintOf(facts_.method, *request_);
}

void Call::OnRemembered(const ledger::RememberedRequest& remembered) {
  if (!IsThisRequest(remembered)) return Finish(RequestIdReused(facts_.request_id));
  RecallAnswers(*engine_.parts().store, change_.scope, remembered, *engine_.parts().types, *engine_.parts().stamper,
                [self = shared_from_this()](absl::StatusOr<std::vector<ledger::ResourcePtr>> answers) {
                  if (!answers.ok()) return self->Finish(StoreFailure(answers.status()));
                  self->Finish(ReplyWith(*answers, self->method_->rows_field));
                });
}

// An error may stem from the call's own effect, if it was made before.
Call::Step Call::RefuseWrite(absl::Status error) {
  if (validate_only_ || (own_request_id_ && resends_ == 0) || scopes_.empty()) return End(std::move(error));
  const std::string scope =
      engine_.parts().types->Of(about_) == nullptr ? "" : engine_.parts().types->Of(about_)->ScopeOf(about_);
  if (scope.empty()) return End(std::move(error));
  change_.scope = scope;
  engine_.parts().store->FindRequest(
      scope, facts_.request_key,
      [self = shared_from_this(), error](absl::StatusOr<absl::optional<ledger::RememberedRequest>> found) {
        if (!found.ok()) {
          return self->Finish(self->resends_ > 0 ? OutcomeUnknown(self->facts_.request_id)
                                                 : StoreFailure(found.status()));
        }
        if (!found->has_value()) return self->Finish(error);
        self->OnRemembered(**found);
      });
  return Step::kWait;
}

}  // namespace concord::rpc
