// The children of each parent, found in a list that is sorted by name.
//
//   const Children<Milestone> milestones(all);
//   for (const Milestone* milestone : milestones.Of(action.name())) ...
//
// Children of one parent share a prefix and so stand together: one pass finds where each family begins, and
// nothing is copied. The list and its resources must outlive this. Safe to read from any thread.
#ifndef SERVICES_REPORTING_CHILDREN_H_
#define SERVICES_REPORTING_CHILDREN_H_

#include <cstddef>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "common/aip/resource_name.h"

namespace concord::reporting {

template <typename Resource>
class Children {
 public:
  using Family = absl::Span<const Resource* const>;

  explicit Children(Family sorted) {
    size_t begin = 0;
    while (begin < sorted.size()) {
      const absl::string_view parent = aip::ParentOf(sorted[begin]->name());
      size_t end = begin + 1;
      while (end < sorted.size() && IsChild(sorted[end]->name(), sorted[begin]->name(), parent.size())) ++end;
      families_.emplace(parent, sorted.subspan(begin, end - begin));
      begin = end;
    }
  }

  // In the order of names; empty if there are none.
  Family Of(absl::string_view parent) const {
    const auto found = families_.find(parent);
    return found == families_.end() ? Family() : found->second;
  }

 private:
  // Whether both have the same parent, whose name is `parent_size` bytes long.
  static bool IsChild(absl::string_view name, absl::string_view sibling, size_t parent_size) {
    return name.substr(0, parent_size + 1) == sibling.substr(0, parent_size + 1) &&
           aip::ParentOf(name).size() == parent_size;
  }

  absl::flat_hash_map<absl::string_view, Family> families_;
};

}  // namespace concord::reporting

#endif  // SERVICES_REPORTING_CHILDREN_H_
