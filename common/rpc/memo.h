// Keeps answers that stay the same as long as what they were made from does.
#ifndef COMMON_RPC_MEMO_H_
#define COMMON_RPC_MEMO_H_

#include <list>
#include <string>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/synchronization/mutex.h"
#include "common/rpc/reply.h"

namespace concord::rpc {

// Thread-safe. Drops what was used longest ago when it holds more than its limit.
class Memo {
 public:
  explicit Memo(size_t bytes_limit) : bytes_limit_(bytes_limit) {}

  // Null if it is not there.
  Reply Find(const std::string& key);
  void Keep(const std::string& key, Reply reply);

 private:
  using Entries = std::list<std::pair<std::string, Reply>>;

  const size_t bytes_limit_;
  absl::Mutex mutex_;
  Entries entries_ ABSL_GUARDED_BY(mutex_);  // Used last first.
  absl::flat_hash_map<std::string, Entries::iterator> by_key_ ABSL_GUARDED_BY(mutex_);
  size_t bytes_ ABSL_GUARDED_BY(mutex_) = 0;
};

}  // namespace concord::rpc

#endif  // COMMON_RPC_MEMO_H_
