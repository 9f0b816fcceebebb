// One page of rows that are computed for the answer: which of them, in which order, and where the next page goes on.
//
//   CONCORD_ASSIGN_OR_RETURN(auto page, OrderedPage<v1::Duty>::Begin(request, last_key));
//   for (...) if (page.Wants(place)) page.Offer(place, row);
//   const std::string next = page.MoveTo(response.mutable_duties());
//
// A row has a place, text that no other row has and by which rows are ordered unless the request's order_by says
// otherwise; rows that are equal in that follow by their places. Holds no more rows than a page. One thread at a time.
#ifndef SERVICES_REPORTING_ORDERED_PAGE_H_
#define SERVICES_REPORTING_ORDERED_PAGE_H_

#include <cstddef>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "common/aip/filter.h"
#include "common/aip/order_by.h"
#include "common/rpc/listing.h"
#include "common/rpc/standard_methods.h"
#include "common/status/macros.h"
#include "google/protobuf/repeated_field.h"
#include "services/reporting/first_rows.h"

namespace concord::reporting {

template <typename Row>
class OrderedPage {
 public:
  // For a request that rpc::CheckListing has passed. `last_key` is what the page token held, empty for the first page.
  static absl::StatusOr<OrderedPage> Begin(const google::protobuf::Message& request, absl::string_view last_key) {
    CONCORD_ASSIGN_OR_RETURN(aip::Filter filter,
                             aip::Filter::Bind(rpc::StringField(request, "filter"), *Row::descriptor()));
    CONCORD_ASSIGN_OR_RETURN(aip::OrderBy order,
                             aip::OrderBy::Bind(rpc::StringField(request, "order_by"), *Row::descriptor()));
    OrderedPage page(std::move(filter), std::move(order), static_cast<size_t>(rpc::PageSizeOf(request)));
    if (last_key.empty()) return page;
    const size_t end = last_key.find('\n');
    if (end == absl::string_view::npos || !absl::Base64Unescape(last_key.substr(0, end), &page.last_.key)) {
      return absl::InternalError("a page token without its place in the order");
    }
    page.last_.place = std::string(last_key.substr(end + 1));
    return page;
  }

  // Whether rows are ordered by their places alone.
  bool by_place() const { return order_.empty(); }

  // The place of the last row sent, if rows are ordered by their places alone: no row up to it is needed again.
  std::string after() const { return by_place() ? last_.place : ""; }

  // Whether the row of this place may be on the page, as far as that can be told without the row.
  bool Wants(const std::string& place) const {
    return !by_place() || (place > last_.place && rows_.Wants(Placed{"", place, {}}));
  }

  void Offer(std::string place, Row row) {
    if (!filter_.Holds(row)) return;
    Placed placed{order_.KeyOf(row), std::move(place), std::move(row)};
    if (!last_.place.empty() && !(last_ < placed)) return;
    if (rows_.Wants(placed)) rows_.Add(std::move(placed));
  }

  // The rows of the page, as many as asked for and as fit. Returns the key of the last one, empty if none comes after.
  std::string MoveTo(google::protobuf::RepeatedPtrField<Row>* rows) {
    std::vector<Placed> sorted = rows_.Sorted();
    size_t count = 0;
    for (size_t bytes = 0; count < sorted.size() && count < size_; ++count) {
      bytes += sorted[count].row.ByteSizeLong();
      if (bytes > rpc::kPageBytes && count > 0) break;
    }
    std::string next;
    if (count > 0 && count < sorted.size()) {
      next = absl::StrCat(absl::Base64Escape(sorted[count - 1].key), "\n", sorted[count - 1].place);
    }
    for (size_t i = 0; i < count; ++i) *rows->Add() = std::move(sorted[i].row);
    return next;
  }

 private:
  struct Placed {
    std::string key;  // In the order asked for; empty without one.
    std::string place;
    Row row;

    friend bool operator<(const Placed& a, const Placed& b) {
      return std::tie(a.key, a.place) < std::tie(b.key, b.place);
    }
  };

  OrderedPage(aip::Filter filter, aip::OrderBy order, size_t size)
      : filter_(std::move(filter)), order_(std::move(order)), size_(size), rows_(size + 1) {}

  aip::Filter filter_;
  aip::OrderBy order_;
  size_t size_;
  Placed last_;
  FirstRows<Placed> rows_;  // One more than a page, to know whether there is a next one.
};

}  // namespace concord::reporting

#endif  // SERVICES_REPORTING_ORDERED_PAGE_H_
