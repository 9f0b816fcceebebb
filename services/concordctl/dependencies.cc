#include "services/concordctl/dependencies.h"

#include <algorithm>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace concord::ctl {
namespace {

// Walks the graph depth first, without recursion, for a file may chain
// thousands of actions.
struct Walk {
  std::vector<std::string> order;
  std::vector<std::string> circle;
};

Walk WalkAll(const Dependencies& dependencies) {
  Walk walk;
  std::set<std::string> done;
  std::set<std::string> on_path;
  for (const auto& entry : dependencies) {
    // A name with how many of its dependencies have been followed.
    std::vector<std::pair<std::string, size_t>> path;
    const auto enter = [&](const std::string& name) {
      if (on_path.contains(name)) {
        if (!walk.circle.empty()) return;
        auto begin = std::find_if(path.begin(), path.end(), [&](const auto& step) { return step.first == name; });
        for (; begin != path.end(); ++begin) walk.circle.push_back(begin->first);
        walk.circle.push_back(name);
      } else if (!done.contains(name) && dependencies.contains(name)) {
        on_path.insert(name);
        path.emplace_back(name, 0);
      }
    };
    enter(entry.first);
    while (!path.empty()) {
      auto& [name, followed] = path.back();
      const std::vector<std::string>& next = dependencies.at(name);
      if (followed < next.size()) {
        enter(next[followed++]);  // May move `path`: neither reference is used after it.
        continue;
      }
      walk.order.push_back(name);
      done.insert(name);
      on_path.erase(name);
      path.pop_back();
    }
  }
  return walk;
}

}  // namespace

std::vector<std::string> FindCircle(const Dependencies& dependencies) { return WalkAll(dependencies).circle; }

std::vector<std::string> InDependencyOrder(const Dependencies& dependencies) { return WalkAll(dependencies).order; }

}  // namespace concord::ctl
