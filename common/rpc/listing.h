// One page of a list: which rows, in which order, and where the next page goes on.
#ifndef COMMON_RPC_LISTING_H_
#define COMMON_RPC_LISTING_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "common/aip/filter.h"
#include "common/aip/order_by.h"
#include "common/ledger/collection.h"
#include "common/rpc/dated_facts.h"
#include "common/rpc/method.h"
#include "common/rpc/page_token.h"
#include "common/rpc/reply.h"
#include "common/rpc/resource_type.h"
#include "common/status/error.h"
#include "google/protobuf/message.h"

namespace concord::rpc {

// A page ends early where its rows would take more than this, so that an answer stays well below the 4 MiB that gRPC's
// clients accept by default. It has one row at least.
inline constexpr size_t kPageBytes = 2 << 20;

// Adds violations about the fields filter and order_by of a list's request; it may have neither.
void CheckListing(const google::protobuf::Message& request, const google::protobuf::Descriptor& row,
                  Violations& violations);

// For one handler, on one thread. The rows that it is offered must outlive it.
class Listing {
 public:
  // For a request that CheckListing has passed. `last_key` is what the page token held, empty for the
  // first page; NextKey of the page before made it.
  static absl::StatusOr<Listing> Begin(const google::protobuf::Message& request,
                                       const google::protobuf::Descriptor& row, absl::string_view last_key);

  // Rows need only be offered from the first whose name is greater than this one.
  const std::string& after() const { return after_; }

  // Offers a row that the caller may see; each once, in the order of names. False once no further one is
  // needed.
  bool Offer(const ledger::Resource& row);

  // Says that a row will be offered soon, for it takes a while until all of it is at hand.
  void Announce(const ledger::Resource& row) const { filter_.Prefetch(*row.message); }

  // How many of the offered rows it looks at still.
  size_t kept() const { return places_.size(); }

  // The page's rows, in their order, as many as asked for and as fit; for once all are offered.
  void AddTo(ListReply& reply);

  // After AddTo: the key of the page's last row; empty if no row comes after it.
  const std::string& NextKey() const { return next_key_; }

 private:
  struct Place {
    std::string key;  // By which the rows are ordered; empty where they are by name alone.
    const ledger::Resource* row = nullptr;
  };

  Listing(aip::Filter filter, aip::OrderBy order, size_t size)
      : filter_(std::move(filter)), order_(std::move(order)), size_(size) {}

  size_t CountThatFit(size_t count) const;

  aip::Filter filter_;
  aip::OrderBy order_;
  size_t size_;
  std::string after_;       // In the order of names.
  std::string after_key_;   // In another order: the last row's place.
  std::string after_name_;  // And its name.
  std::vector<Place> places_;
  size_t bytes_ = 0;  // Of the places, where rows are by name alone.
  std::string next_key_;
};

// Lists the resources of a type under a parent, which is named by the request's field `parent` and may be
// "-" below the scope's own name: all of them. `response` has the rows in the field named like the collection.
// What is sealed is left out; what is deleted, and what lies under something deleted, unless show_deleted is set. With
// `facts_on` a request may ask about the facts of a day, which filter and order see then. Type and tokens must outlive
// the method.
Method ListMethod(const ResourceType& type, const PageTokens& tokens, const google::protobuf::Message& request,
                  const google::protobuf::Message& response, const FactsOnDay& facts_on = nullptr);

}  // namespace concord::rpc

#endif  // COMMON_RPC_LISTING_H_
