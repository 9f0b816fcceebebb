#include "common/ledger/store.h"

#include <algorithm>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/synchronization/notification.h"
#include "common/ledger/commit_arguments.h"
#include "common/ledger/epoch.h"
#include "common/status/macros.h"

namespace concord::ledger {
namespace {

constexpr int kScanCount = 500;  // Records a piece: about a millisecond of Redis.

std::string Prefix(absl::string_view scope) { return absl::StrCat("concord:{", scope, "}"); }
std::string HeadKey(absl::string_view scope) { return absl::StrCat(Prefix(scope), ":head"); }
std::string StateKey(absl::string_view scope, absl::string_view collection) {
  return absl::StrCat(Prefix(scope), ":state:", collection);
}

std::string CacheKey(absl::string_view scope, absl::string_view key) {
  return absl::StrCat(Prefix(scope), ":cache:", key);
}

std::string EntryId(int64_t revision) { return absl::StrCat(revision, "-0"); }

redis::Command HeadCommand(absl::string_view scope) {
  return redis::Command{"HMGET", HeadKey(scope), "revision", "digest", "time", "epoch"};
}

absl::StatusOr<Position> ParseHead(const redis::Reply& reply) {
  if (reply.elements.size() != 4) return absl::DataLossError("a head is not readable");
  Position head;
  if (reply.elements[0].is_nil()) return head;
  int64_t time = 0;
  if (!absl::SimpleAtoi(reply.elements[0].text, &head.revision) || !absl::SimpleAtoi(reply.elements[2].text, &time)) {
    return absl::DataLossError("a head is not readable");
  }
  head.digest = reply.elements[1].text;
  head.time = absl::FromUnixMicros(time);
  head.epoch = reply.elements[3].text;
  return head;
}

absl::StatusOr<std::vector<Event>> ParseEntries(const redis::Reply& reply) {
  std::vector<Event> events;
  events.reserve(reply.elements.size());
  for (const redis::Reply& entry : reply.elements) {
    CONCORD_ASSIGN_OR_RETURN(Event event, Store::ParseEntry(entry));
    events.push_back(std::move(event));
  }
  return events;
}

}  // namespace

Store::Store(redis::Client* client, StoreOptions options) : client_(client), options_(options) {}

absl::Status Store::ErrorOf(const redis::Reply& reply) {
  if (reply.is_error("OOM")) return absl::ResourceExhaustedError("the store is full");
  return absl::UnavailableError(absl::StrCat("the store refused: ", reply.text));
}

// An error that Redis answered to the commit script. It refuses to write, if it
// does, at the first write. Whatever else fails inside the script (a key of a
// wrong kind, say) may have failed between two writes.
absl::Status Store::CommitErrorOf(const redis::Reply& reply) {
  for (const char* refusal : {"OOM", "READONLY", "MISCONF", "NOREPLICAS"}) {
    if (reply.is_error(refusal)) return ErrorOf(reply);
  }
  if (reply.text.find("user_script") == std::string::npos) return ErrorOf(reply);
  return absl::AbortedError(absl::StrCat("the commit script failed: ", reply.text));
}

std::string Store::LogKey(absl::string_view scope, int64_t revision) {
  return absl::StrCat(Prefix(scope), ":log:", (revision - 1) / kSegmentLength);
}

absl::StatusOr<Event> Store::ParseEntry(const redis::Reply& entry) {
  int64_t revision = 0;
  int64_t time = 0;
  if (entry.elements.size() != 2 || entry.elements[1].elements.size() != 6) {
    return absl::DataLossError("a log entry is not readable");
  }
  const std::string& id = entry.elements[0].text;
  const std::vector<redis::Reply>& fields = entry.elements[1].elements;
  if (!absl::SimpleAtoi(id.substr(0, id.find('-')), &revision) || !absl::SimpleAtoi(fields[3].text, &time)) {
    return absl::DataLossError("a log entry is not readable");
  }
  return ParseEvent(revision, time, fields[5].text, fields[1].text);
}

void Store::Send(std::vector<redis::Command> commands, const std::string& scope, Answer answer) {
  redis::Batch batch;
  batch.commands = std::move(commands);
  batch.routing_key = Prefix(scope);
  if (options_.replicas == 0) {
    client_->Send(std::move(batch), std::move(answer));
    return;
  }
  // Nothing is believed before enough replicas have it: neither a commit nor what
  // was read, for a reader must not see what a failover would take back.
  batch.commands.push_back(redis::Command{"WAIT", absl::StrCat(options_.replicas),
                                          absl::StrCat(absl::ToInt64Milliseconds(options_.replica_timeout))});
  client_->Send(std::move(batch), [answer = std::move(answer),
                                   wanted = options_.replicas](absl::StatusOr<std::vector<redis::Reply>> replies) {
    if (replies.ok()) {
      const redis::Reply waited = replies->back();
      replies->pop_back();
      if (waited.is_error() || waited.integer < wanted) {
        replies = absl::AbortedError(absl::StrCat("only ", waited.integer, " of ", wanted, " replicas answered"));
      }
    }
    answer(std::move(replies));
  });
}

absl::StatusOr<std::vector<redis::Reply>> Store::SendAndWait(std::vector<redis::Command> commands,
                                                             const std::string& scope) {
  absl::Notification done;
  absl::StatusOr<std::vector<redis::Reply>> result;
  Send(std::move(commands), scope, [&](absl::StatusOr<std::vector<redis::Reply>> replies) {
    result = std::move(replies);
    done.Notify();
  });
  done.WaitForNotification();
  if (!result.ok()) return result;
  for (const redis::Reply& reply : *result) {
    if (reply.is_error()) return ErrorOf(reply);
  }
  return result;
}

void Store::Fence(const std::string& scope, int64_t revision,
                  std::function<void(absl::StatusOr<FenceAnswer>)> callback) {
  std::vector<redis::Command> commands = {
      HeadCommand(scope), redis::Command{"XRANGE", LogKey(scope, revision + 1), EntryId(revision + 1), "+", "COUNT",
                                         absl::StrCat(kFenceEvents)}};
  Send(std::move(commands), scope, [callback = std::move(callback)](absl::StatusOr<std::vector<redis::Reply>> replies) {
    if (!replies.ok()) return callback(replies.status());
    for (const redis::Reply& reply : *replies) {
      if (reply.is_error()) return callback(ErrorOf(reply));
    }
    auto head = ParseHead((*replies)[0]);
    auto events = ParseEntries((*replies)[1]);
    if (!head.ok()) return callback(head.status());
    if (!events.ok()) return callback(events.status());
    callback(FenceAnswer{*std::move(head), *std::move(events)});
  });
}

void Store::Commit(ledger::Commit commit, std::function<void(absl::StatusOr<CommitOutcome>)> callback) {
  std::string raw_body = commit.body.SerializeAsString();
  // Who has seen a state of the scope does not begin its life: without a head the script refuses him.
  const bool begins = commit.preconditions.position.revision == 0;
  std::vector<redis::Command> commands;
  commands.emplace_back(CommitScript(), std::vector<std::string>{Prefix(commit.scope)},
                        CommitArguments(commit, raw_body, begins ? NewEpoch() : ""));
  const std::string scope = commit.scope;
  // Shared because a std::function must be copyable.
  auto sent = std::make_shared<ledger::Commit>(std::move(commit));
  Send(std::move(commands), scope,
       [callback = std::move(callback), sent,
        raw_body = std::move(raw_body)](absl::StatusOr<std::vector<redis::Reply>> replies) mutable {
         if (!replies.ok()) return callback(replies.status());
         const redis::Reply& reply = replies->front();
         if (reply.is_error()) return callback(CommitErrorOf(reply));
         callback(ParseCommitReply(reply, *sent, std::move(raw_body)));
       });
}

void Store::FindRequest(const std::string& scope, const std::string& request_key,
                        std::function<void(absl::StatusOr<absl::optional<RememberedRequest>>)> callback) {
  Send({redis::Command{"GET", absl::StrCat(Prefix(scope), ":request:", request_key)}}, scope,
       [callback = std::move(callback)](absl::StatusOr<std::vector<redis::Reply>> replies) {
         if (!replies.ok()) return callback(replies.status());
         const redis::Reply& reply = replies->front();
         if (reply.is_error()) return callback(ErrorOf(reply));
         if (reply.is_nil()) return callback(absl::optional<RememberedRequest>());
         auto remembered = ParseRememberedRequest(reply.text);
         if (!remembered.ok()) return callback(remembered.status());
         callback(absl::make_optional(*std::move(remembered)));
       });
}

void Store::ReadEvent(const std::string& scope, int64_t revision, std::function<void(absl::StatusOr<Event>)> callback) {
  Send({redis::Command{"XRANGE", LogKey(scope, revision), EntryId(revision), EntryId(revision)}}, scope,
       [callback = std::move(callback), revision](absl::StatusOr<std::vector<redis::Reply>> replies) {
         if (!replies.ok()) return callback(replies.status());
         const redis::Reply& reply = replies->front();
         if (reply.is_error()) return callback(ErrorOf(reply));
         if (reply.elements.empty()) return callback(absl::NotFoundError(absl::StrCat("no revision ", revision)));
         callback(ParseEntry(reply.elements[0]));
       });
}

absl::StatusOr<Position> Store::ReadHead(const std::string& scope) {
  CONCORD_ASSIGN_OR_RETURN(auto replies, SendAndWait({HeadCommand(scope)}, scope));
  return ParseHead(replies[0]);
}

absl::StatusOr<Event> Store::ReadEvent(const std::string& scope, int64_t revision) {
  CONCORD_ASSIGN_OR_RETURN(
      auto replies,
      SendAndWait({redis::Command{"XRANGE", LogKey(scope, revision), EntryId(revision), EntryId(revision)}}, scope));
  if (replies[0].elements.empty()) return absl::NotFoundError(absl::StrCat("no revision ", revision));
  return ParseEntry(replies[0].elements[0]);
}

absl::StatusOr<std::vector<Event>> Store::ReadEvents(const std::string& scope, int64_t revision, int limit) {
  CONCORD_ASSIGN_OR_RETURN(
      auto replies, SendAndWait({redis::Command{"XRANGE", LogKey(scope, revision), EntryId(revision), "+", "COUNT",
                                                absl::StrCat(limit)}},
                                scope));
  return ParseEntries(replies[0]);
}

absl::Status Store::ReadCollection(const std::string& scope, const std::string& collection, StoredState& state) {
  const std::string key = StateKey(scope, collection);
  // Within one scan a name may come more than once, in different versions.
  absl::flat_hash_map<std::string, StateRecord> newest;
  std::string cursor = "0";
  do {
    CONCORD_ASSIGN_OR_RETURN(
        auto replies, SendAndWait({redis::Command{"HSCAN", key, cursor, "COUNT", absl::StrCat(kScanCount)}}, scope));
    if (replies[0].elements.size() != 2) return absl::DataLossError("a scan is not readable");
    cursor = replies[0].elements[0].text;
    const std::vector<redis::Reply>& found = replies[0].elements[1].elements;
    for (size_t i = 0; i + 1 < found.size(); i += 2) {
      auto parsed = ParseStateRecord(found[i + 1].text);
      if (!parsed.ok())
        return absl::DataLossError(absl::StrCat("the state of ", found[i].text, ": ", parsed.status().message()));
      StateRecord record = *std::move(parsed);
      StateRecord& kept = newest[found[i].text];
      if (record.stamp.revision >= kept.stamp.revision) kept = std::move(record);
    }
  } while (cursor != "0");
  for (auto& [name, record] : newest) {
    state.records.emplace_back(name, std::move(record));
    state.collections.push_back(collection);
  }
  return absl::OkStatus();
}

absl::StatusOr<StoredState> Store::ReadState(const std::string& scope, const std::vector<std::string>& collections) {
  StoredState state;
  CONCORD_ASSIGN_OR_RETURN(
      auto replies,
      SendAndWait({HeadCommand(scope), redis::Command{"HGETALL", absl::StrCat(Prefix(scope), ":collections")}}, scope));
  CONCORD_ASSIGN_OR_RETURN(state.before, ParseHead(replies[0]));
  const std::vector<redis::Reply>& pairs = replies[1].elements;
  for (size_t i = 0; i + 1 < pairs.size(); i += 2) {
    int64_t revision = 0;
    if (!absl::SimpleAtoi(pairs[i + 1].text, &revision)) return absl::DataLossError("a last change is not readable");
    state.last_changes[pairs[i].text] = revision;
  }
  // A new connection may be one to another life of the server, to which a cursor means nothing and which may hold
  // another state: collections that were read over two of them are not to be put together.
  const uint64_t connections = client_->statistics().connections;
  for (const std::string& collection : collections) {
    CONCORD_RETURN_IF_ERROR(ReadCollection(scope, collection, state));
    if (client_->statistics().connections != connections) return absl::AbortedError("the connection broke in a scan");
  }
  return state;
}

absl::StatusOr<std::vector<std::string>> Store::ReadCollections(const std::string& scope) {
  CONCORD_ASSIGN_OR_RETURN(auto replies,
                           SendAndWait({redis::Command{"HKEYS", absl::StrCat(Prefix(scope), ":collections")}}, scope));
  std::vector<std::string> collections;
  for (const redis::Reply& key : replies[0].elements) collections.push_back(key.text);
  std::sort(collections.begin(), collections.end());
  return collections;
}

absl::StatusOr<absl::flat_hash_map<std::string, std::string>> Store::ReadUnique(const std::string& scope) {
  CONCORD_ASSIGN_OR_RETURN(auto replies,
                           SendAndWait({redis::Command{"HGETALL", absl::StrCat(Prefix(scope), ":unique")}}, scope));
  absl::flat_hash_map<std::string, std::string> holders;
  const std::vector<redis::Reply>& pairs = replies[0].elements;
  for (size_t i = 0; i + 1 < pairs.size(); i += 2) holders[pairs[i].text] = pairs[i + 1].text;
  return holders;
}

absl::StatusOr<std::vector<std::string>> Store::ReadCached(const std::string& scope,
                                                           const std::vector<CachedName>& names) {
  std::vector<redis::Command> commands;
  commands.reserve(names.size());
  for (const CachedName& name : names) commands.push_back({"HGET", CacheKey(scope, name.key), name.field});
  CONCORD_ASSIGN_OR_RETURN(const auto replies, SendAndWait(std::move(commands), scope));
  std::vector<std::string> values;
  values.reserve(replies.size());
  for (const redis::Reply& reply : replies) values.push_back(reply.text);
  return values;
}

absl::Status Store::WriteCached(const std::string& scope, const CachedName& name, const std::string& value) {
  return SendAndWait({redis::Command{"HSET", CacheKey(scope, name.key), name.field, value}}, scope).status();
}

absl::Status Store::DropCached(const std::string& scope, const std::string& key) {
  return SendAndWait({redis::Command{"UNLINK", CacheKey(scope, key)}}, scope).status();
}

absl::StatusOr<bool> Store::ClaimCached(const std::string& scope, const std::string& key, absl::Duration limit) {
  CONCORD_ASSIGN_OR_RETURN(const auto replies,
                           SendAndWait({redis::Command{"SET", CacheKey(scope, key), "", "NX", "PX",
                                                       absl::StrCat(absl::ToInt64Milliseconds(limit))}},
                                       scope));
  return !replies.front().is_nil();
}

absl::StatusOr<int64_t> Store::RevisionInSegment(const std::string& scope, const Position& head, int64_t segment,
                                                 absl::Time time) {
  // Times grow strictly with revisions, so the answer is found by halving.
  int64_t low = segment * kSegmentLength;  // At or before the answer.
  int64_t high = std::min(head.revision, low + kSegmentLength);
  while (low < high) {
    const int64_t middle = low + (high - low + 1) / 2;
    CONCORD_ASSIGN_OR_RETURN(Event event, ReadEvent(scope, middle));
    if (event.time <= time) {
      low = middle;
    } else {
      high = middle - 1;
    }
  }
  return low;
}

absl::StatusOr<int64_t> Store::RevisionAt(const std::string& scope, absl::Time time) {
  CONCORD_ASSIGN_OR_RETURN(Position head, ReadHead(scope));
  if (head.revision == 0 || head.time <= time) return head.revision;
  int64_t low = 0;
  int64_t high = (head.revision - 1) / kSegmentLength;
  while (low < high) {
    const int64_t middle = low + (high - low + 1) / 2;
    CONCORD_ASSIGN_OR_RETURN(Event first, ReadEvent(scope, middle * kSegmentLength + 1));
    if (first.time <= time) {
      low = middle;
    } else {
      high = middle - 1;
    }
  }
  return RevisionInSegment(scope, head, low, time);
}

absl::StatusOr<absl::Time> Store::Now() {
  CONCORD_ASSIGN_OR_RETURN(auto replies, SendAndWait({redis::Command{"TIME"}}, ""));
  int64_t seconds = 0;
  int64_t micros = 0;
  if (replies[0].elements.size() != 2 || !absl::SimpleAtoi(replies[0].elements[0].text, &seconds) ||
      !absl::SimpleAtoi(replies[0].elements[1].text, &micros)) {
    return absl::DataLossError("the store's clock is not readable");
  }
  return absl::FromUnixSeconds(seconds) + absl::Microseconds(micros);
}

}  // namespace concord::ledger
