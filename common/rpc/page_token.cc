#include "common/rpc/page_token.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/ledger/digest.h"
#include "common/rpc/stamper.h"
#include "common/status/error.h"
#include "concord/ledger/v1/event.pb.h"
#include "concord/rpc/v1/error_reason.pb.h"

namespace concord::rpc {
namespace {

using google::protobuf::Message;

// All arguments but the page's own. Serialized in one way only: no argument of a list is a map.
std::string ArgumentsOf(const Message& request) {
  const std::unique_ptr<Message> copy = CopyOf(request);
  for (const char* name : {"page_size", "page_token"}) {
    if (const auto* field = copy->GetDescriptor()->FindFieldByName(name); field != nullptr) {
      copy->GetReflection()->ClearField(copy.get(), field);
    }
  }
  return ledger::Sha256Hex(absl::StrCat(request.GetTypeName(), "\n", copy->SerializeAsString()));
}

absl::Status RefusedPageToken(v1::ErrorReason reason, absl::string_view sentence) {
  return MakeError(absl::StatusCode::kInvalidArgument, reason, sentence, {{"field", "page_token"}});
}

}  // namespace

int PageSizeOf(const Message& request) {
  const auto* field = request.GetDescriptor()->FindFieldByName("page_size");
  const int wanted = request.GetReflection()->GetInt32(request, field);
  return wanted == 0 ? kDefaultPageSize : std::min(wanted, kPageSizeLimit);
}

std::string PageTokens::Make(const Message& request, absl::string_view scope, const ledger::Position& position,
                             absl::string_view last_key) const {
  ledger::v1::PageToken token;
  token.set_arguments(ArgumentsOf(request));
  token.set_last_key(std::string(last_key));
  token.mutable_position()->set_scope(std::string(scope));
  token.mutable_position()->set_epoch(position.epoch);
  token.mutable_position()->set_revision(position.revision);
  token.mutable_position()->set_digest_piece(ledger::DigestPiece(position.digest));
  return sealer_.Seal("page", token.SerializeAsString());
}

absl::Status PageDiverged(absl::string_view scope, int64_t revision) {
  return MakeError(absl::StatusCode::kFailedPrecondition, v1::ERROR_REASON_HISTORY_DIVERGED,
                   "the page token names revision {revision} of {scope}, which is not part of its history: "
                   "start again with the first page",
                   {{"scope", std::string(scope)}, {"revision", absl::StrCat(revision)}});
}

absl::StatusOr<std::string> PageTokens::Open(const Message& request, absl::string_view scope,
                                             const ledger::Position& position) const {
  auto place = OpenPlace(request, scope, position);
  if (!place.ok()) return place.status();
  return std::move(place->last_key);
}

absl::StatusOr<PageTokens::Place> PageTokens::OpenPlace(const Message& request, absl::string_view scope,
                                                        const ledger::Position& position) const {
  const std::string text = StringField(request, "page_token");
  if (text.empty()) return Place();
  const auto content = sealer_.Open("page", text);
  ledger::v1::PageToken token;
  if (!content.has_value() || !token.ParseFromString(*content)) {
    return RefusedPageToken(
        v1::ERROR_REASON_TOKEN_INVALID,
        "{field} was not issued here or was changed: send it as it came, or none for the first page");
  }
  if (token.arguments() != ArgumentsOf(request) || token.position().scope() != scope) {
    return RefusedPageToken(v1::ERROR_REASON_TOKEN_ARGUMENTS_DIFFER,
                            "{field} belongs to a list with other arguments: only page_size may change between pages");
  }
  const ledger::v1::Position& made = token.position();
  const bool rewritten =
      made.revision() == position.revision && made.digest_piece() != ledger::DigestPiece(position.digest);
  if (made.epoch() != position.epoch || made.revision() > position.revision || rewritten) {
    return PageDiverged(scope, made.revision());
  }
  return Place{token.last_key(), made.revision(), made.digest_piece()};
}

}  // namespace concord::rpc
