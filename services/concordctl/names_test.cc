#include "services/concordctl/names.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/concordctl/failures.h"

namespace concord::ctl {
namespace {

using ::testing::HasSubstr;

TEST(ToName, MakesCodesAndIdsIntoFullNames) {
  EXPECT_EQ(*ToName("3.1", "plans/actions", "plans/p"), "plans/p/actions/3-1");
  EXPECT_EQ(*ToName("3-1", "plans/actions", "plans/p"), "plans/p/actions/3-1");
  EXPECT_EQ(*ToName("A_2", "plans/objectives", "plans/p"), "plans/p/objectives/a-2");
}

TEST(ToName, TakesAFullNameOfAnyPlan) {
  EXPECT_EQ(*ToName("plans/q/actions/3-1", "plans/actions", "plans/p"), "plans/q/actions/3-1");
}

TEST(ToName, RefusesANameOfSomethingElseAsUsage) {
  for (const char* text : {"plans/q/objectives/3", "plans/q", "", "3.", "ä", "plans//actions/1", "1/2"}) {
    EXPECT_EQ(ExitCodeOf(ToName(text, "plans/actions", "plans/p").status()), kUsage) << text;
  }
}

TEST(ToName, FindsItsWayDownThroughParents) {
  EXPECT_EQ(*ToName("3.1/kickoff", "plans/actions/milestones", "plans/p"), "plans/p/actions/3-1/milestones/kickoff");
  EXPECT_EQ(*ToName("plans/q/actions/3-1/kickoff", "plans/actions/milestones", "plans/p"),
            "plans/q/actions/3-1/milestones/kickoff");
  EXPECT_EQ(*ToName("3/reach", "plans/objectives/indicators", "plans/p"), "plans/p/objectives/3/indicators/reach");
  EXPECT_FALSE(ToName("kickoff", "plans/actions/milestones", "plans/p").ok());
  EXPECT_FALSE(ToName("3.1/a/b", "plans/actions/milestones", "plans/p").ok());
}

TEST(ToName, TakesTheObjectiveOfAnIndicatorFromItsCode) {
  EXPECT_EQ(*ToName("3.a", "plans/objectives/indicators", "plans/p"), "plans/p/objectives/3/indicators/3-a");
  EXPECT_EQ(*ToName("3-a/2012", "plans/objectives/indicators/measurements", "plans/p"),
            "plans/p/objectives/3/indicators/3-a/measurements/2012");
  EXPECT_FALSE(ToName("reach", "plans/objectives/indicators", "plans/p").ok());
}

TEST(ToName, NeedsNoPlanForWhatIsInNone) {
  EXPECT_EQ(*ToName("1619", "members", ""), "members/1619");
  EXPECT_EQ(*ToName("members/1619", "members", ""), "members/1619");
  EXPECT_EQ(*ToName("45020/1619", "committees/participations", ""), "committees/45020/participations/1619");
  EXPECT_EQ(*ToName("committees/45020/1619", "committees/participations", ""), "committees/45020/participations/1619");
  EXPECT_EQ(*ToName("45020/19695", "committees/workItems", ""), "committees/45020/workItems/19695");
  EXPECT_EQ(*ToName("45020/19695/1619", "committees/workItems/adoptions", ""),
            "committees/45020/workItems/19695/adoptions/1619");
  EXPECT_EQ(*ToName("26000-dis/1619", "ballots/votes", ""), "ballots/26000-dis/votes/1619");
  EXPECT_FALSE(NeedsPlan("45020/1619", "committees/participations"));
  EXPECT_TRUE(NeedsPlan("3.1", "plans/actions"));
  EXPECT_FALSE(NeedsPlan("plans/p/actions/3-1", "plans/actions"));
}

TEST(ToName, TellsWhatItWouldTake) {
  EXPECT_THAT(
      ToName("1619", "committees/participations", "").status().message(),
      HasSubstr("give \"COMMITTEE/PARTICIPATION\", each a code or an id, or \"committees/ID/participations/ID\""));
  EXPECT_THAT(ToName("3.1", "plans/actions/milestones", "plans/p").status().message(),
              HasSubstr("give \"ACTION/MILESTONE\", each a code or an id, or \"plans/PLAN/actions/ID/milestones/ID\""));
}

TEST(ServiceOf, IsWhoOwnsTheRecord) {
  EXPECT_EQ(ServiceOf("plans/p/actions/3-1/milestones/m"), "action");
  EXPECT_EQ(ServiceOf("plans/p/objectives/3"), "objective");
  EXPECT_EQ(ServiceOf("catalog"), "objective");
  for (const char* name : {"members/1619", "committees/45020/workItems/1", "ballots/b", "directory", "work"}) {
    EXPECT_EQ(ServiceOf(name), "member") << name;
  }
}

TEST(ShortName, IsAsShortAsItCanBeReadBack) {
  for (const char* text : {"3-1", "3-1/kickoff"}) {
    const std::string path = std::string(text) == "3-1" ? "plans/actions" : "plans/actions/milestones";
    EXPECT_EQ(ShortName(*ToName(text, path, "plans/p")), text);
  }
  EXPECT_EQ(ShortName("plans/p/objectives/3/indicators/3-a"), "3-a");
  EXPECT_EQ(ShortName("plans/p/objectives/3/indicators/4-a"), "3/4-a");
  EXPECT_EQ(ShortName("plans/p/objectives/3/indicators/3-a/measurements/2012"), "3-a/2012");
  EXPECT_EQ(ShortName("plans/p"), "plans/p");
  EXPECT_EQ(ShortName("members/1619"), "1619");
  EXPECT_EQ(ShortName("committees/45020/participations/1619"), "45020/1619");
  EXPECT_EQ(ShortName("committees/45020/workItems/19695/adoptions/1619"), "45020/19695/1619");
  EXPECT_EQ(ShortName("no name at all"), "no name at all");
}

TEST(ToPlanName, TakesAnIdOrAName) {
  EXPECT_EQ(*ToPlanName("iso-2011-2015"), "plans/iso-2011-2015");
  EXPECT_EQ(*ToPlanName("plans/iso-2011-2015"), "plans/iso-2011-2015");
  EXPECT_FALSE(ToPlanName("plans/p/actions/1").ok());
  EXPECT_FALSE(ToPlanName("P").ok());
}

}  // namespace
}  // namespace concord::ctl
