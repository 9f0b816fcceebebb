// A commit as the arguments of commit_script.lua, and its answer read back. Pure.
#ifndef COMMON_LEDGER_COMMIT_ARGUMENTS_H_
#define COMMON_LEDGER_COMMIT_ARGUMENTS_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/ledger/commit.h"
#include "common/redis/client.h"

namespace concord::ledger {

// The script. Lives for ever.
const redis::Script& CommitScript();

// Request ids are remembered for so long.
inline constexpr absl::Duration kRequestMemory = absl::Hours(24);

// `raw_body` is the serialized body of the commit; `new_epoch` names the scope's
// life if this is its first commit.
std::vector<std::string> CommitArguments(const Commit& commit, const std::string& raw_body,
                                         const std::string& new_epoch);

// What the script answered. INTERNAL for an answer that it cannot give.
absl::StatusOr<CommitOutcome> ParseCommitReply(const redis::Reply& reply, const Commit& commit, std::string raw_body);

// The value of a request key.
absl::StatusOr<RememberedRequest> ParseRememberedRequest(const std::string& value);

}  // namespace concord::ledger

#endif  // COMMON_LEDGER_COMMIT_ARGUMENTS_H_
