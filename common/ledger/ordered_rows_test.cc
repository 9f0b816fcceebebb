#include "common/ledger/ordered_rows.h"

#include <map>
#include <memory>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/ledger/ledger_fixture.h"
#include "gtest/gtest.h"

namespace concord::ledger {
namespace {

struct Numbered {
  std::string key;
  int number = 0;
};
const std::string& KeyOf(const Numbered& row) { return row.key; }

using Plain = std::vector<std::pair<std::string, int>>;

std::shared_ptr<const Numbered> RowOf(const std::string& key, int number) {
  return std::make_shared<const Numbered>(Numbered{key, number});
}

Plain RowsOf(const OrderedRows<Numbered>& rows, absl::string_view from = "") {
  Plain plain;
  rows.ForEachFrom(from, [&](const Numbered& row) {
    plain.emplace_back(row.key, row.number);
    return true;
  });
  return plain;
}

std::string Key(int number) { return absl::StrCat("key-", absl::Dec(number, absl::kZeroPad5)); }

TEST(OrderedRows, HoldsNothingAtFirst) {
  OrderedRows<Numbered> map;
  EXPECT_TRUE(map.empty());
  EXPECT_EQ(map.Find("a"), nullptr);
  EXPECT_EQ(RowsOf(map), Plain());
  map.Erase("a");
  EXPECT_EQ(map.size(), 0u);
}

TEST(OrderedRows, CanBeFilledAgainAfterItsLastRowIsErased) {
  OrderedRows<Numbered> map;
  map.Put(RowOf("a", 1));
  map.Erase("a");
  EXPECT_EQ(RowsOf(map), Plain());
  EXPECT_EQ(map.Find("a"), nullptr);
  map.Put(RowOf("b", 2));
  EXPECT_EQ(RowsOf(map), (Plain{{"b", 2}}));
}

TEST(OrderedRows, MadeFromNoRowsIsEmpty) {
  OrderedRows<Numbered> map = OrderedRows<Numbered>::FromSorted({});
  EXPECT_EQ(map.Find("a"), nullptr);
  EXPECT_EQ(RowsOf(map), Plain());
  map.Put(RowOf("a", 1));
  EXPECT_EQ(RowsOf(map), (Plain{{"a", 1}}));
}

TEST(OrderedRows, SplitsChunksInAnyOrderOfInsertion) {
  constexpr int kRows = 3000;
  OrderedRows<Numbered> up;
  OrderedRows<Numbered> down;
  Plain expected;
  for (int i = 0; i < kRows; ++i) {
    up.Put(RowOf(Key(i), i));
    down.Put(RowOf(Key(kRows - 1 - i), kRows - 1 - i));
    expected.emplace_back(Key(i), i);
  }
  EXPECT_EQ(RowsOf(up), expected);
  EXPECT_EQ(RowsOf(down), expected);
  for (int i = 0; i < kRows; ++i) ASSERT_EQ(up.Find(Key(i))->number, i);
}

TEST(OrderedRows, WalksFromAKeyThatItHoldsOrTheNextOne) {
  std::vector<OrderedRows<Numbered>::RowPtr> rows;
  for (int i = 0; i < 1000; ++i) rows.push_back(RowOf(Key(2 * i), 2 * i));
  const auto map = OrderedRows<Numbered>::FromSorted(std::move(rows));
  for (int from : {0, 1, 383, 384, 385, 768, 1997, 1998}) {
    const Plain seen = RowsOf(map, Key(from));
    ASSERT_FALSE(seen.empty()) << from;
    EXPECT_EQ(seen.front().second, from + from % 2);
    EXPECT_EQ(seen.size(), 1000u - static_cast<size_t>(from + 1) / 2);
  }
  EXPECT_EQ(RowsOf(map, "zzz"), Plain());
  EXPECT_EQ(RowsOf(map, "a").size(), 1000u);
}

TEST(OrderedRows, StopsAWalkThatHasSeenEnough) {
  OrderedRows<Numbered> map;
  for (int i = 0; i < 600; ++i) map.Put(RowOf(Key(i), i));
  int visits = 0;
  map.ForEachFrom("", [&](const Numbered&) { return ++visits < 300; });
  EXPECT_EQ(visits, 300);
}

TEST(OrderedRows, DoesWhatAPlainMapDoesAndItsCopiesNeverChange) {
  const unsigned seed = Seed();
  SCOPED_TRACE(absl::StrCat("seed ", seed));
  std::mt19937 random(seed);
  OrderedRows<Numbered> map;
  std::map<std::string, int> plain;
  std::vector<std::pair<OrderedRows<Numbered>, std::map<std::string, int>>> copies;
  for (int step = 0; step < 20'000; ++step) {
    // Grows for a while, then shrinks, so that chunks split and go.
    const bool growing = (step / 4000) % 2 == 0;
    const std::string key = Key(static_cast<int>(random() % 1500));
    if (random() % 10 < (growing ? 8u : 2u)) {
      map.Put(RowOf(key, step));
      plain[key] = step;
    } else {
      map.Erase(key);
      plain.erase(key);
    }
    ASSERT_EQ(map.size(), plain.size());
    const std::string other = Key(static_cast<int>(random() % 1500));
    const auto found = map.Find(other);
    auto known = plain.find(other);
    ASSERT_EQ(found == nullptr, known == plain.end()) << other;
    if (found != nullptr) ASSERT_EQ(found->number, known->second);
    if (step % 500 == 0) {
      copies.emplace_back(map, plain);
      ASSERT_EQ(RowsOf(map, other), Plain(plain.lower_bound(other), plain.end()));
    }
  }
  for (const auto& [copy, then] : copies) ASSERT_EQ(RowsOf(copy), Plain(then.begin(), then.end()));
}

}  // namespace
}  // namespace concord::ledger
