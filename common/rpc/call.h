// One call on its way through the stages.
#ifndef COMMON_RPC_CALL_H_
#define COMMON_RPC_CALL_H_

#include <functional>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "absl/types/optional.h"
#include "common/rpc/committing.h"
#include "common/rpc/engine.h"

namespace concord::rpc {

// Held by shared_ptr while something it waits for is on its way. At any moment at most one
// thread works on it: whoever suspends it hands it over.
class Call : public std::enable_shared_from_this<Call> {
 public:
  static void Begin(Engine& engine, Invocation invocation);

  Call(Engine& engine, Invocation invocation);

 private:
  // What a stage says when it returns.
  enum class Step { kGoOn, kWait, kAgain, kEnd };
  struct StageRow {
    const char* name;
    Step (Call::*run)();
  };
  static const std::vector<StageRow>& Stages();

  void Run();
  void Resume();  // After kWait: on with the next stage.
  void Again();   // After kWait: back to the fence.

  Step Authenticate();
  Step Admit();
  Step Validate();
  Step Fence();
  Step Authorize();
  Step Handle();
  Step Commit();

  Step End(absl::StatusOr<Reply> result);
  // Brings all scopes forward and handles once more, unless that was done too often.
  Step DecideAgain();
  Step HandleRead(Context& context, bool elsewhere);
  Step HandleWrite(Context& context);
  Step HandleWork();
  Step HandleElsewhere();
  Step HandleWatch(Context& context);
  Step RefuseWrite(absl::Status error);
  Step Preview();
  absl::Status PrepareCommits(Context& context);

  void TakeScope(const std::string& scope, absl::StatusOr<ledger::SnapshotPtr> snapshot);
  void FetchScope(const std::string& scope);
  void FetchPast(const std::string& scope);
  absl::StatusOr<Reply> AnswerInRows(const ledger::Event& event, const std::string& epoch) const;
  absl::StatusOr<Reply> UnchangedAnswer() const;
  void SendCommit();
  void OnOutcome(absl::StatusOr<ledger::CommitOutcome> outcome);
  // Whether a value was refused that was free in the very state which the store decided on.
  bool IndexDiffers(const ledger::CommitOutcome& outcome) const;
  void OnCommitted(const ledger::CommitOutcome& outcome);
  void OnRemembered(const ledger::RememberedRequest& remembered);
  void Finish(absl::StatusOr<Reply> result);

  bool IsWrite() const { return method_->write != nullptr; }
  // Whether the handler has to leave off: nobody waits for it, or it holds up the thread that it is on.
  std::function<bool()> Interruption(bool elsewhere);
  bool TooLate() const;
  absl::Status GivenUp() const;  // Why it is too late.
  bool IsThisRequest(const ledger::RememberedRequest& remembered) const;
  std::string MemoKey() const;

  Engine& engine_;
  Invocation invocation_;
  const Method* method_;
  CallFacts facts_;
  absl::Status problem_;  // Set while something was waited for.

  std::unique_ptr<google::protobuf::Message> request_;
  std::string about_;
  bool validate_only_ = false;
  bool own_request_id_ = false;  // The engine's, not the caller's.
  absl::optional<concord::type::Moment> moment_;

  size_t stage_ = 0;
  int attempts_ = 0;
  int resends_ = 0;
  bool admitted_ = false;
  bool elsewhere_ = false;  // The handler is on a thread that nobody waits for.
  bool fenced_ = false;     // Everything in scopes_ was current after the call arrived.
  std::set<std::string> wanted_;
  absl::flat_hash_map<std::string, ledger::SnapshotPtr> scopes_;

  absl::Mutex fetching_mutex_;  // Several scopes may arrive on several threads.
  size_t fetching_ ABSL_GUARDED_BY(fetching_mutex_) = 0;

  Change change_;
  std::vector<ledger::Commit> commits_;  // What has to come first, then the change.
  size_t next_commit_ = 0;
};

}  // namespace concord::rpc

#endif  // COMMON_RPC_CALL_H_
