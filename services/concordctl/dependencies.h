// The dependencies of actions as a graph.
//
// Pure; safe from any thread.
#ifndef SERVICES_CONCORDCTL_DEPENDENCIES_H_
#define SERVICES_CONCORDCTL_DEPENDENCIES_H_

#include <map>
#include <string>
#include <vector>

namespace concord::ctl {

// From an action's name to the names of those that it depends on. Names without an entry
// of their own depend on nothing.
using Dependencies = std::map<std::string, std::vector<std::string>>;

// One circle, as the names along it with the first repeated at the end; empty if
// there is none. Takes time in proportion to the graph, and no stack.
std::vector<std::string> FindCircle(const Dependencies& dependencies);

// The names that have an entry, each after all that it depends on, and otherwise in their
// own order. What is on a circle comes in some order.
std::vector<std::string> InDependencyOrder(const Dependencies& dependencies);

}  // namespace concord::ctl

#endif  // SERVICES_CONCORDCTL_DEPENDENCIES_H_
