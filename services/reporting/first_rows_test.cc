#include "services/reporting/first_rows.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace concord::reporting {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

FirstRows<int> Of(size_t limit, const std::vector<int>& rows) {
  FirstRows<int> first(limit);
  for (const int row : rows) {
    if (first.Wants(row)) first.Add(row);
  }
  return first;
}

TEST(FirstRows, AreTheSmallestInOrderWhateverOrderTheyCameIn) {
  EXPECT_THAT(Of(3, {5, 1, 4, 2, 3}).Sorted(), ElementsAre(1, 2, 3));
  EXPECT_THAT(Of(3, {1, 2, 3, 4, 5}).Sorted(), ElementsAre(1, 2, 3));
  EXPECT_THAT(Of(3, {5, 4, 3, 2, 1}).Sorted(), ElementsAre(1, 2, 3));
}

TEST(FirstRows, AreAllOfFewerThanTheLimit) {
  EXPECT_THAT(Of(3, {}).Sorted(), IsEmpty());
  EXPECT_THAT(Of(3, {2, 1}).Sorted(), ElementsAre(1, 2));
}

TEST(FirstRows, WantNoRowThatStandsBehindAllTheyHold) {
  const FirstRows<int> first = Of(2, {1, 3});
  EXPECT_TRUE(first.Wants(2));
  EXPECT_FALSE(first.Wants(3));
  EXPECT_FALSE(first.Wants(4));
}

}  // namespace
}  // namespace concord::reporting
