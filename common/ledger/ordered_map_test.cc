#include "common/ledger/ordered_map.h"

#include <map>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/ledger/ledger_fixture.h"
#include "gtest/gtest.h"

namespace concord::ledger {
namespace {

using Rows = std::vector<std::pair<std::string, int>>;

Rows RowsOf(const OrderedMap<int>& map, absl::string_view from = "") {
  Rows rows;
  map.ForEachFrom(from, [&](const std::string& key, int value) {
    rows.emplace_back(key, value);
    return true;
  });
  return rows;
}

std::string KeyOf(int number) { return absl::StrCat("key-", absl::Dec(number, absl::kZeroPad5)); }

TEST(OrderedMap, HoldsNothingAtFirst) {
  OrderedMap<int> map;
  EXPECT_TRUE(map.empty());
  EXPECT_EQ(map.Find("a"), nullptr);
  EXPECT_EQ(RowsOf(map), Rows());
  map.Erase("a");
  EXPECT_EQ(map.size(), 0u);
}

TEST(OrderedMap, CanBeFilledAgainAfterItsLastRowIsErased) {
  OrderedMap<int> map;
  map.Put("a", 1);
  map.Erase("a");
  EXPECT_EQ(RowsOf(map), Rows());
  EXPECT_EQ(map.Find("a"), nullptr);
  map.Put("b", 2);
  EXPECT_EQ(RowsOf(map), (Rows{{"b", 2}}));
}

TEST(OrderedMap, MadeFromNoRowsIsEmpty) {
  OrderedMap<int> map = OrderedMap<int>::FromSorted({});
  EXPECT_EQ(map.Find("a"), nullptr);
  EXPECT_EQ(RowsOf(map), Rows());
  map.Put("a", 1);
  EXPECT_EQ(RowsOf(map), (Rows{{"a", 1}}));
}

TEST(OrderedMap, SplitsChunksInAnyOrderOfInsertion) {
  constexpr int kRows = 3000;
  OrderedMap<int> up;
  OrderedMap<int> down;
  Rows expected;
  for (int i = 0; i < kRows; ++i) {
    up.Put(KeyOf(i), i);
    down.Put(KeyOf(kRows - 1 - i), kRows - 1 - i);
    expected.emplace_back(KeyOf(i), i);
  }
  EXPECT_EQ(RowsOf(up), expected);
  EXPECT_EQ(RowsOf(down), expected);
  for (int i = 0; i < kRows; ++i) ASSERT_EQ(*up.Find(KeyOf(i)), i);
}

TEST(OrderedMap, WalksFromAKeyThatItHoldsOrTheNextOne) {
  std::vector<OrderedMap<int>::Row> rows;
  for (int i = 0; i < 1000; ++i) rows.emplace_back(KeyOf(2 * i), 2 * i);
  const auto map = OrderedMap<int>::FromSorted(std::move(rows));
  for (int from : {0, 1, 383, 384, 385, 768, 1997, 1998}) {
    const Rows seen = RowsOf(map, KeyOf(from));
    ASSERT_FALSE(seen.empty()) << from;
    EXPECT_EQ(seen.front().second, from + from % 2);
    EXPECT_EQ(seen.size(), 1000u - static_cast<size_t>(from + 1) / 2);
  }
  EXPECT_EQ(RowsOf(map, "zzz"), Rows());
  EXPECT_EQ(RowsOf(map, "a").size(), 1000u);
}

TEST(OrderedMap, StopsAWalkThatHasSeenEnough) {
  OrderedMap<int> map;
  for (int i = 0; i < 600; ++i) map.Put(KeyOf(i), i);
  int visits = 0;
  map.ForEachFrom("", [&](const std::string&, int) { return ++visits < 300; });
  EXPECT_EQ(visits, 300);
}

TEST(OrderedMap, DoesWhatAPlainMapDoesAndItsCopiesNeverChange) {
  const unsigned seed = Seed();
  SCOPED_TRACE(absl::StrCat("seed ", seed));
  std::mt19937 random(seed);
  OrderedMap<int> map;
  std::map<std::string, int> plain;
  std::vector<std::pair<OrderedMap<int>, std::map<std::string, int>>> copies;
  for (int step = 0; step < 20'000; ++step) {
    // Grows for a while, then shrinks, so that chunks split and go.
    const bool growing = (step / 4000) % 2 == 0;
    const std::string key = KeyOf(static_cast<int>(random() % 1500));
    if (random() % 10 < (growing ? 8u : 2u)) {
      map.Put(key, step);
      plain[key] = step;
    } else {
      map.Erase(key);
      plain.erase(key);
    }
    ASSERT_EQ(map.size(), plain.size());
    const std::string other = KeyOf(static_cast<int>(random() % 1500));
    const int* found = map.Find(other);
    auto known = plain.find(other);
    ASSERT_EQ(found == nullptr, known == plain.end()) << other;
    if (found != nullptr) ASSERT_EQ(*found, known->second);
    if (step % 500 == 0) {
      copies.emplace_back(map, plain);
      ASSERT_EQ(RowsOf(map, other), Rows(plain.lower_bound(other), plain.end()));
    }
  }
  for (const auto& [copy, then] : copies) ASSERT_EQ(RowsOf(copy), Rows(then.begin(), then.end()));
}

}  // namespace
}  // namespace concord::ledger
