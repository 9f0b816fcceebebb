#include "common/aip/cycle.h"

#include <algorithm>

#include "absl/container/flat_hash_map.h"

namespace concord::aip {

std::vector<std::string> FindCycle(const std::string& name, const std::vector<std::string>& references,
                                   const std::function<std::vector<std::string>(const std::string&)>& references_of) {
  // Breadth first, so that the circle told is a shortest one; without recursion, for chains may be long.
  absl::flat_hash_map<std::string, std::string> reached_from;
  std::vector<std::string> queue;
  const auto reach = [&](const std::string& next, const std::string& from) {
    if (reached_from.emplace(next, from).second) queue.push_back(next);
  };
  for (const std::string& reference : references) reach(reference, name);
  // By index, for the queue grows meanwhile.
  for (size_t i = 0; i < queue.size(); ++i) {  // NOLINT(modernize-loop-convert)
    const std::string current = queue[i];
    if (current == name) {
      std::vector<std::string> cycle = {name};
      for (std::string at = reached_from[name]; at != name; at = reached_from[at]) cycle.push_back(at);
      cycle.push_back(name);
      std::reverse(cycle.begin(), cycle.end());
      return cycle;
    }
    for (const std::string& reference : references_of(current)) reach(reference, current);
  }
  return {};
}

}  // namespace concord::aip
