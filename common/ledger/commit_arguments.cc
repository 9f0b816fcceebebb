#include "common/ledger/commit_arguments.h"

#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "common/ledger/commit_script.h"
#include "common/ledger/digest.h"
#include "common/status/macros.h"

namespace concord::ledger {
namespace {

absl::Status Unexpected(absl::string_view what) {
  return absl::InternalError(absl::StrCat("the commit script answered unexpectedly: ", what));
}

absl::StatusOr<Position> HeadIn(const redis::Reply& reply) {
  Position head;
  int64_t time = 0;
  if (reply.elements.size() != 5 || !absl::SimpleAtoi(reply.elements[1].text, &head.revision) ||
      !absl::SimpleAtoi(reply.elements[2].text, &time)) {
    return Unexpected("no head");
  }
  head.time = absl::FromUnixMicros(time);
  head.digest = reply.elements[3].text;
  head.epoch = reply.elements[4].text;
  return head;
}

}  // namespace

int64_t ImageBytes(const v1::EventBody& body) {
  int64_t bytes = 0;
  for (const v1::Change& change : body.changes()) bytes += static_cast<int64_t>(change.image().size());
  return bytes;
}

const redis::Script& CommitScript() {
  static const auto& script = *new redis::Script(kCommitScriptSource);
  return script;
}

std::vector<std::string> CommitArguments(const Commit& commit, const std::string& raw_body,
                                         const std::string& new_epoch) {
  const Preconditions& seen = commit.preconditions;
  std::vector<std::string> arguments = {
      commit.request_key,
      commit.request_record.SerializeAsString(),
      absl::StrCat(absl::ToInt64Seconds(kRequestMemory)),
      raw_body,
      Sha256Hex(raw_body),
      seen.position.epoch,
      absl::StrCat(seen.position.revision),
      seen.position.digest,
      new_epoch,
      absl::StrCat(kSegmentLength),
  };
  auto add = [&arguments](std::string argument) { arguments.push_back(std::move(argument)); };
  add(absl::StrCat(seen.resources.size()));
  for (const auto& resource : seen.resources) {
    add(resource.collection);
    add(resource.name);
    add(absl::StrCat(resource.revision));
  }
  add(absl::StrCat(seen.collections.size()));
  for (const auto& collection : seen.collections) {
    add(collection.collection);
    add(absl::StrCat(collection.last_change));
  }
  for (const auto* values : {&commit.releases, &commit.reservations}) {
    add(absl::StrCat(values->size()));
    for (const auto& [value, name] : *values) {
      add(value);
      add(name);
    }
  }
  add(absl::StrCat(commit.body.changes_size()));
  for (const v1::Change& change : commit.body.changes()) {
    add(change.collection());
    add(change.name());
    add(change.end() ? "1" : "0");
    add(absl::StrCat(change.create_time_micros()));
    add(change.image());
  }
  return arguments;
}

absl::StatusOr<RememberedRequest> ParseRememberedRequest(const std::string& value) {
  RememberedRequest remembered;
  const size_t space = value.find(' ');
  const size_t end = value.find('\n');
  if (space == std::string::npos || end == std::string::npos || end < space ||
      !absl::SimpleAtoi(value.substr(0, space), &remembered.revision) ||
      !remembered.record.ParseFromString(value.substr(end + 1))) {
    return absl::DataLossError("a remembered request is not readable");
  }
  remembered.epoch = value.substr(space + 1, end - space - 1);
  return remembered;
}

absl::StatusOr<CommitOutcome> ParseCommitReply(const redis::Reply& reply, const Commit& commit, std::string raw_body) {
  if (reply.kind != redis::Reply::Kind::kArray || reply.elements.empty()) return Unexpected("no array");
  const std::string& word = reply.elements[0].text;
  CommitOutcome outcome;
  if (word == "remembered" && reply.elements.size() == 2) {
    outcome.kind = CommitOutcome::Kind::kRemembered;
    CONCORD_ASSIGN_OR_RETURN(outcome.remembered, ParseRememberedRequest(reply.elements[1].text));
    return outcome;
  }
  if (word == "taken" && reply.elements.size() == 4) {
    outcome.kind = CommitOutcome::Kind::kTaken;
    if (!absl::SimpleAtoi(reply.elements[3].text, &outcome.head.revision)) return Unexpected("no revision");
    outcome.taken_value = reply.elements[1].text;
    outcome.taken_by = reply.elements[2].text;
    return outcome;
  }
  CONCORD_ASSIGN_OR_RETURN(outcome.head, HeadIn(reply));
  if (word == "conflict") {
    outcome.kind = CommitOutcome::Kind::kConflict;
  } else if (word == "diverged") {
    outcome.kind = CommitOutcome::Kind::kDiverged;
  } else if (word == "committed") {
    outcome.kind = CommitOutcome::Kind::kCommitted;
    if (commit.body.changes_size() > 0) {
      outcome.event =
          Event{outcome.head.revision, outcome.head.time, outcome.head.digest, std::move(raw_body), commit.body};
    }
  } else {
    return Unexpected(word);
  }
  return outcome;
}

}  // namespace concord::ledger
