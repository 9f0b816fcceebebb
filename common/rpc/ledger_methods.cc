#include "common/rpc/ledger_methods.h"

#include <atomic>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/synchronization/notification.h"
#include "common/ledger/digest.h"
#include "common/ledger/history.h"
#include "common/ledger/verify.h"
#include "common/rpc/failure.h"
#include "common/rpc/listing.h"
#include "common/rpc/request_checks.h"
#include "common/rpc/standard_methods.h"
#include "common/status/error.h"
#include "common/status/macros.h"
#include "concord/ledger/v1/ledger_service.pb.h"
#include "concord/rpc/v1/error_reason.pb.h"

namespace concord::rpc {
namespace {

namespace api = ::concord::ledger::v1;
using google::protobuf::Message;

constexpr int kAnchorsLimit = 100;

absl::StatusOr<ledger::SnapshotPtr> FenceAndWait(const EngineParts& parts, const std::string& scope, absl::Time now) {
  absl::Notification done;
  absl::StatusOr<ledger::SnapshotPtr> result;
  parts.views->Get(scope, now)->Fence([&](absl::StatusOr<ledger::SnapshotPtr> snapshot) {
    result = std::move(snapshot);
    done.Notify();
  });
  done.WaitForNotification();
  if (!result.ok()) return StoreFailure(result.status());
  return result;
}

// False if it is not to be shown: what the resource was while it was sealed.
absl::StatusOr<bool> Fill(const ledger::HistoryStep& step, const std::string& scope, const std::string& epoch,
                          const EngineParts& parts, api::ResourceRevision& revision) {
  const ledger::Event& event = step.event;
  revision.set_revision(event.revision);
  *revision.mutable_commit_time() = TimestampOf(event.time);
  revision.set_principal(event.body.principal());
  revision.set_request_id(event.body.request_id());
  revision.set_method(event.body.method());
  revision.set_trace_id(event.body.trace_id());
  revision.set_reason(event.body.reason());
  revision.set_digest(event.digest);
  const ledger::v1::Change& change = event.body.changes(step.change);
  CONCORD_ASSIGN_OR_RETURN(
      const ledger::ResourcePtr resource,
      ledger::ResourceAfter(change, event, scope, epoch, parts.types->Of(change.name())->collection(), *parts.stamper));
  if (resource == nullptr) return true;
  revision.mutable_resource()->PackFrom(*resource->message);
  return !resource->sealed;
}

// A token may be of a future that was lost since, be it that others have been committed in its place: the event at its
// revision tells.
absl::Status ProvePlace(const EngineParts& parts, const std::string& scope, const PageTokens::Place& place,
                        const ledger::Position& now) {
  if (place.revision == 0 || place.revision == now.revision) return absl::OkStatus();
  const auto event = parts.store->ReadEvent(scope, place.revision);
  if (!event.ok() && !absl::IsNotFound(event.status())) return StoreFailure(event.status());
  const bool same = event.ok() && ledger::DigestPiece(event->digest) == place.digest_piece;
  return same ? absl::OkStatus() : PageDiverged(scope, place.revision);
}

// The resource must be visible now: a past image is shown to nobody who may not see what it became.
absl::StatusOr<Reply> ListResourceRevisions(const EngineParts& parts, const PageTokens& tokens, const Message& request,
                                            const CallFacts& facts) {
  const std::string name = StringField(request, "name");
  const ResourceType& type = *parts.types->Of(name);
  const std::string scope = type.ScopeOf(name);
  CONCORD_ASSIGN_OR_RETURN(const ledger::SnapshotPtr snapshot, FenceAndWait(parts, scope, facts.now));
  const ledger::Resource* resource = snapshot->Find(type.collection().id, name);
  const bool shown = resource != nullptr && !resource->sealed && parts.access->Visible(facts.caller, *resource);
  if (!shown) return NotFound(name);
  CONCORD_ASSIGN_OR_RETURN(const PageTokens::Place place, tokens.OpenPlace(request, scope, snapshot->position()));
  CONCORD_RETURN_IF_ERROR(ProvePlace(parts, scope, place, snapshot->position()));
  const bool goes_on = !place.last_key.empty();
  int64_t revision = resource->stamp.revision;
  if (goes_on && !absl::SimpleAtoi(place.last_key, &revision)) {
    return absl::InternalError("a page token of another list");
  }
  auto steps = ledger::WalkHistory(*parts.store, scope, name, revision, PageSizeOf(request));
  // The history may have been replaced since the token was proven. Damage is met again from the first page on.
  const bool broken = absl::IsDataLoss(steps.status()) || absl::IsNotFound(steps.status());
  if (goes_on && broken) return PageDiverged(scope, place.revision);
  if (!steps.ok()) return StoreFailure(steps.status());
  api::ListResourceRevisionsResponse response;
  size_t bytes = 0;
  int64_t next = 0;
  for (const ledger::HistoryStep& step : *steps) {
    api::ResourceRevision& row = *response.add_resource_revisions();
    const absl::StatusOr<bool> filled = Fill(step, scope, snapshot->position().epoch, parts, row);
    if (!filled.ok()) return StoreFailure(filled.status());
    if (!*filled) {
      response.mutable_resource_revisions()->RemoveLast();
      next = step.previous_revision();
      continue;
    }
    bytes += row.ByteSizeLong();
    if (bytes > kPageBytes && response.resource_revisions_size() > 1) {
      response.mutable_resource_revisions()->RemoveLast();
      break;
    }
    next = step.previous_revision();
  }
  if (next > 0) {
    response.set_next_page_token(tokens.Make(request, scope, snapshot->position(), absl::StrCat(next)));
  }
  concord::type::ScopeRevision& made_from = *response.add_revisions();
  made_from.set_scope(scope);
  made_from.set_revision(snapshot->position().revision);
  *made_from.mutable_commit_time() = TimestampOf(snapshot->position().time);
  return ReplyWith(response);
}

void CheckAnchors(const api::VerifyScopeRequest& request, Violations& violations) {
  if (request.anchors_size() > kAnchorsLimit) violations.Add("anchors", "has more than 100 anchors");
  for (int i = 0; i < request.anchors_size(); ++i) {
    const api::Anchor& anchor = request.anchors(i);
    if (anchor.revision() < 1) violations.Add(absl::StrCat("anchors[", i, "].revision"), "must be at least 1");
    const size_t digits = anchor.digest().size();
    if (digits < 16 || digits > 40 || anchor.digest().find_first_not_of("0123456789abcdef") != std::string::npos) {
      violations.Add(absl::StrCat("anchors[", i, "].digest"), "must be 16 to 40 hexadecimal digits in small letters");
    }
  }
}

Reply ReplyOf(const ledger::Verification& verification, bool finished) {
  api::VerifyScopeResponse response;
  response.set_revision(verification.revision);
  response.set_head_revision(verification.head_revision);
  response.set_resource_count(verification.resources);
  response.set_digest(verification.digest);
  response.set_finished(finished);
  if (finished) {
    for (const std::string& finding : verification.findings) response.add_findings(finding);
  }
  return ReplyWith(response);
}

absl::Status Verify(const EngineParts& parts, const api::VerifyScopeRequest& request, ReplyStream& stream) {
  ledger::VerifyOptions options;
  options.collections = parts.types->InScope(request.scope());
  for (const api::Anchor& anchor : request.anchors()) options.anchors.push_back({anchor.revision(), anchor.digest()});
  auto verification =
      ledger::VerifyScope(*parts.store, request.scope(), options,
                          [&](const ledger::Verification& so_far) { return stream.Write(ReplyOf(so_far, false)); });
  if (!verification.ok()) return StoreFailure(verification.status());
  stream.Write(ReplyOf(*verification, true));
  return absl::OkStatus();
}

absl::Status AnotherUnderWay(absl::Duration retry_delay) {
  return WithRetryDelay(
      MakeError(absl::StatusCode::kResourceExhausted, v1::ERROR_REASON_OVERLOADED,
                "the service is at its limit of {limit} verification at once: try again later", {{"limit", "1"}}),
      retry_delay);
}

}  // namespace

void AddLedgerMethods(Engine& engine, const PageTokens* tokens) {
  const EngineParts parts = engine.parts();
  const std::string service = "concord.ledger.v1.LedgerService";

  Method revisions;
  revisions.name = "ListResourceRevisions";
  revisions.prototype = &api::ListResourceRevisionsRequest::default_instance();
  revisions.validate = [types = parts.types](const Message& request, Violations& violations) {
    if (types->Of(StringField(request, "name")) == nullptr) {
      violations.Add("name", "is not the name of a resource that this service knows");
    }
  };
  revisions.work = [parts, tokens](const Message& request, const CallFacts& facts) {
    return ListResourceRevisions(parts, *tokens, request, facts);
  };
  engine.Add(service, std::move(revisions));

  Method verify;
  verify.name = "VerifyScope";
  verify.prototype = &api::VerifyScopeRequest::default_instance();
  verify.validate = [types = parts.types](const Message& message, Violations& violations) {
    const auto& request = static_cast<const api::VerifyScopeRequest&>(message);
    if (types->InScope(request.scope()).empty()) {
      violations.Add("scope", "is not the name of a scope that this service works on");
    }
    CheckAnchors(request, violations);
  };
  // It takes long and holds a thread that others need: one at a time.
  verify.stream = [parts, retry_delay = engine.options().retry_delay,
                   under_way = std::make_shared<std::atomic<bool>>()](const Message& request,
                                                                      const CallFacts& /*facts*/, ReplyStream& stream) {
    if (under_way->exchange(true)) return AnotherUnderWay(retry_delay);
    absl::Status status = Verify(parts, static_cast<const api::VerifyScopeRequest&>(request), stream);
    under_way->store(false);
    return status;
  };
  engine.Add(service, std::move(verify));
}

}  // namespace concord::rpc
