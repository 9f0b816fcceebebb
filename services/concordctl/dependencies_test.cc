#include "services/concordctl/dependencies.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace concord::ctl {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(FindCircle, FindsNoneWhereTwoWaysMeet) {
  EXPECT_THAT(FindCircle({{"a", {"b", "c"}}, {"b", {"d"}}, {"c", {"d"}}, {"d", {}}}), IsEmpty());
}

TEST(FindCircle, TellsTheNamesAlongIt) {
  EXPECT_THAT(FindCircle({{"a", {"b"}}, {"b", {"c"}}, {"c", {"d", "b"}}, {"d", {}}}), ElementsAre("b", "c", "b"));
}

TEST(FindCircle, FindsAnActionThatDependsOnItself) { EXPECT_THAT(FindCircle({{"a", {"a"}}}), ElementsAre("a", "a")); }

TEST(FindCircle, WalksAChainOfManyThousands) {
  Dependencies chain;
  for (int i = 0; i < 20000; ++i) chain[absl::StrCat(i)] = {absl::StrCat(i + 1)};
  EXPECT_THAT(FindCircle(chain), IsEmpty());
}

TEST(InDependencyOrder, PutsEachNameAfterWhatItDependsOn) {
  EXPECT_THAT(InDependencyOrder({{"a", {"c"}}, {"b", {}}, {"c", {"b", "elsewhere"}}}), ElementsAre("b", "c", "a"));
}

}  // namespace
}  // namespace concord::ctl
