// What the tests of this folder share: a kind of resource without a meaning, a
// builder of commits, and a program that works on a store.
#ifndef COMMON_LEDGER_LEDGER_FIXTURE_H_
#define COMMON_LEDGER_LEDGER_FIXTURE_H_

#include <atomic>
#include <cstdlib>
#include <functional>
#include <memory>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "absl/synchronization/notification.h"
#include "absl/time/clock.h"
#include "common/ledger/background.h"
#include "common/ledger/checkpoints.h"
#include "common/ledger/digest.h"
#include "common/ledger/epoch.h"
#include "common/ledger/store.h"
#include "common/ledger/view.h"
#include "common/redis/client.h"
#include "common/redis/loop.h"
#include "concord/ledger/v1/event.pb.h"
#include "gtest/gtest.h"

namespace concord::ledger {

// The resource of these tests: `arguments` is its content, `last_key` its unique
// code (or empty), `position` what the commit stamps.
using Item = v1::PageToken;

class ItemStamper final : public Stamper {
 public:
  void Apply(const Stamp& stamp, google::protobuf::Message& message) const override {
    v1::Position& position = *static_cast<Item&>(message).mutable_position();
    position.set_scope(stamp.scope);
    position.set_epoch(stamp.epoch);
    position.set_revision(stamp.revision);
    position.set_digest_piece(stamp.digest_piece);
  }
};

// Two collections; only the items have unique values.
struct Kinds {
  Collection items = {"items", &Item::default_instance(), [](const google::protobuf::Message& message) {
                        const std::string& code = static_cast<const Item&>(message).last_key();
                        return code.empty() ? std::vector<std::string>() : std::vector<std::string>{code};
                      }};
  Collection notes = {"notes", &Item::default_instance(), nullptr};

  std::vector<const Collection*> all() const { return {&items, &notes}; }
};

inline const Item* ItemOf(const Snapshot& snapshot, const std::string& name, const std::string& collection = "items") {
  const Resource* resource = snapshot.Find(collection, name);
  return resource == nullptr ? nullptr : static_cast<const Item*>(resource->message.get());
}

inline std::string ContentOf(const Snapshot& snapshot, const std::string& name) {
  const Item* item = ItemOf(snapshot, name);
  return item == nullptr ? "(none)" : item->arguments();
}

// Everything that can be seen of a snapshot, to compare two of them.
inline std::string Print(const Snapshot& snapshot) {
  std::string text = absl::StrCat(snapshot.scope(), " ", snapshot.position().epoch, " ", snapshot.position().revision,
                                  " ", snapshot.position().digest, "\n");
  for (const std::string collection : {"items", "notes"}) {
    absl::StrAppend(&text, collection, " ", snapshot.LastChange(collection), "\n");
    snapshot.List(collection).ForEachFrom("", [&](const Resource& resource) {
      absl::StrAppend(&text, resource.name, " ", resource.stamp.revision, " ",
                      absl::ToUnixMicros(resource.stamp.create_time), " ",
                      absl::ToUnixMicros(resource.stamp.update_time), " ", resource.stamp.digest_piece, " ",
                      resource.message->ShortDebugString());
      const std::string& code = static_cast<const Item&>(*resource.message).last_key();
      if (!code.empty()) absl::StrAppend(&text, " holder ", snapshot.HolderOf(collection, code));
      text += "\n";
      return true;
    });
  }
  return text;
}

// A commit as a handler would make it from what it saw: each resource that it
// writes is a precondition. A fresh request key each.
class Write {
 public:
  explicit Write(SnapshotPtr seen) : seen_(std::move(seen)) {
    commit_.scope = seen_->scope();
    commit_.preconditions.position = seen_->position();
    commit_.request_key = NewEpoch();
  }

  Write& Put(const std::string& name, const std::string& content, const std::string& code = "",
             const std::string& collection = "items") {
    Item item;
    item.set_arguments(content);
    item.set_last_key(code);
    v1::Change& change = Add(name, collection, code);
    change.set_image(item.SerializeAsString());
    if (!code.empty()) commit_.reservations.emplace_back(code, name);
    return *this;
  }

  Write& End(const std::string& name, const std::string& collection = "items") {
    Add(name, collection, "").set_end(true);
    return *this;
  }

  Write& LookAt(const std::string& name, const std::string& collection = "items") {
    const Resource* before = seen_->Find(collection, name);
    commit_.preconditions.resources.push_back({collection, name, before == nullptr ? 0 : before->stamp.revision});
    return *this;
  }

  Write& LookAtAll(const std::string& collection = "items") {
    commit_.preconditions.collections.push_back({collection, seen_->LastChange(collection)});
    return *this;
  }

  Write& Key(const std::string& request_key) {
    commit_.request_key = request_key;
    return *this;
  }

  Commit& commit() { return commit_; }

 private:
  v1::Change& Add(const std::string& name, const std::string& collection, const std::string& code_after) {
    LookAt(name, collection);
    v1::Change& change = *commit_.body.add_changes();
    change.set_name(name);
    change.set_collection(collection);
    if (const Resource* before = seen_->Find(collection, name)) {
      change.set_previous_revision(before->stamp.revision);
      change.set_create_time_micros(absl::ToUnixMicros(before->stamp.create_time));
      const std::string& code = static_cast<const Item&>(*before->message).last_key();
      if (!code.empty() && code != code_after) commit_.releases.emplace_back(code, name);
    }
    return change;
  }

  const SnapshotPtr seen_;
  Commit commit_;
};

// Waits for the answer of something that calls back; fails the test after `limit`.
template <typename T>
absl::StatusOr<T> Wait(const std::function<void(std::function<void(absl::StatusOr<T>)>)>& start,
                       absl::Duration limit = absl::Seconds(30)) {
  struct State {
    absl::Notification done;
    absl::StatusOr<T> result;
  };
  auto state = std::make_shared<State>();  // Shared with an answer that comes too late.
  start([state](absl::StatusOr<T> result) {
    state->result = std::move(result);
    state->done.Notify();
  });
  if (!state->done.WaitForNotificationWithTimeout(limit)) {
    ADD_FAILURE() << "no answer within " << limit;
    return absl::UnknownError("no answer");
  }
  return std::move(state->result);
}

// Where a random test begins: $CONCORD_SEED, or anywhere. Print it with SCOPED_TRACE.
inline unsigned Seed() {
  const char* given = std::getenv("CONCORD_SEED");
  return given != nullptr ? static_cast<unsigned>(std::strtoul(given, nullptr, 10)) : std::random_device()();
}

// Waits until `holds` returns true; false after `limit`.
inline bool Until(const std::function<bool()>& holds, absl::Duration limit = absl::Seconds(20)) {
  const absl::Time end = absl::Now() + limit;
  while (!holds()) {
    if (absl::Now() > end) return false;
    absl::SleepFor(absl::Milliseconds(1));
  }
  return true;
}

// A program with a connection of its own to a store. Thread-safe but for its end.
class Program {
 public:
  explicit Program(const std::string& address, StoreOptions options = {}, absl::Duration timeout = absl::Seconds(10))
      : loop_(*redis::Loop::Create()) {
    redis::ClientOptions client_options;
    client_options.address = *redis::ParseAddress(address);
    client_options.timeout = timeout;
    client_options.reconnect_pause_limit = absl::Milliseconds(50);
    client_ = *redis::Client::Create(loop_.get(), client_options);
    store_ = std::make_unique<Store>(client_.get(), options);
    background_ = std::make_unique<Background>(2, 100);
    checkpoints_ = std::make_unique<Checkpoints>(store_.get(), &stamper_, background_.get());
  }
  // The client first: from then on nothing is under way.
  ~Program() { client_->Close(); }

  redis::Loop& loop() { return *loop_; }
  redis::Client& client() { return *client_; }
  Store& store() { return *store_; }
  Background& background() { return *background_; }
  const Kinds& kinds() const { return kinds_; }
  Checkpoints& checkpoints() { return *checkpoints_; }
  ViewParts parts() { return {store_.get(), &stamper_, background_.get(), checkpoints_.get()}; }

  std::shared_ptr<View> NewView(const std::string& scope) {
    return std::make_shared<View>(scope, kinds_.all(), parts());
  }

  absl::StatusOr<SnapshotPtr> Fence(const std::shared_ptr<View>& view) {
    return Wait<SnapshotPtr>([&](auto callback) { view->Fence(callback); });
  }

  absl::StatusOr<CommitOutcome> Send(Commit commit) {
    return Wait<CommitOutcome>([&](auto callback) { store_->Commit(std::move(commit), callback); });
  }

  // A command of its own, past everything the store does.
  redis::Reply Raw(std::vector<std::string> arguments) {
    auto replies = redis::SendAndWait(*client_, {.commands = {redis::Command(std::move(arguments))}});
    if (!replies.ok()) {
      ADD_FAILURE() << replies.status();
      return {};
    }
    EXPECT_FALSE(replies->front().is_error()) << replies->front().text;
    return replies->front();
  }

  // The empty scope, as somebody sees it who has never looked.
  SnapshotPtr Nothing(const std::string& scope) const { return std::make_shared<Snapshot>(scope, kinds_.all()); }

 private:
  const Kinds kinds_;
  const ItemStamper stamper_;
  const std::unique_ptr<redis::Loop> loop_;
  std::unique_ptr<redis::Client> client_;
  std::unique_ptr<Store> store_;
  std::unique_ptr<Checkpoints> checkpoints_;
  std::unique_ptr<Background> background_;  // Ends before what its tasks use.
};

// How often the server has executed a command.
inline int64_t CallsOf(Program& program, const std::string& command) {
  const std::string statistics = program.Raw({"INFO", "commandstats"}).text;
  for (absl::string_view line : absl::StrSplit(statistics, "\r\n")) {
    if (!absl::ConsumePrefix(&line, absl::StrCat("cmdstat_", command, ":calls="))) continue;
    int64_t calls = 0;
    EXPECT_TRUE(absl::SimpleAtoi(line.substr(0, line.find(',')), &calls));
    return calls;
  }
  return 0;
}

// The state at `revision`, from nothing but the log.
inline SnapshotPtr FoldLog(Program& program, const std::string& scope, int64_t revision, SnapshotPtr from = nullptr) {
  SnapshotPtr state = from != nullptr ? from : program.Nothing(scope);
  const std::string epoch = program.store().ReadHead(scope)->epoch;
  while (state->position().revision < revision) {
    auto events = program.store().ReadEvents(scope, state->position().revision + 1, 500);
    if (!events.ok() || events->empty()) {
      ADD_FAILURE() << "the log ends at " << state->position().revision << " " << events.status();
      return state;
    }
    for (const Event& event : *events) {
      if (event.revision > revision) break;
      auto next = state->After(event, epoch, *program.parts().stamper);
      EXPECT_TRUE(next.ok()) << next.status();
      if (!next.ok()) return state;
      state = *next;
    }
  }
  return state;
}

// Commits and expects that it is taken; returns the state after it.
inline SnapshotPtr Must(Program& program, const SnapshotPtr& seen, Write& write) {
  auto outcome = program.Send(write.commit());
  EXPECT_TRUE(outcome.ok()) << outcome.status();
  if (!outcome.ok()) return seen;
  EXPECT_EQ(outcome->kind, CommitOutcome::Kind::kCommitted);
  auto after = seen->After(outcome->event, outcome->head.epoch, *program.parts().stamper);
  EXPECT_TRUE(after.ok()) << after.status();
  return after.ok() ? *after : seen;
}
inline SnapshotPtr Must(Program& program, const SnapshotPtr& seen, Write&& write) { return Must(program, seen, write); }

// Writes many revisions without waiting in between; returns when all are there.
inline void WriteMany(Program& program, const std::string& scope, int64_t count, int64_t first = 1) {
  std::atomic<int64_t> committed{0};
  absl::Notification done;
  const SnapshotPtr nothing = program.Nothing(scope);
  for (int64_t i = first; i < first + count; ++i) {
    // Names that nobody else writes, so that none has to wait for another.
    Write write = Write(nothing).Put(absl::StrCat("item-", i), absl::StrCat(i));
    program.store().Commit(write.commit(), [&](absl::StatusOr<CommitOutcome> outcome) {
      EXPECT_TRUE(outcome.ok() && outcome->kind == CommitOutcome::Kind::kCommitted) << outcome.status();
      if (++committed == count) done.Notify();
    });
  }
  done.WaitForNotification();
}

}  // namespace concord::ledger

#endif  // COMMON_LEDGER_LEDGER_FIXTURE_H_
