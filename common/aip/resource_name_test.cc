#include "common/aip/resource_name.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace concord::aip {
namespace {

using ::testing::ElementsAre;

using Ids = std::vector<std::string>;

TEST(IsResourceId, AcceptsLowerCaseLettersDigitsAndInnerHyphens) {
  for (const absl::string_view id : {"a", "7", "iso-2011-2015", "3-1", "a--b"}) EXPECT_TRUE(IsResourceId(id)) << id;
  EXPECT_TRUE(IsResourceId(std::string(63, 'a')));
}

TEST(IsResourceId, RefusesAllElse) {
  for (const absl::string_view id :
       {"", "-", "-a", "a-", "A", "a_b", "a.b", "a/b", "a b", "a\n", "\xC3\xA4", "*", "{a}"}) {
    EXPECT_FALSE(IsResourceId(id)) << id;
  }
  EXPECT_FALSE(IsResourceId(std::string(64, 'a')));
  EXPECT_FALSE(IsResourceId(absl::string_view("a\0b", 3)));
}

TEST(NamePattern, MatchesNamesAndGivesTheirIds) {
  const NamePattern pattern("plans/{plan}/actions/{action}");
  const absl::optional<Ids> ids = pattern.Match("plans/iso-2011-2015/actions/3-1");
  ASSERT_TRUE(ids.has_value());
  EXPECT_THAT(*ids, ElementsAre("iso-2011-2015", "3-1"));
}

TEST(NamePattern, MatchesNothingElse) {
  const NamePattern pattern("plans/{plan}/actions/{action}");
  for (const absl::string_view name : {"",
                                       "/",
                                       "plans",
                                       "plans/p",
                                       "plans/p/",
                                       "plans/p/actions",
                                       "plans/p/actions/",
                                       "plans/p/actions/a/",
                                       "/plans/p/actions/a",
                                       "plans/p/actions/a/b",
                                       "plans//actions/a",
                                       "plans/p//a",
                                       "plans/p/objectives/a",
                                       "Plans/p/actions/a",
                                       "plans/P/actions/a",
                                       "plans/p/actions/-a",
                                       "plans/p/actionsx/a",
                                       "plans/{plan}/actions/{action}",
                                       "plans/p/actions/a\n",
                                       "plans/-/actions/a"}) {
    EXPECT_FALSE(pattern.Matches(name)) << name;
  }
}

TEST(NamePattern, MatchesASingletonByItsLastWord) {
  const NamePattern pattern("plans/{plan}/scorecard");
  const absl::optional<Ids> ids = pattern.Match("plans/p/scorecard");
  ASSERT_TRUE(ids.has_value());
  EXPECT_THAT(*ids, ElementsAre("p"));
  EXPECT_FALSE(pattern.Matches("plans/p/scorecards"));
  EXPECT_FALSE(pattern.Matches("plans/p/scorecard/x"));
  EXPECT_FALSE(pattern.Matches("plans/p"));
}

TEST(NamePattern, FormatsWhatItMatches) {
  const NamePattern pattern("plans/{plan}/actions/{action}");
  EXPECT_EQ(pattern.Format({"p", "a"}), "plans/p/actions/a");
  EXPECT_EQ(*pattern.Match(pattern.Format({"p", "a"})), (Ids{"p", "a"}));
  EXPECT_EQ(NamePattern("plans/{plan}/scorecard").Format({"p"}), "plans/p/scorecard");
}

TEST(NamePattern, KnowsParentAndCollection) {
  struct Case {
    absl::string_view pattern, parent, collection;
  };
  for (const Case& c :
       {Case{"plans/{plan}", "", "plans"}, Case{"plans/{plan}/actions/{action}", "plans/{plan}", "actions"},
        Case{"a/{a}/b/{b}/c/{c}", "a/{a}/b/{b}", "c"}, Case{"plans/{plan}/scorecard", "plans/{plan}", "scorecard"},
        Case{"settings", "", "settings"}}) {
    EXPECT_EQ(NamePattern(c.pattern).ParentPattern(), c.parent) << c.pattern;
    EXPECT_EQ(NamePattern(c.pattern).CollectionId(), c.collection) << c.pattern;
    EXPECT_EQ(NamePattern(c.pattern).pattern(), c.pattern);
  }
}

TEST(NamePattern, WritesItsCollectionAsAFieldToo) {
  EXPECT_EQ(NamePattern("plans/{plan}/actions/{action}").CollectionField(), "actions");
  EXPECT_EQ(NamePattern("a/{a}/progressReports/{progress_report}").CollectionField(), "progress_reports");
}

TEST(ParentOf, IsTheNameWithoutItsLastCollectionAndId) {
  EXPECT_EQ(ParentOf("plans/p/actions/a"), "plans/p");
  EXPECT_EQ(ParentOf("a/1/b/2/c/3"), "a/1/b/2");
  EXPECT_EQ(ParentOf("plans/p/scorecard"), "plans/p");
}

TEST(ParentOf, IsEmptyAtTheTop) {
  EXPECT_EQ(ParentOf("plans/p"), "");
  EXPECT_EQ(ParentOf("settings"), "");
  EXPECT_EQ(ParentOf(""), "");
}

TEST(LastIdOf, IsWhatFollowsTheLastSlash) {
  EXPECT_EQ(LastIdOf("plans/p/actions/a"), "a");
  EXPECT_EQ(LastIdOf("plans/p"), "p");
  EXPECT_EQ(LastIdOf("p"), "p");
  EXPECT_EQ(LastIdOf("plans/"), "");
  EXPECT_EQ(LastIdOf(""), "");
}

TEST(Wildcards, StandForAnyId) {
  const NamePattern pattern("plans/{plan}/actions/{action}");
  EXPECT_TRUE(pattern.MatchesWithWildcards("plans/p/actions/-"));
  EXPECT_TRUE(pattern.MatchesWithWildcards("plans/p/actions/a"));
  EXPECT_FALSE(pattern.MatchesWithWildcards("plans/p/-/a"));
  EXPECT_FALSE(pattern.MatchesWithWildcards("plans/p/actions/--"));
  EXPECT_FALSE(pattern.Matches("plans/p/actions/-"));
  EXPECT_TRUE(IsOneOf("plans/p/actions/a", "plans/p/actions/-"));
  EXPECT_TRUE(IsOneOf("plans/p/actions/a", "plans/-/actions/a"));
  EXPECT_TRUE(IsOneOf("plans/p", "plans/p"));
  EXPECT_FALSE(IsOneOf("plans/q/actions/a", "plans/p/actions/-"));
  EXPECT_FALSE(IsOneOf("plans/p", "plans/p/actions/-"));
  EXPECT_FALSE(IsOneOf("plans/p/actions/a", "plans/-"));
}

TEST(Wildcards, AreBelowTheLastResourceThatIsNamed) {
  EXPECT_EQ(AboveWildcards("plans/p/actions/-/milestones/m"), "plans/p");
  EXPECT_EQ(AboveWildcards("plans/p/actions/a"), "plans/p/actions/a");
  EXPECT_EQ(AboveWildcards("plans/-"), "");
  EXPECT_EQ(AboveWildcards("-"), "");
  EXPECT_EQ(AboveWildcards(""), "");
}

}  // namespace
}  // namespace concord::aip
