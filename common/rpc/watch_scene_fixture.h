// The scene of the tests of watches: a plan that is watched and changed.
#ifndef COMMON_RPC_WATCH_SCENE_FIXTURE_H_
#define COMMON_RPC_WATCH_SCENE_FIXTURE_H_

#include <algorithm>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "common/ledger/epoch.h"
#include "common/rpc/watch_fixture.h"
#include "tests/support/redis_server.h"
#include "tests/support/status_matchers.h"

namespace concord::rpc {

inline constexpr char kPlan[] = "plans/p";
using Messages = std::vector<WatchResourcesResponse>;

inline WatchResourcesRequest Of(const std::string& parent, const std::string& token = "",
                                const std::vector<std::string>& collections = {}) {
  WatchResourcesRequest request;
  request.set_parent(parent);
  request.set_resume_token(token);
  for (const std::string& collection : collections) request.add_collections(collection);
  return request;
}

inline std::string NameOf(const std::string& id) { return "plans/p/actions/" + id; }

inline bool HasEnded(const Messages& messages) {
  return std::any_of(messages.begin(), messages.end(), [](const auto& message) { return message.end_of_state(); });
}

inline std::function<bool(const Messages&)> Reaches(int64_t revision) {
  return [revision](const Messages& messages) {
    return !messages.empty() && messages.back().revision().revision() >= revision;
  };
}

// The last message about resources is of this revision.
inline std::function<bool(const Messages&)> Tells(int64_t revision) {
  return [revision](const Messages& messages) {
    for (const auto& message : messages) {
      if (!message.resources().empty() && message.revision().revision() == revision) return true;
    }
    return false;
  };
}

// A plan with one action in a store of its own.
class WatchTest : public ::testing::Test {
 protected:
  void SetUp() override {
    auto redis = concord::testing::RedisServer::Start();
    ASSERT_TRUE(redis.ok()) << redis.status();
    redis_ = *std::move(redis);
    options_.heartbeat = absl::Seconds(60);
    auto writer = NewProgram();
    Begin(*writer);
  }

  static void Begin(WatchedProgram& program) {
    const auto plan = Parse<objective::v1::CreatePlanRequest>(
        "plan_id: 'p' plan { title: 'P' organization { title: 'O' } period { start_date { year: 2011 } end_date { "
        "year: 2012 } } }");
    ASSERT_THAT(program->Send(plan), concord::testing::IsOk());
    Create(program, "a");
  }

  std::unique_ptr<WatchedProgram> NewProgram() { return std::make_unique<WatchedProgram>(redis_->address(), options_); }

  static int64_t Create(WatchedProgram& program, const std::string& id, size_t size = 1) {
    auto request = Parse<action::v1::CreateActionRequest>(
        "parent: 'plans/p' action { objective_links { objective: 'plans/p/objectives/o' kind: KIND_SUPPORTS } }");
    request.set_action_id(id);
    request.mutable_action()->set_code(id);
    request.mutable_action()->set_title(std::string(size, 't'));
    EXPECT_THAT(program->Send(request), concord::testing::IsOk());
    return program->Revision(kPlan);
  }

  static int64_t Change(WatchedProgram& program, const std::string& id, const std::string& title) {
    action::v1::UpdateActionRequest request;
    request.mutable_action()->set_name(NameOf(id));
    request.mutable_action()->set_title(title);
    EXPECT_THAT(program->Send(request), concord::testing::IsOk());
    return program->Revision(kPlan);
  }

  // The same while others write, too: who loses too many races in a row is told so, and tries again as a client would.
  static void ChangeAgainstOthers(WatchedProgram& program, const std::string& id, const std::string& title) {
    action::v1::UpdateActionRequest request;
    request.mutable_action()->set_name(NameOf(id));
    request.mutable_action()->set_title(title);
    absl::Status answer;
    do {
      answer = program->Send(request).status();
    } while (absl::IsAborted(answer));
    EXPECT_THAT(answer, concord::testing::IsOk());
  }

  // One commit that gives actions a title, or ends them where the title is empty.
  static int64_t CommitByHand(WatchedProgram& program, const std::vector<std::pair<std::string, std::string>>& titles) {
    ledger::Commit commit;
    commit.scope = kPlan;
    commit.preconditions.position = *program->store().ReadHead(kPlan);
    commit.request_key = ledger::NewEpoch();
    for (const auto& [id, title] : titles) {
      ledger::v1::Change& change = *commit.body.add_changes();
      change.set_name(NameOf(id));
      change.set_collection("actions");
      action::v1::Action action;
      action.set_name(NameOf(id));
      action.set_title(title);
      action.set_code(id);
      change.set_end(title.empty());
      if (!title.empty()) change.set_image(action.SerializeAsString());
      for (int64_t r = commit.preconditions.position.revision; r > 0 && change.previous_revision() == 0; --r) {
        const ledger::Event event = *program->store().ReadEvent(kPlan, r);
        for (const auto& earlier : event.body.changes()) {
          if (earlier.name() == change.name()) change.set_previous_revision(r);
        }
      }
    }
    absl::Notification done;
    program->store().Commit(commit, [&](const absl::StatusOr<ledger::CommitOutcome>& outcome) {
      EXPECT_TRUE(outcome.ok() && outcome->kind == ledger::CommitOutcome::Kind::kCommitted) << outcome.status();
      done.Notify();
    });
    done.WaitForNotification();
    return program->Revision(kPlan);
  }

  // Brings the views of a program forward, as the follower would.
  static void Follow(WatchedProgram& program) {
    action::v1::ListActionsRequest request;
    request.set_parent(kPlan);
    EXPECT_THAT(program->Send(request), concord::testing::IsOk());
  }

  // What somebody knows who comes now.
  std::map<std::string, std::string> Now() {
    auto program = NewProgram();
    TestWatcher watcher;
    watcher.Watch((*program)->engine(), Of(kPlan));
    EXPECT_TRUE(watcher.WaitUntil(HasEnded));
    Knowledge knowledge;
    knowledge.Take(watcher.messages());
    return knowledge.resources;
  }

  std::unique_ptr<concord::testing::RedisServer> redis_;
  WatchOptions options_;
};

}  // namespace concord::rpc

#endif  // COMMON_RPC_WATCH_SCENE_FIXTURE_H_
