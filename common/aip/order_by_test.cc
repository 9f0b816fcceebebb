#include "common/aip/order_by.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "common/aip/row_schema_for_test.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace concord::aip {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

class OrderByTest : public ::testing::Test {
 protected:
  // Where each row comes in the order, beginning with 0.
  std::vector<size_t> Sorted(const std::string& order_by, const std::vector<std::string>& rows) {
    const auto order = OrderBy::Bind(order_by, schema_.type());
    EXPECT_TRUE(order.ok()) << order.status();
    std::vector<std::pair<std::string, size_t>> keys;
    for (size_t i = 0; i < rows.size(); ++i) keys.emplace_back(order->KeyOf(*schema_.Row(rows[i])), i);
    std::stable_sort(keys.begin(), keys.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    std::vector<size_t> places;
    for (const auto& [key, index] : keys) places.push_back(index);
    return places;
  }

  std::string Refusal(const std::string& order_by) {
    return std::string(OrderBy::Bind(order_by, schema_.type()).status().message());
  }

  RowSchema schema_;
};

TEST_F(OrderByTest, OfNothingIsNone) {
  EXPECT_TRUE(OrderBy::Bind("", schema_.type())->empty());
  EXPECT_TRUE(OrderBy::Bind("  ", schema_.type())->empty());
  EXPECT_FALSE(OrderBy::Bind("title", schema_.type())->empty());
}

TEST_F(OrderByTest, GoesByText) {
  EXPECT_THAT(Sorted("title", {"title: 'b'", "title: 'a'", "title: 'ab'", "", "title: 'a\\000'"}),
              ElementsAre(3, 1, 4, 2, 0));
  EXPECT_THAT(Sorted("title desc", {"title: 'b'", "title: 'a'", "title: 'ab'", ""}), ElementsAre(0, 2, 1, 3));
}

TEST_F(OrderByTest, GoesByNumbers) {
  EXPECT_THAT(Sorted("count", {"count: 10", "count: -1", "count: 9", "count: -10"}), ElementsAre(3, 1, 2, 0));
  EXPECT_THAT(Sorted("total", {"total: 18446744073709551615", "total: 1"}), ElementsAre(1, 0));
  EXPECT_THAT(Sorted("weight", {"weight: 1.5", "weight: -2", "weight: nan", "weight: inf", "weight: -inf", ""}),
              ElementsAre(4, 1, 5, 0, 3, 2));
  EXPECT_THAT(Sorted("weight", {"weight: 0", "weight: -0"}), ElementsAre(0, 1)) << "equal";
}

TEST_F(OrderByTest, GoesByDecimals) {
  const std::vector<std::string> rows = {
      "value { value: '10' }", "value { value: '9.5' }",  "value { value: '-10' }",     "value { value: '-9.5' }",
      "value { value: '0' }",  "value { value: '0.05' }", "value { value: '9.50001' }", "value { value: '-9.51' }"};
  EXPECT_THAT(Sorted("value", rows), ElementsAre(2, 7, 3, 4, 5, 1, 6, 0));
  EXPECT_THAT(Sorted("value desc", rows), ElementsAre(0, 6, 1, 5, 4, 3, 7, 2));
}

TEST_F(OrderByTest, GoesByEnumsTimesAndDates) {
  EXPECT_THAT(Sorted("colour", {"colour: COLOUR_BLUE", "", "colour: COLOUR_RED"}), ElementsAre(1, 2, 0));
  EXPECT_THAT(Sorted("done", {"done: true", ""}), ElementsAre(1, 0));
  EXPECT_THAT(Sorted("create_time", {"create_time { seconds: 5 nanos: 1 }", "create_time { seconds: 5 }",
                                     "create_time { seconds: -5 }"}),
              ElementsAre(2, 1, 0));
  EXPECT_THAT(
      Sorted("due_date", {"due_date { year: 2012 month: 2 day: 1 }", "due_date { year: 2011 month: 12 day: 31 }"}),
      ElementsAre(1, 0));
}

TEST_F(OrderByTest, PutsWhatIsMissingFirst) {
  EXPECT_THAT(Sorted("size", {"size: -5", ""}), ElementsAre(1, 0));
  EXPECT_THAT(Sorted("size desc", {"", "size: -5"}), ElementsAre(1, 0));
  EXPECT_THAT(Sorted("part.title", {"part { }", ""}), ElementsAre(1, 0));
  EXPECT_THAT(Sorted("value", {"value { value: '-1' }", "value { value: 'none' }"}), ElementsAre(1, 0));
}

TEST_F(OrderByTest, GoesOnWithTheNextFieldWhereOneIsEqual) {
  EXPECT_THAT(Sorted("title desc, count", {"title: 'a' count: 2", "title: 'b' count: 2", "title: 'b' count: 1"}),
              ElementsAre(2, 1, 0));
  EXPECT_THAT(Sorted("labels.area,part.weight desc",
                     {"labels { key: 'area' value: 'b' }", "labels { key: 'area' value: 'a' } part { weight: 1 }",
                      "labels { key: 'area' value: 'a' } part { weight: 2 }"}),
              ElementsAre(2, 1, 0));
}

TEST_F(OrderByTest, IsRefusedWithTheReason) {
  EXPECT_THAT(Refusal("titel"), HasSubstr("there is no field \"titel\"; the nearest are title"));
  EXPECT_THAT(Refusal("title,"), HasSubstr("is no field"));
  EXPECT_THAT(Refusal("title asc"), HasSubstr("\"title asc\" is no field, perhaps with \" desc\" behind it"));
  EXPECT_THAT(Refusal("title DESC"), HasSubstr("is no field"));
  EXPECT_THAT(Refusal("title count"), HasSubstr("is no field"));
  EXPECT_EQ(Refusal("title, count, title desc"), "\"title\" is named twice");
  EXPECT_EQ(Refusal("tags"), "\"tags\" may have many values, which have no order");
  EXPECT_EQ(Refusal("parts.title"), "\"parts.title\" may have many values, which have no order");
  EXPECT_EQ(Refusal("labels"), "\"labels\" has no order: name a number, a text, a date or the like");
  EXPECT_EQ(Refusal("part"), "\"part\" has no order: name a number, a text, a date or the like");
  EXPECT_EQ(Refusal("name,title,note,done,count,size"), "must have at most 5 fields");
  EXPECT_EQ(Refusal(std::string(201, 'a')), "must have at most 200 characters");
}

}  // namespace
}  // namespace concord::aip
