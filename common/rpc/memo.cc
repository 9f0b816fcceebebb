#include "common/rpc/memo.h"

namespace concord::rpc {

Reply Memo::Find(const std::string& key) {
  absl::MutexLock lock(&mutex_);
  auto found = by_key_.find(key);
  if (found == by_key_.end()) return nullptr;
  entries_.splice(entries_.begin(), entries_, found->second);
  return found->second->second;
}

void Memo::Keep(const std::string& key, Reply reply) {
  const size_t size = key.size() + reply->size();
  if (size > bytes_limit_) return;
  absl::MutexLock lock(&mutex_);
  if (by_key_.contains(key)) return;
  entries_.emplace_front(key, std::move(reply));
  by_key_[key] = entries_.begin();
  bytes_ += size;
  while (bytes_ > bytes_limit_) {
    const auto& [oldest, bytes] = entries_.back();
    bytes_ -= oldest.size() + bytes->size();
    by_key_.erase(oldest);
    entries_.pop_back();
  }
}

}  // namespace concord::rpc
