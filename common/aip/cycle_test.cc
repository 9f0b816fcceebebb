#include "common/aip/cycle.h"

#include <map>
#include <random>
#include <set>
#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"

namespace concord::aip {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using Graph = std::map<std::string, std::vector<std::string>>;

std::vector<std::string> Find(const Graph& graph, const std::string& name) {
  const auto of = [&](const std::string& other) {
    const auto found = graph.find(other);
    return found == graph.end() ? std::vector<std::string>() : found->second;
  };
  return FindCycle(name, of(name), of);
}

TEST(FindCycle, FindsNoneInAChainOrADiamond) {
  EXPECT_THAT(Find({{"a", {}}}, "a"), IsEmpty());
  EXPECT_THAT(Find({{"a", {"b"}}, {"b", {"c"}}}, "a"), IsEmpty());
  EXPECT_THAT(Find({{"a", {"b", "c"}}, {"b", {"d"}}, {"c", {"d"}}}, "a"), IsEmpty());
}

TEST(FindCycle, FindsTheShortestOne) {
  EXPECT_THAT(Find({{"a", {"a"}}}, "a"), ElementsAre("a", "a"));
  EXPECT_THAT(Find({{"a", {"b"}}, {"b", {"a"}}}, "a"), ElementsAre("a", "b", "a"));
  EXPECT_THAT(Find({{"a", {"b", "x"}}, {"b", {"c"}}, {"c", {"a"}}, {"x", {"a"}}}, "a"), ElementsAre("a", "x", "a"));
}

TEST(FindCycle, PassesOverACircleThatItIsNotPartOf) {
  EXPECT_THAT(Find({{"a", {"b"}}, {"b", {"c"}}, {"c", {"b"}}}, "a"), IsEmpty());
}

TEST(FindCycle, WalksAChainThatIsVeryLong) {
  Graph graph;
  for (int i = 0; i < 100'000; ++i) graph[absl::StrCat(i)] = {absl::StrCat(i + 1)};
  EXPECT_THAT(Find(graph, "0"), IsEmpty());
  graph["100000"] = {"0"};
  EXPECT_EQ(Find(graph, "0").size(), 100'002);
}

// Whatever it finds is a circle, and it finds one exactly if the name can be reached from itself.
TEST(FindCycle, AgreesWithReachabilityOnRandomGraphs) {
  const unsigned seed = std::random_device()();
  SCOPED_TRACE(absl::StrCat("seed ", seed));
  std::mt19937 random(seed);
  int found = 0;
  for (int round = 0; round < 2'000; ++round) {
    Graph graph;
    for (int edge = 0; edge < 9; ++edge) {
      graph[absl::StrCat(random() % 8)].push_back(absl::StrCat(random() % 8));
    }
    std::set<std::string> reached(graph["0"].begin(), graph["0"].end());
    for (size_t before = 0; before != reached.size();) {
      before = reached.size();
      for (const std::string& name : std::set<std::string>(reached))
        reached.insert(graph[name].begin(), graph[name].end());
    }
    const std::vector<std::string> cycle = Find(graph, "0");
    ASSERT_EQ(!cycle.empty(), reached.count("0") == 1);
    if (cycle.empty()) continue;
    ++found;
    ASSERT_EQ(cycle.front(), "0");
    ASSERT_EQ(cycle.back(), "0");
    for (size_t i = 0; i + 1 < cycle.size(); ++i) ASSERT_THAT(graph[cycle[i]], ::testing::Contains(cycle[i + 1]));
  }
  EXPECT_GT(found, 100);
}

}  // namespace
}  // namespace concord::aip
