#include "common/rpc/watch_messages.h"

#include <algorithm>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/ledger/digest.h"
#include "common/rpc/request_checks.h"

namespace concord::rpc {
namespace {

using ledger::v1::WatchedResource;
using ledger::v1::WatchResourcesResponse;

bool IsUnder(absl::string_view parent, absl::string_view name) {
  return absl::StartsWith(name, parent) && (name.size() == parent.size() || name[parent.size()] == '/');
}

void Fill(const ledger::Resource& resource, WatchedResource& row) {
  row.set_name(resource.name);
  row.mutable_resource()->set_type_url(
      absl::StrCat("type.googleapis.com/", resource.message->GetDescriptor()->full_name()));
  row.mutable_resource()->set_value(resource.bytes);
}

}  // namespace

const ledger::Collection* WatchedPart::Find(absl::string_view collection, absl::string_view name) const {
  for (const ledger::Collection* watched : collections) {
    if (watched->id != collection) continue;
    return parent == scope || IsUnder(parent, name) ? watched : nullptr;
  }
  return nullptr;
}

std::string WatchedPart::Key() const { return absl::StrCat(scope, "\n", arguments, "\n", caller.principal); }

WatchMessages::WatchMessages(WatchedPart part, const AccessPolicy* access, const WatchTokens* tokens)
    : part_(std::move(part)), access_(access), tokens_(tokens) {}

WatchResourcesResponse WatchMessages::At(const ledger::Position& position) const {
  WatchResourcesResponse message;
  message.mutable_revision()->set_scope(part_.scope);
  message.mutable_revision()->set_revision(position.revision);
  if (position.revision > 0) *message.mutable_revision()->mutable_commit_time() = TimestampOf(position.time);
  message.set_digest_piece(ledger::DigestPiece(position.digest));
  return message;
}

// Each collection gives as much as a piece may hold, and of all that the first names make the piece: it ends
// before any collection that gave only a part of its rows has come to the end of what it gave.
Reply WatchMessages::PieceOfState(const ledger::Snapshot& state, size_t bytes, std::string& last_name) const {
  const std::string prefix = part_.parent == part_.scope ? "" : part_.parent;
  const std::string from = std::max(prefix, last_name);
  std::vector<const ledger::Resource*> rows;
  for (const ledger::Collection* collection : part_.collections) {
    size_t gathered = 0;
    state.List(collection->id).ForEachFrom(from, [&](const ledger::Resource& resource) {
      const std::string& name = resource.name;
      if (!absl::StartsWith(name, prefix) || gathered >= bytes) return false;
      if (name == last_name || part_.Find(collection->id, name) == nullptr || !Visible(resource)) return true;
      gathered += resource.bytes.size();
      rows.push_back(&resource);
      return true;
    });
  }
  if (rows.empty()) return nullptr;
  std::sort(rows.begin(), rows.end(),
            [](const ledger::Resource* a, const ledger::Resource* b) { return a->name < b->name; });
  WatchResourcesResponse message = At(state.position());
  size_t sent = 0;
  for (const ledger::Resource* row : rows) {
    if (sent >= bytes) break;
    sent += row->bytes.size();
    Fill(*row, *message.add_resources());
    last_name = row->name;
  }
  message.set_resume_token(tokens_->Make(part_.arguments, part_.scope, state.position(), last_name));
  return ReplyWith(message);
}

Reply WatchMessages::EndOfState(const ledger::Position& position) const {
  WatchResourcesResponse message = At(position);
  message.set_resume_token(tokens_->Make(part_.arguments, part_.scope, position, absl::nullopt));
  message.set_end_of_state(true);
  return ReplyWith(message);
}

Reply WatchMessages::Heartbeat(const ledger::Position& position, bool current) const {
  WatchResourcesResponse message = At(position);
  message.set_resume_token(tokens_->Make(part_.arguments, part_.scope, position, absl::nullopt));
  message.set_current(current);
  return ReplyWith(message);
}

Reply WatchMessages::Changes(const ledger::Position& position, const std::vector<WatchedChange>& changes) const {
  WatchResourcesResponse message = At(position);
  for (const WatchedChange& change : changes) {
    if (change.after != nullptr && Visible(*change.after)) {
      Fill(*change.after, *message.add_resources());
    } else if (change.was_visible()) {
      // Gone, for this caller at least.
      message.add_resources()->set_name(change.name);
    }
  }
  if (message.resources().empty()) return nullptr;
  message.set_resume_token(tokens_->Make(part_.arguments, part_.scope, position, absl::nullopt));
  return ReplyWith(message);
}

}  // namespace concord::rpc
