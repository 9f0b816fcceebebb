// Rows in the order of their keys, that can be copied for nothing: a copy shares all of its content, and a change
// copies only what it touches.
//
// The rows are shared, and stand in chunks of at most 128. A change copies the pointers of one chunk and the list of
// chunks, so with 50,000 rows it costs a few microseconds. It is not a balanced tree: past some millions of rows the
// list of chunks itself would become long.
#ifndef COMMON_LEDGER_ORDERED_ROWS_H_
#define COMMON_LEDGER_ORDERED_ROWS_H_

#include <algorithm>
#include <cstddef>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"

namespace concord::ledger {

// Asks the processor for what a walk will touch behind the pointers of a row, some rows before it does: a type of rows
// that has such pointers may have an overload of its own.
template <typename Row>
void FetchContent(const Row& /*row*/) {}

// A value; as thread-safe as an int. Distinct copies may be used from distinct threads although they share content, for
// shared content never changes. Each row says its key, which no two rows share: an overload of
// `const std::string& KeyOf(const Row&)` beside the row's type.
template <typename Row>
class OrderedRows {
 public:
  using RowPtr = std::shared_ptr<const Row>;  // Shared by the copies that hold it; never null.

  OrderedRows() = default;

  // From rows in strictly ascending order of keys.
  static OrderedRows FromSorted(std::vector<RowPtr> rows) {
    OrderedRows made;
    made.size_ = rows.size();
    Chunks chunks;
    for (size_t begin = 0; begin < rows.size(); begin += kFill) {
      const size_t end = std::min(rows.size(), begin + kFill);
      chunks.push_back(
          std::make_shared<const Chunk>(std::make_move_iterator(rows.begin() + static_cast<std::ptrdiff_t>(begin)),
                                        std::make_move_iterator(rows.begin() + static_cast<std::ptrdiff_t>(end))));
    }
    made.chunks_ = std::make_shared<const Chunks>(std::move(chunks));
    return made;
  }

  size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }

  // Null if there is none.
  RowPtr Find(absl::string_view key) const {
    const Chunk* chunk = ChunkOf(key);
    if (chunk == nullptr) return nullptr;
    auto row = LowerBound(*chunk, key);
    return row != chunk->end() && KeyOf(**row) == key ? *row : nullptr;
  }

  // Calls visit(row) in the order of keys from the first key that is not less than `from`, until it returns false.
  template <typename Visit>
  void ForEachFrom(absl::string_view from, Visit visit) const {
    if (chunks_ == nullptr) return;
    for (size_t i = IndexOf(from); i < chunks_->size(); ++i) {
      const Chunk& chunk = *(*chunks_)[i];
      for (auto row = LowerBound(chunk, from); row != chunk.end(); ++row) {
        FetchAhead(row, chunk.end());
        if (!visit(**row)) return;
      }
    }
  }

  // In the place of the row with the same key, if there is one.
  void Put(RowPtr added) {
    if (empty()) {
      *this = FromSorted({std::move(added)});
      return;
    }
    const std::string& key = KeyOf(*added);
    const size_t index = IndexOf(key);
    Chunk chunk = *(*chunks_)[index];
    auto row = std::lower_bound(chunk.begin(), chunk.end(), key, KeyLess);
    if (row != chunk.end() && KeyOf(**row) == key) {
      *row = std::move(added);
    } else {
      chunk.insert(row, std::move(added));
      ++size_;
    }
    ReplaceChunk(index, std::move(chunk));
  }

  // Nothing happens if there is no such key.
  void Erase(absl::string_view key) {
    if (Find(key) == nullptr) return;
    const size_t index = IndexOf(key);
    Chunk chunk = *(*chunks_)[index];
    chunk.erase(std::lower_bound(chunk.begin(), chunk.end(), key, KeyLess));
    --size_;
    ReplaceChunk(index, std::move(chunk));
  }

 private:
  using Chunk = std::vector<RowPtr>;  // Shared with the copies.
  using Chunks = std::vector<std::shared_ptr<const Chunk>>;
  static constexpr size_t kLimit = 128;  // Rows of a chunk.
  static constexpr size_t kFill = 96;    // Rows of a chunk that is built in one go.
  static constexpr std::ptrdiff_t kFetchStep = 4;

  // Rows lie all over the memory, and each is a chain of pointers: a walk that waits for every link in turn takes
  // several times as long. So the links of rows further on are asked for one after the other.
  static void FetchAhead(typename Chunk::const_iterator row, typename Chunk::const_iterator end) {
    const std::ptrdiff_t left = end - row;
    if (left > 2 * kFetchStep) __builtin_prefetch(row[2 * kFetchStep].get());
    if (left > kFetchStep) FetchContent(*row[kFetchStep]);
  }

  static bool KeyLess(const RowPtr& row, absl::string_view key) { return KeyOf(*row) < key; }
  static typename Chunk::const_iterator LowerBound(const Chunk& chunk, absl::string_view key) {
    return std::lower_bound(chunk.begin(), chunk.end(), key, KeyLess);
  }

  // The chunk in which the key is or would be: the last that begins at or before it, or else the first.
  size_t IndexOf(absl::string_view key) const {
    auto after = std::upper_bound(
        chunks_->begin(), chunks_->end(), key,
        [](absl::string_view k, const std::shared_ptr<const Chunk>& chunk) { return k < KeyOf(*chunk->front()); });
    return after == chunks_->begin() ? 0 : static_cast<size_t>(after - chunks_->begin()) - 1;
  }

  const Chunk* ChunkOf(absl::string_view key) const { return empty() ? nullptr : (*chunks_)[IndexOf(key)].get(); }

  void ReplaceChunk(size_t index, Chunk chunk) {
    Chunks chunks = *chunks_;
    if (chunk.empty()) {
      chunks.erase(chunks.begin() + static_cast<std::ptrdiff_t>(index));
    } else if (chunk.size() > kLimit) {
      const auto middle = chunk.begin() + static_cast<std::ptrdiff_t>(chunk.size() / 2);
      auto upper = std::make_shared<Chunk>(std::make_move_iterator(middle), std::make_move_iterator(chunk.end()));
      chunk.erase(middle, chunk.end());
      chunks[index] = std::make_shared<const Chunk>(std::move(chunk));
      chunks.insert(chunks.begin() + static_cast<std::ptrdiff_t>(index) + 1, std::move(upper));
    } else {
      chunks[index] = std::make_shared<const Chunk>(std::move(chunk));
    }
    chunks_ = std::make_shared<const Chunks>(std::move(chunks));
  }

  // Shared with the copies; never changed once it is shared. Null while there has never been a row.
  std::shared_ptr<const Chunks> chunks_;
  size_t size_ = 0;
};

}  // namespace concord::ledger

#endif  // COMMON_LEDGER_ORDERED_ROWS_H_
