#include "services/concordctl/names.h"

#include "gtest/gtest.h"
#include "services/concordctl/failures.h"

namespace concord::ctl {
namespace {

TEST(ToName, MakesCodesAndIdsIntoFullNames) {
  EXPECT_EQ(*ToName("3.1", "actions", "plans/p"), "plans/p/actions/3-1");
  EXPECT_EQ(*ToName("3-1", "actions", "plans/p"), "plans/p/actions/3-1");
  EXPECT_EQ(*ToName("A_2", "objectives", "plans/p"), "plans/p/objectives/a-2");
}

TEST(ToName, TakesAFullNameOfAnyPlan) {
  EXPECT_EQ(*ToName("plans/q/actions/3-1", "actions", "plans/p"), "plans/q/actions/3-1");
}

TEST(ToName, RefusesANameOfSomethingElseAsUsage) {
  for (const char* text : {"plans/q/objectives/3", "plans/q", "", "3.", "ä", "plans//actions/1", "1/2"}) {
    EXPECT_EQ(ExitCodeOf(ToName(text, "actions", "plans/p").status()), kUsage) << text;
  }
}

TEST(ToName, FindsItsWayDownThroughParents) {
  EXPECT_EQ(*ToName("3.1/kickoff", "actions/milestones", "plans/p"), "plans/p/actions/3-1/milestones/kickoff");
  EXPECT_EQ(*ToName("plans/q/actions/3-1/kickoff", "actions/milestones", "plans/p"),
            "plans/q/actions/3-1/milestones/kickoff");
  EXPECT_EQ(*ToName("3/reach", "objectives/indicators", "plans/p"), "plans/p/objectives/3/indicators/reach");
  EXPECT_FALSE(ToName("kickoff", "actions/milestones", "plans/p").ok());
  EXPECT_FALSE(ToName("3.1/a/b", "actions/milestones", "plans/p").ok());
}

TEST(ToName, TakesTheObjectiveOfAnIndicatorFromItsCode) {
  EXPECT_EQ(*ToName("3.a", "objectives/indicators", "plans/p"), "plans/p/objectives/3/indicators/3-a");
  EXPECT_EQ(*ToName("3-a/2012", "objectives/indicators/measurements", "plans/p"),
            "plans/p/objectives/3/indicators/3-a/measurements/2012");
  EXPECT_FALSE(ToName("reach", "objectives/indicators", "plans/p").ok());
}

TEST(ShortName, IsAsShortAsItCanBeReadBack) {
  for (const char* text : {"3-1", "3-1/kickoff"}) {
    const std::string path = std::string(text) == "3-1" ? "actions" : "actions/milestones";
    EXPECT_EQ(ShortName(*ToName(text, path, "plans/p")), text);
  }
  EXPECT_EQ(ShortName("plans/p/objectives/3/indicators/3-a"), "3-a");
  EXPECT_EQ(ShortName("plans/p/objectives/3/indicators/4-a"), "3/4-a");
  EXPECT_EQ(ShortName("plans/p/objectives/3/indicators/3-a/measurements/2012"), "3-a/2012");
  EXPECT_EQ(ShortName("plans/p"), "plans/p");
}

TEST(ToPlanName, TakesAnIdOrAName) {
  EXPECT_EQ(*ToPlanName("iso-2011-2015"), "plans/iso-2011-2015");
  EXPECT_EQ(*ToPlanName("plans/iso-2011-2015"), "plans/iso-2011-2015");
  EXPECT_FALSE(ToPlanName("plans/p/actions/1").ok());
  EXPECT_FALSE(ToPlanName("P").ok());
}

}  // namespace
}  // namespace concord::ctl
