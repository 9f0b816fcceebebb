#include "common/rpc/watch_token.h"

#include "absl/strings/str_cat.h"
#include "common/ledger/digest.h"
#include "common/status/error.h"
#include "concord/ledger/v1/event.pb.h"
#include "concord/rpc/v1/error_reason.pb.h"

namespace concord::rpc {
namespace {

constexpr char kPurpose[] = "watch";
constexpr char kInState = '=';  // Before the last name that was sent of the state.

absl::Status Refused(v1::ErrorReason reason, absl::string_view sentence) {
  return MakeError(absl::StatusCode::kInvalidArgument, reason, sentence, {{"field", "resume_token"}});
}

}  // namespace

std::string WatchTokens::Make(absl::string_view arguments, absl::string_view scope, const ledger::Position& position,
                              const absl::optional<std::string>& last_name) const {
  ledger::v1::PageToken token;
  token.set_arguments(ledger::Sha256Hex(arguments));
  if (last_name.has_value()) token.set_last_key(absl::StrCat(std::string(1, kInState), *last_name));
  token.mutable_position()->set_scope(std::string(scope));
  token.mutable_position()->set_epoch(position.epoch);
  token.mutable_position()->set_revision(position.revision);
  token.mutable_position()->set_digest_piece(ledger::DigestPiece(position.digest));
  return sealer_.Seal(kPurpose, token.SerializeAsString());
}

absl::StatusOr<WatchPlace> WatchTokens::Open(absl::string_view text, absl::string_view arguments,
                                             absl::string_view scope) const {
  const auto content = sealer_.Open(kPurpose, text);
  ledger::v1::PageToken token;
  if (!content.has_value() || !token.ParseFromString(*content)) {
    return Refused(v1::ERROR_REASON_TOKEN_INVALID,
                   "{field} was not issued here or was changed: send it as it came, or none to begin with the state");
  }
  if (token.arguments() != ledger::Sha256Hex(arguments) || token.position().scope() != scope) {
    return Refused(v1::ERROR_REASON_TOKEN_ARGUMENTS_DIFFER,
                   "{field} belongs to a watch of something else: send the parent and collections that it came with");
  }
  WatchPlace place;
  place.epoch = token.position().epoch();
  place.revision = token.position().revision();
  place.digest_piece = token.position().digest_piece();
  if (!token.last_key().empty()) place.last_name = token.last_key().substr(1);
  return place;
}

absl::Status WatchDiverged(absl::string_view scope, int64_t revision) {
  return MakeError(absl::StatusCode::kFailedPrecondition, v1::ERROR_REASON_HISTORY_DIVERGED,
                   "the watch stands at revision {revision} of {scope}, which is not part of its history: "
                   "begin again with the state",
                   {{"scope", std::string(scope)}, {"revision", absl::StrCat(revision)}});
}

}  // namespace concord::rpc
