// The first rows of an order, of very many that come in any order.
//
//   FirstRows<OwedDuty> page(page_size + 1);
//   for (...) if (page.Wants(duty)) page.Add(duty);
//   const std::vector<OwedDuty> rows = page.Sorted();
//
// Holds no more than its limit: a page costs as much memory as a page. One thread at a time.
#ifndef SERVICES_REPORTING_FIRST_ROWS_H_
#define SERVICES_REPORTING_FIRST_ROWS_H_

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

namespace concord::reporting {

template <typename Row>
class FirstRows {
 public:
  // `limit` is more than 0.
  explicit FirstRows(size_t limit) : limit_(limit) {}

  // Whether the row stands before one that is held, or there is room for it.
  bool Wants(const Row& row) const { return heap_.size() < limit_ || row < heap_.front(); }

  // A row that is wanted.
  void Add(Row row) {
    if (heap_.size() == limit_) {
      std::pop_heap(heap_.begin(), heap_.end());
      heap_.pop_back();
    }
    heap_.push_back(std::move(row));
    std::push_heap(heap_.begin(), heap_.end());
  }

  std::vector<Row> Sorted() const {
    std::vector<Row> rows = heap_;
    std::sort_heap(rows.begin(), rows.end());
    return rows;
  }

 private:
  size_t limit_;
  std::vector<Row> heap_;  // The last one in front.
};

}  // namespace concord::reporting

#endif  // SERVICES_REPORTING_FIRST_ROWS_H_
