#include "common/ledger/views.h"

#include <algorithm>
#include <utility>

namespace concord::ledger {
namespace {

void Add(const ViewStatistics& from, ViewStatistics& to) {
  to.fences += from.fences;
  to.fenced_reads += from.fenced_reads;
  to.loads += from.loads;
  to.divergences += from.divergences;
  to.revisions_behind = std::max(to.revisions_behind, from.revisions_behind);
}

}  // namespace

Views::Views(CollectionsOf collections_of, ViewParts parts, size_t limit)
    : collections_of_(std::move(collections_of)), parts_(parts), limit_(limit) {}

std::shared_ptr<View> Views::Get(const std::string& scope, absl::Time now) {
  absl::MutexLock lock(&mutex_);
  auto found = views_.find(scope);
  if (found == views_.end()) {
    if (views_.size() >= limit_) DropOldest();
    found = views_.emplace(scope, Entry{std::make_shared<View>(scope, collections_of_(scope), parts_), now}).first;
  }
  found->second.used = now;
  return found->second.view;
}

void Views::Drop(const std::string& scope) {
  auto found = views_.find(scope);
  ViewStatistics last = found->second.view->statistics();
  last.revisions_behind = 0;
  Add(last, dropped_);
  views_.erase(found);
}

void Views::DropOldest() {
  const std::string* oldest = nullptr;
  absl::Time used = absl::InfiniteFuture();
  for (const auto& [scope, entry] : views_) {
    if (entry.used >= used || !Droppable(entry)) continue;
    oldest = &scope;
    used = entry.used;
  }
  if (oldest != nullptr) Drop(std::string(*oldest));
}

void Views::DropIdle(absl::Time before) {
  absl::MutexLock lock(&mutex_);
  std::vector<std::string> idle;
  for (const auto& [scope, entry] : views_) {
    if (!Droppable(entry)) continue;
    const SnapshotPtr snapshot = entry.view->Peek();
    const bool empty = snapshot == nullptr || snapshot->position().revision == 0;
    if (entry.used < before || empty) idle.push_back(scope);
  }
  for (const std::string& scope : idle) Drop(scope);
}

std::vector<std::shared_ptr<View>> Views::All() const {
  absl::MutexLock lock(&mutex_);
  std::vector<std::shared_ptr<View>> all;
  all.reserve(views_.size());
  for (const auto& [scope, entry] : views_) all.push_back(entry.view);
  return all;
}

ViewStatistics Views::statistics() const {
  absl::MutexLock lock(&mutex_);
  ViewStatistics sum = dropped_;
  for (const auto& [scope, entry] : views_) Add(entry.view->statistics(), sum);
  return sum;
}

}  // namespace concord::ledger
