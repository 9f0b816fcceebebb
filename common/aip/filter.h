// Filters of lists after AIP-160. FILTERS.md is the language; this is how to use it:
//
//   CONCORD_ASSIGN_OR_RETURN(const Filter filter, Filter::Bind(request.filter(), *Action::descriptor()));
//   if (filter.Holds(action)) ...
//
// A filter decides only about rows that it is given: whoever lists gives it none that the caller may not see.
#ifndef COMMON_AIP_FILTER_H_
#define COMMON_AIP_FILTER_H_

#include <memory>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "google/protobuf/message.h"

namespace concord::aip {

// Immutable; safe from any thread. Copies share their content.
class Filter {
 public:
  // For rows of this type; an empty or blank text takes every row. INVALID_ARGUMENT, whose message is
  // the description of a violation: what is wrong, and at which character. Costs some microseconds.
  static absl::StatusOr<Filter> Bind(absl::string_view text, const google::protobuf::Descriptor& row);

  // `row` is of the type that the filter was bound to. Costs some tens of nanoseconds a comparison.
  bool Holds(const google::protobuf::Message& row) const;

  // Asks the processor for what Holds will read of a row: for a walk over many, some of them ahead. A row's strings lie
  // apart from it, and to wait for each costs more than everything else.
  void Prefetch(const google::protobuf::Message& row) const;

  struct Node;  // In filter.cc.

 private:
  explicit Filter(std::shared_ptr<const Node> root);

  std::shared_ptr<const Node> root_;  // Shared by copies.
};

}  // namespace concord::aip

#endif  // COMMON_AIP_FILTER_H_
